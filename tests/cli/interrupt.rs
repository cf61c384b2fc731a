//! Ctrl-C: what was finished is kept, the exit code is 130.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::support::{TEXT, folder, program, whom};

/// Sends one SIGINT to `child`.
fn interrupt(child: &mut Child) {
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success() || child.try_wait().unwrap().is_some());
}

/// The exit code of `child`, which must end within a minute.
fn ended(child: &mut Child) -> Option<i32> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "it does not stop");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Sends SIGINT to `child` until it ends, and yields its exit code.
fn interrupt_until_ended(child: &mut Child) -> Option<i32> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "it does not stop");
        interrupt(child);
        std::thread::sleep(Duration::from_millis(300));
    }
}

#[test]
fn a_running_query_is_stopped() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let mut child = program()
        .arg(&graph)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin
        .write_all(b":format csv\nCREATE (:Kept);\nRETURN 1 AS one;\n")
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    // Its answer shows that it is ready for the signal.
    stdout.read_line(&mut line).unwrap();
    assert_eq!(line, "one\n");
    let endless = b"UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y CREATE (:Lost) RETURN count(*);\n";
    stdin.write_all(endless).unwrap();
    stdin.flush().unwrap();
    assert_eq!(interrupt_until_ended(&mut child), Some(130));
    let count = "MATCH (n) RETURN count(n) AS n";
    let counted = whom(&["query", graph.to_str().unwrap(), count, "--format", "csv"]);
    assert_eq!(counted.out, "n\n4\n", "{}", counted.err);
}

#[test]
fn an_interrupted_build_keeps_what_it_finished() {
    let folder = TempDir::new().unwrap();
    let texts = folder.path().join("texts");
    fs::create_dir(&texts).unwrap();
    for number in 0..400 {
        let text = format!("Number {number}. {}", TEXT.repeat(4));
        fs::write(texts.join(format!("{number:03}.txt")), text).unwrap();
    }
    let graph = folder.path().join("graph.whom");
    let mut child = program()
        .args([
            "build",
            texts.to_str().unwrap(),
            "-v",
            "-o",
            graph.to_str().unwrap(),
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The log says when reading begins; from then on the signal is heard.
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    stderr.read_line(&mut line).unwrap();
    // Once: a second signal would end the process in the middle of whatever it does.
    interrupt(&mut child);
    let code = ended(&mut child);
    assert_eq!(code, Some(130), "{line}");
    let run = whom(&["verify", graph.to_str().unwrap()]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        2,
        "a side file remains"
    );
}
