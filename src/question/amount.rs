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
pub(super) fn asked(frame: &Frame) -> Option<Phrase> {
    let how_much = frame
        .fillers()
        .any(|filler| matches!(filler, Filler::Asked(Wish::Number(None))));
    if frame.verbs != ["be"] || !how_much {
        return None;
    }
    // "How much is the painting worth?"
    if let Some(Filler::Known(subject)) = &frame.subject
        && let Some(worth) = frame.known().find(|phrase| phrase.head == "worth")
    {
        return Some(Phrase {
            role: "worth".to_owned(),
            of: Some(Box::new(subject.clone())),
            ..worth.clone()
        });
    }
    frame.known().find(|phrase| phrase.of.is_some()).cloned()
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

#[cfg(test)]
mod tests {
    use super::{asked, search};
    use crate::question::facts::{Fact, Facts, NodeForm, Thing};
    use crate::question::frame::{Filler, Frame, Wish};
    use crate::question::phrase::parts;

    /// One fact: the subject did this to the object as written.
    fn graph(subject: &str, name: &str, object: &str) -> Facts {
        let things = vec![
            Thing::new(NodeForm::Entity, subject),
            Thing::new(NodeForm::Value, object),
        ];
        let fact = Fact {
            name: name.to_owned(),
            subject: 0,
            object: 1,
            subject_text: subject.to_owned(),
            object_text: object.to_owned(),
            evidence: format!("{subject} {object}."),
            ..Fact::default()
        };
        Facts::new(things, vec![fact])
    }

    #[test]
    fn an_amount_answers_beside_its_noun_and_its_owner() {
        let facts = graph("Ada Brin", "POST", "a bail of $5,000");
        let cases = [
            ("Ada Brin's bail", true),
            // Another noun, another owner, a noun that is not measured.
            ("Ada Brin's fine", false),
            ("Tom Reyes's bail", false),
            ("Ada Brin's dog", false),
            ("bail", false),
        ];
        for (asked, found) in cases {
            let reading = search(&facts, &parts(asked));
            assert_eq!(!reading.found.is_empty(), found, "{asked}");
        }
        let denied = graph("Ada Brin", "POST", "no bail");
        assert!(search(&denied, &parts("Ada Brin's bail")).found.is_empty());
    }

    #[test]
    fn only_how_much_something_was_asks_for_its_amount() {
        let frame = |verb: &str, wish| Frame {
            verbs: vec![verb.to_owned()],
            subject: Some(Filler::Known(parts("Ada Brin's bail"))),
            object: Some(Filler::Asked(wish)),
            ..Frame::default()
        };
        assert!(asked(&frame("be", Wish::Number(None))).is_some());
        assert!(asked(&frame("be", Wish::What)).is_none());
        assert!(asked(&frame("post", Wish::Number(None))).is_none());
    }
}
