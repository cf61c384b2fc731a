//! Events with holes against the clauses of the graph.

use std::collections::BTreeSet;

use super::answer::Trim;
use super::circumstance;
use super::facts::{ClauseFacts, Fact, Facts, NodeForm};
use super::frame::{Adjunct, Filler, Frame, Order, Phrase, Wish};
use super::matching::{
    End, Ends, Found, Meaning, Reading, Take, asked, known, similarity, wish_fit,
};
use super::role;
use super::words::{self, PREPOSITIONS};

/// Below this a predicate of the graph is another one.
const LEAST_PREDICATE: f64 = 0.6;
/// Below this an end of a fact is not the thing named.
const LEAST_FIT: f64 = 0.5;
/// Facts at least this good, measured by the best one, answer together with it.
const NEAR_BEST: f64 = 0.89;
/// The same where two things are asked for and pairs are listed.
const NEAR_BEST_OF_PAIRS: f64 = 0.86;
/// How deep descriptions may nest: "the coach of the team that won the cup that …".
const DEEPEST: usize = 2;

/// A description longer than this is shown by its short name.
const MOST_WORDS_SHOWN: usize = 14;

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

/// Verbs with which one makes another do something.
const CONTROL: &[&str] = &[
    "ask", "urge", "tell", "force", "allow", "help", "order", "require", "let", "make", "invite",
    "persuade", "expect", "want", "advise", "enable", "permit", "call on",
];

/// Verbs that only say that something was.
const BEING: &[&str] = &[
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

/// The facts that answer `frame`.
pub(super) fn search(facts: &Facts, frame: &Frame) -> Reading {
    search_at(facts, frame, 0)
}

pub(super) fn search_at(facts: &Facts, frame: &Frame, depth: usize) -> Reading {
    if frame.holes() == 1 && frame.adjunct == Some(Adjunct::Measure) || frame.holes() > 2 {
        return Reading::default();
    }
    let mut best = Reading::default();
    for (variant, weight) in variants(frame) {
        let search = Search::new(facts, &variant, depth);
        let share = if variant.holes() > 1 {
            NEAR_BEST_OF_PAIRS
        } else {
            NEAR_BEST
        };
        let all = search.run(weight);
        if let Some(members) = members(facts, &all, &variant)
            && members.score() > best.score() + 0.001
        {
            best = members;
            continue;
        }
        let reading = all
            .informative(facts, &frame.words)
            .narrowed(share)
            .without_classes(facts);
        if reading.score() > best.score() + 0.001 {
            best = reading;
        }
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
    let reading = role::holders(
        facts,
        |noun| {
            words::role_agreement(verb, noun)
                .max(words::role_agreement(with_preposition.trim(), noun))
        },
        |_| 0.0,
        owner,
    );
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
    Some(role::search(facts, phrase).narrowed(NEAR_BEST)).filter(|reading| reading.score() > 0.7)
}

/// The ways to say what `frame` says, each with its weight: as it stands; with a preposition drawn
/// to the verb ("comply with" is "obey"); from the other side ("lose to" is "defeat").
fn variants(frame: &Frame) -> Vec<(Frame, f64)> {
    let mut found = vec![(frame.clone(), 1.0)];
    for verb in &frame.verbs {
        for (index, (preposition, filler)) in frame.others.iter().enumerate() {
            if preposition.is_empty() || frame.object.is_some() {
                continue;
            }
            let mut drawn = frame.clone();
            drawn.verbs = vec![format!("{verb} {preposition}")];
            drawn.object = Some(filler.clone());
            drawn.others.remove(index);
            found.push((drawn, 0.99));
        }
    }
    // "ask the schools to pay": they pay; but who helps somebody leave does not leave.
    if let [first, second, ..] = frame.verbs.as_slice()
        && let Some(at) = frame
            .others
            .iter()
            .position(|(preposition, filler)| preposition.is_empty() && known(filler).is_some())
        && CONTROL.iter().any(|verb| first == verb || second == verb)
    {
        let (control, deed) = if CONTROL.contains(&first.as_str()) {
            (first, second)
        } else {
            (second, first)
        };
        let mut outer = frame.clone();
        outer.verbs = vec![control.clone()];
        let (_, person) = outer.others.remove(at);
        let hole_outside = matches!(&frame.subject, Some(Filler::Asked(_)));
        if hole_outside {
            let inner = outer.object.replace(person);
            outer.loose.push(deed.clone());
            outer.loose.extend(
                inner
                    .as_ref()
                    .and_then(known)
                    .into_iter()
                    .flat_map(|phrase| phrase.words.clone()),
            );
            return vec![(outer, 1.0)];
        }
        let mut inner = frame.clone();
        inner.verbs = vec![deed.clone()];
        inner.others.remove(at);
        inner.subject = Some(person);
        found.push((inner, 0.95));
    }
    // "When was it started?" and "When did it start?"; who dies may have been killed.
    let mut shifted = Vec::new();
    for (variant, weight) in &found {
        let verbs = |variant: &Frame| -> Vec<String> {
            variant
                .verbs
                .iter()
                .flat_map(|verb| {
                    let other = match verb.as_str() {
                        "die" | "perish" => "kill",
                        other => other,
                    };
                    [other.to_owned()]
                })
                .collect()
        };
        if variant.object.is_none() && variant.subject.is_some() {
            let mut other = variant.clone();
            other.verbs = verbs(variant);
            other.object = other.subject.take();
            shifted.push((other, weight * 0.9));
        } else if variant.subject.is_none() && variant.object.is_some() {
            let mut other = variant.clone();
            other.subject = other.object.take();
            shifted.push((other, weight * 0.88));
        }
    }
    found.extend(shifted);
    let mut turned = Vec::new();
    for (variant, weight) in &found {
        for verb in &variant.verbs {
            for inverse in words::inverses(verb) {
                let mut other = variant.clone();
                other.verbs = vec![inverse.to_owned()];
                std::mem::swap(&mut other.subject, &mut other.object);
                turned.push((other, weight * 0.93));
            }
        }
    }
    // The inverse with its preposition is a type of its own: LOSE_TO.
    found.extend(turned);
    found
}

/// A frame made ready for matching.
struct Search<'f> {
    facts: &'f Facts,
    frame: &'f Frame,
    subject: Option<Meaning>,
    object: Option<Meaning>,
    others: Vec<(&'f str, Meaning)>,
    speaker: Option<Meaning>,
    /// Whether the frame is a relative clause of another.
    inner: bool,
}

impl<'f> Search<'f> {
    fn new(facts: &'f Facts, frame: &'f Frame, depth: usize) -> Self {
        let meaning =
            |phrase: &Phrase| Meaning::new(facts, phrase, |phrase| described(facts, phrase, depth));
        Self {
            facts,
            frame,
            subject: frame.subject.as_ref().and_then(known).map(meaning),
            object: frame.object.as_ref().and_then(known).map(meaning),
            others: frame
                .others
                .iter()
                .filter_map(|(preposition, filler)| {
                    Some((preposition.as_str(), meaning(known(filler)?)))
                })
                .collect(),
            speaker: frame.speaker.as_ref().map(meaning),
            inner: depth > 0,
        }
    }

    fn run(&self, weight: f64) -> Reading {
        let mut reading = Reading {
            ends: Ends {
                subject: self.subject.is_some(),
                object: self.object.is_some() && self.object_is_an_end(),
            },
            ..Reading::default()
        };
        for clause in &self.facts.clauses {
            for (index, fact) in self.facts.facts_of(clause) {
                if let Some((take, score)) = self.carrier(clause, fact) {
                    reading.found.push(Found {
                        fact: index,
                        take,
                        score: score * weight,
                    });
                }
            }
        }
        let best = reading
            .found
            .iter()
            .max_by(|one, other| one.score.total_cmp(&other.score))
            .and_then(|found| self.facts.fact(found.fact));
        if let Some(best) = best {
            reading.subject_by = self.description(self.subject.as_ref(), best, End::Subject);
            reading.object_by = self.description(self.object.as_ref(), best, End::Object);
        }
        reading
    }

    /// Whether the object that is named is an end of the fact that carries the answer.
    fn object_is_an_end(&self) -> bool {
        self.frame.adjunct.is_none()
            && self
                .frame
                .others
                .iter()
                .all(|(_, filler)| asked(filler).is_none())
    }

    fn description(
        &self,
        meaning: Option<&Meaning>,
        fact: &Fact,
        end: End,
    ) -> Option<Box<Reading>> {
        let meaning = meaning?;
        let (_, reading) = meaning.described.as_ref()?;
        meaning
            .is_by_description(self.facts, fact, end)
            .then(|| Box::new(reading.clone()))
    }

    /// What of `fact` answers and how well; `None` if it does not.
    fn carrier(&self, clause: &ClauseFacts, fact: &Fact) -> Option<(Vec<Take>, f64)> {
        let frame = self.frame;
        let (predicate, as_object) = self.predicate(clause, fact);
        let predicate = predicate.max(self.being(fact)).max(self.nominal(fact));
        if predicate < LEAST_PREDICATE {
            return None;
        }
        let claim = claim_fit(frame, fact)?;
        // Where the question names nothing, its loose words alone must not decide.
        let bare = self.subject.is_none() && self.object.is_none() && self.others.is_empty();
        if bare
            && frame
                .verbs
                .first()
                .is_some_and(|verb| BEING.contains(&verb.as_str()))
        {
            return None;
        }
        let (mut sum, mut weights) = if bare { (0.54, 0.6) } else { (0.0, 0.0) };
        let mut add = |score: f64, weight: f64| {
            sum += score * weight;
            weights += weight;
        };
        let mut take = Vec::new();
        let mut wish = 1.0_f64;

        // Who acts.
        if let Some(meaning) = &self.subject {
            let mut fit = meaning.fit(self.facts, fact, End::Subject);
            let unsaid = self
                .facts
                .thing(fact.subject)
                .is_some_and(|thing| thing.form == NodeForm::Unstated);
            // "Pebbles are thrown at a pillar": the others must then fit all the better.
            if unsaid
                && frame.holes() == 1
                && !self.others.is_empty()
                && !self.mentions(fact, meaning)
            {
                fit = 0.55;
            }
            if fit < LEAST_FIT {
                return None;
            }
            add(fit, 1.0);
        } else if let Some(wanted) = frame.subject.as_ref().and_then(asked) {
            let fit = self.wish_fit(wanted, fact, End::Subject);
            if fit <= 0.3 || self.is_named(fact.subject) {
                return None;
            }
            wish *= self.softened(wanted, fit);
            take.push(taken(self.facts, wanted, fact, End::Subject));
        }

        // Whom it is done to.
        let role = if as_object { 1.0 } else { 0.8 };
        if let Some(meaning) = &self.object {
            let own = meaning.fit(self.facts, fact, End::Object) * role;
            let fit = if self.object_is_an_end() {
                own
            } else {
                self.best_in_clause(clause, fact, meaning)
                    .max(own)
                    .max(self.unsaid_object(clause, fact, meaning))
            };
            if fit < LEAST_FIT {
                return None;
            }
            add(fit, 1.0);
        } else if let Some(wanted) = frame.object.as_ref().and_then(asked) {
            let fit = self.wish_fit(wanted, fact, End::Object);
            if fit <= 0.3 || self.is_named(fact.object) {
                return None;
            }
            wish *= self.softened(wanted, fit) * if as_object { 1.0 } else { 0.78 };
            take.push(taken(self.facts, wanted, fact, End::Object));
        }

        // The rest.
        for (preposition, filler) in &frame.others {
            let Some(wanted) = asked(filler) else {
                continue;
            };
            let fit = wish_fit(self.facts, wanted, fact, End::Object);
            if fit <= 0.3 || self.is_named(fact.object) {
                return None;
            }
            let agrees =
                if fact.preposition == *preposition || (preposition.is_empty() && as_object) {
                    1.0
                } else if as_object {
                    0.7
                } else {
                    0.75
                };
            wish *= fit * agrees;
            take.push(taken(self.facts, wanted, fact, End::Object));
        }
        for (_, meaning) in &self.others {
            let fit = if self.subject.is_none() && self.object.is_none() && self.being(fact) > 0.0 {
                // Nothing else holds the answer down here.
                self.best_in_clause(clause, fact, meaning)
            } else {
                self.other_fit(clause, fact, meaning)
            };
            let in_document = self.facts.coverage(&meaning.phrase.words, |stem| {
                self.facts.document_has(&fact.document, stem)
            });
            // A name that the whole document does not have belongs to another story.
            if meaning.phrase.proper && fit < 0.3 && in_document < 0.5 {
                return None;
            }
            add(fit.max(in_document * 0.4), 0.5);
        }
        let loose: Vec<String> = frame
            .loose
            .iter()
            .chain(frame.known().flat_map(|phrase| &phrase.extra))
            .cloned()
            .collect();
        if !loose.is_empty() {
            let cover = self
                .facts
                .coverage(&loose, |stem| self.facts.sentence_has(fact.sentence, stem));
            add(cover, 0.3);
        }
        if let Some(speaker) = &self.speaker {
            let fit = fact.attributed_to.as_ref().map_or(0.0, |name| {
                similarity(
                    self.facts,
                    &speaker.phrase.words,
                    &speaker.phrase.head,
                    &words::content(name),
                )
                .max(self.described_name(speaker, name))
            });
            add(fit, 0.5);
        }
        match frame.adjunct {
            Some(adjunct) => {
                let (part, fit) = self.adjunct(adjunct, fact)?;
                wish *= fit;
                take = vec![part];
            }
            None if take.is_empty() => take.push(Take::Whole),
            None => {}
        }
        // The other half of a pair says what a description would say again.
        if take.len() > 1 {
            take = take.into_iter().map(Take::part).collect();
        }
        if frame.order == Order::ObjectFirst && take.len() > 1 {
            take.reverse();
        }
        let arguments = if weights > 0.0 { sum / weights } else { 0.9 };
        Some((take, predicate * arguments * wish * claim))
    }

    /// How well an end of the fact fills a hole; "those who were tripped" are what a relative
    /// clause describes.
    fn wish_fit(&self, wish: &Wish, fact: &Fact, end: End) -> f64 {
        let those = self.inner
            && matches!(
                end.text(fact).to_lowercase().as_str(),
                "those" | "these" | "they" | "them"
            );
        let fit = wish_fit(self.facts, wish, fact, end);
        if those { fit.max(0.8) } else { fit }
    }

    /// Where pairs are asked for, the event decides, and less what kind of thing each half is.
    fn softened(&self, wish: &Wish, fit: f64) -> f64 {
        match wish {
            Wish::Who | Wish::What if self.frame.holes() > 1 && fit >= 0.7 => fit.max(0.97),
            Wish::Who | Wish::What | Wish::Class(_) | Wish::Number(_) => fit,
        }
    }

    /// How well a speaker's name fits what a phrase describes.
    fn described_name(&self, meaning: &Meaning, name: &str) -> f64 {
        meaning.described.as_ref().map_or(0.0, |(things, _)| {
            things
                .iter()
                .filter(|(index, _)| {
                    self.facts
                        .thing(**index)
                        .is_some_and(|thing| thing.name == name)
                })
                .map(|(_, score)| *score)
                .fold(0.0, f64::max)
        })
    }

    /// How well the predicate of `fact` says what the frame says, and whether the fact's object is
    /// then the frame's object (rather than something with a preposition).
    fn predicate(&self, clause: &ClauseFacts, fact: &Fact) -> (f64, bool) {
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
    fn being(&self, fact: &Fact) -> f64 {
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
        let place_or_time = matches!(frame.adjunct, Some(Adjunct::Place | Adjunct::Time));
        if bare && verb == "be" {
            0.95
        } else if place_or_time && (bare || placed) {
            0.9
        } else if place_or_time {
            0.66
        } else {
            0.0
        }
    }

    /// Whether the question names the thing itself, which is then no answer to it.
    fn is_named(&self, thing: usize) -> bool {
        self.subject
            .iter()
            .chain(&self.object)
            .chain(self.others.iter().map(|(_, meaning)| meaning))
            .any(|meaning| meaning.phrase.proper && meaning.names(self.facts, thing))
    }

    /// How well a noun for the event with its time or place answers: "his death in 1987".
    fn nominal(&self, fact: &Fact) -> f64 {
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

    /// Whether the fact speaks of the thing at its other end.
    fn mentions(&self, fact: &Fact, meaning: &Meaning) -> bool {
        meaning.fit(self.facts, fact, End::Object) > LEAST_FIT
    }

    /// The best fit of `meaning` among the objects of the clause that share the subject of `fact`.
    fn best_in_clause(&self, clause: &ClauseFacts, fact: &Fact, meaning: &Meaning) -> f64 {
        self.facts
            .facts_of(clause)
            .filter(|(_, other)| other.subject == fact.subject)
            .map(|(_, other)| {
                let role = if other.preposition.is_empty() {
                    1.0
                } else {
                    0.8
                };
                meaning.fit(self.facts, other, End::Object) * role
            })
            .fold(0.0, f64::max)
    }

    /// How well the object fits a clause that leaves its object unsaid though the sentence has it:
    /// "collects clothes, to distribute to children".
    fn unsaid_object(&self, clause: &ClauseFacts, fact: &Fact, meaning: &Meaning) -> f64 {
        let said = self.facts.facts_of(clause).any(|(_, other)| {
            other.preposition.is_empty()
                && self
                    .facts
                    .thing(other.object)
                    .is_some_and(|thing| thing.form != NodeForm::Unstated)
        });
        if said {
            return 0.0;
        }
        let cover = self.facts.coverage(&meaning.phrase.words, |stem| {
            self.facts.sentence_has(fact.sentence, stem)
        });
        if cover > 0.9 { 0.6 } else { 0.0 }
    }

    /// How well something besides subject and object is met by the clause, by its time and place,
    /// or at least by its sentence.
    fn other_fit(&self, clause: &ClauseFacts, fact: &Fact, meaning: &Meaning) -> f64 {
        let wanted = &meaning.phrase.words;
        let beside = |text: &Option<String>| {
            text.as_ref().map_or(0.0, |text| {
                let held = words::content(text);
                self.facts
                    .coverage(wanted, |stem| held.iter().any(|word| word == stem))
            })
        };
        let in_sentence = self
            .facts
            .coverage(wanted, |stem| self.facts.sentence_has(fact.sentence, stem));
        self.best_in_clause(clause, fact, meaning)
            .max(beside(&fact.when))
            .max(beside(&fact.place))
            .max(in_sentence * 0.85)
    }

    /// The part of `fact` that tells the place, time or measure.
    fn adjunct(&self, adjunct: Adjunct, fact: &Fact) -> Option<(Take, f64)> {
        let object = self.facts.thing(fact.object)?;
        let by_object = |label: &str| object.form == NodeForm::Entity && object.label == label;
        match adjunct {
            Adjunct::Place => {
                let preposition = matches!(
                    fact.preposition.as_str(),
                    "in" | "at"
                        | "near"
                        | "on"
                        | "to"
                        | "from"
                        | "inside"
                        | "outside"
                        | "around"
                        | "along"
                        | "into"
                        | "over"
                        | "through"
                        | "across"
                        | "behind"
                        | "off"
                        | "north of"
                        | "between"
                        | "toward"
                        | "towards"
                ) || PREPOSITIONS.contains(&fact.verb.as_str());
                if preposition && by_object("Place") {
                    Some((Take::Object, 1.0))
                } else if fact.place.is_some() {
                    Some((Take::Where, 0.98))
                } else if preposition
                    && object.form == NodeForm::Entity
                    && object.label != "Time"
                    && !self.is_named(fact.object)
                {
                    Some((Take::Object, 0.8))
                } else {
                    None
                }
            }
            Adjunct::Time => {
                if fact.when.is_some() {
                    Some((Take::When, 1.0))
                } else if by_object("Time") && !fact.preposition.is_empty() {
                    Some((Take::Object, 0.95))
                } else {
                    None
                }
            }
            Adjunct::Measure => {
                let measure = self.frame.measure.as_deref().unwrap_or_default();
                super::measure::found(measure, &fact.object_text).map(|_| (Take::ObjectText, 0.95))
            }
            Adjunct::Reason => matches!(
                fact.preposition.as_str(),
                "because" | "due" | "over" | "for"
            )
            .then_some((Take::Object, 0.8)),
            Adjunct::Manner => {
                matches!(fact.preposition.as_str(), "by" | "with" | "through" | "via")
                    .then_some((Take::Object, 0.8))
            }
        }
    }
}

/// Whether the fact claims what the question asks about: `None` where one denies and the other
/// does not.
fn claim_fit(frame: &Frame, fact: &Fact) -> Option<f64> {
    if (fact.polarity == "denied") != frame.denied {
        return None;
    }
    match fact.modality.as_str() {
        "asked" => None,
        "conditional" => frame.possible.then_some(0.95),
        // What is only planned has not happened, and does not go on yet.
        "planned" if !frame.possible => Some(if frame.past { 0.85 } else { 0.88 }),
        "possible" => Some(0.97),
        _ => Some(1.0),
    }
}

/// What to show of the end of a fact that fills a hole: the name, or for an amount the words.
fn taken(facts: &Facts, wish: &Wish, fact: &Fact, end: End) -> Take {
    match wish {
        Wish::Number(_) => {
            let written = words::content(end.text(fact))
                .iter()
                .any(|stem| stem.starts_with(|c: char| c.is_ascii_digit()));
            if written { end.take_text() } else { end.take() }
        }
        Wish::Who | Wish::What | Wish::Class(_) => {
            // Names are shown in full, descriptions as written.
            let text = end.text(fact);
            let described = facts.thing(end.thing(fact)).is_some_and(|thing| {
                let name = thing.names.first().map_or(&[][..], Vec::as_slice);
                thing.form == NodeForm::Entity
                    && (!thing.name.contains(char::is_uppercase)
                        || (!thing.name.starts_with(char::is_uppercase)
                            && name
                                .last()
                                .is_some_and(|head| end.words(fact).contains(head))))
            });
            let short = text.split_whitespace().count() <= MOST_WORDS_SHOWN;
            let own = text.split_whitespace().next().is_some_and(|first| {
                super::matching::is_pronoun(first)
                    || matches!(
                        first.to_lowercase().as_str(),
                        "his" | "its" | "their" | "our" | "my" | "your"
                    )
            });
            if described && short && !own && !text.is_empty() {
                end.take_text()
            } else {
                end.take()
            }
        }
    }
}

/// What of an answer's words the question asks for.
pub(super) fn trim(frame: &Frame) -> Trim {
    if let (Some(Adjunct::Measure), Some(measure)) = (frame.adjunct, &frame.measure) {
        return Trim::Measure(measure.clone());
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
            if fit > 0.7 && super::measure::found(measure, end.text(fact)).is_some() {
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
            && super::measure::found(measure, &fact.object_text).is_some()
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
