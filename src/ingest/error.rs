//! What can go wrong before a text is read, and with what was stored of it.

use std::io;
use std::path::PathBuf;

use crate::base::{Code, Diagnostic};

/// Why a source was not taken in; the others are.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IngestError {
    /// Nothing lies at the path.
    #[error("there is no file or folder `{}`", path.display())]
    NotFound {
        /// The path as given.
        path: PathBuf,
        /// A name beside it that is nearly the same.
        similar: Option<String>,
    },
    /// The file cannot be read.
    #[error("`{}` cannot be read: {cause}", path.display())]
    Unopened {
        /// The path as given.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The document is larger than is allowed.
    #[error("`{source_name}` has {bytes} bytes or more, {limit} are allowed")]
    TooLarge {
        /// The document.
        source_name: String,
        /// How many bytes it has at least.
        bytes: u64,
        /// How many are allowed.
        limit: u64,
    },
    /// The file is no text.
    #[error("`{source_name}` is no text but {form}")]
    Binary {
        /// The document.
        source_name: String,
        /// What it seems to be.
        form: &'static str,
        /// The byte that shows it, from 0.
        offset: u64,
    },
    /// The file is no UTF-8.
    #[error("`{source_name}` is no UTF-8: byte {offset} (0x{byte:02x}) cannot stand there")]
    BrokenUtf8 {
        /// The document.
        source_name: String,
        /// The first wrong byte, from 0.
        offset: u64,
        /// Its value.
        byte: u8,
    },
    /// A line or a row of a table of documents is none.
    #[error("`{source_name}` is no document: {reason}")]
    BadRecord {
        /// File and line.
        source_name: String,
        /// What is wrong with it.
        reason: RecordFault,
    },
    /// There is no text in it.
    #[error("`{source_name}` holds no text")]
    Empty {
        /// The document.
        source_name: String,
    },
    /// A folder without a file that can be read.
    #[error("the folder `{}` holds no text file", path.display())]
    EmptyFolder {
        /// The path as given.
        path: PathBuf,
    },
    /// An analysis cannot be written.
    #[error("what `{source_name}` says cannot be written down")]
    Unwritable {
        /// The document.
        source_name: String,
        /// Why.
        #[source]
        cause: serde_json::Error,
    },
    /// A stored analysis cannot be read.
    #[error("what was stored of `{source_name}` cannot be read")]
    Unreadable {
        /// The document.
        source_name: String,
        /// Why; `None` for another version.
        #[source]
        cause: Option<serde_json::Error>,
    },
    /// The work was stopped.
    #[error("stopped")]
    Cancelled,
    /// The threads could not be started.
    #[error("the threads cannot be started: {reason}")]
    NoThreads {
        /// What the system says.
        reason: String,
    },
}

/// What is wrong with a line or a row that should be a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordFault {
    /// The line is no JSON.
    #[error("not JSON, column {column}: {message}")]
    NotJson {
        /// Where in the line, from 1.
        column: usize,
        /// What the reader says.
        message: String,
    },
    /// The line is JSON but no object.
    #[error("a JSON object is expected")]
    NoObject,
    /// No field holds the text.
    #[error("it has no field `text`")]
    NoText,
    /// The row cannot be read.
    #[error("{0}")]
    Row(String),
}

impl IngestError {
    /// The complaint for people: what is wrong, where, and what to do.
    pub fn diagnostic(&self) -> Diagnostic {
        let (code, origin, help): (&'static str, Option<String>, String) = match self {
            Self::NotFound { path, similar } => (
                "source-not-found",
                Some(path.display().to_string()),
                similar.as_ref().map_or_else(
                    || "check the path; a folder is read with all it holds".to_owned(),
                    |name| format!("did you mean `{name}`?"),
                ),
            ),
            Self::Unopened { path, .. } => (
                "source-unreadable",
                Some(path.display().to_string()),
                "check that you may read it (`ls -l`)".to_owned(),
            ),
            Self::TooLarge { source_name, .. } => (
                "source-too-large",
                Some(source_name.clone()),
                "split it into documents, one file or one JSON line each".to_owned(),
            ),
            Self::Binary {
                source_name, form, ..
            } => (
                "source-binary",
                Some(source_name.clone()),
                if *form == "a PDF" {
                    "turn it to text first: `pdftotext FILE.pdf FILE.txt`".to_owned()
                } else {
                    "give text, Markdown, HTML, JSON lines or CSV".to_owned()
                },
            ),
            Self::BrokenUtf8 { source_name, .. } => (
                "source-not-utf-8",
                Some(source_name.clone()),
                "convert it: `iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW`".to_owned(),
            ),
            Self::BadRecord { source_name, .. } => (
                "bad-record",
                Some(source_name.clone()),
                "a document is an object with `text`, and if known `title`, `date` and `source`"
                    .to_owned(),
            ),
            Self::Empty { source_name } => (
                "source-empty",
                Some(source_name.clone()),
                "give a file with English sentences".to_owned(),
            ),
            Self::EmptyFolder { path } => (
                "folder-empty",
                Some(path.display().to_string()),
                "in folders, .txt, .md, .html, .htm, .jsonl and .csv files are read".to_owned(),
            ),
            Self::Unwritable { source_name, .. } => (
                "analysis-unwritable",
                Some(source_name.clone()),
                "report this text to the authors".to_owned(),
            ),
            Self::Unreadable { source_name, .. } => (
                "analysis-unreadable",
                Some(source_name.clone()),
                "build the graph again with this version".to_owned(),
            ),
            Self::Cancelled => (
                "stopped",
                None,
                "run the same command again to go on".to_owned(),
            ),
            Self::NoThreads { .. } => ("no-threads", None, "ask for fewer threads".to_owned()),
        };
        let code = Code(code);
        let mut diagnostic = Diagnostic::error(code, self.to_string()).with_help(help);
        if let Some(origin) = origin {
            diagnostic = diagnostic.in_origin(origin);
        }
        diagnostic
    }
}
