//! All that is wrong with a query, as far as it could be found.

use std::error::Error;
use std::fmt;

/// All faults that were found, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults<E> {
    /// The first, by which the query is classified.
    pub first: Box<E>,
    /// Those that were found after it, in the order of the query.
    pub others: Vec<E>,
}

impl<E> Faults<E> {
    /// `faults` as a whole; `None` if there are none.
    pub(super) fn of(faults: Vec<E>) -> Option<Self> {
        let mut faults = faults.into_iter();
        Some(Self {
            first: Box::new(faults.next()?),
            others: faults.collect(),
        })
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &E> {
        std::iter::once(self.first.as_ref()).chain(&self.others)
    }
}

impl<E> From<E> for Faults<E> {
    fn from(first: E) -> Self {
        Self {
            first: Box::new(first),
            others: Vec::new(),
        }
    }
}

impl<E: fmt::Display> fmt::Display for Faults<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(out)
    }
}

impl<E: Error> Error for Faults<E> {}
