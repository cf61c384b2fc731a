//! What something comes to: "What is the cost of the dam?", "How much was his bail?"

use super::facts::{Facts, NodeForm};
use super::frame::{Filler, Frame, Phrase, Wish};
use super::matching::{Meaning, similarity};
use super::measure;
use super::reading::{End, Ends, Found, Reading};
use super::words;

/// Nouns that are measured, as they are written.
const MEASURED: &[&str] = &[
    "cost",
    "price",
    "bail",
    "fine",
    "budget",
    "value",
    "worth",
    "fee",
    "tax",
    "rent",
    "salary",
    "wage",
    "debt",
    "loss",
    "profit",
    "revenue",
    "population",
    "height",
    "length",
    "width",
    "depth",
    "size",
    "area",
    "weight",
    "speed",
    "distance",
    "capacity",
    "rate",
    "share",
    "toll",
    "number",
    "amount",
    "sum",
    "total",
    "percentage",
    "temperature",
    "magnitude",
    "attendance",
    "age",
    "turnout",
    "reward",
    "prize",
    "donation",
    "loan",
    "grant",
    "investment",
    "sentence",
    "estimate",
];

/// The thing whose amount `frame` asks for: of "How much was his bail?" the bail.
pub(super) fn asked(frame: &Frame) -> Option<&Phrase> {
    let how_much = frame
        .fillers()
        .any(|filler| matches!(filler, Filler::Asked(Wish::Number(None))));
    if frame.verbs != ["be"] || !how_much {
        return None;
    }
    frame.known().find(|phrase| phrase.of.is_some())
}

/// The facts in whose words an amount stands with the noun of `phrase`, at what it belongs to.
pub(super) fn search(facts: &Facts, phrase: &Phrase) -> Reading {
    let mut reading = Reading::default();
    let Some(owner) = &phrase.of else {
        return reading;
    };
    let noun = words::stem_of_last(&phrase.role);
    if !MEASURED
        .iter()
        .any(|measured| words::stem(measured) == noun)
    {
        return reading;
    }
    let meaning = Meaning::new(facts, owner, |_| None);
    for clause in &facts.clauses {
        for (index, fact) in facts.facts_of(clause) {
            if fact.polarity == "denied" || fact.modality == "asked" {
                continue;
            }
            for end in [End::Subject, End::Object] {
                if measure::beside(&noun, end.text(fact)).is_none() {
                    continue;
                }
                let stated = |fact: &super::facts::Fact, end: End| {
                    facts
                        .thing(end.thing(fact))
                        .is_some_and(|thing| thing.form != NodeForm::Unstated)
                };
                let in_clause = facts
                    .facts_of(clause)
                    .flat_map(|(_, other)| [(other, End::Subject), (other, End::Object)])
                    .filter(|(other, end)| stated(other, *end))
                    .map(|(other, end)| meaning.fit(facts, other, end))
                    .fold(0.0, f64::max);
                let within = similarity(facts, &owner.words, &owner.head, end.words(fact));
                let in_sentence = 0.8
                    * facts.coverage(&owner.words, |stem| facts.sentence_has(fact.sentence, stem));
                let fit = in_clause.max(within).max(in_sentence);
                if fit > 0.6 {
                    reading.found.push(Found {
                        fact: index,
                        take: vec![end.take_text()],
                        score: fit * 0.95,
                    });
                }
            }
        }
    }
    reading.ends = Ends::default();
    reading.narrowed(0.95)
}
