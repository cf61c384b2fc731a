//! How well the predicate of a fact says what a frame says.

use super::search::Search;
use crate::question::facts::{ClauseFacts, Fact};
use crate::question::frame::Adjunct;
use crate::question::matching::asked;
use crate::question::words::{self, PREPOSITIONS};

/// Verbs that only carry the noun that is their object: "launch an attack on".
const LIGHT: &[&str] = &[
    "launch",
    "make",
    "carry out",
    "conduct",
    "give",
    "have",
    "has",
    "take",
    "mount",
    "stage",
    "begin",
    "start",
    "do",
    "provide",
    "offer",
    "hold",
    "lead",
    "come under",
    "announce",
    "issue",
    "put",
    "flip",
    "perform",
    "undertake",
];

/// Verbs that only say that something was.
pub(super) const BEING: &[&str] = &[
    "be",
    "happen",
    "occur",
    "take place",
    "take",
    "hold",
    "exist",
    "go",
    "come",
    "lie",
];

impl Search<'_> {
    /// How well the predicate of `fact` says what the frame says, and whether the fact's object is
    /// then the frame's object (rather than something with a preposition).
    pub(super) fn predicate(&self, clause: &ClauseFacts, fact: &Fact) -> (f64, bool) {
        let mut best = (0.0, true);
        let mut offer = |score: f64, as_object: bool| {
            if score > best.0 {
                best = (score, as_object);
            }
        };
        for (index, verb) in self.frame.verbs.iter().enumerate() {
            let weight = match index {
                0 => 1.0,
                1 => 0.95,
                _ => 0.85,
            };
            offer(
                words::agreement(verb, &fact.verb) * weight,
                fact.preposition.is_empty(),
            );
            // (X)-[WINNER_OF]->(prize): X won it.
            if matches!(fact.preposition.as_str(), "of" | "for" | "at")
                && !words::is_broad_role(verb)
            {
                offer(words::role_agreement(verb, &fact.verb) * weight, true);
            }
            // (X)-[PROFESSOR_AT]->(school): "At which school does X teach?"
            if self
                .frame
                .others
                .iter()
                .any(|(preposition, _)| *preposition == fact.preposition)
            {
                offer(words::role_agreement(verb, &fact.verb) * weight, false);
            }
            if let Some(spoken) = &fact.spoken {
                offer(
                    words::agreement(verb, spoken) * 0.98 * weight,
                    fact.preposition.is_empty(),
                );
            }
            if !fact.preposition.is_empty() {
                if fact.verb.ends_with("ed") {
                    // "equipped with" says what "equip with" says.
                    let base = words::base_form(&fact.verb);
                    offer(words::agreement(verb, &base) * 0.97 * weight, false);
                }
                let full = format!("{} {}", fact.verb, fact.preposition);
                offer(words::agreement(verb, &full) * weight, true);
                // "attempt to remove" is one type in some graphs.
                if let Some(last) = fact
                    .verb
                    .rsplit(' ')
                    .next()
                    .filter(|last| *last != fact.verb)
                {
                    offer(words::agreement(verb, last) * 0.93 * weight, false);
                }
            } else if let Some((_, last)) = fact.verb.rsplit_once(" to ") {
                offer(words::agreement(verb, last) * 0.95 * weight, true);
            }
            // "are concerned" says "fear".
            if fact.verb == "be" && fact.preposition.is_empty() {
                let quality = fact.object_text.split_whitespace().take(2);
                for word in quality {
                    offer(
                        words::agreement(verb, &format!("be {word}")) * weight,
                        false,
                    );
                }
            }
            // "launch an assault on" says "attack".
            if LIGHT.contains(&fact.verb.as_str()) {
                let carried = self.facts.facts_of(clause).any(|(_, other)| {
                    other.preposition.is_empty()
                        && other.subject == fact.subject
                        && words::words(&other.object_text)
                            .iter()
                            .any(|word| words::is_noun_of(verb, word))
                });
                if carried && !fact.preposition.is_empty() {
                    offer(0.85 * weight, true);
                }
            }
        }
        best
    }

    /// "Where was the stampede?": any clause that tells the place of the stampede will do.
    pub(super) fn being(&self, fact: &Fact) -> f64 {
        let frame = self.frame;
        let Some(verb) = frame.verbs.first() else {
            return 0.0;
        };
        if !BEING.contains(&verb.as_str()) {
            return 0.0;
        }
        let adjunct = frame.adjunct.is_some();
        let same_preposition = frame
            .others
            .iter()
            .any(|(preposition, _)| *preposition == fact.verb);
        let bare = matches!(fact.verb.as_str(), "be" | "is a")
            || (PREPOSITIONS.contains(&fact.verb.as_str()) && (adjunct || same_preposition));
        let placed = matches!(
            fact.verb.as_str(),
            "locate" | "situate" | "base" | "lie" | "stand" | "hold" | "stage"
        );
        // "At which school is she?": she may be a teacher there.
        let role = words::is_role(&fact.verb)
            && frame.others.iter().any(|(preposition, filler)| {
                *preposition == fact.preposition && asked(filler).is_some()
            });
        if verb == "be" && role && !fact.preposition.is_empty() {
            return 0.9;
        }
        let place_or_time = matches!(frame.adjunct, Some(Adjunct::Place | Adjunct::Time));
        if bare && (verb == "be" || same_preposition) {
            0.95
        } else if place_or_time && (bare || placed) {
            0.9
        } else if place_or_time {
            0.66
        } else {
            0.0
        }
    }

    /// How well a noun for the event with its time or place answers: "his death in 1987".
    pub(super) fn nominal(&self, fact: &Fact) -> f64 {
        if self.frame.adjunct.is_none() || !PREPOSITIONS.contains(&fact.verb.as_str()) {
            return 0.0;
        }
        let name = self
            .facts
            .thing(fact.subject)
            .map_or("", |thing| &thing.name);
        let says = words::words(name)
            .iter()
            .any(|word| self.frame.verbs.iter().any(|verb| words::says(verb, word)));
        if says { 0.9 } else { 0.0 }
    }
}
