//! Pictures: a neutral [`Picture`] in, DOT or SVG out. Nothing is analyzed here.
//!
//! [`picture`] says what to draw, [`layout`] where, and one small file each writes an output (`svg`, `dot`).

pub mod font;
pub mod label;
pub mod layout;
pub mod picture;
pub mod svg;
pub mod theme;
pub mod words;

pub use picture::{Card, Certainty, Link, Measure, Picture, Shape, State, View, Weight};
pub use svg::svg;
pub use theme::Theme;
