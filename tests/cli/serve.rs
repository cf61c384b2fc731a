//! `whom serve --stdio`: a line in, a line out, whatever the line.

use serde_json::{Value, json};

use crate::support::whom_with;

fn talk(lines: &str) -> Vec<Value> {
    let ran = whom_with(&["serve", "--stdio"], lines.as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    ran.out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_conversation() {
    let lines = r#"{"op":"hello"}
{"op":"run","query":"CREATE (:A {x: 1.5})-[:R]->(:B {d: date('2020-01-02')})","params":{}}
not json

{"op":"run","query":"MATCH (a)-[r]->(b) RETURN a.x, b.d, $p AS p","params":{"p":{"$date":"2021-03-04"}}}
{"op":"run","query":"MATCH (a RETURN a"}
{"op":"run","query":"RETURN toInteger(1) / 0 AS x"}
{"op":"procedure","signature":"my.proc(in :: INTEGER?) :: (out :: STRING?)","columns":["in","out"],"rows":[[1,"one"],[2,"two"]]}
{"op":"run","query":"CALL my.proc(2) YIELD out RETURN out"}
{"op":"snapshot"}
{"op":"reset"}
{"op":"snapshot"}
{"op":"dance"}"#;
    let answers = talk(lines);
    assert_eq!(answers.len(), 12);
    assert_eq!(answers[0]["name"], "whom");
    assert_eq!(answers[1], json!({"columns": [], "rows": []}));
    assert_eq!(answers[2]["error"]["type"], "ArgumentError");
    assert_eq!(
        answers[3]["rows"],
        json!([[1.5, {"$date": "2020-01-02"}, {"$date": "2021-03-04"}]])
    );
    assert_eq!(answers[4]["error"]["type"], "SyntaxError");
    assert_eq!(answers[4]["error"]["phase"], "compile time");
    assert_eq!(answers[5]["error"]["phase"], "runtime");
    assert_eq!(answers[6], json!({"ok": true}));
    assert_eq!(answers[7]["rows"], json!([["two"]]));
    assert_eq!(answers[8]["nodes"].as_array().unwrap().len(), 2);
    assert_eq!(answers[8]["rels"][0]["$rel"]["type"], "R");
    assert_eq!(answers[10], json!({"nodes": [], "rels": []}));
    assert_eq!(answers[11]["error"]["type"], "Unsupported");
}

#[test]
fn tables_are_loaded_whole_or_not_at_all() {
    let folder = tempfile::TempDir::new().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("people.tsv", "id\tname\tage\n1\tAda\t36\n2\tBob\t\n");
    write("knows.tsv", "from\tto\n1\t2\n");
    write("broken.tsv", "from\tto\n1\t7\n");
    let load = |file: &str| {
        json!({
            "op": "load",
            "folder": folder.path(),
            "nodes": [{"label": "Person", "file": "people.tsv", "key": "id", "rows": 2, "columns": [
                {"name": "id", "type": "integer"},
                {"name": "name", "type": "string"},
                {"name": "age", "type": "integer"},
            ]}],
            "relationships": [{"type": "KNOWS", "from": "Person", "to": "Person", "file": file, "rows": 1}],
        })
    };
    let count = json!({
        "op": "run",
        "query": "MATCH (a:Person) OPTIONAL MATCH (a)-[:KNOWS]->(b) RETURN a.id, a.age, b.name",
    });
    let lines = format!(
        "{}\n{count}\n{}\n{count}\n",
        load("broken.tsv"),
        load("knows.tsv")
    );
    let answers = talk(&lines);
    assert!(
        answers[0]["error"]["message"]
            .as_str()
            .unwrap()
            .contains("broken.tsv")
    );
    assert_eq!(answers[1]["rows"], json!([]));
    assert_eq!(answers[2], json!({"ok": true}));
    assert_eq!(answers[3]["rows"], json!([[1, 36, "Bob"], [2, null, null]]));
}
