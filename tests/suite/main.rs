//! Tests of the library.
#![cfg(test)]

mod crash;
mod extract;
mod house;
mod layers;
mod messages;
mod pipelines;
mod plan;
mod profile;
mod query;
mod roundtrip;
mod session;
mod store;
mod tables;
