//! Why a command ended early, and the exit code that follows.

use std::io;

use whom::Error;
use whom::base::{Code, Diagnostic, Span};

use super::exit::Exit;
use super::output::Output;

/// Why a command ended early.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The library refused; the text it is about, and where that stands in it.
    Library { error: Box<Error>, source: Source },
    /// Complaints about something to read.
    Complaints {
        complaints: Vec<Diagnostic>,
        source: String,
        exit: Exit,
    },
    /// Standard output could not be written.
    Output(io::Error),
}

/// The text that an error is about.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// The whole text; empty for none.
    pub(crate) text: String,
    /// The file it is from, if it is from one.
    pub(crate) origin: Option<String>,
    /// Where the part that was run begins in it.
    pub(crate) offset_bytes: usize,
}

impl Failure {
    /// The error of the library about `text`.
    pub(crate) fn about(error: Error, text: &str) -> Self {
        Self::Library {
            error: Box::new(error),
            source: Source {
                text: text.to_owned(),
                origin: None,
                offset_bytes: 0,
            },
        }
    }

    /// One complaint about what was given to read.
    pub(crate) fn input(complaint: Diagnostic) -> Self {
        Self::Complaints {
            complaints: vec![complaint],
            source: String::new(),
            exit: Exit::BadInput,
        }
    }

    /// The file at `path` could not be read or written.
    pub(crate) fn file(path: &std::path::Path, what: &str, error: &io::Error) -> Self {
        let message = format!("cannot {what} `{}`: {error}", path.display());
        Self::Complaints {
            complaints: vec![Diagnostic::error(Code("file-unreadable"), message)],
            source: String::new(),
            exit: Exit::Failed,
        }
    }

    /// Says what has not been said yet, and yields the exit code.
    pub(crate) fn tell(self, output: &Output) -> Exit {
        match self {
            Self::Library { error, source } => {
                for diagnostic in error.diagnostics() {
                    output.complain(&source.place(diagnostic), &source.text);
                }
                exit_of(&error)
            }
            Self::Complaints {
                complaints,
                source,
                exit,
            } => {
                for complaint in complaints {
                    output.complain(&complaint, &source);
                }
                exit
            }
            // Whoever reads has seen enough: `whom query … | head` is no failure.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Self::Output(error) => {
                let diagnostic = Diagnostic::error(
                    Code("output-failed"),
                    format!("cannot write the output: {error}"),
                );
                output.complain(&diagnostic, "");
                Exit::Failed
            }
        }
    }
}

impl Source {
    /// The complaint, its places counted in the whole text.
    pub(crate) fn place(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        for annotation in &mut diagnostic.annotations {
            annotation.span = annotation.span.shifted(self.offset_bytes);
        }
        if diagnostic.origin.is_none() {
            diagnostic.origin.clone_from(&self.origin);
        }
        // An error without a place is at least in a certain statement.
        if diagnostic.annotations.is_empty() && self.origin.is_some() && !self.text.is_empty() {
            let at = Span::new(self.offset_bytes, self.offset_bytes);
            return diagnostic.at(at, "in this statement");
        }
        diagnostic
    }
}

/// The exit code of an error of the library.
pub(crate) fn exit_of(error: &Error) -> Exit {
    if error.is_interrupted() {
        Exit::Interrupted
    } else if error.is_bad_file() {
        Exit::BadFile
    } else if error.is_bad_input() {
        Exit::BadInput
    } else {
        Exit::Failed
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library {
            error: Box::new(error),
            source: Source::default(),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
