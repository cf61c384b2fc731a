//! What was read, what was left as it is, what was refused.

use super::IngestError;
use crate::base::Diagnostic;

/// The outcome of reading some sources.
#[derive(Debug, Default)]
pub struct Report {
    /// The documents that were read and analysed, in order.
    pub read: Vec<ReadDocument>,
    /// The sources whose bytes had not changed, in order.
    pub unchanged: Vec<String>,
    /// The sources that could not be read, in order.
    pub refused: Vec<IngestError>,
    /// What else should be known, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the work was stopped before its end.
    pub cancelled: bool,
}

/// A document that was read and analysed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadDocument {
    /// Its source.
    pub source: String,
    /// Whether it was known before, with other bytes.
    pub replaced: bool,
    /// Bytes of its text.
    pub bytes: usize,
    /// How many sentences it has.
    pub sentences: usize,
    /// How many statements it makes.
    pub statements: usize,
}

impl Report {
    /// Whether every source could be read.
    pub fn is_complete(&self) -> bool {
        self.refused.is_empty() && !self.cancelled
    }

    /// How many statements the documents that were read make.
    pub fn statements(&self) -> usize {
        self.read.iter().map(|document| document.statements).sum()
    }

    /// How many sentences the documents that were read have.
    pub fn sentences(&self) -> usize {
        self.read.iter().map(|document| document.sentences).sum()
    }
}
