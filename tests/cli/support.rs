//! Runs the program, and keeps a small graph for tests that only read.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

/// A text of our own, small enough to be read in a moment.
pub(crate) const TEXT: &str = "The Brandt Foundation backs the river project. \
    Mayor Ilse Kern opened a new bridge in Lindow on Monday. \
    Kern said that the council would not sell the old mill.\n";

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; `None` if a signal ended it.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

/// The program, free of the surroundings of whoever runs the tests.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_whom"));
    command.env_remove("NO_COLOR").env("TERM", "xterm");
    command
}

/// Runs the program with `arguments` and `input` on standard input.
pub(crate) fn whom_with<A: AsRef<OsStr>>(arguments: &[A], input: &[u8]) -> Ran {
    let mut child = program()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // The program may end before it has read everything.
    let writer = std::thread::spawn(move || stdin.write_all(&input).is_ok());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    ran(&output)
}

/// Runs the program with `arguments`.
pub(crate) fn whom<A: AsRef<OsStr>>(arguments: &[A]) -> Ran {
    whom_with(arguments, b"")
}

/// What `output` says.
pub(crate) fn ran(output: &Output) -> Ran {
    Ran {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A folder with `note.txt` and an empty graph with three nodes, `graph.whom`.
pub(crate) fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("note.txt"), TEXT).unwrap();
    let graph = folder.path().join("graph.whom");
    let made = whom(&[
        "query".as_ref(),
        graph.as_os_str(),
        "CREATE (a:Person {name: 'Ada'})-[:KNOWS {since: 1833}]->(:Person {name: 'Bob'}), ({x: 1})"
            .as_ref(),
        "--create".as_ref(),
    ]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    folder
}

/// A graph built from [`TEXT`], for tests that only read it.
pub(crate) fn built() -> &'static Path {
    static BUILT: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = BUILT.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        let text = folder.path().join("note.txt");
        fs::write(&text, TEXT).unwrap();
        let path = folder.path().join("built.whom");
        let made = whom(&[
            "build".as_ref(),
            text.as_os_str(),
            "-o".as_ref(),
            path.as_os_str(),
        ]);
        assert_eq!(made.code, Some(0), "{}", made.err);
        (folder, path)
    });
    path
}
