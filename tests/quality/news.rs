//! The news questions, each asked of the graph of its own article, and of the graph of all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::{Built, strings};

/// The least F1, in percent, on the questions that have an answer.
const LEAST_F1: f64 = 68.0;
/// The same when all articles are in one graph.
const LEAST_F1_OF_ALL: f64 = 66.0;
/// The least share, in percent, of questions without an answer that get none.
const LEAST_NONE: f64 = 93.0;
/// The same when all articles are in one graph.
const LEAST_NONE_OF_ALL: f64 = 93.0;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("WHOM_EVAL").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: WHOM_EVAL names no folder");
    }
    folder
}

fn questions(folder: &Path) -> Vec<Value> {
    fs::read_to_string(folder.join("news/questions.jsonl"))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn article(folder: &Path, name: &str) -> PathBuf {
    folder.join("news/articles").join(format!("{name}.txt"))
}

/// What the scorer says of `lines`: F1 of what can be answered, and the share of the rest that got
/// no answer.
fn score(folder: &Path, name: &str, lines: &[String]) -> (f64, f64) {
    let place = tempfile::tempdir().unwrap();
    let answers = place.path().join("answers.jsonl");
    fs::write(&answers, lines.concat()).unwrap();
    let output = Command::new("python3")
        .arg(folder.join("qa_score.py"))
        .arg(folder.join("news/questions.jsonl"))
        .arg(&answers)
        .arg("--json")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let scores: Value = serde_json::from_slice(&output.stdout).unwrap();
    let percent = |row: &str, key: &str| scores[row][key].as_f64().unwrap_or(0.0) * 100.0;
    let found = (percent("ANSWERABLE", "f1"), percent("negative", "exact"));
    eprintln!(
        "{name}: F1 {:.1}, evidence {:.1}, none where there is none {:.1}",
        found.0,
        percent("ANSWERABLE", "evidence@1"),
        found.1
    );
    found
}

fn line(built: &mut Built, question: &Value) -> String {
    let answer = built.ask(question["question"].as_str().unwrap());
    let evidence: Vec<&str> = answer
        .evidence
        .iter()
        .map(|citation| citation.sentence.as_str())
        .collect();
    let line = serde_json::json!({
        "id": question["id"],
        "answers": strings(&answer),
        "evidence": evidence,
    });
    format!("{line}\n")
}

#[test]
fn questions_about_one_article_each() {
    let Some(folder) = folder() else { return };
    let mut graphs: BTreeMap<String, Built> = BTreeMap::new();
    let mut lines = Vec::new();
    for question in questions(&folder) {
        let name = question["article"].as_str().unwrap().to_owned();
        let built = graphs
            .entry(name.clone())
            .or_insert_with(|| Built::of(&[article(&folder, &name)]));
        lines.push(line(built, &question));
    }
    let (f1, none) = score(&folder, "one article each", &lines);
    assert!(f1 >= LEAST_F1, "F1 {f1:.1}");
    assert!(none >= LEAST_NONE, "none {none:.1}");
}

#[test]
fn questions_about_all_articles_in_one_graph() {
    let Some(folder) = folder() else { return };
    let questions = questions(&folder);
    let mut names: Vec<&str> = questions
        .iter()
        .map(|question| question["article"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    names.dedup();
    let paths: Vec<PathBuf> = names.iter().map(|name| article(&folder, name)).collect();
    let mut built = Built::of(&paths);
    let lines: Vec<String> = questions
        .iter()
        .map(|question| line(&mut built, question))
        .collect();
    let (f1, none) = score(&folder, "all articles", &lines);
    assert!(f1 >= LEAST_F1_OF_ALL, "F1 {f1:.1}");
    assert!(none >= LEAST_NONE_OF_ALL, "none {none:.1}");
}
