//! Tables of tab-separated values as nodes and relationships: the quick way to a large graph.
//!
//! A file has a head line and no quoting; an empty cell is null. A relationship's file has two
//! columns, the keys of its two nodes.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use thiserror::Error;

use crate::base::{Code, Diagnostic};
use crate::graph::{Change, GraphError, PropertyGraph, restore};
use crate::model::{Map, NodeId, Value};

/// A table of nodes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NodeTable {
    /// The label that its nodes get.
    pub label: String,
    /// The file's name in its folder.
    pub file: String,
    /// The column that names a node; relationships refer to it, and it is indexed.
    pub key: String,
    /// The columns in order.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Column {
    /// The property it becomes.
    pub name: String,
    /// What its cells are.
    #[serde(rename = "type")]
    pub kind: ColumnKind,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// Whole numbers.
    Integer,
    /// Numbers with a fraction.
    Float,
    /// Text.
    String,
    /// `true` or `false`.
    Boolean,
}

/// A table of relationships.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RelationshipTable {
    /// The type that its relationships get.
    #[serde(rename = "type")]
    pub rel_type: String,
    /// The label of the nodes they start from.
    pub from: String,
    /// The label of the nodes they end in.
    pub to: String,
    /// The file's name in its folder.
    pub file: String,
}

/// Why tables could not be loaded.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TableError {
    /// A file could not be read.
    #[error("cannot read `{}`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A line has too few or too many cells.
    #[error("`{}`, line {line}: {found} cells, where {wanted} belong", path.display())]
    WrongWidth {
        /// The file.
        path: PathBuf,
        /// The line, the head is 1.
        line: usize,
        /// How many cells there are.
        found: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// A cell is not of its column's kind.
    #[error("`{}`, line {line}: `{cell}` is no value of column `{column}`", path.display())]
    WrongCell {
        /// The file.
        path: PathBuf,
        /// The line, the head is 1.
        line: usize,
        /// The column.
        column: String,
        /// The cell.
        cell: String,
    },
    /// A relationship refers to a node that is not there.
    #[error("`{}`, line {line}: there is no `{label}` with the key `{key}`", path.display())]
    UnknownKey {
        /// The file.
        path: PathBuf,
        /// The line, the head is 1.
        line: usize,
        /// The label it should have.
        label: String,
        /// The key.
        key: String,
    },
    /// The graph refused.
    #[error(transparent)]
    Graph(#[from] GraphError),
}

impl TableError {
    /// The same for people.
    pub fn diagnostic(&self) -> Diagnostic {
        let mut message = self.to_string();
        if let Self::Unreadable { source, .. } = self {
            message = format!("{message}: {source}");
        }
        Diagnostic::error(Code("table-refused"), message)
    }
}

/// Adds the tables in `folder` to `graph`, which is of no use after an error.
pub(super) fn load(
    graph: &mut PropertyGraph,
    folder: &Path,
    nodes: &[NodeTable],
    relationships: &[RelationshipTable],
) -> Result<(), TableError> {
    let mut keys: HashMap<&str, HashMap<String, NodeId>> = HashMap::new();
    for table in nodes {
        let known = keys.entry(&table.label).or_default();
        load_nodes(graph, &folder.join(&table.file), table, known)?;
    }
    for table in nodes {
        graph.ensure_index(&table.key);
    }
    let none = HashMap::new();
    for table in relationships {
        let from = keys.get(table.from.as_str()).unwrap_or(&none);
        let to = keys.get(table.to.as_str()).unwrap_or(&none);
        load_relationships(graph, &folder.join(&table.file), table, (from, to))?;
    }
    Ok(())
}

/// Calls `take` with the number and the cells of each line after the head.
fn each_line(
    path: &Path,
    mut take: impl FnMut(usize, &str) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let unreadable = |source| TableError::Unreadable {
        path: path.to_path_buf(),
        source,
    };
    let file = File::open(path).map_err(unreadable)?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut line = String::new();
    let mut number = 0;
    loop {
        line.clear();
        if reader.read_line(&mut line).map_err(unreadable)? == 0 {
            return Ok(());
        }
        number += 1;
        let cells = line.trim_end_matches(['\n', '\r']);
        if number > 1 {
            take(number, cells)?;
        }
    }
}

fn load_nodes(
    graph: &mut PropertyGraph,
    path: &Path,
    table: &NodeTable,
    known: &mut HashMap<String, NodeId>,
) -> Result<(), TableError> {
    let label: Arc<str> = Arc::from(table.label.as_str());
    let columns: Vec<(Arc<str>, ColumnKind)> = table
        .columns
        .iter()
        .map(|column| (Arc::from(column.name.as_str()), column.kind))
        .collect();
    each_line(path, |line, text| {
        let id = graph.next_node_id();
        let mut properties = Map::new();
        let mut found = 0;
        for (index, cell) in text.split('\t').enumerate() {
            found = index + 1;
            let Some((name, kind)) = columns.get(index) else {
                continue;
            };
            if **name == *table.key {
                known.insert(cell.to_owned(), id);
            }
            if cell.is_empty() {
                continue;
            }
            let value = value(cell, *kind).ok_or_else(|| TableError::WrongCell {
                path: path.to_path_buf(),
                line,
                column: name.to_string(),
                cell: cell.to_owned(),
            })?;
            properties.insert(Arc::clone(name), value);
        }
        if found != columns.len() {
            return Err(TableError::WrongWidth {
                path: path.to_path_buf(),
                line,
                found,
                wanted: columns.len(),
            });
        }
        let change = Change::CreateNode {
            id,
            labels: vec![Arc::clone(&label)],
            properties,
        };
        Ok(restore(graph, change)?)
    })
}

fn load_relationships(
    graph: &mut PropertyGraph,
    path: &Path,
    table: &RelationshipTable,
    (from, to): (&HashMap<String, NodeId>, &HashMap<String, NodeId>),
) -> Result<(), TableError> {
    let rel_type: Arc<str> = Arc::from(table.rel_type.as_str());
    each_line(path, |line, text| {
        let Some((first, second)) = text
            .split_once('\t')
            .filter(|(_, second)| !second.contains('\t'))
        else {
            return Err(TableError::WrongWidth {
                path: path.to_path_buf(),
                line,
                found: text.split('\t').count(),
                wanted: 2,
            });
        };
        let node = |keys: &HashMap<String, NodeId>, key: &str, label: &str| {
            keys.get(key)
                .copied()
                .ok_or_else(|| TableError::UnknownKey {
                    path: path.to_path_buf(),
                    line,
                    label: label.to_owned(),
                    key: key.to_owned(),
                })
        };
        let change = Change::CreateRelationship {
            id: graph.next_relationship_id(),
            rel_type: Arc::clone(&rel_type),
            start: node(from, first, &table.from)?,
            end: node(to, second, &table.to)?,
            properties: Map::new(),
        };
        Ok(restore(graph, change)?)
    })
}

fn value(cell: &str, kind: ColumnKind) -> Option<Value> {
    match kind {
        ColumnKind::Integer => cell.parse().ok().map(Value::Integer),
        ColumnKind::Float => cell.parse().ok().map(Value::Float),
        ColumnKind::String => Some(Value::from(cell)),
        ColumnKind::Boolean => match cell.to_ascii_lowercase().as_str() {
            "true" | "1" => Some(Value::Boolean(true)),
            "false" | "0" => Some(Value::Boolean(false)),
            _ => None,
        },
    }
}
