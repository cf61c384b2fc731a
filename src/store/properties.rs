//! The connection that reads: the graph when it is loaded, later the properties of relationships
//! when the graph asks for them.
//!
//! The graph in memory stands for one revision of the file. While a statement runs, the connection
//! keeps to that revision, whatever other processes write; but only under a write-ahead log, for
//! otherwise it would keep them from writing. Without a log nobody is writing, as a rule. If a
//! later revision is met all the same, or the file cannot be read, nothing is handed out and the
//! reason is kept: whoever runs a statement asks for it afterwards, and takes nothing the statement
//! said for true.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags};

use super::database::{BUSY_TIMEOUT, meta};
use super::{StoreError, codec};
use crate::graph::{KeyOf, StoredProperties};

/// A file opened for the properties of relationships.
#[derive(Debug)]
pub(super) struct PropertyFile {
    connection: Mutex<Connection>,
    path: PathBuf,
    /// The revision that the graph in memory belongs to.
    revision: AtomicI64,
    /// Why something could not be read, until somebody has asked for it.
    fault: Mutex<Option<StoreError>>,
    /// Whether there ever was a fault: the graph lacks what could not be read.
    failed: AtomicBool,
}

impl PropertyFile {
    /// The file at `path`.
    pub(super) fn open(path: &Path) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        Ok(Self {
            connection: Mutex::new(connection),
            path: path.to_path_buf(),
            revision: AtomicI64::new(0),
            fault: Mutex::new(None),
            failed: AtomicBool::new(false),
        })
    }

    /// The connection, for whoever loads the graph; nothing else is read until it is given back.
    pub(super) fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a snapshot of the file and yields its revision.
    pub(super) fn begin(&self) -> rusqlite::Result<i64> {
        let connection = self.connection();
        if !connection.is_autocommit() {
            connection.execute_batch("COMMIT")?;
        }
        connection.execute_batch("BEGIN")?;
        meta(&connection, "revision")
    }

    /// Lets the snapshot go if it would keep other processes from writing.
    pub(super) fn make_way(&self) -> rusqlite::Result<()> {
        let connection = self.connection();
        let mode: String = connection
            .prepare_cached("PRAGMA journal_mode")?
            .query_row([], |row| row.get(0))?;
        if mode != "wal" && !connection.is_autocommit() {
            connection.execute_batch("COMMIT")?;
        }
        Ok(())
    }

    /// Whether a snapshot is being kept; there is a write-ahead log then.
    pub(super) fn has_snapshot(&self) -> bool {
        !self.connection().is_autocommit()
    }

    /// Lets the snapshot go, if there is one.
    pub(super) fn end(&self) -> rusqlite::Result<()> {
        let connection = self.connection();
        if connection.is_autocommit() {
            return Ok(());
        }
        connection.execute_batch("COMMIT")
    }

    /// Notes that the graph in memory and the file are now at `revision`.
    pub(super) fn set_revision(&self, revision: i64) {
        self.revision.store(revision, Ordering::Release);
    }

    /// Whether something could not be read: the graph is to be loaded again.
    pub(super) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Acquire)
    }

    /// Why something could not be read, if anything could not since this was last asked.
    pub(super) fn take_fault(&self) -> Option<StoreError> {
        self.fault
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    /// The properties of the relationships whose numbers lie in `range`; none after a fault.
    pub(super) fn read(&self, range: Range<i64>, key_of: &KeyOf<'_>) -> StoredProperties {
        if self.has_failed() {
            return StoredProperties::new();
        }
        self.try_read(range, key_of).unwrap_or_else(|error| {
            let fault = self.fault.lock();
            fault
                .unwrap_or_else(PoisonError::into_inner)
                .get_or_insert(error);
            self.failed.store(true, Ordering::Release);
            StoredProperties::new()
        })
    }

    fn try_read(
        &self,
        range: Range<i64>,
        key_of: &KeyOf<'_>,
    ) -> Result<StoredProperties, StoreError> {
        let rows = self.rows(range)?;
        rows.into_iter()
            .map(|(number, text)| {
                let properties = codec::keyed_properties(&text, key_of);
                let properties = properties.map_err(|error| StoreError::Damaged {
                    path: self.path.clone(),
                    detail: format!("relationship {number}: {error}"),
                })?;
                Ok((number, properties))
            })
            .collect()
    }

    fn rows(&self, range: Range<i64>) -> Result<Vec<(i64, String)>, StoreError> {
        let sql = |error| StoreError::from_sqlite(&self.path, error);
        let connection = self.connection();
        // A snapshot that is being kept is of the right revision.
        let snapshot = if connection.is_autocommit() {
            Some(connection.unchecked_transaction().map_err(sql)?)
        } else {
            None
        };
        let revision = self.revision.load(Ordering::Acquire);
        if snapshot.is_some() && meta(&connection, "revision").map_err(sql)? != revision {
            return Err(StoreError::ChangedElsewhere {
                path: self.path.clone(),
            });
        }
        let read = || {
            let mut statement = connection.prepare_cached(
                "SELECT relationship, properties FROM relationship_properties
                 WHERE relationship >= ?1 AND relationship < ?2",
            )?;
            let rows = statement.query_map([range.start, range.end], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(sql)
    }
}

/// Hands out all properties there are, read at once: for a database that cannot be opened twice.
pub(super) fn all(
    connection: &Connection,
) -> rusqlite::Result<impl Fn(Range<i64>, &KeyOf<'_>) -> StoredProperties + Send + Sync + use<>> {
    let mut statement =
        connection.prepare("SELECT relationship, properties FROM relationship_properties")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let texts = rows.collect::<rusqlite::Result<BTreeMap<i64, String>>>()?;
    Ok(move |range, key_of: &KeyOf<'_>| {
        let read = |(number, text): (&i64, &String)| {
            let properties = codec::keyed_properties(text, key_of).ok()?;
            Some((*number, properties))
        };
        texts.range(range).filter_map(read).collect()
    })
}
