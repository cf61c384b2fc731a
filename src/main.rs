//! The command line of whom.

fn main() {}
