//! Pictures: a neutral [`Picture`] in, DOT or SVG out; `paint` makes PNG and PDF of the SVG. Nothing is analyzed here.
//!
//! [`scene`] makes a picture of part of a graph. [`picture`] says what to draw, [`layout`] where, and one small file each writes an output ([`svg`](mod@svg), [`dot`](mod@dot)).

mod describe;
pub mod dot;
mod fit;
pub mod font;
mod grow;
mod ids;
pub mod label;
pub mod layout;
pub mod page;
#[cfg(feature = "paint")]
pub mod paint;
pub mod picture;
pub mod plan;
pub mod scene;
pub mod svg;
pub mod theme;
pub mod views;
pub mod words;

pub use dot::dot;
pub use page::Page;
#[cfg(feature = "paint")]
pub use paint::{Background, PaintError, Raster, pdf, png};
pub use picture::{
    Card, Certainty, Columns, Lane, Link, Matrix, Measure, Picture, Shape, State, Swimlanes, View, Weight,
};
pub use plan::{Citations, Grouping, Plan};
pub use scene::Scene;
pub use svg::svg;
pub use theme::Theme;
