//! What a change to the graph can be refused for.

use std::sync::Arc;

use crate::model::{NodeId, RelId};

/// Why a change was refused; the graph is as it was before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// A change names a node that is not there.
    #[error("there is no node {}", .0.number())]
    NodeNotFound(NodeId),
    /// A change names a relationship that is not there.
    #[error("there is no relationship {}", .0.number())]
    RelationshipNotFound(RelId),
    /// A node cannot go while relationships hang on it.
    #[error("node {} still has relationships", .0.number())]
    NodeStillConnected(NodeId),
    /// The id belongs to another node.
    #[error("node id {} is taken", .0.number())]
    NodeIdTaken(NodeId),
    /// The id belongs to another relationship.
    #[error("relationship id {} is taken", .0.number())]
    RelationshipIdTaken(RelId),
    /// The id is below zero or past the limit of 2^32.
    #[error("id {0} lies outside 0 to 4294967294")]
    IdOutOfRange(i64),
    /// No property can hold such a value.
    #[error("property `{key}` cannot hold a value of kind {kind}")]
    NotStorable {
        /// The property.
        key: Arc<str>,
        /// The kind of the value.
        kind: &'static str,
    },
}
