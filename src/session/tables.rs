//! Tables of tab-separated values as nodes and relationships: the quick way to a large graph.
//!
//! A file has a head line and no quoting; an empty cell is null. A relationship's file has two
//! columns, the keys of its two nodes.

mod blocks;
mod keys;

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use thiserror::Error;

use crate::base::{Code, Diagnostic};
use crate::graph::{Bulk, GraphError};
use crate::model::{NodeId, PropertyKey, Value};

use self::blocks::{Block, count_lines, parse_blocks, unreadable};
use self::keys::{Key, Keys};

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

/// Adds the tables in `folder` to what `bulk` loads, which is to be dropped after an error.
pub(super) fn load(
    bulk: &mut Bulk<'_>,
    folder: &Path,
    nodes: &[NodeTable],
    relationships: &[RelationshipTable],
) -> Result<(), TableError> {
    let mut keys: HashMap<&str, Keys> = HashMap::new();
    let lines = |files: &mut dyn Iterator<Item = &String>| {
        let counts = files.map(|file| count_lines(&folder.join(file)));
        counts.sum::<Result<usize, TableError>>()
    };
    bulk.reserve(
        lines(&mut nodes.iter().map(|table| &table.file))?,
        lines(&mut relationships.iter().map(|table| &table.file))?,
    );
    for table in nodes {
        let known = keys.entry(&table.label).or_default();
        load_nodes(bulk, &folder.join(&table.file), table, known)?;
    }
    for table in nodes {
        bulk.ensure_index(&table.key);
    }
    let none = Keys::default();
    for table in relationships {
        let from = keys.get(table.from.as_str()).unwrap_or(&none);
        let to = keys.get(table.to.as_str()).unwrap_or(&none);
        load_relationships(bulk, &folder.join(&table.file), table, (from, to))?;
    }
    Ok(())
}

/// A line of a table of nodes.
struct NodeLine {
    key: Option<Key>,
    properties: Vec<(PropertyKey, Value)>,
}

fn load_nodes(
    bulk: &mut Bulk<'_>,
    path: &Path,
    table: &NodeTable,
    known: &mut Keys,
) -> Result<(), TableError> {
    let label = bulk.label(&table.label);
    let columns: Vec<(PropertyKey, &Column)> = table
        .columns
        .iter()
        .map(|column| (bulk.property_key(&column.name), column))
        .collect();
    parse_blocks(
        path,
        |block| parse_nodes(path, block, &columns, &table.key),
        |lines| {
            for line in lines {
                let id = bulk.create_node(&[label], line.properties)?;
                if let Some(key) = line.key {
                    known.insert(key, id);
                }
            }
            Ok(())
        },
    )
}

fn parse_nodes(
    path: &Path,
    block: &Block,
    columns: &[(PropertyKey, &Column)],
    key_column: &str,
) -> Result<Vec<NodeLine>, TableError> {
    let mut texts = HashSet::new();
    let mut nodes = Vec::with_capacity(block.line_count());
    for (line, text) in block.lines().map_err(|source| unreadable(path, source))? {
        let width = text.split('\t').count();
        if width != columns.len() {
            return Err(TableError::WrongWidth {
                path: path.to_path_buf(),
                line,
                found: width,
                wanted: columns.len(),
            });
        }
        let mut key = None;
        let mut properties = Vec::with_capacity(columns.len());
        for (cell, (property, column)) in text.split('\t').zip(columns) {
            if cell.is_empty() {
                continue;
            }
            let wrong = || TableError::WrongCell {
                path: path.to_path_buf(),
                line,
                column: column.name.clone(),
                cell: cell.to_owned(),
            };
            let value = value(cell, column.kind, &mut texts).ok_or_else(wrong)?;
            if column.name == key_column {
                key = Some(if let Value::Integer(number) = &value {
                    Key::Integer(*number)
                } else if let Value::String(text) = &value {
                    Key::Text(Arc::clone(text))
                } else {
                    Key::Text(Arc::from(cell))
                });
            }
            properties.push((*property, value));
        }
        nodes.push(NodeLine { key, properties });
    }
    Ok(nodes)
}

fn load_relationships(
    bulk: &mut Bulk<'_>,
    path: &Path,
    table: &RelationshipTable,
    keys: (&Keys, &Keys),
) -> Result<(), TableError> {
    let rel_type = bulk.rel_type(&table.rel_type);
    parse_blocks(
        path,
        |block| parse_relationships(path, block, table, keys),
        |ends| {
            for (start, end) in ends {
                bulk.create_relationship(rel_type, start, end)?;
            }
            Ok(())
        },
    )
}

fn parse_relationships(
    path: &Path,
    block: &Block,
    table: &RelationshipTable,
    (from, to): (&Keys, &Keys),
) -> Result<Vec<(NodeId, NodeId)>, TableError> {
    let mut ends = Vec::with_capacity(block.line_count());
    for (line, text) in block.lines().map_err(|source| unreadable(path, source))? {
        let cells = text.split_once('\t');
        let Some((first, second)) = cells.filter(|(_, second)| !second.contains('\t')) else {
            return Err(TableError::WrongWidth {
                path: path.to_path_buf(),
                line,
                found: text.split('\t').count(),
                wanted: 2,
            });
        };
        let node = |keys: &Keys, key: &str, label: &str| {
            keys.node(key).ok_or_else(|| TableError::UnknownKey {
                path: path.to_path_buf(),
                line,
                label: label.to_owned(),
                key: key.to_owned(),
            })
        };
        ends.push((
            node(from, first, &table.from)?,
            node(to, second, &table.to)?,
        ));
    }
    Ok(ends)
}

/// What `cell` says; `None` if it is no value of that kind. Texts that come again are shared.
fn value(cell: &str, kind: ColumnKind, texts: &mut HashSet<Arc<str>>) -> Option<Value> {
    match kind {
        ColumnKind::Integer => cell.parse().ok().map(Value::Integer),
        ColumnKind::Float => cell.parse().ok().map(Value::Float),
        ColumnKind::String => {
            if let Some(known) = texts.get(cell) {
                return Some(Value::String(Arc::clone(known)));
            }
            let text: Arc<str> = Arc::from(cell);
            texts.insert(Arc::clone(&text));
            Some(Value::String(text))
        }
        ColumnKind::Boolean => match cell.to_ascii_lowercase().as_str() {
            "true" | "1" => Some(Value::Boolean(true)),
            "false" | "0" => Some(Value::Boolean(false)),
            _ => None,
        },
    }
}
