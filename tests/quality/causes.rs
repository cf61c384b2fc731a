//! Why questions go wrong: for each the first step that lost the answer, as far as that can be told
//! by what the graph holds of the sentences that say it.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use whom::model::Map;

use crate::support::Built;

/// All that the graph holds of each sentence.
const STATEMENTS: &str = "MATCH (a)-[r]->(b) WHERE r.evidence IS NOT NULL \
    RETURN r.evidence, type(r), a.name, b.name, r.when, r.where, r.attributed_to, r.subject_text, r.object_text";

/// The step at which the answers to `question` were lost, given those that came.
pub(crate) fn cause(built: &mut Built, question: &Json, given: &[Json]) -> &'static str {
    let gold = question["answers"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    if gold.is_empty() {
        return "answered, though nothing says so";
    }
    let sentences: Vec<String> = ["evidence", "evidence_also"]
        .iter()
        .filter_map(|key| question[*key].as_array())
        .flatten()
        .filter_map(Json::as_str)
        .map(plain)
        .collect();
    let rows = built.session.query(STATEMENTS, &Map::new()).unwrap().rows;
    let of_sentences: Vec<Vec<String>> = rows
        .iter()
        .filter(|row| {
            let sentence = plain(row[0].as_str().unwrap_or_default());
            sentences
                .iter()
                .any(|wanted| wanted.contains(&sentence) || sentence.contains(wanted))
        })
        .map(|row| {
            row[1..]
                .iter()
                .map(|part| plain(part.as_str().unwrap_or_default()))
                .collect()
        })
        .collect();
    if of_sentences.is_empty() {
        return "no statement of the sentence (parse or rules)";
    }
    let wanted = answers(gold);
    let holds = |parts: std::ops::Range<usize>| {
        wanted.iter().all(|variants| {
            of_sentences
                .iter()
                .flat_map(|row| row.get(parts.clone()).unwrap_or_default())
                .any(|part| variants.iter().any(|variant| has(part, variant)))
        })
    };
    if !holds(1..8) {
        return "the answer in no statement (parse, mention or rules)";
    }
    if !holds(1..6) {
        return "the answer under another name (resolution)";
    }
    if given.is_empty() && !related(question, &wanted, &of_sentences) {
        return "the answer only in statements of other relations (rules, or other words)";
    }
    let right = given.iter().any(|answer| {
        let words = plain(&answer.to_string());
        wanted
            .iter()
            .any(|variants| variants.iter().any(|variant| has(&words, variant)))
    });
    match (given.is_empty(), right) {
        (true, _) => "the statement there, not found (question)",
        (false, true) => "too few, too many or too long answers (question)",
        (false, false) => "another statement taken (question)",
    }
}

/// Whether a statement with an answer in it is of the relation that the gold triples name.
fn related(question: &Json, wanted: &[Vec<String>], statements: &[Vec<String>]) -> bool {
    let relations: Vec<String> = question["triples"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|triple| triple[1].as_str())
        .map(plain)
        .collect();
    statements.iter().any(|statement| {
        let kind = statement[0].split_whitespace();
        let same = kind
            .filter(|word| word.len() > 2)
            .any(|word| relations.iter().any(|relation| has(relation, &plain(word))));
        let answers = wanted.iter().flatten();
        let mut answers = answers.filter(|_| same);
        answers.any(|answer| statement[1..].iter().any(|part| has(part, answer)))
    })
}

/// Prints how often each cause was met, the most frequent first, with the questions.
pub(crate) fn print(name: &str, causes: &BTreeMap<&str, Vec<String>>) {
    let mut rows: Vec<(&&str, &Vec<String>)> = causes.iter().collect();
    rows.sort_by_key(|(_, ids)| std::cmp::Reverse(ids.len()));
    for (cause, ids) in rows {
        eprintln!("  {name}, wrong: {} {cause}: {}", ids.len(), ids.join(" "));
    }
}

/// The variants of each gold answer; both sides of a pair.
fn answers(gold: &[Json]) -> Vec<Vec<String>> {
    let strings = |variants: &Json| -> Vec<String> {
        let variants = variants.as_array().into_iter().flatten();
        variants.filter_map(Json::as_str).map(plain).collect()
    };
    gold.iter()
        .flat_map(|answer| {
            if answer[0].is_array() {
                vec![strings(&answer[0]), strings(&answer[1])]
            } else {
                vec![strings(answer)]
            }
        })
        .collect()
}

/// The words in lower case, without marks and articles, each with a blank on both sides.
fn plain(text: &str) -> String {
    let spaced: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words = spaced.split_whitespace();
    let kept: Vec<&str> = words
        .filter(|word| !["a", "an", "the"].contains(word))
        .collect();
    format!(" {} ", kept.join(" "))
}

/// Whether the words of the variant are in the part.
fn has(part: &str, variant: &str) -> bool {
    !variant.trim().is_empty() && part.contains(variant)
}
