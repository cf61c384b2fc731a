//! Tests of the library.
#![cfg(test)]

mod crash;
mod extract;
mod house;
mod layers;
mod messages;
#[path = "../bench/network.rs"]
mod network;
mod pipelines;
mod plan;
mod profile;
mod query;
mod roundtrip;
mod session;
mod store;
mod tables;
mod work;
