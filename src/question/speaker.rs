//! Who said so: "Who said that the dam had burst?"

use super::facts::{Facts, NodeForm};
use super::frame::{Phrase, Wish};
use super::matching::{End, Ends, Found, Reading, Take, wish_fit};
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
    for (index, fact) in facts.facts.iter().enumerate() {
        if fact.polarity == "denied" && words::is_saying(&fact.verb) {
            continue;
        }
        let in_sentence = facts.coverage(content, |stem| facts.sentence_has(fact.sentence, stem));
        let agreement = words::agreement(verb, &fact.verb);
        let says = if words::is_saying(verb) {
            words::is_saying(&fact.verb)
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
            let clause = if object.form == NodeForm::Value {
                1.0
            } else {
                0.9
            };
            let cover = (in_object * clause).max(in_sentence * 0.85);
            let who = wish_fit(facts, &wish, fact, End::Subject);
            if cover >= LEAST_CONTENT && who > 0.3 {
                let according = fact.text.to_lowercase().starts_with("according")
                    || fact.object_text.to_lowercase().starts_with("according");
                let agrees = agreement.max(0.85) * if according { 0.96 } else { 1.0 };
                reading.found.push(Found {
                    fact: index,
                    take: vec![Take::Subject],
                    score: cover * agrees * who,
                });
            }
        }
        if fact.attributed_to.is_some() && words::is_saying(verb) && fact.polarity != "denied" {
            let own = facts.coverage(content, |stem| {
                fact.subject_words
                    .iter()
                    .chain(&fact.object_words)
                    .any(|word| word == stem)
                    || words::content(&fact.text).iter().any(|word| word == stem)
            });
            let cover = (own * 0.98).max(in_sentence * 0.9);
            if cover >= LEAST_CONTENT {
                reading.found.push(Found {
                    fact: index,
                    take: vec![Take::Speaker],
                    score: cover * 0.97,
                });
            }
        }
    }
    reading.informative(facts, content).narrowed(0.97)
}
