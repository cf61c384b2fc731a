//! Writing what changed in the graph into its tables.

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::{CachedStatement, Connection};

use super::codec;
use crate::graph::{Change, ChangeSet, NodeView, PropertyGraph, RelationshipView};
use crate::model::{NodeId, RelId};

/// Writes what `changes` touched, as it is in `graph` after them.
///
/// An element is written whole once, however often it changed.
pub(super) fn write(
    connection: &Connection,
    changes: &ChangeSet,
    graph: &PropertyGraph,
) -> rusqlite::Result<()> {
    let (nodes, relationships) = touched(changes);
    let mut put = Put::new(connection)?;
    let mut remove = connection.prepare_cached("DELETE FROM nodes WHERE id = ?1")?;
    for id in nodes {
        match graph.node(id) {
            Some(node) => put.node(node)?,
            None => {
                remove.execute([id.number()])?;
            }
        }
    }
    let mut remove = connection.prepare_cached("DELETE FROM relationships WHERE id = ?1")?;
    let mut remove_properties =
        connection.prepare_cached("DELETE FROM relationship_properties WHERE relationship = ?1")?;
    for id in relationships {
        let has_properties = if let Some(relationship) = graph.relationship(id) {
            put.relationship(relationship)?
        } else {
            remove.execute([id.number()])?;
            false
        };
        if !has_properties {
            remove_properties.execute([id.number()])?;
        }
    }
    put_keys(connection, &put.keys)
}

/// Writes what `graph` holds from these ids on, and which keys it indexes.
pub(super) fn write_from(
    connection: &Connection,
    graph: &PropertyGraph,
    node: NodeId,
    relationship: RelId,
) -> rusqlite::Result<()> {
    let mut put = Put::new(connection)?;
    let nodes = graph.node_ids_from(node);
    for node in nodes.filter_map(|id| graph.node(id)) {
        put.node(node)?;
    }
    let relationships = graph.relationship_ids_from(relationship);
    for relationship in relationships.filter_map(|id| graph.relationship(id)) {
        put.relationship(relationship)?;
    }
    put_keys(connection, &put.keys)?;
    let mut put =
        connection.prepare_cached("INSERT OR IGNORE INTO indexed_keys (key) VALUES (?1)")?;
    for key in graph.indexed_keys() {
        put.execute([&*key])?;
    }
    Ok(())
}

/// The statements that write elements.
struct Put<'c> {
    node: CachedStatement<'c>,
    relationship: CachedStatement<'c>,
    properties: CachedStatement<'c>,
    /// The keys of the properties of relationships that were written.
    keys: BTreeSet<Arc<str>>,
}

impl<'c> Put<'c> {
    fn new(connection: &'c Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            node: connection.prepare_cached(
                "INSERT OR REPLACE INTO nodes (id, labels, properties) VALUES (?1, ?2, ?3)",
            )?,
            relationship: connection.prepare_cached(
                "INSERT OR REPLACE INTO relationships (id, type, start, \"end\")
                 VALUES (?1, ?2, ?3, ?4)",
            )?,
            properties: connection.prepare_cached(
                "INSERT OR REPLACE INTO relationship_properties (relationship, properties)
                 VALUES (?1, ?2)",
            )?,
            keys: BTreeSet::new(),
        })
    }

    fn node(&mut self, node: NodeView<'_>) -> rusqlite::Result<()> {
        let labels = codec::labels_text(&node.label_names()).map_err(unwritable)?;
        let properties = codec::properties_text(&node.property_map()).map_err(unwritable)?;
        self.node
            .execute((node.id().number(), labels, properties))?;
        Ok(())
    }

    /// Writes a relationship; yields whether it has properties.
    fn relationship(&mut self, relationship: RelationshipView<'_>) -> rusqlite::Result<bool> {
        let id = relationship.id().number();
        let rel_type = relationship.type_name();
        let (start, end) = (relationship.start(), relationship.end());
        self.relationship
            .execute((id, &*rel_type, start.number(), end.number()))?;
        if relationship.properties().next().is_none() {
            return Ok(false);
        }
        let properties = relationship.property_map();
        let text = codec::properties_text(&properties).map_err(unwritable)?;
        self.properties.execute((id, text))?;
        self.keys.extend(properties.into_keys());
        Ok(true)
    }
}

/// Lists the keys of properties of relationships, if they are not listed yet.
fn put_keys(connection: &Connection, keys: &BTreeSet<Arc<str>>) -> rusqlite::Result<()> {
    let mut put =
        connection.prepare_cached("INSERT OR IGNORE INTO relationship_keys (key) VALUES (?1)")?;
    for key in keys {
        put.execute([&**key])?;
    }
    Ok(())
}

fn touched(changes: &ChangeSet) -> (BTreeSet<NodeId>, BTreeSet<RelId>) {
    let mut nodes = BTreeSet::new();
    let mut relationships = BTreeSet::new();
    for change in changes.changes() {
        match change {
            Change::CreateNode { id, .. } | Change::RemoveNode { id } => {
                nodes.insert(*id);
            }
            Change::AddLabel { node, .. }
            | Change::RemoveLabel { node, .. }
            | Change::SetNodeProperty { node, .. } => {
                nodes.insert(*node);
            }
            Change::CreateRelationship { id, .. } | Change::RemoveRelationship { id } => {
                relationships.insert(*id);
            }
            Change::SetRelationshipProperty { relationship, .. } => {
                relationships.insert(*relationship);
            }
        }
    }
    (nodes, relationships)
}

fn unwritable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}
