//! What can go wrong with the file, each with what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

use crate::base::{Code, Diagnostic};
use crate::model::DocumentId;

/// Why a graph file could not be read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such file.
    #[error("there is no file `{}`", path.display())]
    Missing {
        /// The file asked for.
        path: PathBuf,
    },
    /// A file is there already, where a new one was to be made.
    #[error("`{}` exists already", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// A folder stands where the file should be.
    #[error("`{}` is a folder, not a graph file", path.display())]
    IsFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The file is no database at all.
    #[error("`{}` is not a graph file", path.display())]
    NotAGraph {
        /// The file.
        path: PathBuf,
    },
    /// The file is a SQLite database of another program.
    #[error("`{}` is a database of another program", path.display())]
    OtherProgram {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later version of whom.
    #[error("`{}` has file version {found}; this program reads up to {known}", path.display())]
    NewerVersion {
        /// The file.
        path: PathBuf,
        /// The version of the file.
        found: i64,
        /// The latest version this program reads.
        known: i64,
    },
    /// The file is broken: cut off, or partly overwritten.
    #[error("`{}` is damaged: {detail}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// Another process is writing and did not finish in time.
    #[error("`{}` is being written by another process", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file may not be written.
    #[error("`{}` may not be written", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// There is no room left to write.
    #[error("there is no room left to write `{}`", path.display())]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// Another process has written since the graph was loaded.
    #[error("`{}` was changed by another process meanwhile", path.display())]
    ChangedElsewhere {
        /// The file.
        path: PathBuf,
    },
    /// The document asked for is not in the file.
    #[error("there is no document `{document}` in the graph")]
    UnknownDocument {
        /// The document asked for.
        document: DocumentId,
        /// Documents of nearly that name.
        similar: Vec<String>,
    },
    /// The operating system refused.
    #[error("cannot read `{}`", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The database refused for another reason.
    #[error("the database refused to work on `{}`", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// The error of SQLite on the file at `path`, by its cause.
    pub(crate) fn from_sqlite(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_path_buf();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged {
                path,
                detail: source.to_string(),
            },
            Some(ErrorCode::NotADatabase) => Self::NotAGraph { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(_) | None => Self::Sqlite { path, source },
        }
    }

    /// Whether the file itself is at fault, rather than its surroundings or the request.
    pub fn is_bad_file(&self) -> bool {
        match self {
            Self::NotAGraph { .. }
            | Self::OtherProgram { .. }
            | Self::NewerVersion { .. }
            | Self::Damaged { .. } => true,
            Self::Missing { .. }
            | Self::Exists { .. }
            | Self::IsFolder { .. }
            | Self::Locked { .. }
            | Self::ReadOnly { .. }
            | Self::DiskFull { .. }
            | Self::ChangedElsewhere { .. }
            | Self::UnknownDocument { .. }
            | Self::Io { .. }
            | Self::Sqlite { .. } => false,
        }
    }

    /// The complaint for the user, with a remedy.
    pub fn diagnostic(&self) -> Diagnostic {
        let code = match self {
            Self::Missing { .. } => "file-missing",
            Self::Exists { .. } => "file-exists",
            Self::IsFolder { .. } => "file-is-folder",
            Self::NotAGraph { .. } => "not-a-graph-file",
            Self::OtherProgram { .. } => "other-program-file",
            Self::NewerVersion { .. } => "newer-file-version",
            Self::Damaged { .. } => "damaged-file",
            Self::Locked { .. } => "file-locked",
            Self::ReadOnly { .. } => "file-read-only",
            Self::DiskFull { .. } => "disk-full",
            Self::ChangedElsewhere { .. } => "changed-elsewhere",
            Self::UnknownDocument { .. } => "unknown-document",
            Self::Io { .. } => "file-unreadable",
            Self::Sqlite { .. } => "database-refused",
        };
        let mut message = self.to_string();
        if let Some(source) = std::error::Error::source(self) {
            message = format!("{message}: {source}");
        }
        let diagnostic = Diagnostic::error(Code(code), message);
        match self {
            Self::Missing { path } => diagnostic.with_help(format!(
                "make it with `whom build PATH… -o {}`",
                path.display()
            )),
            Self::Exists { .. } => diagnostic.with_help("choose another name, or open the file"),
            Self::IsFolder { .. } | Self::NotAGraph { .. } | Self::OtherProgram { .. } => {
                diagnostic.with_help(
                    "name a file made by `whom build`; texts are read with `whom build PATH… -o FILE`",
                )
            }
            Self::NewerVersion { .. } => diagnostic
                .with_help("read it with the later program that wrote it, or build the graph again"),
            Self::Damaged { .. } => diagnostic.with_help(
                "take the file from a backup, or build the graph again from its texts into a new file",
            ),
            Self::Locked { .. } => diagnostic.with_help("try again when the other process is done"),
            Self::ReadOnly { .. } => diagnostic
                .with_help("make the file and its folder writable, or work on a copy"),
            Self::DiskFull { .. } => diagnostic
                .with_help("free some space and try again; the file is as it was before"),
            Self::ChangedElsewhere { .. } => diagnostic
                .with_help("run the statement again: it now sees the changes of the other process"),
            Self::UnknownDocument { similar, .. } => match similar.first() {
                Some(near) => diagnostic.with_help(format!("did you mean `{near}`?")),
                None => diagnostic.with_help(
                    "`MATCH (d:Document) RETURN d.source` lists the documents",
                ),
            },
            Self::Io { .. } => diagnostic.with_help("look whether the path and its permissions are right"),
            Self::Sqlite { .. } => diagnostic.with_help("`whom verify FILE` looks for damage"),
        }
    }
}
