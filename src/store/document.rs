//! Documents: their text, when they came, and what their analysis found.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, Row};
use sha2::{Digest as _, Sha256};

use super::{Database, StoreError};
use crate::base::nearest_many;
use crate::model::DocumentId;

/// A document with all that the file keeps of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDocument {
    /// What is known of it.
    pub row: DocumentRow,
    /// The decoded text; evidence counts bytes of it.
    pub text: String,
    /// What it says, in the form of the layer that reads it.
    pub analysis: String,
}

/// What is known of a document without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its source, which names it.
    pub document: DocumentId,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// When it was published, if known.
    pub published: Option<Date>,
    /// SHA-256 of the source's bytes, hexadecimal.
    pub hash: String,
    /// When it was added.
    pub added: Timestamp,
    /// Which program, model and rules made the analysis.
    pub reader: String,
}

/// What a document says, as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnalysis {
    /// The document.
    pub document: DocumentId,
    /// Its decoded text.
    pub text: String,
    /// What it says, in the form of the layer that reads it.
    pub analysis: String,
}

/// What a person has put right, as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCorrection {
    /// Its number: a later one has a higher.
    pub number: i64,
    /// Of which kind it is.
    pub kind: String,
    /// What it says, in the form of the layer that reads it.
    pub body: String,
}

/// One change to the documents of a file, or to what people have put right of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentChange {
    /// Adds a document, or replaces the one of the same source.
    Put(Box<StoredDocument>),
    /// Takes a document out.
    Remove(DocumentId),
    /// Adds or replaces something that a person puts right.
    Correct(StoredCorrection),
    /// Forgets the correction of this number.
    Forget(i64),
    /// Keeps a schema in the place of the one there is, or none.
    Schema(Option<StoredSchema>),
}

/// The schema of a graph, as it was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSchema {
    /// What it is called.
    pub name: String,
    /// Its text, in the form of the layer that reads it.
    pub text: String,
}

impl Database {
    /// All documents without their texts, by source.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] and its kin when the file cannot be read.
    pub fn documents(&self) -> Result<Vec<DocumentRow>, StoreError> {
        let read = || {
            let mut statement = self.connection.prepare(
                "SELECT source, title, published, hash, added, reader
                 FROM documents ORDER BY source",
            )?;
            let rows = statement.query_map([], document_row)?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| StoreError::from_sqlite(&self.path, error))
    }

    /// The texts and the analyses of all documents, by source.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] and its kin when the file cannot be read.
    pub fn analyses(&self) -> Result<Vec<StoredAnalysis>, StoreError> {
        let read = || {
            let mut statement = self
                .connection
                .prepare("SELECT source, text, analysis FROM documents ORDER BY source")?;
            let rows = statement.query_map([], |row| {
                let source: String = row.get(0)?;
                Ok(StoredAnalysis {
                    document: DocumentId::new(&source),
                    text: row.get(1)?,
                    analysis: row.get(2)?,
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| StoreError::from_sqlite(&self.path, error))
    }

    /// The decoded text of `document`.
    ///
    /// # Errors
    /// [`StoreError::UnknownDocument`] if the file does not hold it.
    pub fn text(&self, document: &DocumentId) -> Result<String, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT text FROM documents WHERE source = ?1")
            .and_then(|mut statement| {
                statement
                    .query_row([document.as_str()], |row| row.get(0))
                    .optional()
            })
            .map_err(|error| StoreError::from_sqlite(&self.path, error))?;
        match found {
            Some(text) => Ok(text),
            None => Err(self.unknown(document)),
        }
    }

    /// The complaint that `document` is not here, with those that are nearly called so.
    pub fn unknown(&self, document: &DocumentId) -> StoreError {
        let known: Vec<String> = self
            .documents()
            .unwrap_or_default()
            .into_iter()
            .map(|row| row.document.as_str().to_owned())
            .collect();
        let wanted = document.as_str();
        let ending: Vec<String> = known
            .iter()
            .filter(|name| name.ends_with(wanted))
            .cloned()
            .collect();
        let similar = if ending.is_empty() {
            nearest_many(wanted, known.iter().map(String::as_str), 3)
                .into_iter()
                .map(str::to_owned)
                .collect()
        } else {
            ending
        };
        StoreError::UnknownDocument {
            document: document.clone(),
            similar,
        }
    }

    /// What people have put right, oldest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] and its kin when the file cannot be read.
    pub fn corrections(&self) -> Result<Vec<StoredCorrection>, StoreError> {
        let read = || {
            let mut statement = self
                .connection
                .prepare("SELECT id, kind, body FROM corrections ORDER BY id")?;
            let rows = statement.query_map([], |row| {
                Ok(StoredCorrection {
                    number: row.get(0)?,
                    kind: row.get(1)?,
                    body: row.get(2)?,
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| StoreError::from_sqlite(&self.path, error))
    }

    /// The schema that gives relationships their categories, if there is one.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] and its kin when the file cannot be read.
    pub fn schema(&self) -> Result<Option<StoredSchema>, StoreError> {
        self.connection
            .query_row("SELECT name, text FROM schema", [], |row| {
                Ok(StoredSchema {
                    name: row.get(0)?,
                    text: row.get(1)?,
                })
            })
            .optional()
            .map_err(|error| StoreError::from_sqlite(&self.path, error))
    }
}

/// Writes `changes` in the transaction of `connection`.
pub(super) fn write(connection: &Connection, changes: &[DocumentChange]) -> rusqlite::Result<()> {
    let mut put = connection.prepare_cached(
        "INSERT OR REPLACE INTO documents
             (source, title, published, hash, added, text, text_hash, reader, analysis)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut remove = connection.prepare_cached("DELETE FROM documents WHERE source = ?1")?;
    for change in changes {
        match change {
            DocumentChange::Put(stored) => {
                let row = &stored.row;
                put.execute((
                    row.document.as_str(),
                    &row.title,
                    row.published.map(|date| date.to_string()),
                    &row.hash,
                    row.added.to_string(),
                    &stored.text,
                    text_hash(&stored.text),
                    &row.reader,
                    &stored.analysis,
                ))?;
            }
            DocumentChange::Remove(document) => {
                remove.execute([document.as_str()])?;
            }
            DocumentChange::Correct(correction) => {
                let StoredCorrection { number, kind, body } = correction;
                connection.execute(
                    "INSERT OR REPLACE INTO corrections (id, kind, body) VALUES (?1, ?2, ?3)",
                    (number, kind, body),
                )?;
            }
            DocumentChange::Forget(number) => {
                connection.execute("DELETE FROM corrections WHERE id = ?1", [number])?;
            }
            DocumentChange::Schema(schema) => {
                connection.execute("DELETE FROM schema", [])?;
                if let Some(StoredSchema { name, text }) = schema {
                    connection.execute(
                        "INSERT INTO schema (name, text) VALUES (?1, ?2)",
                        (name, text),
                    )?;
                }
            }
        }
    }
    Ok(())
}

/// SHA-256 of `text`, hexadecimal.
pub(super) fn text_hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let mut hexadecimal = String::with_capacity(64);
    for byte in digest {
        for half in [byte >> 4, byte & 15] {
            hexadecimal.extend(char::from_digit(u32::from(half), 16));
        }
    }
    hexadecimal
}

fn document_row(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    let source: String = row.get(0)?;
    let published: Option<String> = row.get(2)?;
    let added: String = row.get(4)?;
    Ok(DocumentRow {
        document: DocumentId::new(&source),
        title: row.get(1)?,
        published: published.and_then(|date| date.parse().ok()),
        hash: row.get(3)?,
        // A date that cannot be read is no reason to refuse the file: `verify` reports it.
        added: added.parse().unwrap_or(Timestamp::UNIX_EPOCH),
        reader: row.get(5)?,
    })
}
