//! The words every layer shares: values, nodes, relationships, entities, evidence.
//!
//! Knows nothing of storage, of query text, or of how a value was found.

mod entity;
mod evidence;
mod schema;
mod statement;

pub use self::entity::EntityKind;
pub use self::evidence::{DocumentId, Evidence, RuleName};
pub use self::schema::{label, property, rel_type};
pub use self::statement::{Confidence, Modality, Polarity};
