//! Tests of the library.
#![cfg(test)]

#[cfg(feature = "model")]
mod asked;
mod cancel;
mod correction;
mod crash;
mod equal;
mod explain;
mod extract;
mod house;
mod layers;
mod messages;
mod mutation;
#[path = "../bench/network.rs"]
mod network;
mod pipelines;
mod plan;
mod profile;
mod query;
mod roundtrip;
mod schema;
mod session;
mod store;
mod tables;
mod work;
