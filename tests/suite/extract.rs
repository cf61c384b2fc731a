//! Runs the pages of `tests/extract`: a sentence, and the statements it must give.
//!
//! A page is Markdown; each heading opens a case with a `text` block, a `statements` block and
//! perhaps a `refused` block of statements that must not be made. A statement is written
//!
//! ```text
//! (subject) -[relation]-> (object) {modality: planned, by: the ministry}
//! ```
//!
//! with the words of the arguments, `()` for what is unsaid. Polarity, modality and attribution
//! (`by`) are always compared, affirmed, asserted and nobody if not written; `when`, `where`,
//! `quantity` and `inferred` only if written.
//! An `openie` block holds extractions in the words of the sentence that must be made, each written
//! `subject | relation | object ## further object`, a `not openie` block those that must not.
//! The trees come from the model, or from a `conllu` block where the page gives one. Without a
//! model in the build the cases without a tree are left out, and the test says so.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use whom::extract::{Argument, OpenExtraction, RuleTable, Statement, asides, extract, openie};
use whom::text::{Annotator, Document, Input, conllu};

#[derive(Debug, Default)]
struct Case {
    name: String,
    text: String,
    conllu: String,
    statements: Vec<String>,
    refused: Vec<String>,
    openie: Vec<String>,
    not_openie: Vec<String>,
}

fn cases(page: &str, source: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut block: Option<String> = None;
    for line in source.lines() {
        if let Some(kind) = line.strip_prefix("```") {
            block = match block {
                None => Some(kind.trim().to_owned()),
                Some(_) => None,
            };
        } else if let Some(kind) = &block {
            let case = cases
                .last_mut()
                .unwrap_or_else(|| panic!("{page}: no heading"));
            match kind.as_str() {
                "text" => {
                    if !case.text.is_empty() {
                        case.text.push('\n');
                    }
                    case.text.push_str(line);
                }
                "conllu" => {
                    case.conllu.push_str(line);
                    case.conllu.push('\n');
                }
                "statements" => case.statements.push(line.trim().to_owned()),
                "refused" => case.refused.push(line.trim().to_owned()),
                "openie" => case.openie.push(line.trim().to_owned()),
                "not openie" => case.not_openie.push(line.trim().to_owned()),
                other => panic!("{page}: unknown block `{other}`"),
            }
        } else if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case {
                name: name.to_owned(),
                ..Case::default()
            });
        }
    }
    cases
}

fn words(document: &Document, argument: Option<&Argument>) -> String {
    argument.map_or_else(String::new, |argument| document.words(&argument.core))
}

/// What a statement says, by the keys of the pages.
fn facts(document: &Document, statement: &Statement) -> BTreeMap<&'static str, String> {
    let mut facts = BTreeMap::from([
        ("polarity", statement.polarity.name().to_owned()),
        ("modality", statement.modality.name().to_owned()),
        ("by", words(document, statement.attribution.as_ref())),
        ("inferred", statement.inferred.to_string()),
    ]);
    if let Some(when) = &statement.when {
        facts.insert("when", document.words(when));
    }
    if let Some(place) = &statement.place {
        facts.insert("where", document.words(place));
    }
    if let Some(quantity) = statement.quantity {
        facts.insert("quantity", quantity.to_string());
    }
    facts
}

fn triple(document: &Document, statement: &Statement) -> String {
    format!(
        "({}) -[{}]-> ({})",
        words(document, statement.subject.as_ref()),
        statement.relation.lemma,
        words(document, statement.object.as_ref())
    )
}

/// Whether `line` describes `statement`.
fn describes(line: &str, document: &Document, statement: &Statement) -> bool {
    let (wanted, properties) = match line.split_once(") {") {
        Some((triple, properties)) => (format!("{triple})"), properties.trim_end_matches('}')),
        None => (line.to_owned(), ""),
    };
    if triple(document, statement) != wanted {
        return false;
    }
    let mut wanted: BTreeMap<&str, &str> = BTreeMap::from([
        ("polarity", "affirmed"),
        ("modality", "asserted"),
        ("by", ""),
    ]);
    for property in properties
        .split("; ")
        .filter(|property| !property.is_empty())
    {
        let (key, value) = property
            .split_once(": ")
            .unwrap_or_else(|| panic!("{line}"));
        wanted.insert(key.trim(), value.trim());
    }
    let facts = facts(document, statement);
    wanted
        .iter()
        .all(|(key, value)| facts.get(key).is_some_and(|fact| fact == value))
}

fn shown(document: &Document, statements: &[Statement]) -> String {
    let lines: Vec<String> = statements
        .iter()
        .map(|statement| {
            let triple = triple(document, statement);
            let facts = facts(document, statement);
            format!("    {triple} {facts:?} {}\n", statement.rule)
        })
        .collect();
    lines.concat()
}

/// An extraction as the pages write it.
fn written(extraction: &OpenExtraction) -> String {
    let OpenExtraction {
        subject,
        relation,
        objects,
        ..
    } = extraction;
    format!("{subject} | {relation} | {}", objects.join(" ## "))
}

/// What is wrong with one case; empty if nothing.
fn faults(case: &Case, document: &Document, table: &RuleTable) -> String {
    let (statements, _) = extract(document, table);
    let is_made = |line: &&String| {
        statements
            .iter()
            .any(|statement| describes(line, document, statement))
    };
    let mut faults = String::new();
    for line in case.statements.iter().filter(|line| !is_made(line)) {
        faults.extend(["  missing: ", line, "\n"]);
    }
    for line in case.refused.iter().filter(is_made) {
        faults.extend(["  refused but made: ", line, "\n"]);
    }
    let extractions: Vec<String> = openie(document, &statements).iter().map(written).collect();
    for line in case
        .openie
        .iter()
        .filter(|line| !extractions.contains(line))
    {
        faults.extend(["  missing: ", line, "\n"]);
    }
    for line in case
        .not_openie
        .iter()
        .filter(|line| extractions.contains(line))
    {
        faults.extend(["  refused but made: ", line, "\n"]);
    }
    if !faults.is_empty() {
        for extraction in &extractions {
            faults.extend(["    ", extraction, "\n"]);
        }
        let trees = conllu::write(document);
        faults = format!(
            "{}: {}\n{faults}  made:\n{}{trees}\n",
            case.name,
            case.text,
            shown(document, &statements)
        );
    }
    faults
}

#[test]
fn sentences_give_their_statements() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extract");
    let mut pages: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    let table = RuleTable::builtin();
    let annotator = Annotator::new().ok();
    let mut all = String::new();
    let mut run = 0;
    let mut skipped = 0;
    for page in pages {
        let source = fs::read_to_string(&page).unwrap();
        for case in cases(&page.display().to_string(), &source) {
            let document = if case.conllu.is_empty() {
                let Some(annotator) = &annotator else {
                    skipped += 1;
                    continue;
                };
                annotator
                    .annotate(Input {
                        text: case.text.clone(),
                        ..Input::default()
                    })
                    .0
            } else {
                conllu::read(&case.conllu).0.remove(0)
            };
            run += 1;
            let faults = faults(&case, &document, &table);
            if !faults.is_empty() {
                all.extend([page.display().to_string(), ": ".to_owned(), faults]);
            }
        }
    }
    if skipped > 0 {
        println!("{skipped} cases skipped: this build holds no model");
    }
    assert!(run + skipped >= 120, "the pages were not found");
    assert!(all.is_empty(), "\n{all}");
}

/// The trees by hand of `tests/extract/rules.conllu`, by the rule that they are for.
fn trees_by_hand() -> BTreeMap<String, Document> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extract/rules.conllu");
    let text = fs::read_to_string(path).unwrap();
    text.split("\n\n")
        .filter_map(|block| {
            let rule = block
                .lines()
                .find_map(|line| line.strip_prefix("# rule = "))?;
            let (mut documents, faults) = conllu::read(&format!("{block}\n\n"));
            assert_eq!(faults, Vec::new());
            Some((rule.to_owned(), documents.remove(0)))
        })
        .collect()
}

/// A rule without both examples cannot be trusted.
#[test]
fn each_rule_has_a_sentence_that_fires_it_and_one_that_does_not() {
    let table = RuleTable::builtin();
    assert!(table.rules().len() > 80, "the rules were not found");
    let lacking: Vec<&str> = table
        .rules()
        .iter()
        .filter(|rule| {
            let given = |sentence: Option<&str>| sentence.is_some_and(|words| !words.is_empty());
            !given(rule.fires()) || !given(rule.refuses()) || rule.fires() == rule.refuses()
        })
        .map(|rule| rule.name().as_str())
        .collect();
    assert_eq!(lacking, Vec::<&str>::new());
}

/// Each rule fires on its own example and does not on the other. The model's trees are not always
/// right, so a share of the rules is enough; it may only rise.
#[test]
fn rules_fire_on_their_examples() {
    let Ok(annotator) = Annotator::new() else {
        println!("skipped: this build holds no model");
        return;
    };
    let table = RuleTable::builtin();
    let sentences = table
        .rules()
        .iter()
        .flat_map(|rule| [rule.fires(), rule.refuses()]);
    let inputs = sentences.map(|sentence| Input {
        text: sentence.unwrap_or_default().to_owned(),
        ..Input::default()
    });
    let by_hand = trees_by_hand();
    let documents = annotator.annotate_all(inputs.collect());
    let mut wrong = Vec::new();
    for (rule, documents) in table.rules().iter().zip(documents.chunks(2)) {
        let only = table.only(rule.name());
        let fires = |document: &Document| {
            !extract(document, &only).0.is_empty() || !asides(document, &only).is_empty()
        };
        let example = by_hand.get(rule.name().as_str()).unwrap_or(&documents[0].0);
        if !fires(example) {
            wrong.push(format!(
                "{} does not fire on {:?}",
                rule.name(),
                rule.fires()
            ));
        }
        if fires(&documents[1].0) {
            wrong.push(format!("{} fires on {:?}", rule.name(), rule.refuses()));
        }
    }
    let most = table.rules().len() / 20;
    assert!(wrong.len() <= most, "{}", wrong.join("\n"));
}
