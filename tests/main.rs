//! The integration tests: one binary, modules by purpose. The modules are marked as tests, so that their helpers may
//! unwrap as tests do.

#[cfg(test)]
mod cases;
mod draw;
#[cfg(test)]
mod marked;
#[cfg(test)]
#[cfg(feature = "program")]
mod program;
#[cfg(test)]
mod witnesses;
