//! The graph in its tables: loading it whole, and writing what changed.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use super::database::meta;
use super::{StoreError, codec};
use crate::base::Interner;
use crate::graph::{Change, ChangeSet, NodeView, PropertyGraph, RelationshipView, restore};
use crate::model::{NodeId, RelId};

/// Why a row could not be read.
enum RowError {
    Sqlite(rusqlite::Error),
    /// What is wrong with its content.
    Content(String),
}

impl From<rusqlite::Error> for RowError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// The whole graph in the tables of `connection`.
pub(super) fn load(connection: &Connection, path: &Path) -> Result<PropertyGraph, StoreError> {
    read(connection).map_err(|error| match error {
        RowError::Sqlite(error) => StoreError::from_sqlite(path, error),
        RowError::Content(detail) => StoreError::Damaged {
            path: path.to_path_buf(),
            detail,
        },
    })
}

fn read(connection: &Connection) -> Result<PropertyGraph, RowError> {
    let mut graph = PropertyGraph::new();
    read_nodes(connection, &mut graph)?;
    read_relationships(connection, &mut graph)?;
    graph.reserve_ids(
        NodeId::new(meta(connection, "next_node")?),
        RelId::new(meta(connection, "next_relationship")?),
    );
    Ok(graph)
}

fn read_nodes(connection: &Connection, graph: &mut PropertyGraph) -> Result<(), RowError> {
    let mut names = Interner::new();
    let mut statement =
        connection.prepare("SELECT id, labels, properties FROM nodes ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let bad = |detail: String| RowError::Content(format!("node {id}: {detail}"));
        let labels = codec::labels(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)
            .map_err(|error| bad(error.to_string()))?;
        let properties =
            codec::properties(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)
                .map_err(|error| bad(error.to_string()))?;
        let labels = labels
            .iter()
            .map(|name| {
                let symbol = names.intern(name);
                names.shared_name(symbol)
            })
            .collect();
        let change = Change::CreateNode {
            id: NodeId::new(id),
            labels,
            properties,
        };
        restore(graph, change).map_err(|error| bad(error.to_string()))?;
    }
    Ok(())
}

fn read_relationships(connection: &Connection, graph: &mut PropertyGraph) -> Result<(), RowError> {
    let mut names = Interner::new();
    let mut statement = connection
        .prepare("SELECT id, type, start, \"end\", properties FROM relationships ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let bad = |detail: String| RowError::Content(format!("relationship {id}: {detail}"));
        let symbol = names.intern(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        let properties =
            codec::properties(row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?)
                .map_err(|error| bad(error.to_string()))?;
        let change = Change::CreateRelationship {
            id: RelId::new(id),
            rel_type: names.shared_name(symbol),
            start: NodeId::new(row.get(2)?),
            end: NodeId::new(row.get(3)?),
            properties,
        };
        restore(graph, change).map_err(|error| bad(error.to_string()))?;
    }
    Ok(())
}

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
    for id in relationships {
        match graph.relationship(id) {
            Some(relationship) => put_relationship(connection, relationship)?,
            None => {
                remove.execute([id.number()])?;
            }
        }
    }
    Ok(())
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
    for relationship in relationships.filter_map(|id| graph.relationship(id)) {
        put_relationship(connection, relationship)?;
    }
    Ok(())
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

fn put_relationship(
    connection: &Connection,
    relationship: RelationshipView<'_>,
) -> rusqlite::Result<()> {
    let mut put = connection.prepare_cached(
        "INSERT OR REPLACE INTO relationships (id, type, start, \"end\", properties)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let rel_type: Arc<str> = relationship.type_name();
    let properties = codec::properties_text(&relationship.property_map()).map_err(unwritable)?;
    put.execute((
        relationship.id().number(),
        &*rel_type,
        relationship.start().number(),
        relationship.end().number(),
        properties,
    ))?;
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
