//! Tests of the library.
#![cfg(test)]

mod layers;
mod store;
