//! Why a statement is there: a document, a place in it, and the rule that fired.

use std::fmt;
use std::sync::Arc;

use crate::base::Span;

/// Names a document: its source as given (`reports/rastan.txt`, `feed.jsonl#3`, an address).
///
/// The same source is the same document; when its bytes change, what it said is replaced.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(Arc<str>);

impl DocumentId {
    /// The document read from `source`.
    pub fn new(source: &str) -> Self {
        Self(Arc::from(source))
    }

    /// The source as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Names an extraction rule: `passive-agent`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleName(Arc<str>);

impl RuleName {
    /// The rule called `name`.
    pub fn new(name: &str) -> Self {
        Self(Arc::from(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Why a statement is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The document.
    pub document: DocumentId,
    /// The sentence, in bytes of the document's decoded text.
    pub sentence: Span,
    /// The rule that fired.
    pub rule: RuleName,
}
