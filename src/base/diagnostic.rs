//! What went wrong, where, and what to do.
//!
//! A [`Diagnostic`] is a value; how it looks is `render`'s business.

use super::Span;

/// The lasting, greppable name of a kind of complaint: `undefined-variable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The work could not be done.
    Error,
    /// The work was done, but the user should look.
    Warning,
    /// Something worth knowing.
    Note,
}

/// A labelled place in the source text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// The place.
    pub span: Span,
    /// What is said of it, lower case, may be empty.
    pub label: String,
}

/// One complaint: what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Which kind it is.
    pub code: Code,
    /// What is wrong, in the user's terms, lower case, no full stop.
    pub message: String,
    /// The file or the name of the input, if it has one.
    pub origin: Option<String>,
    /// The places it is about, the main one first.
    pub annotations: Vec<Annotation>,
    /// What to do about it.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error without a place.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A warning without a place.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: Code, message: String) -> Self {
        Self {
            severity,
            code,
            message,
            origin: None,
            annotations: Vec::new(),
            help: Vec::new(),
        }
    }

    /// The same, said of the input `origin`.
    #[must_use]
    pub fn in_origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = Some(origin.into());
        self
    }

    /// The same, pointing at `span`.
    #[must_use]
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.annotations.push(Annotation {
            span,
            label: label.into(),
        });
        self
    }

    /// The same, with a remedy.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}
