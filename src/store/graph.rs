//! Writing what changed in the graph into its tables.

use std::collections::BTreeSet;
use std::sync::Arc;

use rusqlite::Connection;

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
    let mut remove = connection.prepare_cached("DELETE FROM nodes WHERE id = ?1")?;
    for id in nodes {
        match graph.node(id) {
            Some(node) => put_node(connection, node)?,
            None => {
                remove.execute([id.number()])?;
            }
        }
    }
    let mut remove = connection.prepare_cached("DELETE FROM relationships WHERE id = ?1")?;
    let mut remove_properties =
        connection.prepare_cached("DELETE FROM relationship_properties WHERE relationship = ?1")?;
    let mut keys = BTreeSet::new();
    for id in relationships {
        let relationship = graph.relationship(id);
        match relationship {
            Some(relationship) => put_relationship(connection, relationship, &mut keys)?,
            None => {
                remove.execute([id.number()])?;
            }
        }
        if relationship.is_none_or(|relationship| relationship.properties().next().is_none()) {
            remove_properties.execute([id.number()])?;
        }
    }
    put_keys(connection, &keys)
}

/// Writes what `graph` holds from these ids on.
pub(super) fn write_from(
    connection: &Connection,
    graph: &PropertyGraph,
    node: NodeId,
    relationship: RelId,
) -> rusqlite::Result<()> {
    let nodes = graph.node_ids_from(node);
    for node in nodes.filter_map(|id| graph.node(id)) {
        put_node(connection, node)?;
    }
    let relationships = graph.relationship_ids_from(relationship);
    let mut keys = BTreeSet::new();
    for relationship in relationships.filter_map(|id| graph.relationship(id)) {
        put_relationship(connection, relationship, &mut keys)?;
    }
    put_keys(connection, &keys)
}

fn put_node(connection: &Connection, node: NodeView<'_>) -> rusqlite::Result<()> {
    let mut put = connection.prepare_cached(
        "INSERT OR REPLACE INTO nodes (id, labels, properties) VALUES (?1, ?2, ?3)",
    )?;
    let labels = codec::labels_text(&node.label_names()).map_err(unwritable)?;
    let properties = codec::properties_text(&node.property_map()).map_err(unwritable)?;
    put.execute((node.id().number(), labels, properties))?;
    Ok(())
}

/// Writes a relationship, and adds the keys of its properties to `keys`.
fn put_relationship(
    connection: &Connection,
    relationship: RelationshipView<'_>,
    keys: &mut BTreeSet<Arc<str>>,
) -> rusqlite::Result<()> {
    let mut put = connection.prepare_cached(
        "INSERT OR REPLACE INTO relationships (id, type, start, \"end\")
         VALUES (?1, ?2, ?3, ?4)",
    )?;
    let rel_type: Arc<str> = relationship.type_name();
    put.execute((
        relationship.id().number(),
        &*rel_type,
        relationship.start().number(),
        relationship.end().number(),
    ))?;
    if relationship.properties().next().is_none() {
        return Ok(());
    }
    let properties = relationship.property_map();
    let text = codec::properties_text(&properties).map_err(unwritable)?;
    keys.extend(properties.into_keys());
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO relationship_properties (relationship, properties)
             VALUES (?1, ?2)",
        )?
        .execute((relationship.id().number(), text))?;
    Ok(())
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
