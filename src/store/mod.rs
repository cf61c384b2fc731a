//! The file on disk: one SQLite database with the graph, the documents and their analyses.
//!
//! [`Database`] is the file; it loads a whole [`crate::graph::PropertyGraph`] and writes one
//! [`crate::graph::ChangeSet`] per SQLite transaction. The only layer that sees rusqlite. It knows
//! nothing of queries, and an analysis is a string to it.

mod codec;
mod database;
mod document;
mod error;
mod graph;
mod load;
mod migrate;
mod properties;
mod verify;

pub use self::database::Database;
pub use self::document::{
    DocumentChange, DocumentRow, StoredAnalysis, StoredCorrection, StoredDocument, StoredSchema,
};
pub use self::error::StoreError;
pub use self::verify::{Fault, Verification};
