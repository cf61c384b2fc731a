//! The properties of relationships, read from the file when the graph asks for them.
//!
//! The graph in memory stands for one revision of the file. If another process has written a later
//! one meanwhile, or the file cannot be read, nothing is handed out and the reason is kept: whoever
//! runs a statement asks for it afterwards, and takes nothing the statement said for true.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

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
    /// The file at `path`, whose graph was loaded at `revision`.
    pub(super) fn open(path: &Path, revision: i64) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        Ok(Self::new(connection, path, revision))
    }

    fn new(connection: Connection, path: &Path, revision: i64) -> Self {
        Self {
            connection: Mutex::new(connection),
            path: path.to_path_buf(),
            revision: AtomicI64::new(revision),
            fault: Mutex::new(None),
            failed: AtomicBool::new(false),
        }
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
        let mut connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Deferred)
            .map_err(sql)?;
        if meta(&transaction, "revision").map_err(sql)? != self.revision.load(Ordering::Acquire) {
            return Err(StoreError::ChangedElsewhere {
                path: self.path.clone(),
            });
        }
        let read = || {
            let mut statement = transaction.prepare_cached(
                "SELECT relationship, properties FROM relationship_properties
                 WHERE relationship >= ?1 AND relationship < ?2",
            )?;
            let rows = statement.query_map([range.start, range.end], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = read().map_err(sql)?;
        transaction.finish().map_err(sql)?;
        Ok(rows)
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
