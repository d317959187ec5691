//! Inputs that several benches share.

pub mod network;
