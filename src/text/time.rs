//! Dates, times and spans of time in a document's words.

use super::document::{Document, TimeExpression};

/// The time expressions of `document`, in order.
pub(crate) fn times(_document: &Document) -> Vec<TimeExpression> {
    Vec::new()
}
