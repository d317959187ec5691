//! Inputs that several benches share.

pub mod corpus;
pub mod network;
