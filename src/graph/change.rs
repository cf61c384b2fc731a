//! What a change to the graph is: the one form in which changes are made, taken back and saved.
//!
//! A change names labels, types and keys by text, so that it means the same in every graph
//! and on disk.

use std::sync::Arc;

use crate::model::{Map, NodeId, RelId, Value};

use super::error::GraphError;
use super::property_graph::PropertyGraph;
use super::transaction::Transaction;

/// One change to the graph.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A new node.
    CreateNode {
        /// Its id.
        id: NodeId,
        /// Its labels.
        labels: Vec<Arc<str>>,
        /// Its properties.
        properties: Map,
    },
    /// A node goes; it has no relationships any more.
    RemoveNode {
        /// Its id.
        id: NodeId,
    },
    /// A new relationship.
    CreateRelationship {
        /// Its id.
        id: RelId,
        /// Its type.
        rel_type: Arc<str>,
        /// Where it starts.
        start: NodeId,
        /// Where it ends.
        end: NodeId,
        /// Its properties.
        properties: Map,
    },
    /// A relationship goes.
    RemoveRelationship {
        /// Its id.
        id: RelId,
    },
    /// A node gets a label.
    AddLabel {
        /// The node.
        node: NodeId,
        /// The label.
        label: Arc<str>,
    },
    /// A node loses a label.
    RemoveLabel {
        /// The node.
        node: NodeId,
        /// The label.
        label: Arc<str>,
    },
    /// A node's property gets a value; null removes it.
    SetNodeProperty {
        /// The node.
        node: NodeId,
        /// The key.
        key: Arc<str>,
        /// The value, or null.
        value: Value,
    },
    /// A relationship's property gets a value; null removes it.
    SetRelationshipProperty {
        /// The relationship.
        relationship: RelId,
        /// The key.
        key: Arc<str>,
        /// The value, or null.
        value: Value,
    },
}

/// Changes in the order they were made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChangeSet {
    changes: Vec<Change>,
}

/// How much a set of changes did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangeCounts {
    /// Nodes made.
    pub nodes_created: usize,
    /// Nodes gone.
    pub nodes_deleted: usize,
    /// Relationships made.
    pub relationships_created: usize,
    /// Relationships gone.
    pub relationships_deleted: usize,
    /// Properties set or removed, those of new elements included.
    pub properties_set: usize,
    /// Labels added, those of new nodes included.
    pub labels_added: usize,
    /// Labels removed.
    pub labels_removed: usize,
}

impl ChangeSet {
    /// No changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a change after the others.
    pub fn push(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// The changes, in order.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many changes.
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    /// Makes all changes, or none.
    ///
    /// # Errors
    /// The [`GraphError`] of the first change that is refused.
    pub fn apply(&self, graph: &mut PropertyGraph) -> Result<(), GraphError> {
        let mut transaction = Transaction::new(graph);
        for change in &self.changes {
            transaction.apply(change)?;
        }
        transaction.commit();
        Ok(())
    }

    /// How much the changes do.
    pub fn counts(&self) -> ChangeCounts {
        let mut counts = ChangeCounts::default();
        for change in &self.changes {
            match change {
                Change::CreateNode {
                    labels, properties, ..
                } => {
                    counts.nodes_created += 1;
                    counts.labels_added += labels.len();
                    counts.properties_set += properties.len();
                }
                Change::RemoveNode { .. } => counts.nodes_deleted += 1,
                Change::CreateRelationship { properties, .. } => {
                    counts.relationships_created += 1;
                    counts.properties_set += properties.len();
                }
                Change::RemoveRelationship { .. } => counts.relationships_deleted += 1,
                Change::AddLabel { .. } => counts.labels_added += 1,
                Change::RemoveLabel { .. } => counts.labels_removed += 1,
                Change::SetNodeProperty { .. } | Change::SetRelationshipProperty { .. } => {
                    counts.properties_set += 1;
                }
            }
        }
        counts
    }
}

impl FromIterator<Change> for ChangeSet {
    fn from_iter<I: IntoIterator<Item = Change>>(changes: I) -> Self {
        Self {
            changes: changes.into_iter().collect(),
        }
    }
}
