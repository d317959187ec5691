#![doc = "citegraph reads policy documents, detects what they refer to and builds the graph of references."]

pub mod analyze;
pub mod graph;
pub mod read;
pub mod recognize;
pub mod tables;
pub mod model;
