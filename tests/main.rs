//! The integration tests: one binary, modules by purpose.

mod cases;
mod marked;
mod witnesses;
