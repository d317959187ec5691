//! Inputs that several benches share.

// Not every bench reads documents.
#[allow(dead_code)]
pub mod corpus;
pub mod network;
