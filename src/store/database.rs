//! Opening the file, its settings, its locks.
//!
//! While a process writes, the file has a write-ahead log: a second process may read at any time,
//! however long the write takes, and sees the last state that was committed. A rollback journal
//! would keep readers out from the moment a large write no longer fits in memory. The log's price
//! is two more files beside the graph and a header that read-only folders cannot cope with, so it
//! is put away by whoever closes the graph last: what is copied or kept is one plain file.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, MAIN_DB, OpenFlags, TransactionBehavior};

use super::document::DocumentChange;
use super::graph as tables;
use super::migrate::{self, CURRENT_VERSION};
use super::properties::{self, PropertyFile};
use super::{StoreError, document, load};
use crate::graph::{ChangeSet, KeyOf, PropertyGraph};
use crate::model::{NodeId, RelId};

/// "whom" in ASCII: tells our files from other programs' databases.
pub(super) const APPLICATION_ID: i32 = 0x7768_6f6d;

/// How long to wait for another process's write.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How much room the write-ahead log keeps once what it held is in the file.
const LOG_BYTES_KEPT: i64 = 1 << 24;

/// What stands for the path where there is no file.
const IN_MEMORY: &str = ":memory:";

/// How every SQLite database begins.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// The file that holds a graph.
#[derive(Debug)]
pub struct Database {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    /// The revision that the loaded graph belongs to.
    revision: i64,
    /// SQLite's own count of changes by other connections, when last looked at.
    data_version: i64,
    /// Whether this connection has turned to the write-ahead log.
    has_log: bool,
    /// Where the loaded graph reads the properties of its relationships.
    properties: Option<Arc<PropertyFile>>,
}

impl Database {
    /// The graph file at `path`.
    ///
    /// # Errors
    /// [`StoreError::Missing`] if there is none, and every other way in which a file can be
    /// unfit: see the variants.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        match inspect(path)? {
            State::Missing => Err(StoreError::Missing {
                path: path.to_path_buf(),
            }),
            State::Empty => Self::prepare(path, State::Empty),
            State::Graph => Self::prepare(path, State::Graph),
        }
    }

    /// The graph file at `path`, made if there is none.
    ///
    /// # Errors
    /// As [`Database::open`], but for the missing file.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        let state = inspect(path)?;
        Self::prepare(path, state)
    }

    /// A graph that lives as long as the process.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] if there is no memory.
    pub fn in_memory() -> Result<Self, StoreError> {
        let path = PathBuf::from(IN_MEMORY);
        let connection =
            Connection::open_in_memory().map_err(|error| StoreError::from_sqlite(&path, error))?;
        Self::with_connection(connection, path, State::Missing)
    }

    fn prepare(path: &Path, state: State) -> Result<Self, StoreError> {
        // SQLite itself falls back to reading when the file may not be written. It is not asked
        // to make a missing file where it should only open one.
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if let State::Missing = state {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let connection =
            Connection::open_with_flags(path, flags).map_err(|error| cannot_open(path, error))?;
        Self::with_connection(connection, path.to_path_buf(), state)
    }

    fn with_connection(
        connection: Connection,
        path: PathBuf,
        state: State,
    ) -> Result<Self, StoreError> {
        let mut database = Self {
            connection,
            path,
            revision: 0,
            data_version: 0,
            has_log: false,
            properties: None,
        };
        database.settle(state).map_err(|error| match error {
            Settling::Sqlite(error) => StoreError::from_sqlite(&database.path, error),
            Settling::Store(error) => error,
        })?;
        Ok(database)
    }

    /// Settings and version, before anything is read.
    fn settle(&mut self, state: State) -> Result<(), Settling> {
        self.connection.busy_timeout(BUSY_TIMEOUT)?;
        // Text of a removed document is overwritten, not left in free pages.
        self.connection.pragma_update(None, "secure_delete", true)?;
        // A foreign file must not be able to run code through its schema.
        self.connection
            .pragma_update(None, "trusted_schema", false)?;
        match state {
            State::Missing | State::Empty => migrate::create(&mut self.connection)?,
            State::Graph => {
                let found = migrate::version(&self.connection)?;
                if found > CURRENT_VERSION {
                    return Err(Settling::Store(StoreError::NewerVersion {
                        path: self.path.clone(),
                        found,
                        known: CURRENT_VERSION,
                    }));
                }
                if found < 1 {
                    return Err(Settling::Store(StoreError::Damaged {
                        path: self.path.clone(),
                        detail: format!("its version is {found}"),
                    }));
                }
                migrate::migrate(&mut self.connection, found)?;
            }
        }
        self.revision = meta(&self.connection, "revision")?;
        self.data_version = data_version(&self.connection)?;
        Ok(())
    }

    /// Where the file is; `:memory:` for none.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the file may only be read.
    pub fn is_read_only(&self) -> bool {
        self.connection.is_readonly(MAIN_DB).unwrap_or(false)
    }

    /// The whole graph, as of now.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when a row cannot be understood.
    pub fn load_graph(&mut self) -> Result<PropertyGraph, StoreError> {
        let graph = self.load()?;
        self.end_reading();
        Ok(graph)
    }

    /// Readies the loaded graph for a statement: what it reads from the file from now on is of
    /// its own revision. If another process has written since the graph was loaded, or the graph
    /// lacks what could not be read, yields the graph as of now, which takes its place.
    ///
    /// # Errors
    /// As [`Database::load_graph`].
    pub fn begin_reading(&mut self) -> Result<Option<PropertyGraph>, StoreError> {
        let sql = |error| StoreError::from_sqlite(&self.path, error);
        if self.path == Path::new(IN_MEMORY) {
            return Ok(None);
        }
        if let Some(file) = &self.properties
            && !file.has_failed()
            && file.begin().map_err(sql)? == self.revision
        {
            file.make_way().map_err(sql)?;
            return Ok(None);
        }
        self.load().map(Some)
    }

    /// Ends what [`Database::begin_reading`] began.
    pub fn end_reading(&self) {
        if let Some(file) = &self.properties
            && let Err(error) = file.end()
        {
            // The next statement begins with a snapshot of its own.
            tracing::debug!(%error, "a snapshot was not let go");
        }
    }

    /// Loads the graph from a snapshot and keeps that, where it is in nobody's way.
    fn load(&mut self) -> Result<PropertyGraph, StoreError> {
        let path = self.path.clone();
        let sql = |error| StoreError::from_sqlite(&path, error);
        if path == Path::new(IN_MEMORY) {
            let reader = Arc::new(properties::all(&self.connection).map_err(sql)?);
            return load::load(&self.connection, &path, reader);
        }
        let file = Arc::new(PropertyFile::open(&path).map_err(sql)?);
        let revision = file.begin().map_err(sql)?;
        file.set_revision(revision);
        let own = Arc::clone(&file);
        let reader = move |range, key_of: &KeyOf<'_>| own.read(range, key_of);
        let graph = load::load(&file.connection(), &path, Arc::new(reader))?;
        graph.expect_reading();
        file.make_way().map_err(sql)?;
        self.revision = revision;
        self.properties = Some(file);
        self.data_version = data_version(&self.connection).map_err(sql)?;
        Ok(graph)
    }

    /// Why properties of relationships that the graph asked for could not be read, if any could
    /// not: what was said or computed since is not to be trusted, and the graph is to be loaded
    /// again.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] when another process has written meanwhile, and every
    /// way in which a file can be unfit.
    pub fn check_reads(&self) -> Result<(), StoreError> {
        let properties = self.properties.as_ref();
        properties
            .and_then(|properties| properties.take_fault())
            .map_or(Ok(()), Err)
    }

    /// Whether another process has written since the graph was loaded, or the graph lacks what
    /// could not be read when it was asked for: either way it is to be loaded again.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`] and its kin when the file cannot be read any more.
    pub fn changed_elsewhere(&mut self) -> Result<bool, StoreError> {
        if self
            .properties
            .as_ref()
            .is_some_and(|file| file.has_failed())
        {
            return Ok(true);
        }
        let sql = |error| StoreError::from_sqlite(&self.path, error);
        let seen = data_version(&self.connection).map_err(sql)?;
        if seen == self.data_version {
            return Ok(false);
        }
        Ok(meta(&self.connection, "revision").map_err(sql)? != self.revision)
    }

    /// Writes `changes` and `documents` in one transaction: all or nothing.
    ///
    /// `graph` is the graph after the changes.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] when another process has written since the graph was
    /// loaded; [`StoreError::DiskFull`], [`StoreError::ReadOnly`], [`StoreError::Locked`]. The
    /// file is then as it was before.
    pub fn write(
        &mut self,
        changes: &ChangeSet,
        documents: &[DocumentChange],
        graph: &PropertyGraph,
    ) -> Result<(), StoreError> {
        self.write_with(graph, |connection| {
            document::write(connection, documents)?;
            tables::write(connection, changes, graph)
        })
    }

    /// Writes all nodes from `node` on and all relationships from `relationship` on, which the
    /// file does not have yet.
    ///
    /// # Errors
    /// As [`Database::write`].
    pub fn write_from(
        &mut self,
        graph: &PropertyGraph,
        node: NodeId,
        relationship: RelId,
    ) -> Result<(), StoreError> {
        self.write_with(graph, |connection| {
            tables::write_from(connection, graph, node, relationship)
        })
    }

    /// Writes with `write` what makes the file hold `graph`.
    fn write_with(
        &mut self,
        graph: &PropertyGraph,
        write: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let path = self.path.clone();
        let sql = |error| StoreError::from_sqlite(&path, error);
        if self
            .properties
            .as_ref()
            .is_none_or(|file| !file.has_snapshot())
        {
            self.start_log();
        }
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(sql)?;
        if meta(&transaction, "revision").map_err(sql)? != self.revision {
            return Err(StoreError::ChangedElsewhere { path });
        }
        write(&transaction).map_err(sql)?;
        if let Some(fault) = self.properties.as_ref().and_then(|file| file.take_fault()) {
            return Err(fault);
        }
        let next = self.revision + 1;
        set_meta(&transaction, "revision", next).map_err(sql)?;
        let next_node = graph.next_node_id().number();
        let next_relationship = graph.next_relationship_id().number();
        set_meta(&transaction, "next_node", next_node).map_err(sql)?;
        set_meta(&transaction, "next_relationship", next_relationship).map_err(sql)?;
        transaction.commit().map_err(sql)?;
        self.revision = next;
        if let Some(properties) = &self.properties {
            properties.set_revision(next);
        }
        Ok(())
    }
}

impl Database {
    /// Turns to the write-ahead log. Where that cannot be had, on a network's file system or while
    /// a reader is in the way for long, a write is just as safe but keeps readers waiting.
    fn start_log(&mut self) {
        if self.has_log {
            return;
        }
        let mode = self
            .connection
            .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get::<_, String>(0));
        match mode {
            Ok(mode) => self.has_log = mode == "wal",
            Err(error) => tracing::debug!(%error, "no write-ahead log"),
        }
        let limit = self
            .connection
            .pragma_update(None, "journal_size_limit", LOG_BYTES_KEPT);
        if let Err(error) = limit {
            tracing::debug!(%error, "no limit to the log");
        }
    }
}

/// Puts the log away, if nobody else has the file open: then one file remains.
impl Drop for Database {
    fn drop(&mut self) {
        self.properties = None;
        // Whoever has it open still puts the log away in turn; there is nothing to wait for.
        let put_away = || {
            self.connection.busy_timeout(Duration::ZERO)?;
            self.connection
                .pragma_update(None, "journal_mode", "delete")
        };
        if self.path != Path::new(IN_MEMORY)
            && let Err(error) = put_away()
        {
            tracing::debug!(%error, "the write-ahead log stays");
        }
    }
}

/// What stands at a path before SQLite touches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Missing,
    Empty,
    Graph,
}

/// Why a file could not be made ready.
enum Settling {
    Sqlite(rusqlite::Error),
    Store(StoreError),
}

impl From<rusqlite::Error> for Settling {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// Looks at the first bytes, so that what is no graph is refused in words and left untouched.
fn inspect(path: &Path) -> Result<State, StoreError> {
    let unreadable = |source| StoreError::Io {
        path: path.to_path_buf(),
        source,
    };
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::Missing),
        Err(error) => return Err(unreadable(error)),
    };
    if metadata.is_dir() {
        return Err(StoreError::IsFolder {
            path: path.to_path_buf(),
        });
    }
    if !metadata.is_file() {
        return Err(StoreError::NotAGraph {
            path: path.to_path_buf(),
        });
    }
    if metadata.len() == 0 {
        return Ok(State::Empty);
    }
    let mut head = Vec::new();
    File::open(path)
        .and_then(|file| file.take(100).read_to_end(&mut head))
        .map_err(unreadable)?;
    if !head.starts_with(MAGIC) {
        return Err(StoreError::NotAGraph {
            path: path.to_path_buf(),
        });
    }
    // Bytes 68..72 of the header hold the application id, most significant first.
    match head.get(68..72) {
        Some(id) if id == APPLICATION_ID.to_be_bytes() => Ok(State::Graph),
        Some(_) => Err(StoreError::OtherProgram {
            path: path.to_path_buf(),
        }),
        None => Err(StoreError::Damaged {
            path: path.to_path_buf(),
            detail: "it ends within its first hundred bytes".to_owned(),
        }),
    }
}

fn cannot_open(path: &Path, error: rusqlite::Error) -> StoreError {
    let folder_is_there = path
        .parent()
        .is_none_or(|folder| folder.as_os_str().is_empty() || folder.is_dir());
    if folder_is_there {
        StoreError::from_sqlite(path, error)
    } else {
        StoreError::Io {
            path: path.to_path_buf(),
            source: io::Error::new(io::ErrorKind::NotFound, "its folder does not exist"),
        }
    }
}

/// One number of the file's own table.
pub(super) fn meta(connection: &Connection, key: &str) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
}

fn set_meta(connection: &Connection, key: &str, value: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE meta SET value = ?2 WHERE key = ?1")?
        .execute((key, value))?;
    Ok(())
}

fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::Database;
    use crate::graph::Transaction;
    use crate::store::StoreError;

    /// What a write says under a setting of SQLite's, and whether nothing has come of it.
    fn refused(setting: &str, value: i64) -> StoreError {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("graph.whom");
        let mut database = Database::open_or_create(&path).unwrap();
        let mut graph = database.load_graph().unwrap();
        database
            .connection
            .pragma_update(None, setting, value)
            .unwrap();
        let mut transaction = Transaction::new(&mut graph);
        let key = transaction.property_key("text");
        for _ in 0..100 {
            transaction
                .create_node(&[], &[(key, "x".repeat(1000).into())])
                .unwrap();
        }
        let outcome = database.write(transaction.changes(), &[], transaction.graph());
        drop(transaction);
        assert_eq!(graph.node_count(), 0);
        drop(database);
        let mut database = Database::open(&path).unwrap();
        assert_eq!(database.load_graph().unwrap().node_count(), 0);
        assert_eq!(database.verify().unwrap().faults, []);
        outcome.unwrap_err()
    }

    #[test]
    fn a_full_disk_is_called_so() {
        let error = refused("max_page_count", 20);
        assert!(matches!(error, StoreError::DiskFull { .. }), "{error:?}");
    }

    #[test]
    fn a_file_that_may_not_be_written_is_called_so() {
        let error = refused("query_only", 1);
        assert!(matches!(error, StoreError::ReadOnly { .. }), "{error:?}");
    }
}
