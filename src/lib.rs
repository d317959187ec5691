#![doc = "citegraph reads policy documents, detects what they refer to and builds the graph of references."]

pub mod draw;
pub mod graph;
pub mod model;
