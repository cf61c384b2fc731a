//! Tests of the library.
#![cfg(test)]

mod extract;
mod house;
mod layers;
mod store;
