//! Reading the whole graph from its tables, but for the properties of relationships.
//!
//! This thread reads the rows in batches, another makes the graph of them, and the JSON of a batch
//! is understood by as many as there are.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rayon::prelude::*;
use rusqlite::Connection;

use super::database::meta;
use super::{StoreError, codec};
use crate::base::{Interner, Symbol};
use crate::graph::{Bulk, PropertyGraph, ReadProperties};
use crate::model::{Label, NodeId, PropertyKey, RelId, RelType, Value};

/// How many rows go from thread to thread at once.
const BATCH: usize = 8192;

/// How many batches may wait.
const WAITING: usize = 4;

/// How many rows of a batch one thread takes at a time.
const PART: usize = 512;

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

/// The whole graph in the tables of `connection`; the properties of its relationships are read
/// with `reader`, if there is any.
pub(super) fn load(
    connection: &Connection,
    path: &Path,
    reader: Arc<ReadProperties>,
) -> Result<PropertyGraph, StoreError> {
    read(connection, reader).map_err(|error| match error {
        RowError::Sqlite(error) => StoreError::from_sqlite(path, error),
        RowError::Content(detail) => StoreError::Damaged {
            path: path.to_path_buf(),
            detail,
        },
    })
}

fn read(connection: &Connection, reader: Arc<ReadProperties>) -> Result<PropertyGraph, RowError> {
    let mut graph = PropertyGraph::new();
    for key in names(connection, "SELECT key FROM indexed_keys ORDER BY key")? {
        graph.ensure_index(&key);
    }
    let keys = names(connection, "SELECT key FROM relationship_keys ORDER BY key")?;
    let keys: Vec<PropertyKey> = keys
        .iter()
        .map(|key| graph.intern_property_key(key))
        .collect();
    let mut bulk = Bulk::new(&mut graph);
    bulk.reserve(
        count(connection, "SELECT count(*) FROM nodes")?,
        count(connection, "SELECT count(*) FROM relationships")?,
    );
    in_batches(
        |send| read_nodes(connection, send),
        |receive| make_nodes(&mut bulk, &receive),
    )?;
    in_batches(
        |send| read_relationships(connection, send),
        |receive| make_relationships(&mut bulk, &receive),
    )?;
    let sql = "SELECT max(relationship) FROM relationship_properties";
    let last: Option<i64> = connection.query_row(sql, [], |row| row.get(0))?;
    if let Some(last) = last {
        bulk.read_properties_with(reader, RelId::new(last.saturating_add(1)), keys);
    }
    bulk.commit();
    graph.reserve_ids(
        NodeId::new(meta(connection, "next_node")?),
        RelId::new(meta(connection, "next_relationship")?),
    );
    Ok(graph)
}

fn names(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(sql)?;
    let names = statement.query_map([], |row| row.get(0))?;
    names.collect()
}

fn count(connection: &Connection, sql: &str) -> rusqlite::Result<usize> {
    let count: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// Runs `read` here and `make` beside it; the error of `make` comes first, since it is what ends
/// `read` early.
fn in_batches<T: Send>(
    read: impl FnOnce(&SyncSender<T>) -> Result<(), RowError>,
    make: impl FnOnce(Receiver<T>) -> Result<(), RowError> + Send,
) -> Result<(), RowError> {
    thread::scope(|scope| {
        let (send, receive) = sync_channel(WAITING);
        let maker = scope.spawn(move || make(receive));
        let outcome = read(&send);
        drop(send);
        match maker.join() {
            Ok(made) => made.and(outcome),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Nodes as they stand in the table: their texts in one string, one after the other.
#[derive(Default)]
struct NodeRows {
    text: String,
    /// The id, and where its labels and its properties end.
    rows: Vec<(i64, usize, usize)>,
}

/// A node that was understood; its keys are those of its part of the batch.
struct ReadNode {
    id: i64,
    properties: Vec<(Symbol, Value)>,
}

fn read_nodes(connection: &Connection, send: &SyncSender<NodeRows>) -> Result<(), RowError> {
    let mut statement =
        connection.prepare("SELECT id, labels, properties FROM nodes ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut batch = NodeRows::default();
    while let Some(row) = rows.next()? {
        let labels = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        batch.text.push_str(labels);
        let labels_end = batch.text.len();
        let properties = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
        batch.text.push_str(properties);
        batch.rows.push((row.get(0)?, labels_end, batch.text.len()));
        if batch.rows.len() == BATCH && send.send(std::mem::take(&mut batch)).is_err() {
            return Ok(());
        }
    }
    // Who receives no longer has an error of its own to tell.
    let _gone = send.send(batch);
    Ok(())
}

fn make_nodes(bulk: &mut Bulk<'_>, batches: &Receiver<NodeRows>) -> Result<(), RowError> {
    let mut known_labels: HashMap<String, Vec<Label>> = HashMap::new();
    for NodeRows { text, rows } in batches {
        // Each text begins where the one before it ends.
        let starts = std::iter::once(0).chain(rows.iter().map(|(_, _, end)| *end));
        let nodes: Vec<(i64, &str, &str)> = starts
            .zip(&rows)
            .map(|(start, (id, labels_end, end))| {
                let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
                (*id, part(start, *labels_end), part(*labels_end, *end))
            })
            .collect();
        let parts: Vec<_> = nodes.par_chunks(PART).map(read_properties).collect();
        let mut labels = nodes.iter().map(|(_, labels, _)| *labels);
        for part in parts {
            let (keys, part) = part?;
            let keys: Vec<PropertyKey> = keys.names().map(|key| bulk.property_key(key)).collect();
            for ReadNode { id, properties } in part {
                let bad = |detail: String| RowError::Content(format!("node {id}: {detail}"));
                let text = labels.next().unwrap_or_default();
                if !known_labels.contains_key(text) {
                    let names = codec::labels(text).map_err(|error| bad(error.to_string()))?;
                    let labels = names.iter().map(|name| bulk.label(name)).collect();
                    known_labels.insert(text.to_owned(), labels);
                }
                let labels = known_labels.get(text).map_or(&[][..], Vec::as_slice);
                let properties = properties
                    .into_iter()
                    .filter_map(|(key, value)| Some((*keys.get(key.index())?, value)))
                    .collect();
                bulk.put_node(NodeId::new(id), labels, properties)
                    .map_err(|error| bad(error.to_string()))?;
            }
        }
    }
    Ok(())
}

fn read_properties(nodes: &[(i64, &str, &str)]) -> Result<(Interner, Vec<ReadNode>), RowError> {
    let mut keys = Interner::new();
    let nodes = nodes
        .iter()
        .map(|(id, _, text)| {
            let properties = codec::keyed_properties(text, |key| Some(keys.intern(key)))
                .map_err(|error| RowError::Content(format!("node {id}: {error}")))?;
            Ok(ReadNode {
                id: *id,
                properties,
            })
        })
        .collect::<Result<Vec<_>, RowError>>()?;
    Ok((keys, nodes))
}

/// Relationships as they stand in the table, and the names of types that came up first in them.
#[derive(Default)]
struct RelationshipRows {
    new_types: Vec<Arc<str>>,
    /// The id, the number of the type, the start, the end.
    rows: Vec<(i64, Symbol, i64, i64)>,
}

fn read_relationships(
    connection: &Connection,
    send: &SyncSender<RelationshipRows>,
) -> Result<(), RowError> {
    let mut types = Interner::new();
    let mut statement =
        connection.prepare("SELECT id, type, start, \"end\" FROM relationships ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut batch = RelationshipRows::default();
    while let Some(row) = rows.next()? {
        let name = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        let known = types.len();
        let rel_type = types.intern(name);
        if types.len() > known {
            batch.new_types.push(types.shared_name(rel_type));
        }
        let row = (row.get(0)?, rel_type, row.get(2)?, row.get(3)?);
        batch.rows.push(row);
        if batch.rows.len() == BATCH && send.send(std::mem::take(&mut batch)).is_err() {
            return Ok(());
        }
    }
    let _gone = send.send(batch);
    Ok(())
}

fn make_relationships(
    bulk: &mut Bulk<'_>,
    batches: &Receiver<RelationshipRows>,
) -> Result<(), RowError> {
    let mut types: Vec<RelType> = Vec::new();
    for RelationshipRows { new_types, rows } in batches {
        types.extend(new_types.iter().map(|name| bulk.rel_type(name)));
        for (id, rel_type, start, end) in rows {
            let Some(rel_type) = types.get(rel_type.index()) else {
                continue;
            };
            let ends = (NodeId::new(start), NodeId::new(end));
            bulk.put_relationship(RelId::new(id), *rel_type, ends)
                .map_err(|error| RowError::Content(format!("relationship {id}: {error}")))?;
        }
    }
    Ok(())
}
