//! whom

pub mod base;
pub mod export;
pub mod extract;
pub mod graph;
pub mod ingest;
pub mod model;
pub mod query;
pub mod question;
pub mod resolve;
pub mod store;
pub mod text;

mod error;
mod session;

pub use self::error::Error;
pub use self::session::{
    BuildOptions, BuildReport, Column, ColumnKind, Completions, NodeTable, Outcome, Overview,
    RelationshipTable, Session, TableError,
};
