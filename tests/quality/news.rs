//! The news questions, each asked of the graph of its own article, and of the graph of all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::causes;
use crate::support::{Built, strings};

/// The least F1, in percent, on the questions that have an answer.
const LEAST_F1: f64 = 83.0;
/// The same when all articles are in one graph.
const LEAST_F1_OF_ALL: f64 = 82.0;
/// The least share, in percent, of questions without an answer that get none.
const LEAST_NONE: f64 = 93.0;
/// The same when all articles are in one graph.
const LEAST_NONE_OF_ALL: f64 = 93.0;

pub(crate) fn folder() -> Option<PathBuf> {
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
/// no answer. All rows are printed, by the kind of question and by what it needs.
fn score(folder: &Path, name: &str, lines: &[String]) -> (f64, f64) {
    let kinds = scores(folder, lines, "kind");
    let percent = |row: &Value, key: &str| row[key].as_f64().unwrap_or(0.0) * 100.0;
    let whole = &kinds["ANSWERABLE"];
    let found = (percent(whole, "f1"), percent(&kinds["negative"], "exact"));
    eprintln!(
        "{name}: F1 {:.1}, exact {:.1}, evidence {:.1}, none where there is none {:.1}",
        found.0,
        percent(whole, "exact"),
        percent(whole, "evidence@1"),
        found.1
    );
    for by in ["kind", "tags", "form"] {
        let rows = scores(folder, lines, by);
        for (row, score) in rows.as_object().into_iter().flatten() {
            eprintln!(
                "  {by} {row}: {} questions, F1 {:.1}, exact {:.1}, evidence {:.1}",
                score["n"],
                percent(score, "f1"),
                percent(score, "exact"),
                percent(score, "evidence@1"),
            );
        }
    }
    eprintln!(
        "  evidence of right answers: {:.1}",
        right_evidence(folder, lines)
    );
    found
}

/// Prints why the questions that went wrong did.
fn explain(folder: &Path, name: &str, lines: &[String], graphs: &mut BTreeMap<String, Built>) {
    let rows = scores(folder, lines, "id");
    let given: BTreeMap<String, Value> = lines
        .iter()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|line| (line["id"].as_str().unwrap().to_owned(), line))
        .collect();
    let mut causes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for question in questions(folder) {
        let id = question["id"].as_str().unwrap();
        if rows[id]["exact"] != 1.0 {
            let answers = given[id]["answers"].as_array().unwrap();
            let article = question["article"].as_str().unwrap();
            let built = graphs.get_mut(article).unwrap();
            let cause = causes::cause(built, &question, answers);
            causes.entry(cause).or_default().push(id.to_owned());
        }
    }
    causes::print(name, &causes);
}

/// The rows of the scorer, by a field of the questions.
fn scores(folder: &Path, lines: &[String], by: &str) -> Value {
    let place = tempfile::tempdir().unwrap();
    let answers = place.path().join("answers.jsonl");
    fs::write(&answers, lines.concat()).unwrap();
    let output = Command::new("python3")
        .arg(folder.join("qa_score.py"))
        .arg(folder.join("news/questions.jsonl"))
        .arg(&answers)
        .args(["--json", "--by", by])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Of the answers that are right as a set, the share, in percent, whose first sentence is a right
/// one: the rows of questions, each its own group.
fn right_evidence(folder: &Path, lines: &[String]) -> f64 {
    let rows = scores(folder, lines, "id");
    let right: Vec<&Value> = rows
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| !matches!(name.as_str(), "ALL" | "ANSWERABLE"))
        .map(|(_, score)| score)
        .filter(|score| score["exact"] == 1.0 && score["evidence@1"].is_number())
        .collect();
    let told = right.iter().filter(|score| score["evidence@1"] == 1.0);
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    100.0 * number(told.count()) / number(right.len().max(1))
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
    explain(&folder, "one article each", &lines, &mut graphs);
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
