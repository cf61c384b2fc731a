//! Phrases of a question against things of the graph.

use std::collections::BTreeMap;

use super::class::class_fit;
use super::facts::{Fact, Facts, NodeForm, Thing};
use super::frame::{Filler, Phrase, Wish};
use super::reading::{End, Reading};
use super::words;

/// Heads that say only that it is somebody, as stems.
const GENERIC: &[&str] = &[
    "peopl",
    "person",
    "member",
    "man",
    "woman",
    "men",
    "women",
    "individual",
    "group",
    "section",
    "number",
    "part",
    "seri",
    "kind",
    "lot",
    "piec",
    "set",
    "pair",
    "varieti",
];

/// How well a shorter mention answers for a phrase with more words, when its document has the
/// others too: "the attack" for "the attack on the website".
fn shorter_fit(facts: &Facts, phrase: &Phrase, held: &[String], document: &str) -> f64 {
    if held.is_empty() || held.len() >= phrase.words.len() || !held.contains(&phrase.head) {
        return 0.0;
    }
    if !held.iter().all(|stem| phrase.words.contains(stem)) {
        return 0.0;
    }
    let elsewhere = facts.coverage(&phrase.words, |stem| facts.document_has(document, stem));
    if elsewhere < 0.99 {
        return 0.0;
    }
    let cover = facts.coverage(&phrase.words, |stem| held.iter().any(|word| word == stem));
    0.6 + 0.3 * cover
}

/// How well the name `held`, as stems, answers for a phrase with the stems `wanted` and the head
/// `head`; 0..=1.
pub(super) fn similarity(facts: &Facts, wanted: &[String], head: &str, held: &[String]) -> f64 {
    if wanted.is_empty() || held.is_empty() {
        return 0.0;
    }
    let has = |stem: &str| held.iter().any(|word| word == stem);
    // "people" and "members" say little: what they are is in the other words.
    let vague = GENERIC.contains(&head) && wanted.len() > 1;
    let mut cover = facts.coverage(wanted, |stem| has(stem) || (vague && stem == head));
    if cover <= 0.0 {
        return 0.0;
    }
    let precision = facts.coverage(held, |stem| {
        wanted.iter().any(|word| word == stem) || (vague && GENERIC.contains(&stem))
    });
    let mut head_held = has(head) || vague;
    if !head_held && held.iter().any(|word| words::agreement(head, word) > 0.7) {
        head_held = true;
        cover += 0.8 * facts.weight(head) / facts.weights(wanted).max(0.1);
    }
    let mut score = 0.75 * cover.min(1.0) + 0.25 * precision;
    if !head_held {
        score *= 0.7;
    }
    let numbers = |stems: &[String]| -> Vec<String> {
        stems
            .iter()
            .filter(|stem| stem.starts_with(|c: char| c.is_ascii_digit()))
            .cloned()
            .collect()
    };
    let (one, other) = (numbers(wanted), numbers(held));
    if !one.is_empty() && !other.is_empty() && one != other {
        score *= 0.5;
    }
    // "200 more" for "200 more asylum seekers"
    if one == other && one.len() == held.len() {
        score = score.max(0.8);
    }
    score
}

/// How well `thing` answers for `phrase` by its names.
pub(super) fn name_fit(facts: &Facts, phrase: &Phrase, thing: &Thing) -> f64 {
    thing
        .names
        .iter()
        .map(|name| similarity(facts, &phrase.words, &phrase.head, name))
        .fold(0.0, f64::max)
}

/// What a phrase of a question may mean in this graph.
#[derive(Debug, Clone, Default)]
pub(super) struct Meaning {
    /// The phrase.
    pub(super) phrase: Phrase,
    /// Things by name, with their fit.
    by_name: BTreeMap<usize, f64>,
    /// Things by what they are said to be or do, with the reading that found them.
    pub(super) described: Option<(BTreeMap<usize, f64>, Reading)>,
}

impl Meaning {
    /// What `phrase` may mean; `described` finds the things that its role or its relative clause
    /// describes.
    pub(super) fn new(
        facts: &Facts,
        phrase: &Phrase,
        described: impl FnOnce(&Phrase) -> Option<Reading>,
    ) -> Self {
        let by_name: BTreeMap<usize, f64> = facts
            .things
            .iter()
            .enumerate()
            .filter_map(|(index, thing)| {
                let fit = name_fit(facts, phrase, thing);
                (fit > 0.3).then_some((index, fit))
            })
            .collect();
        let sure = by_name.values().any(|fit| *fit > 0.93);
        let described = if sure && phrase.clause.is_none() {
            None
        } else {
            described(phrase)
                .filter(|reading| !reading.found.is_empty())
                .map(|reading| (reading.things(facts), reading))
        };
        Self {
            phrase: phrase.clone(),
            by_name,
            described,
        }
    }

    /// How well one end of a fact answers for the phrase, 0..=1.
    pub(super) fn fit(&self, facts: &Facts, fact: &Fact, end: End) -> f64 {
        let thing = end.thing(fact);
        let written = similarity(
            facts,
            &self.phrase.words,
            &self.phrase.head,
            end.words(fact),
        );
        let shorter = shorter_fit(facts, &self.phrase, end.words(fact), &fact.document);
        let named = self.by_name.get(&thing).copied().unwrap_or(0.0);
        named
            .max(written)
            .max(shorter)
            .max(self.fit_by_description(thing))
    }

    /// Whether the phrase names `thing` itself, and not only something that belongs to it: "Ada
    /// Brin" names no "school of Ada Brin".
    pub(super) fn names(&self, facts: &Facts, thing: usize) -> bool {
        self.by_name.get(&thing).is_some_and(|fit| *fit > 0.8)
            && facts.thing(thing).is_some_and(|thing| {
                thing.names.iter().any(|name| {
                    let says_more = name
                        .iter()
                        .filter(|stem| !self.phrase.words.contains(stem))
                        .count();
                    says_more == 0 || (says_more == 1 && name.len() > 2)
                })
            })
    }

    /// How well `thing` fits what the phrase says of it.
    pub(super) fn fit_by_description(&self, thing: usize) -> f64 {
        self.described
            .as_ref()
            .and_then(|(things, _)| things.get(&thing))
            .map_or(0.0, |score| 0.5 + 0.5 * score)
    }

    /// Whether the description, rather than the name, makes it fit.
    pub(super) fn is_by_description(&self, facts: &Facts, fact: &Fact, end: End) -> bool {
        let thing = end.thing(fact);
        let described = self.fit_by_description(thing);
        let written = similarity(
            facts,
            &self.phrase.words,
            &self.phrase.head,
            end.words(fact),
        );
        let named = self
            .by_name
            .get(&thing)
            .copied()
            .unwrap_or(0.0)
            .max(written);
        described > named
    }
}

/// How well a thing fills a hole, 0..=1.
pub(super) fn wish_fit(facts: &Facts, wish: &Wish, fact: &Fact, end: End) -> f64 {
    let Some(thing) = facts.thing(end.thing(fact)) else {
        return 0.0;
    };
    match thing.form {
        NodeForm::Unstated => return 0.0,
        NodeForm::Value => {
            let circumstance = matches!(
                fact.preposition.as_str(),
                "after"
                    | "before"
                    | "when"
                    | "while"
                    | "since"
                    | "until"
                    | "because"
                    | "if"
                    | "as"
                    | "during"
            ) || fact.verb.ends_with(" when")
                || fact.verb.ends_with(" while");
            return match wish {
                Wish::Who => 0.0,
                Wish::What if circumstance => 0.4,
                Wish::What => 0.95,
                Wish::Class(_) => 0.7,
                Wish::Number(unit) => {
                    number_fit(facts, unit.as_ref(), end.text(fact), end.words(fact))
                }
            };
        }
        NodeForm::Entity => {}
    }
    if is_pronoun(&thing.name) {
        return match wish {
            Wish::Number(unit) => number_fit(facts, unit.as_ref(), end.text(fact), end.words(fact)),
            Wish::Who | Wish::What | Wish::Class(_) => 0.35,
        };
    }
    match wish {
        Wish::Who => match thing.label.as_str() {
            "Person" | "Organization" | "" => 1.0,
            "Place" | "Animal" => 0.97,
            "Object" | "Event" => 0.9,
            _ => 0.75,
        },
        Wish::What => match thing.label.as_str() {
            "Person" => 0.85,
            _ => 1.0,
        },
        Wish::Class(class) => class_fit(facts, class, end.thing(fact)),
        Wish::Number(unit) => number_fit(facts, unit.as_ref(), end.text(fact), end.words(fact))
            .max(number_fit(
                facts,
                unit.as_ref(),
                &thing.name,
                &words::content(&thing.name),
            )),
    }
}

/// Whether `name` is a pronoun that resolution could not place.
pub(super) fn is_pronoun(name: &str) -> bool {
    matches!(
        name.to_lowercase().as_str(),
        "he" | "she"
            | "it"
            | "they"
            | "him"
            | "her"
            | "them"
            | "we"
            | "i"
            | "you"
            | "us"
            | "me"
            | "who"
            | "which"
            | "that"
            | "this"
            | "these"
            | "those"
            | "one"
            | "itself"
            | "himself"
            | "herself"
            | "themselves"
            | "what"
    )
}

/// How well words answer "how many …".
fn number_fit(facts: &Facts, unit: Option<&Phrase>, text: &str, stems: &[String]) -> f64 {
    let has_number = stems
        .iter()
        .any(|stem| stem.starts_with(|c: char| c.is_ascii_digit()))
        || text.split_whitespace().any(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "hundreds"
                    | "thousands"
                    | "dozens"
                    | "half"
                    | "quarter"
                    | "third"
                    | "million"
                    | "billion"
                    | "percent"
                    | "several"
            )
        });
    if !has_number {
        return 0.0;
    }
    let Some(unit) = unit else {
        return 1.0;
    };
    if is_money(&unit.head) && text.contains(['$', '€', '£', '¥']) {
        return 1.0;
    }
    0.6 + 0.4 * similarity(facts, &unit.words, &unit.head, stems)
}

/// Whether a noun, as a stem, asks for an amount of money.
fn is_money(head: &str) -> bool {
    ["money", "cash", "dollar", "euro", "pound", "sum", "amount"]
        .iter()
        .any(|noun| words::stem(noun) == head)
}

/// The thing a filler names; `None` for a hole.
pub(super) fn known(filler: &Filler) -> Option<&Phrase> {
    match filler {
        Filler::Known(phrase) => Some(phrase),
        Filler::Asked(_) => None,
    }
}

/// What a filler asks for; `None` for a thing that is named.
pub(super) fn asked(filler: &Filler) -> Option<&Wish> {
    match filler {
        Filler::Known(_) => None,
        Filler::Asked(wish) => Some(wish),
    }
}
