//! Runs the pages of `tests/plan`: a graph, queries on it, and the plan of each.

use std::fs;
use std::path::Path;

use whom::Session;
use whom::model::Map;

/// The fenced blocks of a page, each with its kind.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(kind) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            found.push((kind.to_owned(), body.join("\n")));
        }
    }
    found
}

#[test]
fn plans_are_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plan");
    let mut count = 0;
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let mut session = Session::in_memory();
        let mut plan = String::new();
        for (kind, body) in blocks(&fs::read_to_string(&path).unwrap()) {
            match kind.as_str() {
                "graph" => drop(session.query(&body, &Map::new()).unwrap()),
                "cypher" => {
                    plan = session
                        .explain(&body, &Map::new())
                        .unwrap_or_else(|error| panic!("{body}: {error}"));
                }
                "plan" => {
                    count += 1;
                    if plan != body {
                        wrong.push(format!(
                            "{}:\n{plan}\n-- instead of\n{body}",
                            path.display()
                        ));
                    }
                }
                other => panic!("{}: a block of kind `{other}`", path.display()),
            }
        }
    }
    assert!(count > 4, "the plans were not found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
