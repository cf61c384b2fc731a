//! When and where, told beside the clause that tells what happened: "his death in 1987", "eight
//! were hurt on Monday when the roof fell", "at the arena in Port Hale".

use super::class::{class_fit, is_settlement};
use super::event;
use super::facts::{Fact, Facts};
use super::frame::{Adjunct, Filler, Frame, Phrase, Wish};
use super::matching::{asked, taken, wish_fit};
use super::measure;
use super::reading::{End, Ends, Found, Reading, Take};
use super::words;

/// An event must be found this surely before its circumstances are looked for elsewhere.
const LEAST_EVENT: f64 = 0.7;

/// The answers to `frame` beside its clause; none if it asks for no such thing.
pub(super) fn search(facts: &Facts, frame: &Frame, depth: usize) -> Reading {
    if frame.adjunct == Some(Adjunct::Time) {
        return dated(facts, frame, depth);
    }
    let settled = settled(facts, frame, depth);
    if settled.found.is_empty() {
        belonging(facts, frame, depth)
    } else {
        settled
    }
}

/// "From whom did they buy the works?": what the sentence says of the object, where the clause
/// says nothing: "bought the works from Brin", read as works that are from Brin.
fn belonging(facts: &Facts, frame: &Frame, depth: usize) -> Reading {
    let hole = frame
        .others
        .iter()
        .position(|(preposition, filler)| !preposition.is_empty() && asked(filler).is_some());
    let mut bare = frame.clone();
    let (preposition, wish) = match (hole, &frame.object) {
        (Some(hole), Some(_)) => {
            let (preposition, filler) = bare.others.remove(hole);
            (preposition, asked(&filler).cloned())
        }
        // "Where did they find cracks?": the cracks are in the wall.
        (None, Some(_)) if frame.adjunct == Some(Adjunct::Place) => {
            bare.adjunct = None;
            ("in".to_owned(), Some(Wish::What))
        }
        _ => return Reading::default(),
    };
    let Some(wish) = wish else {
        return Reading::default();
    };
    let mut reading = Reading {
        ends: Ends {
            subject: true,
            object: false,
        },
        ..Reading::default()
    };
    let events = event::search_at(facts, &bare, depth);
    for (found, event, others) in likely(facts, &events) {
        for index in others {
            let Some(other) = facts.fact(*index).filter(|other| {
                other.subject == event.object
                    && other.verb == preposition
                    && other.preposition.is_empty()
            }) else {
                continue;
            };
            let fit = wish_fit(facts, &wish, other, End::Object);
            if fit > 0.7 {
                reading.found.push(Found {
                    fact: *index,
                    take: vec![taken(facts, &wish, other, End::Object)],
                    score: found.score * fit * 0.9,
                });
            }
        }
    }
    reading.narrowed(0.97)
}

/// The events of `reading` that are likely enough, each with all that its sentence says.
fn likely<'f>(
    facts: &'f Facts,
    reading: &'f Reading,
) -> impl Iterator<Item = (&'f Found, &'f Fact, &'f [usize])> {
    reading
        .found
        .iter()
        .filter(|found| found.score >= LEAST_EVENT)
        .filter_map(|found| {
            let event = facts.fact(found.fact)?;
            let sentence = facts.sentences.get(event.sentence);
            let others = sentence.map_or(&[][..], |sentence| sentence.facts.as_slice());
            Some((found, event, others))
        })
}

/// When it happened, by another clause of the sentence.
fn dated(facts: &Facts, frame: &Frame, depth: usize) -> Reading {
    let mut bare = frame.clone();
    bare.adjunct = None;
    let events = event::search_at(facts, &bare, depth);
    let mut reading = Reading {
        ends: Ends::default(),
        ..Reading::default()
    };
    for (found, event, others) in likely(facts, &events) {
        for index in others {
            let Some(other) = facts.fact(*index) else {
                continue;
            };
            for end in [End::Subject, End::Object] {
                if measure::dated(&frame.verbs, end.text(other)).is_some() {
                    reading.found.push(Found {
                        fact: *index,
                        take: vec![end.take_text()],
                        score: found.score * 0.94,
                    });
                }
            }
            let Some(when) = other.when.as_deref().filter(|when| !is_clause(when)) else {
                continue;
            };
            let fit = if named_then(&frame.verbs, event, when) {
                0.95
            } else if same_time(facts, others, event, other) {
                0.9
            } else {
                continue;
            };
            reading.found.push(Found {
                fact: *index,
                take: vec![Take::When],
                score: found.score * fit,
            });
        }
    }
    reading.narrowed(0.97)
}

/// Whether a time is told by a clause: "after the roof fell".
fn is_clause(when: &str) -> bool {
    let first = when.split_whitespace().next().unwrap_or_default();
    matches!(
        first.to_lowercase().as_str(),
        "when" | "while" | "after" | "before" | "as" | "once" | "until" | "if"
    )
}

/// Whether the sentence has a noun for the event with the time right after it: "death in 1987".
fn named_then(verbs: &[String], event: &Fact, when: &str) -> bool {
    event
        .evidence
        .match_indices(when)
        .filter_map(|(at, _)| event.evidence.get(..at))
        .filter_map(|before| words::words(before).pop())
        .any(|noun| verbs.iter().any(|verb| words::says(verb, &noun)))
}

/// Whether `other`, whose time is told, happened when `event` did: "were hurt when the roof fell".
fn same_time(facts: &Facts, others: &[usize], event: &Fact, other: &Fact) -> bool {
    others
        .iter()
        .filter_map(|index| facts.fact(*index))
        .any(|link| {
            link.clause == other.clause
                && matches!(link.preposition.as_str(), "when" | "as" | "while")
                && !event.text.is_empty()
                && link.object_text.contains(event.text.as_str())
                && (link.object_text.contains(event.subject_text.as_str())
                    || link.object_text.contains(event.object_text.as_str()))
        })
}

/// In which city, country … it happened, where the clause tells the building: what that is in.
fn settled(facts: &Facts, frame: &Frame, depth: usize) -> Reading {
    let Some(at) = frame.others.iter().position(|(preposition, filler)| {
        preposition == "in"
            && matches!(filler, Filler::Asked(Wish::Class(class)) if is_settlement(&class.head))
    }) else {
        return Reading::default();
    };
    let mut bare = frame.clone();
    let (_, filler) = bare.others.remove(at);
    let Filler::Asked(Wish::Class(class)) = filler else {
        return Reading::default();
    };
    bare.adjunct = Some(Adjunct::Place);
    let places = event::search_at(facts, &bare, depth);
    within(facts, &places, &class)
}

/// What of `class` the places that `places` gives are in.
fn within(facts: &Facts, places: &Reading, class: &Phrase) -> Reading {
    let things = places.things(facts);
    let found: Vec<Found> = facts
        .facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| fact.verb == "in" && fact.preposition.is_empty())
        .filter_map(|(index, fact)| {
            let score = things.get(&fact.subject)?;
            let fit = class_fit(facts, class, fact.object);
            (fit > 0.7).then(|| Found {
                fact: index,
                take: vec![Take::Object],
                score: score.max(0.75) * fit.max(0.9),
            })
        })
        .collect();
    Reading {
        found,
        ends: Ends {
            subject: true,
            object: false,
        },
        subject_by: Some(Box::new(places.clone())),
        ..Reading::default()
    }
    .narrowed(0.97)
}

#[cfg(test)]
mod tests {
    use super::{is_clause, search};
    use crate::question::facts::{Fact, Facts, NodeForm, Thing};
    use crate::question::frame::{Adjunct, Filler, Frame, Wish};
    use crate::question::phrase::parts;

    fn place(name: &str) -> Thing {
        Thing {
            label: "Place".to_owned(),
            ..Thing::new(NodeForm::Entity, name)
        }
    }

    fn fact(name: &str, (subject, object): (usize, usize), texts: (&str, &str)) -> Fact {
        Fact {
            name: name.to_owned(),
            subject,
            object,
            subject_text: texts.0.to_owned(),
            object_text: texts.1.to_owned(),
            polarity: "affirmed".to_owned(),
            modality: "asserted".to_owned(),
            ..Fact::default()
        }
    }

    /// What the part of the best fact is that answers; the number of the fact.
    fn best(facts: &Facts, frame: &Frame) -> Option<usize> {
        search(facts, frame, 0)
            .found
            .first()
            .map(|found| found.fact)
    }

    #[test]
    fn a_noun_for_the_event_tells_its_time() {
        let sentence = "Brin died young, and her death in 1987 ended the club, founded in 1950.";
        let things = vec![
            Thing::new(NodeForm::Entity, "Brin"),
            Thing::new(NodeForm::Unstated, ""),
            Thing::new(NodeForm::Entity, "club"),
        ];
        let with = |fact: Fact, when: Option<&str>, clause: i64| Fact {
            when: when.map(str::to_owned),
            evidence: sentence.to_owned(),
            clause,
            ..fact
        };
        let facts = Facts::new(
            things,
            vec![
                with(fact("DIE", (0, 1), ("Brin", "")), None, 1),
                with(
                    fact("END", (0, 2), ("her death", "club")),
                    Some("in 1987"),
                    2,
                ),
                with(fact("FOUND", (1, 2), ("", "club")), Some("in 1950"), 3),
            ],
        );
        let frame = |verb: &str| Frame {
            verbs: vec![verb.to_owned()],
            subject: Some(Filler::Known(parts("Brin"))),
            adjunct: Some(Adjunct::Time),
            past: true,
            ..Frame::default()
        };
        assert_eq!(best(&facts, &frame("die")), Some(1));
        assert_eq!(best(&facts, &frame("resign")), None);
    }

    #[test]
    fn a_building_tells_the_town_that_it_is_in() {
        let facts = Facts::new(
            vec![
                Thing::new(NodeForm::Entity, "Norland"),
                place("Fisk Arena"),
                place("Port Hale"),
                place("Lindow"),
            ],
            vec![
                Fact {
                    clause: 1,
                    ..fact("PLAY_AT", (0, 1), ("Norland", "Fisk Arena"))
                },
                Fact {
                    clause: 2,
                    ..fact("IN", (1, 2), ("Fisk Arena", "Port Hale"))
                },
            ],
        );
        let frame = |class: &str| Frame {
            verbs: vec!["play".to_owned()],
            subject: Some(Filler::Known(parts("Norland"))),
            others: vec![("in".to_owned(), Filler::Asked(Wish::Class(parts(class))))],
            ..Frame::default()
        };
        assert_eq!(best(&facts, &frame("town")), Some(1));
        // What is no settlement is not looked for around the building.
        assert_eq!(best(&facts, &frame("league")), None);
    }

    #[test]
    fn a_clause_is_no_time() {
        assert!(is_clause("after the roof fell"));
        assert!(!is_clause("on Monday"));
    }
}
