//! The tables and the recognizer that tests share: they are built once.

use std::sync::LazyLock;

use citegraph::{recognize::Recognizer, tables::Tables};

/// The tables of the program.
pub static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables::builtin().unwrap());
/// A recognizer on them.
pub static RECOGNIZER: LazyLock<Recognizer<'static>> = LazyLock::new(|| Recognizer::new(&TABLES));
