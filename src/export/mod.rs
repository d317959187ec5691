//! The whole graph in, an interchange format out: one small file for each. Nothing is analyzed here but the measures that
//! a format carries along.

pub mod json;

pub use json::json;
