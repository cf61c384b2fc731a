//! Who said so: "Who said that the dam had burst?"

use std::collections::{BTreeMap, BTreeSet};

use super::class::class_fit;
use super::event;
use super::facts::{Fact, Facts, NodeForm};
use super::frame::{Phrase, Wish};
use super::matching::{taken, wish_fit};
use super::reading::{End, Ends, Found, Reading, Take};
use super::words;

/// The least share, by weight, of what was said that a sentence must hold.
const LEAST_CONTENT: f64 = 0.6;

/// The facts that tell who said `content`, with a verb like `verb`.
pub(super) fn search(
    facts: &Facts,
    verb: &str,
    class: Option<&Phrase>,
    content: &[String],
) -> Reading {
    let mut reading = Reading {
        ends: Ends::default(),
        ..Reading::default()
    };
    let wish = class.map_or(Wish::Who, |class| Wish::Class(class.clone()));
    let spellings: BTreeMap<&str, BTreeSet<String>> = content
        .iter()
        .map(|stem| (stem.as_str(), words::alike(stem)))
        .collect();
    for (index, fact) in facts.facts.iter().enumerate() {
        if fact.polarity == "denied" && words::is_saying(&fact.verb) {
            continue;
        }
        let exact = facts.coverage(content, |stem| facts.sentence_has(fact.sentence, stem));
        let in_sentence = if exact > 0.3 {
            exact.max(facts.coverage(content, |stem| said(&spellings, facts, fact, stem)) * 0.97)
        } else {
            exact
        };
        let agreement = words::agreement(verb, &fact.verb);
        let says = if words::is_saying(verb) {
            words::is_saying(&fact.verb) && denies(verb) == denies(&fact.verb)
        } else {
            agreement > 0.7
        };
        if says {
            let Some(object) = facts.thing(fact.object) else {
                continue;
            };
            let held = words::content(&object.name);
            let in_object = facts.coverage(content, |stem| {
                held.iter().any(|word| word == stem)
                    || fact.object_words.iter().any(|word| word == stem)
            });
            // "maintain an exception" says nothing; "maintain that …" does.
            if object.form == NodeForm::Entity && in_object < 0.3 {
                continue;
            }
            let clause = if object.form == NodeForm::Value {
                1.0
            } else {
                0.9
            };
            let cover = (in_object * clause).max(in_sentence * 0.85);
            let who = match wish_fit(facts, &wish, fact, End::Subject) {
                // Whatever says something speaks.
                fit if wish == Wish::Who && fit > 0.7 => fit.max(0.97),
                fit => fit,
            };
            if cover >= LEAST_CONTENT && who > 0.3 {
                let according = fact.text.to_lowercase().starts_with("according")
                    || fact.object_text.to_lowercase().starts_with("according");
                let agrees = agreement.max(0.85) * if according { 0.96 } else { 1.0 };
                reading.found.push(Found {
                    fact: index,
                    take: vec![taken(facts, &wish, fact, End::Subject)],
                    score: cover * agrees * who,
                });
            }
        }
        let claimed = (fact.polarity == "denied") == denies(verb);
        if fact.attributed_to.is_some() && words::is_saying(verb) && claimed {
            let own = facts.coverage(content, |stem| {
                fact.subject_words
                    .iter()
                    .chain(&fact.object_words)
                    .any(|word| word == stem)
                    || words::content(&fact.text).iter().any(|word| word == stem)
            });
            let cover = (own * 0.98).max(in_sentence * 0.9);
            let who = fact
                .attributed_to
                .as_deref()
                .map_or(0.0, |name| speaker_fit(facts, class, name));
            if cover >= LEAST_CONTENT && who > 0.3 {
                reading.found.push(Found {
                    fact: index,
                    take: vec![Take::Speaker],
                    score: cover * 0.97 * who,
                });
            }
        }
        if let Some(score) = feels(facts, verb, fact, &wish)
            && in_sentence >= LEAST_CONTENT
        {
            reading.found.push(Found {
                fact: index,
                take: vec![Take::Object],
                score: score * in_sentence * 0.95,
            });
        }
    }
    let reading = without_hearsay(facts, reading.informative(facts, content)).narrowed(0.97);
    class
        .and_then(|_| event::named_members(facts, &reading, content, true))
        .unwrap_or(reading)
}

/// Whether who does so says that something is not so.
fn denies(verb: &str) -> bool {
    matches!(verb, "deny" | "dispute" | "reject" | "refute")
}

/// Whether the sentence of `fact` has the stem or one that says the same.
fn said(
    spellings: &BTreeMap<&str, BTreeSet<String>>,
    facts: &Facts,
    fact: &Fact,
    stem: &str,
) -> bool {
    facts.sentence_has(fact.sentence, stem)
        || spellings.get(stem).is_some_and(|others| {
            others
                .iter()
                .any(|other| facts.sentence_has(fact.sentence, other))
        })
}

/// How well the speaker called `name` is one of `class`.
fn speaker_fit(facts: &Facts, class: Option<&Phrase>, name: &str) -> f64 {
    let Some(class) = class else {
        return 1.0;
    };
    facts
        .things
        .iter()
        .position(|thing| thing.name == name)
        .map_or(0.3, |index| class_fit(facts, class, index))
}

/// "The villagers are worried that …": who is so thinks so. How well the fact says it of the thing
/// at its object.
fn feels(facts: &Facts, verb: &str, fact: &Fact, wish: &Wish) -> Option<f64> {
    let unsaid = facts.thing(fact.subject)?.form == NodeForm::Unstated;
    let entity = facts.thing(fact.object)?.form == NodeForm::Entity;
    if !unsaid || !entity || !fact.preposition.is_empty() || fact.polarity == "denied" {
        return None;
    }
    let participle = fact.text.split_whitespace().next_back()?.to_lowercase();
    let agreement = words::agreement(verb, &format!("be {participle}"));
    (agreement > 0.7).then(|| agreement * wish_fit(facts, wish, fact, End::Object))
}

/// Whether the subject of the fact is the answer.
fn is_subject(found: &Found) -> bool {
    found.take.first().and_then(|take| take.end()) == Some(End::Subject)
}

/// Drops those who only report what another says in the same sentence: of "According to the
/// Courier, Brin said that …" it is Brin who said so.
fn without_hearsay(facts: &Facts, mut reading: Reading) -> Reading {
    let spoken: Vec<&Fact> = reading
        .found
        .iter()
        .filter(|found| is_subject(found))
        .filter_map(|found| facts.fact(found.fact))
        .collect();
    let outer: Vec<usize> = reading
        .found
        .iter()
        .filter(|found| is_subject(found))
        .filter(|found| {
            facts.fact(found.fact).is_some_and(|fact| {
                spoken.iter().any(|inner| {
                    inner.sentence == fact.sentence
                        && inner.subject != fact.subject
                        && fact.object_text.contains(inner.subject_text.as_str())
                        && fact.object_text.len() > inner.object_text.len()
                        && fact.object_text.contains(inner.text.as_str())
                })
            })
        })
        .map(|found| found.fact)
        .collect();
    reading.found.retain(|found| !outer.contains(&found.fact));
    reading
}
