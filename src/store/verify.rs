//! Checks a file: its tables, and every piece of evidence against the source it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rusqlite::Connection;

use super::document::text_hash;
use super::{Database, StoreError, codec};
use crate::model::{Map, Value, property};

/// Past this many faults a file is damaged beyond listing.
const MOST_FAULTS: usize = 1_000;

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Fault {
    /// SQLite finds its own structures damaged.
    Table {
        /// What SQLite says.
        detail: String,
    },
    /// A row that cannot be read.
    Row {
        /// Of which table.
        table: &'static str,
        /// Which one.
        id: i64,
        /// Why not.
        detail: String,
    },
    /// A document's text is not the one that was stored.
    ChangedText {
        /// The document's source.
        document: String,
    },
    /// A relationship whose start or end is not there.
    Orphan {
        /// The relationship.
        relationship: i64,
        /// The node that is missing.
        node: i64,
    },
    /// An id that is not below the next one to be given.
    ReusableId {
        /// Of which table.
        table: &'static str,
        /// The id.
        id: i64,
    },
    /// Evidence that names a document which is not there.
    MissingDocument {
        /// The relationship.
        relationship: i64,
        /// The document it names.
        document: String,
    },
    /// Evidence that is not what the source says at its place.
    WrongEvidence {
        /// The relationship.
        relationship: i64,
        /// The document it names.
        document: String,
        /// First byte.
        start: i64,
        /// The byte after the last.
        end: i64,
    },
    /// There are more faults than are listed.
    More,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table { detail } => write!(out, "the tables are damaged: {detail}"),
            Self::Row { table, id, detail } => {
                write!(out, "row {id} of `{table}` cannot be read: {detail}")
            }
            Self::ChangedText { document } => {
                write!(
                    out,
                    "the text of `{document}` is not the one that was stored"
                )
            }
            Self::Orphan { relationship, node } => {
                write!(
                    out,
                    "relationship {relationship} leads to node {node}, which is missing"
                )
            }
            Self::ReusableId { table, id } => {
                write!(out, "id {id} of `{table}` would be given out again")
            }
            Self::MissingDocument {
                relationship,
                document,
            } => write!(
                out,
                "relationship {relationship} has evidence from `{document}`, which is missing"
            ),
            Self::WrongEvidence {
                relationship,
                document,
                start,
                end,
            } => write!(
                out,
                "relationship {relationship} has evidence that is not what `{document}` says at \
                 {start}..{end}"
            ),
            Self::More => write!(out, "and more"),
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// What is wrong, in order of tables and ids.
    pub faults: Vec<Fault>,
    /// How many documents were compared with what was stored.
    pub documents: usize,
    /// How many nodes were read.
    pub nodes: usize,
    /// How many relationships were read.
    pub relationships: usize,
    /// How many pieces of evidence were compared with their source.
    pub evidence: usize,
}

impl Verification {
    fn add(&mut self, fault: Fault) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        } else if self.faults.len() == MOST_FAULTS {
            self.faults.push(Fault::More);
        }
    }
}

impl Database {
    /// Checks the whole file.
    ///
    /// Time and memory grow with the documents' texts.
    ///
    /// # Errors
    /// [`StoreError::Locked`] and its kin when the file cannot be read at all; damage is no
    /// error but a finding.
    pub fn verify(&self) -> Result<Verification, StoreError> {
        let mut verification = Verification::default();
        match check(&self.connection, &mut verification) {
            Ok(()) => Ok(verification),
            Err(error) => {
                let error = StoreError::from_sqlite(&self.path, error);
                let StoreError::Damaged { detail, .. } = error else {
                    return Err(error);
                };
                verification.add(Fault::Table { detail });
                Ok(verification)
            }
        }
    }
}

fn check(connection: &Connection, found: &mut Verification) -> rusqlite::Result<()> {
    let transaction = connection.unchecked_transaction()?;
    check_tables(&transaction, found)?;
    let texts = check_documents(&transaction, found)?;
    let nodes = check_nodes(&transaction, found)?;
    check_relationships(&transaction, &nodes, &texts, found)?;
    check_ids(&transaction, found)
}

fn check_tables(connection: &Connection, found: &mut Verification) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("PRAGMA integrity_check(100)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let detail: String = row.get(0)?;
        if detail != "ok" {
            found.add(Fault::Table { detail });
        }
    }
    Ok(())
}

fn check_documents(
    connection: &Connection,
    found: &mut Verification,
) -> rusqlite::Result<BTreeMap<String, String>> {
    let mut texts = BTreeMap::new();
    let mut statement =
        connection.prepare("SELECT source, text, text_hash FROM documents ORDER BY source")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let document: String = row.get(0)?;
        found.documents += 1;
        // Text that is no longer UTF-8 cannot be read as text.
        let text: Vec<u8> = row.get_ref(1)?.as_bytes()?.to_vec();
        let hash: String = row.get(2)?;
        match String::from_utf8(text) {
            Ok(text) => {
                if text_hash(&text) != hash {
                    found.add(Fault::ChangedText {
                        document: document.clone(),
                    });
                }
                texts.insert(document, text);
            }
            Err(_) => found.add(Fault::ChangedText { document }),
        }
    }
    Ok(texts)
}

fn check_nodes(
    connection: &Connection,
    found: &mut Verification,
) -> rusqlite::Result<BTreeSet<i64>> {
    let mut ids = BTreeSet::new();
    let mut statement =
        connection.prepare("SELECT id, labels, properties FROM nodes ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        found.nodes += 1;
        ids.insert(id);
        let labels: String = row.get(1)?;
        let properties: String = row.get(2)?;
        let complaint = codec::labels(&labels)
            .map(drop)
            .and_then(|()| codec::properties(&properties).map(drop));
        if let Err(error) = complaint {
            found.add(Fault::Row {
                table: "nodes",
                id,
                detail: error.to_string(),
            });
        }
    }
    Ok(ids)
}

fn check_relationships(
    connection: &Connection,
    nodes: &BTreeSet<i64>,
    texts: &BTreeMap<String, String>,
    found: &mut Verification,
) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare("SELECT id, start, \"end\" FROM relationships ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut ids = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        found.relationships += 1;
        ids.insert(id);
        for node in [row.get(1)?, row.get(2)?] {
            if !nodes.contains(&node) {
                found.add(Fault::Orphan {
                    relationship: id,
                    node,
                });
            }
        }
    }
    check_properties(connection, &ids, texts, found)
}

fn check_properties(
    connection: &Connection,
    relationships: &BTreeSet<i64>,
    texts: &BTreeMap<String, String>,
    found: &mut Verification,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("SELECT key FROM relationship_keys")?;
    let keys = statement.query_map([], |row| row.get(0))?;
    let keys = keys.collect::<rusqlite::Result<BTreeSet<String>>>()?;
    let mut statement = connection.prepare(
        "SELECT relationship, properties FROM relationship_properties ORDER BY relationship",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        let mut bad = |detail: String| {
            found.add(Fault::Row {
                table: "relationship_properties",
                id,
                detail,
            });
        };
        if !relationships.contains(&id) {
            bad("there is no such relationship".to_owned());
            continue;
        }
        let text: String = row.get(1)?;
        match codec::properties(&text) {
            Ok(properties) => {
                if let Some(key) = properties.keys().find(|key| !keys.contains(&***key)) {
                    bad(format!("the key `{key}` is not listed"));
                }
                check_evidence(id, &properties, texts, found);
            }
            Err(error) => bad(error.to_string()),
        }
    }
    Ok(())
}

/// What a user has written by hand may have no evidence; what has some must be true to it.
fn check_evidence(
    relationship: i64,
    properties: &Map,
    texts: &BTreeMap<String, String>,
    found: &mut Verification,
) {
    let text = |key: &str| properties.get(key).and_then(Value::as_str);
    let number = |key: &str| properties.get(key).and_then(Value::as_integer);
    let (Some(evidence), Some(document)) = (text(property::EVIDENCE), text(property::DOCUMENT))
    else {
        return;
    };
    found.evidence += 1;
    let Some(source) = texts.get(document) else {
        found.add(Fault::MissingDocument {
            relationship,
            document: document.to_owned(),
        });
        return;
    };
    let (start, end) = (
        number(property::START).unwrap_or(-1),
        number(property::END).unwrap_or(-1),
    );
    let said = usize::try_from(start)
        .ok()
        .zip(usize::try_from(end).ok())
        .and_then(|(start, end)| source.get(start..end));
    if said != Some(evidence) {
        found.add(Fault::WrongEvidence {
            relationship,
            document: document.to_owned(),
            start,
            end,
        });
    }
}

fn check_ids(connection: &Connection, found: &mut Verification) -> rusqlite::Result<()> {
    for (table, key) in [
        ("nodes", "next_node"),
        ("relationships", "next_relationship"),
    ] {
        let sql = format!("SELECT max(id) FROM {table}");
        let highest: Option<i64> = connection.query_row(&sql, [], |row| row.get(0))?;
        let next = super::database::meta(connection, key)?;
        if let Some(id) = highest.filter(|id| *id >= next) {
            found.add(Fault::ReusableId { table, id });
        }
    }
    Ok(())
}
