//! Bad input of every kind: a message with a remedy, the right exit code, nothing harmed.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::{TEXT, folder, program, ran, whom, whom_with};

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Builds a graph from one bad file beside a good one.
fn build_with(name: &str, write: impl FnOnce(&Path)) -> crate::support::Ran {
    let folder = TempDir::new().unwrap();
    let bad = folder.path().join(name);
    write(&bad);
    let good = folder.path().join("good.txt");
    fs::write(&good, TEXT).unwrap();
    let graph = folder.path().join("graph.whom");
    let run = whom(&["build", path(&bad), path(&good), "-o", path(&graph)]);
    // The good one is there all the same.
    let count = "MATCH (d:Document) RETURN count(d) AS n";
    let counted = whom(&["query", path(&graph), count, "--format", "csv"]);
    assert_eq!(counted.out, "n\n1\n", "{}", run.err);
    run
}

#[test]
fn a_binary_file_is_refused_and_the_others_are_read() {
    let run = build_with("picture.txt", |path| {
        fs::write(path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0").unwrap();
    });
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("picture.txt"), "{}", run.err);
}

#[test]
fn broken_utf8_is_refused_with_its_place() {
    let run = build_with("broken.txt", |path| {
        fs::write(path, b"The mayor of Lindow \xff\xfe left.").unwrap();
    });
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("byte 20"), "{}", run.err);
}

#[test]
fn a_sparse_file_of_two_gigabytes_is_refused_at_once() {
    let run = build_with("sparse.txt", |path| {
        File::create(path).unwrap().set_len(2 << 30).unwrap();
    });
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("sparse.txt"), "{}", run.err);
}

#[test]
fn a_missing_and_an_empty_file_are_refused() {
    let run = build_with("empty.txt", |path| fs::write(path, "").unwrap());
    assert_eq!(run.code, Some(3));
    let run = build_with("missing.txt", |_| ());
    assert_eq!(run.code, Some(3));
}

#[test]
fn a_line_of_a_megabyte_is_read() {
    let long = "The mayor opened the bridge and ".repeat(1_000_000 / 32);
    let folder = folder();
    let text = folder.path().join("long.txt");
    fs::write(&text, &long).unwrap();
    let graph = folder.path().join("graph.whom");
    // As a name in a statement, as a statement, as a question.
    let name = format!("RETURN '{long}' AS x");
    let run = whom_with(
        &["query", path(&graph), "-", "--format", "csv"],
        name.as_bytes(),
    );
    assert_eq!(
        run.code,
        Some(0),
        "{}",
        run.err.get(..400).unwrap_or(&run.err)
    );
    let run = whom_with(&["query", path(&graph), "-"], long.as_bytes());
    assert_eq!(run.code, Some(3));
    assert!(run.err.len() < 4_000, "a flood of {} bytes", run.err.len());
    let run = whom_with(
        &["ask", path(&graph), "-"],
        format!("Who {long}?").as_bytes(),
    );
    assert!(
        run.code.is_some(),
        "{}",
        run.err.get(..400).unwrap_or(&run.err)
    );
}

#[test]
fn a_query_nested_ten_thousand_levels_deep_is_refused() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let levels = 10_000;
    let cases = [
        format!("RETURN {}1{}", "(".repeat(levels), ")".repeat(levels)),
        format!("RETURN {}1{}", "[".repeat(levels), "]".repeat(levels)),
        format!("RETURN {}1{}", "{a: ".repeat(levels), "}".repeat(levels)),
        format!("RETURN {}true", "NOT ".repeat(levels)),
        format!("RETURN {}1", "-".repeat(levels)),
        format!("RETURN 1{}", " + 1".repeat(levels)),
        format!("RETURN {}", "(".repeat(levels)),
        format!(
            "RETURN {}1{}",
            "CASE WHEN true THEN ".repeat(levels),
            " END".repeat(levels)
        ),
        format!(
            "MATCH (a) WHERE {}",
            "exists { MATCH (b) WHERE ".repeat(levels)
        ),
    ];
    for query in cases {
        let run = whom_with(&["query", path(&graph), "-"], query.as_bytes());
        let shown = query.get(..40).unwrap_or(&query);
        // A long sum is not deep for whoever reads it from the left.
        assert!(matches!(run.code, Some(0 | 3)), "{shown}: {:?}", run.code);
        assert!(!run.err.contains("overflow"), "{shown}");
    }
}

#[test]
fn files_that_are_no_graphs_have_an_exit_code_of_their_own() {
    let folder = folder();
    let text = folder.path().join("note.txt");
    let run = whom(&["query", path(&text), "RETURN 1"]);
    assert_eq!(run.code, Some(4));
    assert!(run.err.contains("not a graph file"), "{}", run.err);
    assert_eq!(fs::read_to_string(&text).unwrap(), TEXT);
    let run = whom(&["build", path(&text), "-o", path(&text)]);
    assert_eq!(run.code, Some(4), "{}", run.err);
    assert_eq!(fs::read_to_string(&text).unwrap(), TEXT);
    let run = whom(&["query", path(folder.path()), "RETURN 1"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    let run = whom(&["query", path(&folder.path().join("none.whom")), "RETURN 1"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("whom build"), "{}", run.err);
    assert!(!folder.path().join("none.whom").exists());
}

#[test]
fn a_damaged_graph_file_is_recognized() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let mut bytes = fs::read(&graph).unwrap();
    let end = bytes.len();
    for byte in &mut bytes[4096..end.min(4096 * 6)] {
        *byte = 0x5a;
    }
    fs::write(&graph, &bytes).unwrap();
    let run = whom(&["query", path(&graph), "MATCH (n) RETURN n"]);
    assert_eq!(run.code, Some(4), "{}", run.err);
    let run = whom(&["verify", path(&graph)]);
    assert_eq!(run.code, Some(4), "{}", run.err);
    fs::write(&graph, &bytes[..1000]).unwrap();
    let run = whom(&["verify", path(&graph)]);
    assert_eq!(run.code, Some(4), "{}", run.err);
}

#[test]
fn a_write_without_room_leaves_the_graph_as_it_was() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let content = || whom(&["export", path(&graph), "--format", "json"]).out;
    let before = content();
    // A file may not grow past the limit; the shell ignores the signal that would end us.
    let script = format!(
        "trap '' XFSZ; ulimit -f 64; exec '{}' query '{}' \
         'UNWIND range(1, 5000) AS x CREATE (:N {{text: toString(x) + \" and so on and on\"}})'",
        program().get_program().to_str().unwrap(),
        path(&graph),
    );
    let output = Command::new("sh").args(["-c", &script]).output().unwrap();
    let run = ran(&output);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("error["), "{}", run.err);
    let count = whom(&[
        "query",
        path(&graph),
        "MATCH (n) RETURN count(n) AS n",
        "--format",
        "csv",
    ]);
    assert_eq!(count.out, "n\n3\n");
    assert_eq!(content(), before);
    assert_eq!(whom(&["verify", path(&graph)]).code, Some(0));
}

#[test]
fn scripts_and_batches_that_cannot_be_read_are_refused() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let binary = folder.path().join("binary.cypher");
    fs::write(&binary, b"RETURN \xff\xff;").unwrap();
    let run = whom(&["run", path(&graph), path(&binary)]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("byte 8"), "{}", run.err);
    let sparse = folder.path().join("sparse.cypher");
    File::create(&sparse).unwrap().set_len(2 << 30).unwrap();
    assert_eq!(whom(&["run", path(&graph), path(&sparse)]).code, Some(3));
    let batch = folder.path().join("batch.jsonl");
    fs::write(&batch, "{\"id\": 1}\n").unwrap();
    let run = whom(&["ask", path(&graph), "--batch", path(&batch)]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("line 1"), "{}", run.err);
    let run = whom(&[
        "run",
        path(&graph),
        path(&folder.path().join("none.cypher")),
    ]);
    assert_eq!(run.code, Some(1));
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let folder = folder();
    let graph = folder.path().join("graph.whom");
    let run = whom(&["query", path(&graph), "RETURN '\u{1b}[2J\u{202e}x' AS x"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        !run.out.contains('\u{1b}') && !run.out.contains('\u{202e}'),
        "{}",
        run.out
    );
    let run = whom(&["query", path(&graph), "RETURN 1 AS one, \u{1b}[2J"]);
    assert_eq!(run.code, Some(3));
    assert!(!run.err.contains('\u{1b}'), "{:?}", run.err);
}
