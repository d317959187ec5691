#![doc = "citegraph reads policy documents, detects what they refer to and builds the graph of references."]

pub mod analyze;
pub mod draw;
pub mod export;
pub mod graph;
pub mod model;
pub mod read;
pub mod recognize;
pub mod resolve;
pub mod tables;
