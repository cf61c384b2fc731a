//! What can go wrong for whoever uses the library: one variant per layer.

use std::io;

use thiserror::Error;

use crate::base::{Code, Diagnostic};
use crate::graph::GraphError;
use crate::ingest::IngestError;
use crate::query::{QueryError, RunError, SignatureError};
use crate::session::{CorrectionError, TableError};
use crate::store::StoreError;
use crate::text::ModelError;

/// Why something could not be done. Whatever it was, the graph is as it was before.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The file could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A query was refused, or failed while running.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The graph refused a change.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// Reading could not begin, or what was stored cannot be read.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// There is no model that reads English, or it cannot be loaded.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The signature of a procedure is none.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// Tables could not be loaded.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Something cannot be put right as it was asked for.
    #[error(transparent)]
    Correction(#[from] CorrectionError),
    /// The schema that a graph keeps is not one that this version reads.
    #[error("the schema of the graph cannot be read; `whom build --schema` gives it another")]
    Schema(Vec<Diagnostic>),
    /// A graph with a file is not emptied.
    #[error("a graph that is kept in a file is not emptied")]
    KeptInFile,
    /// The writer given to an export failed.
    #[error("cannot write the export")]
    Export(#[source] io::Error),
    /// The work was asked to stop.
    #[error("interrupted")]
    Interrupted,
}

impl Error {
    /// The same for people: code, message, place, remedy.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Store(error) => vec![error.diagnostic()],
            Self::Query(error) => error.diagnostics(),
            Self::Graph(error) => {
                vec![Diagnostic::error(Code("graph-refused"), error.to_string())]
            }
            Self::Ingest(error) => vec![error.diagnostic()],
            Self::Model(error) => vec![
                Diagnostic::error(Code("no-model"), model_text(error)).with_help(
                    "build whom with the files in `english/`, or take a released program",
                ),
            ],
            Self::Signature(error) => {
                vec![Diagnostic::error(Code("bad-signature"), error.to_string())]
            }
            Self::Table(error) => vec![error.diagnostic()],
            Self::Correction(error) => vec![error.diagnostic()],
            Self::Schema(complaints) => [Diagnostic::error(
                Code("schema-unreadable"),
                self.to_string(),
            )]
            .into_iter()
            .chain(complaints.iter().cloned())
            .collect(),
            Self::KeptInFile => vec![
                Diagnostic::error(Code("kept-in-file"), self.to_string())
                    .with_help("`MATCH (n) DETACH DELETE n` empties it, file and all"),
            ],
            Self::Export(error) => vec![Diagnostic::error(
                Code("export-failed"),
                format!("cannot write the export: {error}"),
            )],
            Self::Interrupted => vec![Diagnostic::error(Code("interrupted"), "interrupted")],
        }
    }

    /// Whether the work was asked to stop.
    pub fn is_interrupted(&self) -> bool {
        match self {
            Self::Interrupted | Self::Ingest(IngestError::Cancelled) => true,
            Self::Query(QueryError::Run { error, .. }) => matches!(error, RunError::Cancelled),
            Self::Query(_)
            | Self::Store(_)
            | Self::Graph(_)
            | Self::Ingest(_)
            | Self::Model(_)
            | Self::Signature(_)
            | Self::Table(_)
            | Self::Correction(_)
            | Self::Schema(_)
            | Self::KeptInFile
            | Self::Export(_) => false,
        }
    }

    /// Whether the graph file itself is at fault.
    pub fn is_bad_file(&self) -> bool {
        match self {
            Self::Store(error) => error.is_bad_file(),
            Self::Query(_)
            | Self::Graph(_)
            | Self::Ingest(_)
            | Self::Model(_)
            | Self::Signature(_)
            | Self::Table(_)
            | Self::Correction(_)
            | Self::Schema(_)
            | Self::KeptInFile
            | Self::Export(_)
            | Self::Interrupted => false,
        }
    }

    /// Whether what was given to read was not understood.
    pub fn is_bad_input(&self) -> bool {
        match self {
            Self::Query(QueryError::Parse(_) | QueryError::Check(_))
            | Self::Signature(_)
            | Self::Correction(_)
            | Self::Table(_) => true,
            Self::Query(QueryError::Run { .. })
            | Self::Store(_)
            | Self::Graph(_)
            | Self::Ingest(_)
            | Self::Model(_)
            | Self::Schema(_)
            | Self::KeptInFile
            | Self::Export(_)
            | Self::Interrupted => false,
        }
    }
}

fn model_text(error: &ModelError) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}
