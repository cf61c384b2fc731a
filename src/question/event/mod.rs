//! Events with holes against the clauses of the graph.

mod adjunct;
mod predicate;
mod search;
mod variant;

use std::collections::BTreeSet;

use super::answer::Trim;
use super::circumstance;
use super::class::class_fit;
use super::facts::{Facts, NodeForm};
use super::frame::{Adjunct, Filler, Frame, Phrase, Wish};
use super::matching::{Meaning, asked, known};
use super::measure;
use super::reading::{End, Ends, Found, Reading, Take};
use super::role;
use super::words;

use self::search::{Search, claim_fit};
use self::variant::variants;

/// Facts at least this good, measured by the best one, answer together with it.
const NEAR_BEST: f64 = 0.89;
/// The same where two things are asked for and pairs are listed.
const NEAR_BEST_OF_PAIRS: f64 = 0.84;
/// How deep descriptions may nest: "the coach of the team that won the cup that …".
const DEEPEST: usize = 2;

/// The facts that answer `frame`.
pub(super) fn search(facts: &Facts, frame: &Frame) -> Reading {
    search_at(facts, frame, 0)
}

pub(super) fn search_at(facts: &Facts, frame: &Frame, depth: usize) -> Reading {
    if frame.holes() == 1 && frame.adjunct == Some(Adjunct::Measure) || frame.holes() > 2 {
        return Reading::default();
    }
    let share = if frame.holes() > 1 {
        NEAR_BEST_OF_PAIRS
    } else {
        NEAR_BEST
    };
    let mut best = Reading::default();
    let mut others = Vec::new();
    for variant in variants(frame) {
        let mut search = Search::new(facts, &variant.frame, depth);
        search.intransitive = variant.intransitive;
        let all = search.run(variant.weight);
        let reading = members(facts, &all, &variant.frame)
            .filter(|members| members.score() > best.score() + 0.001)
            .unwrap_or_else(|| {
                all.informative(facts, &frame.words)
                    .narrowed(share)
                    .without_classes(facts)
            });
        if reading.score() > best.score() + 0.001 {
            best = reading.clone();
        }
        if variant.same {
            others.push(reading);
        }
    }
    unite(&mut best, others, share);
    let mut best = best.without_classes(facts);
    let planned = planned(facts, frame);
    if planned.score() > best.score() {
        best = planned;
    }
    if let Some(reading) = by_role(facts, frame)
        && reading.score() > best.score() + 0.001
    {
        best = reading;
    }
    if depth < DEEPEST && best.score() < 0.65 {
        let beside = circumstance::search(facts, frame, depth + 1);
        if beside.score() > best.score() + 0.001 {
            best = beside.informative(facts, &frame.words);
        }
    }
    best
}

/// "What does he plan?": the deeds that are said to be planned.
fn planned(facts: &Facts, frame: &Frame) -> Reading {
    let mut reading = Reading {
        ends: Ends {
            subject: true,
            object: false,
        },
        ..Reading::default()
    };
    let verb = frame.verbs.first();
    // What somebody pledges or orders is told by that verb; what he plans, by any deed.
    let plans = verb.is_some_and(|verb| matches!(verb.as_str(), "plan" | "intend" | "aim"));
    let asks_what = matches!(frame.object.as_ref().and_then(asked), Some(Wish::What));
    let Some(who) = frame.subject.as_ref().and_then(known) else {
        return reading;
    };
    if !plans || !asks_what || !frame.others.is_empty() || frame.denied {
        return reading;
    }
    let meaning = Meaning::new(facts, who, |_| None);
    for (index, fact) in facts.facts.iter().enumerate() {
        let fit = meaning.fit(facts, fact, End::Subject);
        let told = facts
            .thing(fact.object)
            .is_some_and(|thing| thing.form != NodeForm::Unstated);
        if fact.modality == "planned" && fact.polarity != "denied" && told && fit > 0.8 {
            reading.found.push(Found {
                fact: index,
                take: vec![Take::Description],
                score: 0.9 * fit,
            });
        }
    }
    reading.narrowed(NEAR_BEST)
}

/// Puts to the best reading what the others find, where all are ways to say the same: who was
/// defeated, and who lost.
fn unite(best: &mut Reading, others: Vec<Reading>, share: f64) {
    let things = |reading: &Reading| {
        let mut takes = reading.found.iter().flat_map(|found| &found.take);
        takes.all(|take| take.end().is_some() || take.is_member())
    };
    if !others.contains(best) || !things(best) {
        return;
    }
    let least = best.score() * share;
    for mut other in others {
        other.found.retain(|found| found.score >= least);
        if things(&other) {
            best.unite(other);
        }
    }
}

/// "Which gods do they worship?": where the best answer is "the ancient gods", those of which the
/// graph says that they are some.
fn members(facts: &Facts, all: &Reading, frame: &Frame) -> Option<Reading> {
    let asks_for_some = frame
        .fillers()
        .filter_map(asked)
        .any(|wish| matches!(wish, Wish::Class(_) | Wish::Who | Wish::What));
    if frame.holes() != 1 || !asks_for_some {
        return None;
    }
    let by_class = frame
        .fillers()
        .filter_map(asked)
        .any(|wish| matches!(wish, Wish::Class(_)));
    named_members(
        facts,
        &all.clone().narrowed(NEAR_BEST),
        &frame.words,
        by_class,
    )
}

/// Those that the graph names as some of the things in `best`, where all of these are only
/// described: in the same sentence, or in any where a class is asked for. `words` are the stems
/// of the question.
pub(super) fn named_members(
    facts: &Facts,
    best: &Reading,
    words: &[String],
    by_class: bool,
) -> Option<Reading> {
    let things = best.things(facts);
    let says = |name: &str| words::content(name).iter().all(|stem| words.contains(stem));
    let nominal = |index: &usize| {
        facts
            .thing(*index)
            .is_some_and(|thing| !thing.name.starts_with(char::is_uppercase) || says(&thing.name))
    };
    if things.is_empty() || !things.keys().all(nominal) {
        return None;
    }
    let sentences: BTreeSet<usize> = best
        .found
        .iter()
        .filter_map(|found| facts.fact(found.fact).map(|fact| fact.sentence))
        .collect();
    let found: Vec<Found> = facts
        .facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| {
            fact.verb == "is a" && things.contains_key(&fact.object) && fact.subject != fact.object
        })
        .filter(|(_, fact)| by_class || sentences.contains(&fact.sentence))
        .filter(|(_, fact)| {
            facts
                .thing(fact.subject)
                .is_some_and(|thing| thing.name.starts_with(char::is_uppercase))
        })
        .map(|(index, fact)| Found {
            fact: index,
            take: vec![Take::Subject],
            score: things.get(&fact.object).copied().unwrap_or(0.0) * 0.98,
        })
        .collect();
    let reading = Reading {
        found,
        ends: Ends {
            subject: false,
            object: true,
        },
        object_by: Some(Box::new(best.clone())),
        ..Reading::default()
    }
    .informative(facts, words)
    .narrowed(NEAR_BEST);
    (!reading.found.is_empty()).then_some(reading)
}

/// "Who leads the army?" is "Who is the leader of the army?".
fn by_role(facts: &Facts, frame: &Frame) -> Option<Reading> {
    let wish = frame.subject.as_ref().and_then(asked)?;
    if !matches!(wish, Wish::Who | Wish::Class(_)) || frame.denied {
        return None;
    }
    let owner = frame
        .object
        .as_ref()
        .into_iter()
        .chain(frame.others.iter().map(|(_, filler)| filler))
        .find_map(known)?;
    let verb = frame.verbs.first()?;
    let preposition = frame
        .others
        .first()
        .map_or("", |(preposition, _)| preposition.as_str());
    let with_preposition = format!("{verb} {preposition}");
    let mut reading = role::holders(
        facts,
        |noun| {
            words::role_agreement(verb, noun)
                .max(words::role_agreement(with_preposition.trim(), noun))
        },
        |_| 0.0,
        owner,
    );
    if let Wish::Class(class) = wish {
        for found in &mut reading.found {
            let end = found.take.first().and_then(|take| take.end());
            if let (Some(end), Some(fact)) = (end, facts.fact(found.fact)) {
                found.score *= class_fit(facts, class, end.thing(fact));
            }
        }
        reading
            .found
            .sort_by(|one, other| other.score.total_cmp(&one.score));
    }
    let reading = reading.informative(facts, &frame.words);
    (!reading.found.is_empty()).then(|| reading.narrowed(NEAR_BEST).without_classes(facts))
}

/// The things that a phrase describes, by its role or its relative clause.
fn described(facts: &Facts, phrase: &Phrase, depth: usize) -> Option<Reading> {
    if depth >= DEEPEST {
        return None;
    }
    if let Some(clause) = &phrase.clause {
        return Some(search_at(facts, clause, depth + 1)).filter(|reading| reading.score() > 0.65);
    }
    phrase.of.as_ref()?;
    let by_role = role::search(facts, phrase).narrowed(NEAR_BEST);
    let possessed = role::possessed(facts, phrase).narrowed(NEAR_BEST);
    let better = if possessed.score() > by_role.score() {
        possessed
    } else {
        by_role
    };
    Some(better).filter(|reading| reading.score() > 0.7)
}

/// What of an answer's words the question asks for.
pub(super) fn trim(frame: &Frame) -> Trim {
    if let (Some(Adjunct::Measure), Some(measure)) = (frame.adjunct, &frame.measure) {
        return Trim::Measure(measure.clone());
    }
    if frame.adjunct == Some(Adjunct::Time) {
        return Trim::Time(frame.verbs.clone());
    }
    frame
        .fillers()
        .filter_map(asked)
        .find_map(|wish| match wish {
            Wish::Number(Some(unit)) => Some(Trim::Count(unit.head.clone())),
            Wish::Number(None) | Wish::Who | Wish::What | Wish::Class(_) => None,
        })
        .unwrap_or(Trim::Whole)
}

/// The facts whose words tell the measure of the thing that the question names: "How old is he?"
pub(super) fn measured(facts: &Facts, frame: &Frame) -> Reading {
    let measure = frame.measure.as_deref().unwrap_or_default();
    let Some(phrase) = frame.known().next() else {
        return Reading::default();
    };
    let meaning = Meaning::new(facts, phrase, |_| None);
    let mut reading = Reading::default();
    for (index, fact) in facts.facts.iter().enumerate() {
        if claim_fit(frame, fact).is_none() {
            continue;
        }
        for end in [End::Subject, End::Object] {
            let fit = meaning.fit(facts, fact, end);
            if fit > 0.7 && measure::found(measure, end.text(fact)).is_some() {
                reading.found.push(Found {
                    fact: index,
                    take: vec![end.take_text()],
                    score: 0.9 * fit,
                });
            }
        }
        let about = meaning.fit(facts, fact, End::Subject);
        if about > 0.7
            && matches!(fact.verb.as_str(), "is a" | "be" | "have")
            && measure::found(measure, &fact.object_text).is_some()
        {
            reading.found.push(Found {
                fact: index,
                take: vec![Take::ObjectText],
                score: 0.95 * about,
            });
        }
    }
    reading.narrowed(NEAR_BEST)
}

/// Whether the frame asks for nothing but a yes or a no.
pub(super) fn is_yes_or_no(frame: &Frame) -> bool {
    !frame.has_hole()
}

/// All things that the frame names.
pub(super) fn named(frame: &Frame) -> Vec<&Phrase> {
    frame
        .fillers()
        .filter_map(|filler| match filler {
            Filler::Known(phrase) => Some(phrase),
            Filler::Asked(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::search;
    use crate::question::facts::{Fact, Facts, NodeForm, Thing};
    use crate::question::frame::{Filler, Frame, Wish};
    use crate::question::phrase::parts;
    use crate::question::reading::{Reading, Take};

    /// "Hull beat newcomers Leeds, and York lost to Ripon."
    fn matches() -> Facts {
        let names = ["Hull", "newcomers", "Leeds", "York", "Ripon"];
        let things = names.map(|name| Thing {
            label: "Organization".to_owned(),
            ..Thing::new(NodeForm::Entity, name)
        });
        let fact = |name: &str, subject: usize, object: usize| Fact {
            name: name.to_owned(),
            subject,
            object,
            subject_text: names[subject].to_owned(),
            object_text: names[object].to_owned(),
            polarity: "affirmed".to_owned(),
            modality: "asserted".to_owned(),
            clause: i64::try_from(subject).unwrap(),
            ..Fact::default()
        };
        let facts = vec![
            fact("BEAT", 0, 1),
            fact("IS_A", 2, 1),
            fact("LOSE_TO", 3, 4),
        ];
        Facts::new(things.to_vec(), facts)
    }

    fn asking(subject: Option<Filler>, object: Option<Filler>) -> Frame {
        Frame {
            verbs: vec!["defeat".to_owned()],
            subject,
            object,
            past: true,
            ..Frame::default()
        }
    }

    /// The facts that answer, with what of them does.
    fn taken(reading: &Reading) -> Vec<(usize, Vec<Take>)> {
        reading
            .all()
            .map(|found| (found.fact, found.take.clone()))
            .collect()
    }

    #[test]
    fn who_defeated_whom_is_told_by_who_lost_as_well() {
        let who = || Some(Filler::Asked(Wish::Who));
        let mut found = taken(&search(&matches(), &asking(who(), who())));
        found.sort();
        assert_eq!(
            found,
            [
                (0, vec![Take::Subject, Take::ObjectMember]),
                (2, vec![Take::Object, Take::Subject]),
            ]
        );
    }

    #[test]
    fn whoever_saves_a_shot_rescues_nobody() {
        let thing = |name: &str, label: &str| Thing {
            label: label.to_owned(),
            ..Thing::new(NodeForm::Entity, name)
        };
        let things = vec![
            thing("Hull", "Person"),
            thing("sailors", "Person"),
            thing("shot", "Event"),
            thing("Leeds", "Person"),
        ];
        let fact = |name: &str, subject: usize, object: usize| Fact {
            name: name.to_owned(),
            subject,
            object,
            subject_text: things[subject].name.clone(),
            object_text: things[object].name.clone(),
            polarity: "affirmed".to_owned(),
            modality: "asserted".to_owned(),
            clause: i64::try_from(object).unwrap(),
            ..Fact::default()
        };
        let facts = vec![
            fact("RESCUE", 0, 1),
            fact("SAVE", 0, 2),
            fact("PICK_UP", 0, 3),
        ];
        let facts = Facts::new(things.clone(), facts);
        let who = || Some(Filler::Asked(Wish::Who));
        let frame = Frame {
            verbs: vec!["rescue".to_owned()],
            ..asking(who(), who())
        };
        assert_eq!(
            taken(&search(&facts, &frame)),
            [(0, vec![Take::Subject, Take::Object])]
        );
    }

    #[test]
    fn what_somebody_is_only_said_to_have_done_is_no_yes() {
        let thing = |name: &str| Thing::new(NodeForm::Entity, name);
        let answers = |modality: &str| {
            let beat = Fact {
                name: "BEAT".to_owned(),
                object: 1,
                subject_text: "Hull".to_owned(),
                object_text: "Leeds".to_owned(),
                polarity: "affirmed".to_owned(),
                modality: modality.to_owned(),
                ..Fact::default()
            };
            let facts = Facts::new(vec![thing("Hull"), thing("Leeds")], vec![beat]);
            let known = |name: &str| Some(Filler::Known(parts(name)));
            taken(&search(&facts, &asking(known("Hull"), known("Leeds")))).len()
        };
        let found = ["asserted", "possible", "planned", "asked"].map(answers);
        assert_eq!(found, [1, 0, 0, 0]);
    }

    fn kind_of(name: &str) -> &'static str {
        if name == "Norland" { "country" } else { "" }
    }

    /// What was built, by an agent that is not told, of things called so.
    fn built(class: &str, things: &[(&str, &str)]) -> Vec<String> {
        let unstated = Thing::new(NodeForm::Unstated, "");
        let things: Vec<Thing> = std::iter::once(unstated)
            .chain(things.iter().map(|(name, label)| Thing {
                label: (*label).to_owned(),
                kind: kind_of(name).to_owned(),
                ..Thing::new(NodeForm::Entity, name)
            }))
            .collect();
        let facts = (1..things.len())
            .map(|object| Fact {
                name: "BUILD".to_owned(),
                object,
                object_text: things[object].name.clone(),
                polarity: "affirmed".to_owned(),
                modality: "asserted".to_owned(),
                clause: i64::try_from(object).unwrap(),
                ..Fact::default()
            })
            .collect();
        let facts = Facts::new(things, facts);
        let asked = Some(Filler::Asked(Wish::Class(parts(class))));
        let frame = Frame {
            verbs: vec!["build".to_owned()],
            ..asking(None, asked)
        };
        let reading = search(&facts, &frame);
        let found = reading.all().filter_map(|found| facts.fact(found.fact));
        let mut found: Vec<String> = found.map(|fact| fact.object_text.clone()).collect();
        found.sort();
        found
    }

    #[test]
    fn what_is_not_known_to_be_of_the_class_is_no_answer() {
        let things = [
            ("a clock", "Object"),
            ("the viaduct", "Place"),
            ("Dolan Bridge", "Place"),
            ("Marlow", "Object"),
            ("Dolan", "Person"),
            ("the bridge builders' club", "Organization"),
            ("Norland", "Place"),
            ("the village", "Place"),
            ("Garn", "Place"),
            ("greater awareness", "Abstract"),
        ];
        assert_eq!(
            built("bridges", &things),
            ["Dolan Bridge", "the viaduct"].map(str::to_owned)
        );
        assert_eq!(built("villages", &things), ["the village".to_owned()]);
        assert_eq!(built("cities", &things), ["Garn".to_owned()]);
        assert!(built("ships", &things).is_empty());
        assert!(built("railways", &things).is_empty());
    }

    #[test]
    fn what_was_defeated_has_not_defeated() {
        let facts = matches();
        let newcomers = Some(Filler::Asked(Wish::Class(parts("newcomers"))));
        let beaten = Frame {
            verbs: vec!["beat".to_owned()],
            ..asking(None, newcomers)
        };
        // Leeds, which is called so.
        assert_eq!(taken(&search(&facts, &beaten)), [(1, vec![Take::Subject])]);
        let clubs = Some(Filler::Asked(Wish::Class(parts("Hull"))));
        let none = Frame {
            verbs: vec!["beat".to_owned()],
            ..asking(None, clubs)
        };
        assert_eq!(taken(&search(&facts, &none)), []);
    }

    #[test]
    fn a_name_stands_for_its_description() {
        let leeds = Some(Filler::Known(parts("Leeds")));
        let by_whom = search(&matches(), &asking(Some(Filler::Asked(Wish::Who)), leeds));
        assert_eq!(taken(&by_whom), [(0, vec![Take::Subject])]);
    }
}
