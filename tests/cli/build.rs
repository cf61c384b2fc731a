//! `whom build` and `whom remove`: the graph follows its documents.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{TEXT, whom, whom_with};

const OTHER: &str =
    "Ilse Kern visited the mill in Lindow. The council sold the mill to a bakery.\n";

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn export(graph: &Path) -> String {
    let run = whom(&["export", path(graph), "--format", "json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.out
}

fn build(arguments: &[&str], graph: &Path) -> String {
    let mut all = vec!["build"];
    all.extend(arguments);
    all.extend(["-o", path(graph)]);
    let run = whom(&all);
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.err
}

#[test]
fn the_same_texts_give_the_same_bytes_on_any_number_of_threads() {
    let folder = TempDir::new().unwrap();
    let texts = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data");
    let one = folder.path().join("one.whom");
    let two = folder.path().join("two.whom");
    build(&[texts, "--threads", "1"], &one);
    build(&[texts, "--threads", "2"], &two);
    assert!(export(&one) == export(&two), "one and two threads differ");
    for format in ["dot", "graphml", "csv"] {
        let of = |graph| whom(&["export", path(graph), "--format", format]).out;
        assert!(of(&one) == of(&two), "{format} differs");
    }
    for graph in [&one, &two] {
        assert_eq!(whom(&["verify", path(graph)]).code, Some(0));
    }
    // One file remains of each.
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn the_graph_follows_its_documents() {
    let folder = TempDir::new().unwrap();
    let texts = folder.path().join("texts");
    fs::create_dir(&texts).unwrap();
    let (first, second) = (texts.join("a.txt"), texts.join("b.txt"));
    fs::write(&first, TEXT).unwrap();
    let graph = folder.path().join("graph.whom");
    let only_first = {
        build(&[path(&texts)], &graph);
        export(&graph)
    };
    assert!(build(&[path(&texts)], &graph).contains("nothing changed"));
    assert_eq!(export(&graph), only_first);
    fs::write(&second, OTHER).unwrap();
    let said = build(&[path(&texts)], &graph);
    assert!(
        said.contains("1 document read") && said.contains("1 unchanged"),
        "{said}"
    );
    let both = export(&graph);
    assert_ne!(both, only_first);
    fs::write(&second, "The council sold nothing.\n").unwrap();
    assert!(build(&[path(&texts)], &graph).contains("1 document replaced"));
    assert!(!export(&graph).contains("bakery"));
    let removed = whom(&["remove", path(&graph), path(&second)]);
    assert_eq!(removed.code, Some(0), "{}", removed.err);
    let names = |text: &str| {
        let graph: serde_json::Value = serde_json::from_str(text).unwrap();
        let nodes = graph["nodes"].as_array().unwrap().iter();
        nodes
            .map(|node| node["properties"]["name"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&export(&graph)), names(&only_first));
    assert_eq!(whom(&["verify", path(&graph)]).code, Some(0));
    // The text of a document that is gone is not left in the file.
    let bytes = fs::read(&graph).unwrap();
    assert!(!bytes.windows(12).any(|window| window == b"sold nothing"));
}

#[test]
fn a_new_schema_alone_is_told() {
    let folder = TempDir::new().unwrap();
    let text = folder.path().join("a.txt");
    fs::write(&text, TEXT).unwrap();
    let graph = folder.path().join("graph.whom");
    build(&[path(&text)], &graph);
    let with_schema = [path(&text), "--schema", "conflict"];
    let said = build(&with_schema, &graph);
    assert!(said.contains("only the categories changed"), "{said}");
    let said = build(&with_schema, &graph);
    assert!(said.contains("nothing changed"), "{said}");
}

#[test]
fn an_unknown_document_is_not_removed() {
    let folder = TempDir::new().unwrap();
    let graph = folder.path().join("graph.whom");
    let run = whom_with(&["build", "-", "-o", path(&graph)], TEXT.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.err);
    let run = whom(&["remove", path(&graph), "stdn"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("did you mean `stdin`"), "{}", run.err);
}

#[test]
fn rules_of_ones_own_that_are_wrong_are_refused() {
    let folder = TempDir::new().unwrap();
    let rules = folder.path().join("my.rules");
    fs::write(&rules, "this is no rule {{{\n").unwrap();
    let graph = folder.path().join("graph.whom");
    let arguments = ["build", "-", "-o", path(&graph), "--rules", path(&rules)];
    let run = whom_with(&arguments, TEXT.as_bytes());
    assert_eq!(run.code, Some(3), "{}", run.err);
    assert!(!graph.exists());
}

#[test]
fn a_quiet_build_says_nothing() {
    let folder = TempDir::new().unwrap();
    let graph = folder.path().join("graph.whom");
    let run = whom_with(&["build", "-", "-q", "-o", path(&graph)], TEXT.as_bytes());
    assert_eq!(
        (run.code, run.out.as_str(), run.err.as_str()),
        (Some(0), "", "")
    );
}

#[test]
fn a_document_as_data_has_types_of_the_schema_and_knows_a_measure_said_twice() {
    let folder = TempDir::new().unwrap();
    let text = folder.path().join("a.txt");
    let words = "The frigate fired at a bridge. The village is 8 km (5.0 mi) from Lindow.\n";
    fs::write(&text, words).unwrap();
    let run = whom(&[
        "extract",
        "--format",
        "document",
        "--schema",
        "conflict",
        path(&text),
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let document: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let mention = |text: &str| {
        let mentions = document["mentions"].as_array().unwrap();
        mentions
            .iter()
            .find(|mention| mention["text"] == text)
            .unwrap_or_else(|| panic!("`{text}` is not in {mentions:#?}"))
    };
    assert_eq!(mention("The frigate")["category"], "Military platform");
    assert!(mention("8 km")["entity"].is_u64());
    assert_eq!(mention("8 km")["entity"], mention("5.0 mi")["entity"]);
}
