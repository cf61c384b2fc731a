//! The program as users run it.
#![cfg(test)]

mod bad_input;
mod build;
mod commands;
mod corrections;
mod interrupt;
mod readme;
mod scripts;
mod serve;
mod support;
