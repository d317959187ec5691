//! The integration tests: one binary, modules by purpose.

mod cases;
mod draw;
mod marked;
#[cfg(all(test, feature = "program"))]
mod program;
mod witnesses;
