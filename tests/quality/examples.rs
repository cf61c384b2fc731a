//! Questions about the articles of `examples/data` and `tests/quality/articles`, with the answers
//! they must get.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{Built, strings};

/// The least number of questions of `examples.txt` that are answered as it says.
const LEAST_RIGHT: usize = 289;

/// One question: the article, the question, its answers (`none` where there is none).
struct Case {
    article: String,
    question: String,
    answers: Vec<String>,
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join("tests/quality/examples.txt"))
        .unwrap()
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let mut parts = line.split('|').map(str::trim);
            Case {
                article: parts.next().unwrap().to_owned(),
                question: parts.next().unwrap().to_owned(),
                answers: parts
                    .next()
                    .unwrap()
                    .split(';')
                    .map(|answer| answer.trim().to_owned())
                    .filter(|answer| answer != "none")
                    .collect(),
            }
        })
        .collect()
}

#[test]
fn questions_about_our_own_articles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut graphs: BTreeMap<String, Built> = BTreeMap::new();
    let mut wrong = Vec::new();
    let cases = cases();
    for case in &cases {
        let built = graphs.entry(case.article.clone()).or_insert_with(|| {
            let file = format!("{}.txt", case.article);
            let shown = root.join("examples/data").join(&file);
            let own = root.join("tests/quality/articles").join(&file);
            Built::of(&[if shown.exists() { shown } else { own }])
        });
        let answer = built.ask(&case.question);
        let mut given: Vec<String> = strings(&answer)
            .iter()
            .map(|answer| {
                answer.as_array().map_or_else(
                    || answer.as_str().unwrap_or_default().to_owned(),
                    |pair| {
                        let words: Vec<&str> =
                            pair.iter().filter_map(|word| word.as_str()).collect();
                        words.join(" => ")
                    },
                )
            })
            .collect();
        given.sort();
        let mut expected = case.answers.clone();
        expected.sort();
        let in_article = answer.evidence.iter().all(|citation| {
            let text = fs::read_to_string(&citation.document).unwrap();
            text.get(citation.start..citation.start + citation.sentence.len())
                == Some(citation.sentence.as_str())
        });
        assert!(in_article, "evidence as in the source: {}", case.question);
        if given != expected {
            wrong.push(format!(
                "{}: {}\n    expected {expected:?}\n    given    {given:?}",
                case.article, case.question
            ));
        }
    }
    let right = cases.len() - wrong.len();
    eprintln!("{right} of {} right\n{}", cases.len(), wrong.join("\n"));
    assert!(right >= LEAST_RIGHT, "{right} right");
}
