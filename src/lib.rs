//! Builds a knowledge graph from plain English and answers questions about it, every answer cited.
//!
//! [`Session`] is the way in: it opens a graph, reads documents into it, runs openCypher and
//! answers questions. Everything works offline; what changes the graph changes its file in the
//! same step, or nothing.
//!
//! ```
//! use whom::Session;
//! use whom::model::{Map, Value};
//!
//! let mut session = Session::in_memory();
//! session.query("CREATE (:Person {name: 'Ada'})-[:KNOWS]->(:Person {name: 'Bob'})", &Map::new())?;
//! let parameters = Map::from([("name".into(), Value::from("Ada"))]);
//! let found = session.query("MATCH ({name: $name})-[:KNOWS]->(b) RETURN b.name", &parameters)?;
//! assert_eq!(found.rows, [[Value::from("Bob")]]);
//! # Ok::<(), whom::Error>(())
//! ```
//!
//! Documents come in with [`Session::build`] and go with [`Session::remove`];
//! [`Session::ask`] takes a question in English; [`Session::export`] writes the graph for other
//! tools. Each layer of the house is a module, from [`base`] at the ground to [`export`].

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
    About, Absence, BuildOptions, BuildReport, Column, ColumnKind, Completions, Corrected,
    CorrectionError, CorrectionRow, End, EntityReason, FileAccess, Finding, MemberReason,
    MentionReason, NearRule, NodeTable, Outcome, Overview, Reason, RelationshipTable, SchemaChoice,
    Session, SplitBy, TableError,
};
