//! Tests of the library.
#![cfg(test)]

mod house;
mod layers;
mod store;
