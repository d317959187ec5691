//! What the crate and the program do, judged from outside; modules by purpose.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod draw;
#[cfg(feature = "program")]
mod program;
