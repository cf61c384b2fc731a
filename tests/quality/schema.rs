//! Entities, identity and relations in an analyst's schema, on annotated documents.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// The least F1 of mentions, in percent, by head word.
const LEAST_MENTIONS: f64 = 68.0;
/// The least share of pairs of mentions of one thing, in percent, that have one entity.
const LEAST_SAME: f64 = 75.0;
/// The least share of related pairs, in percent, of which any statement speaks.
const LEAST_PAIRS: f64 = 54.0;
/// The least F1 of relations with their category.
const LEAST_CATEGORIES: f64 = 27.0;

/// What a mention is called by the annotators; what they do not mark is left out.
fn type_name(kind: &str) -> Option<&'static str> {
    match kind {
        "Person" => Some("Person"),
        "Organization" => Some("Organisation"),
        "Place" => Some("Location"),
        "Time" => Some("Temporal"),
        "Quantity" => Some("Quantity"),
        "Money" => Some("Money"),
        _ => None,
    }
}

/// The place of `span` in code points.
fn points(text: &str, span: &Value) -> Option<(usize, usize)> {
    let point = |key: &str| {
        let byte = usize::try_from(span[key].as_u64()?).ok()?;
        Some(text.get(..byte)?.chars().count())
    };
    Some((point("start")?, point("end")?))
}

fn line(document: &Value, found: &Value) -> Value {
    let text = document["text"].as_str().unwrap();
    let place = |span: &Value| {
        let (begin, end) = points(text, span)?;
        Some(json!({"begin": begin, "end": end}))
    };
    let mentions = found["mentions"].as_array().unwrap().iter();
    let mentions: Vec<Value> = mentions
        .filter_map(|mention| {
            let kind = mention["type"].as_str()?;
            let category = mention["category"].as_str();
            let name = category.or_else(|| type_name(kind))?;
            let mut place = place(mention)?;
            place["type"] = json!(name);
            place["entity"] = mention["entity"].clone();
            Some(place)
        })
        .collect();
    let statements = found["statements"].as_array().unwrap().iter();
    let statements: Vec<Value> = statements
        .filter_map(|statement| {
            Some(json!({
                "subject": place(&statement["subject"])?,
                "object": place(&statement["object"])?,
                "relation": statement["relation"],
                "category": statement["category"],
            }))
        })
        .collect();
    json!({"id": document["id"], "mentions": mentions, "statements": statements})
}

fn json_lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The numbers of the last line of the report's part `part` that begins with `row`.
fn numbers(report: &str, part: &str, row: &str) -> Vec<f64> {
    let rest = report.split_once(part).map_or("", |(_, rest)| rest);
    let rest = rest.split("\n\n").next().unwrap_or_default();
    let line = rest
        .lines()
        .rfind(|line| line.trim_start().starts_with(row));
    let words = line
        .unwrap_or_default()
        .split(|c: char| !(c.is_ascii_digit() || c == '.'));
    words.filter_map(|word| word.parse().ok()).collect()
}

fn score(folder: &Path) -> String {
    let gold = folder.join("re3d");
    let place = tempfile::tempdir().unwrap();
    let documents = json_lines(&fs::read_to_string(gold.join("documents.jsonl")).unwrap());
    let mut lines = Vec::new();
    let texts = place.path().join("texts.jsonl");
    for document in &documents {
        lines.push(format!("{}\n", json!({"text": document["text"]})));
    }
    fs::write(&texts, lines.concat()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_whom"))
        .args(["extract", "--format", "document", "--schema", "conflict"])
        .arg(&texts)
        .output()
        .unwrap();
    let found = json_lines(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(found.len(), documents.len());
    let pairs = documents.iter().zip(&found);
    let lines: Vec<String> = pairs
        .map(|(document, found)| format!("{}\n", line(document, found)))
        .collect();
    let system = place.path().join("system.jsonl");
    fs::write(&system, lines.concat()).unwrap();
    let output = Command::new("python3")
        .arg(folder.join("re3d_score.py"))
        .args([&gold, &system])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn relations_in_an_analysts_schema() {
    let Some(folder) = crate::news::folder() else {
        return;
    };
    let report = score(&folder);
    eprintln!("{report}");
    let figure = |part, row, place: usize| {
        numbers(&report, part, row)
            .get(place)
            .copied()
            .unwrap_or(0.0)
    };
    let mentions = figure("\nMentions ", "head", 2);
    let same = figure("\nSame entity", "gold pairs", 2);
    let pairs = figure("\nRelation pairs", "all", 0);
    let categories = figure("\nRelations with category", "all", 2);
    eprintln!("mentions {mentions}, same entity {same}, pairs {pairs}, categories {categories}");
    assert!(mentions >= LEAST_MENTIONS, "mentions {mentions}");
    assert!(same >= LEAST_SAME, "same entity {same}");
    assert!(pairs >= LEAST_PAIRS, "pairs {pairs}");
    assert!(categories >= LEAST_CATEGORIES, "categories {categories}");
}
