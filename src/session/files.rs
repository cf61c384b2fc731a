//! The files that statements may read.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// Which files `LOAD CSV` may read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum FileAccess {
    /// None.
    Forbidden,
    /// Any that the process may read. Relative paths start at its working directory.
    #[default]
    Any,
    /// Those in a folder. All paths start there, those of `file:` URLs, too.
    Within(PathBuf),
}

/// Opens the file that a statement names `path`.
pub(super) fn open(access: &FileAccess, path: &Path) -> io::Result<Box<dyn Read + Send>> {
    let file = match access {
        FileAccess::Forbidden => return Err(io::ErrorKind::PermissionDenied.into()),
        FileAccess::Any => File::open(path)?,
        FileAccess::Within(folder) => File::open(inside(folder, path)?)?,
    };
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(Box::new(file))
}

/// The file at `path` below `folder`; links may not lead out of it.
fn inside(folder: &Path, path: &Path) -> io::Result<PathBuf> {
    let below: PathBuf = path
        .components()
        .filter(|part| !matches!(part, Component::Prefix(_) | Component::RootDir))
        .collect();
    let folder = folder.canonicalize()?;
    let found = folder.join(below).canonicalize()?;
    if found.starts_with(&folder) {
        Ok(found)
    } else {
        Err(io::ErrorKind::PermissionDenied.into())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{ErrorKind, Read as _};
    use std::path::Path;

    use super::{FileAccess, open};

    #[test]
    fn a_folder_is_not_left() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("import");
        fs::create_dir(&folder).unwrap();
        fs::write(outer.path().join("secret.csv"), "secret").unwrap();
        fs::write(folder.join("open.csv"), "open").unwrap();
        let access = FileAccess::Within(folder);
        for name in ["open.csv", "/open.csv", "../import/open.csv"] {
            let mut text = String::new();
            open(&access, Path::new(name))
                .unwrap()
                .read_to_string(&mut text)
                .unwrap();
            assert_eq!(text, "open", "{name}");
        }
        let kind = |name: &str| {
            open(&access, Path::new(name))
                .err()
                .map(|error| error.kind())
        };
        assert_eq!(kind("../secret.csv"), Some(ErrorKind::PermissionDenied));
        assert_eq!(kind("missing.csv"), Some(ErrorKind::NotFound));
        assert_eq!(kind("."), Some(ErrorKind::IsADirectory));
    }
}
