//! One frame against the clauses of the graph: which facts answer, and how well.

use std::collections::BTreeMap;

use super::predicate::BEING;
use super::{DEEPEST, described};
use crate::question::class::LEAST_CLASS;
use crate::question::facts::{ClauseFacts, Fact, Facts, NodeForm};
use crate::question::frame::{Frame, Order, Phrase, Wish};
use crate::question::matching::{Meaning, asked, known, similarity, taken, thing_fit, wish_fit};
use crate::question::reading::{Beside, End, Ends, Found, Reading, Take};
use crate::question::words;

/// Below this a predicate of the graph is another one.
const LEAST_PREDICATE: f64 = 0.6;
/// Below this an end of a fact is not the thing named.
const LEAST_FIT: f64 = 0.5;
/// A conjunct that is less likely than this, measured by the best one, is none of those asked for.
const LEAST_OF_CONJUNCTS: f64 = 0.7;
/// A frame made ready for matching.
pub(super) struct Search<'f> {
    pub(super) facts: &'f Facts,
    pub(super) frame: &'f Frame,
    subject: Option<Meaning>,
    object: Option<Meaning>,
    others: Vec<(&'f str, Meaning)>,
    speaker: Option<Meaning>,
    /// What a clause says of the things of a class that is asked for: "which firms fined in May".
    those: Option<BTreeMap<usize, f64>>,
    /// Whether the frame is a relative clause of another.
    inner: bool,
    /// Whether only what has no object answers.
    pub(super) intransitive: bool,
}

impl<'f> Search<'f> {
    pub(super) fn new(facts: &'f Facts, frame: &'f Frame, depth: usize) -> Self {
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
            those: frame
                .fillers()
                .filter_map(asked)
                .find_map(|wish| match wish {
                    Wish::Class(class) => class.clause.as_ref().map(|_| class),
                    Wish::Who | Wish::What | Wish::Number(_) => None,
                })
                .filter(|_| depth < DEEPEST)
                .map(|class| {
                    let reading = described(facts, class, depth);
                    reading.map_or_else(BTreeMap::new, |reading| reading.things(facts))
                }),
            inner: depth > 0,
            intransitive: false,
        }
    }

    pub(super) fn run(&self, weight: f64) -> Reading {
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
        self.join_conjuncts(&mut reading);
        reading.beside = self.beside(&reading.found);
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

    /// What the question names beside the ends of the facts that are found.
    fn beside(&self, found: &[Found]) -> Vec<Beside> {
        let object = self.object.as_ref().filter(|_| !self.object_is_an_end());
        object
            .into_iter()
            .chain(self.others.iter().map(|(_, meaning)| meaning))
            .map(|meaning| Beside {
                words: words::telling(&meaning.phrase.text),
                stands: found
                    .iter()
                    .filter_map(|found| Some((found.fact, self.standing(meaning, found)?)))
                    .collect(),
            })
            .collect()
    }

    /// The fact of the clause of what is found at whose object the thing stands that `meaning`
    /// names; not the one that answers with its object.
    fn standing(&self, meaning: &Meaning, found: &Found) -> Option<usize> {
        let fact = self.facts.fact(found.fact)?;
        let answers = found
            .take
            .iter()
            .any(|take| take.end() == Some(End::Object));
        let clause = self.facts.clause_of(fact)?;
        self.facts
            .facts_of(clause)
            .filter(|(index, other)| {
                other.subject == fact.subject
                    && !self.tells_otherwise(meaning, other)
                    && !(answers && *index == found.fact)
            })
            .map(|(index, other)| (meaning.fit(self.facts, other, End::Object), index))
            .filter(|(fit, _)| *fit >= LEAST_FIT)
            .max_by(|(one, first), (other, second)| {
                let own = |index: &usize| *index == found.fact;
                one.total_cmp(other)
                    .then(own(first).cmp(&own(second)))
                    .then(second.cmp(first))
            })
            .map(|(_, index)| index)
    }

    /// Lifts what the same clause claims of several things to the best of them: who brings "Danes
    /// and Norland" brings both, whatever kinds of things they are taken for.
    fn join_conjuncts(&self, reading: &mut Reading) {
        let key = |found: &Found| {
            let fact = self.facts.fact(found.fact)?;
            let [take] = found.take.as_slice() else {
                return None;
            };
            let other = match take.end()? {
                End::Subject => fact.object,
                End::Object => fact.subject,
            };
            let form = self.facts.thing(take.end()?.thing(fact))?.form;
            let claim = (fact.document.as_str(), fact.clause, fact.name.as_str());
            Some((claim, other, form))
        };
        let mut best = BTreeMap::new();
        for found in &reading.found {
            if let Some(key) = key(found) {
                let most = best.entry(key).or_insert(0.0_f64);
                *most = most.max(found.score);
            }
        }
        for found in &mut reading.found {
            if let Some(most) = key(found).and_then(|key| best.get(&key))
                && found.score >= most * LEAST_OF_CONJUNCTS
            {
                found.score = found.score.max(most * 0.97);
            }
        }
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
        // "What do they plan to close?" is not answered by "to close the plant".
        let deed = frame.verbs.len() > 1
            && fact.object_text.starts_with("to ")
            && frame.object.as_ref().and_then(asked).is_some();
        if deed {
            return None;
        }
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
        // A verb of several words has many senses, and nothing named tells this one: whoever "picks
        // up" a ball rescues nobody.
        let vague = bare && frame.holes() > 1 && predicate < words::SAME && fact.verb.contains(' ');
        let predicate = if vague { predicate * 0.9 } else { predicate };
        if bare && self.misses_class(fact) || self.intransitive && self.has_object(clause, fact) {
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
            let (fit, part) = self.filled(wanted, fact, End::Subject);
            if fit <= 0.3 || self.is_named(fact.subject) {
                return None;
            }
            wish *= self.softened(wanted, fit, fact.subject);
            take.push(part);
        }

        // Whom it is done to.
        let role = if as_object { 1.0 } else { 0.8 };
        if let Some(meaning) = &self.object {
            let own = if self.tells_otherwise(meaning, fact) {
                0.0
            } else {
                meaning.fit(self.facts, fact, End::Object) * role
            };
            let fit = if self.object_is_an_end() {
                own
            } else {
                self.best_object(clause, fact, meaning)
                    .max(own)
                    .max(self.unsaid_object(clause, fact, meaning))
            };
            if fit < LEAST_FIT {
                return None;
            }
            add(fit, 1.0);
        } else if let Some(wanted) = frame.object.as_ref().and_then(asked) {
            let (fit, part) = self.filled(wanted, fact, End::Object);
            // Where someone beat another is not whom he beat.
            let aside = frame.holes() > 1 && !as_object;
            if fit <= 0.3 || aside || self.is_named(fact.object) {
                return None;
            }
            wish *= self.softened(wanted, fit, fact.object) * if as_object { 1.0 } else { 0.78 };
            take.push(part);
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
            let agrees = if fact.preposition == *preposition
                || (preposition.is_empty() && as_object)
                || (fact.preposition.is_empty() && fact.verb == *preposition)
                // "rose 18 percent" tells by how much.
                || (as_object && preposition == "by" && matches!(wanted, Wish::Number(_)))
            {
                1.0
            } else if as_object {
                0.7
            } else if are_near(&fact.preposition, preposition) {
                0.78
            } else {
                0.66
            };
            wish *= fit * agrees;
            take.push(taken(self.facts, wanted, fact, End::Object));
        }
        for (preposition, meaning) in &self.others {
            // "What did she say about the dam?": what she said must speak of it.
            let about = frame.object.as_ref().and_then(asked) == Some(&Wish::What)
                && frame.verbs.iter().any(|verb| words::is_saying(verb))
                && matches!(*preposition, "about" | "regarding" | "concerning");
            if about && self.told(fact, meaning) < LEAST_FIT {
                return None;
            }
            // A yes or a no must not come from another place or time than the one that is named.
            let said = self.said_of(clause, fact, meaning);
            if said < LEAST_FIT && (!frame.has_hole() || self.is_another_year(fact, meaning)) {
                return None;
            }
            let fit = if self.subject.is_none() && self.object.is_none() && self.being(fact) > 0.0 {
                // Nothing else holds the answer down here.
                self.best_in_clause(clause, fact, meaning)
            } else {
                self.other_fit(clause, fact, meaning)
            };
            let in_document = self.facts.coverage(&meaning.phrase.words, |stem| {
                self.facts.document_has(&fact.document, stem)
            });
            // A name that the whole document does not have belongs to another story, and one that
            // the sentence does not have to another amount.
            let counts = frame
                .fillers()
                .filter_map(asked)
                .any(|wish| matches!(wish, Wish::Number(_)));
            if meaning.phrase.proper && fit < 0.3 && (in_document < 0.5 || counts) {
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
        let mut fit = wish_fit(self.facts, wish, fact, end);
        // "What did she tell him?" does not ask for him.
        let told = *wish == Wish::What
            && end == End::Object
            && self.frame.verbs.iter().any(|verb| words::is_saying(verb))
            && self
                .facts
                .thing(fact.object)
                .is_some_and(|thing| matches!(thing.label.as_str(), "Person" | "Organization"));
        if told {
            fit *= 0.6;
        }
        if those { fit.max(0.8) } else { fit }
    }

    /// How well an end of the fact fills a hole, and what of it answers: where pairs are asked for,
    /// those that the sentence names stand for what it only describes.
    fn filled(&self, wish: &Wish, fact: &Fact, end: End) -> (f64, Take) {
        let of_those = match (&self.those, wish) {
            (Some(those), Wish::Class(class)) if class.clause.is_some() => {
                those.contains_key(&end.thing(fact))
            }
            _ => true,
        };
        let fit = if of_those {
            self.wish_fit(wish, fact, end)
        } else {
            0.0
        };
        let own = (fit, taken(self.facts, wish, fact, end));
        if self.frame.holes() < 2 || matches!(wish, Wish::Number(_)) {
            return own;
        }
        let members = self.facts.members(fact, end.thing(fact)).iter();
        members
            .map(|member| thing_fit(self.facts, wish, *member))
            .max_by(f64::total_cmp)
            .filter(|member| *member >= fit)
            .map_or(own, |member| (member, end.take_members()))
    }

    /// Whether the clause says what its subject does it to.
    fn has_object(&self, clause: &ClauseFacts, fact: &Fact) -> bool {
        self.facts.facts_of(clause).any(|(_, other)| {
            let object = self.facts.thing(other.object);
            other.subject == fact.subject
                && other.verb == fact.verb
                && other.preposition.is_empty()
                && object.is_some_and(|thing| thing.form == NodeForm::Entity)
        })
    }

    /// Whether an end of the fact is not known to be of the class that is asked for there.
    fn misses_class(&self, fact: &Fact) -> bool {
        let holes = [
            (&self.frame.subject, End::Subject),
            (&self.frame.object, End::Object),
        ];
        holes.into_iter().any(|(filler, end)| {
            let wish = filler.as_ref().and_then(asked);
            matches!(wish, Some(Wish::Class(_)))
                && wish.is_some_and(|wish| self.filled(wish, fact, end).0 < LEAST_CLASS)
        })
    }

    /// Where pairs are asked for, the event decides, and less what kind of thing each half is; but
    /// whoever "saved a shot" rescued nobody.
    fn softened(&self, wish: &Wish, fit: f64, thing: usize) -> f64 {
        let deed = || {
            let label = self.facts.thing(thing).map(|thing| thing.label.as_str());
            matches!(label, Some("Event" | "Abstract" | "Time"))
        };
        match wish {
            Wish::Who if self.frame.holes() > 1 && deed() => fit.min(0.75),
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

    /// Whether the question names the thing itself, which is then no answer to it.
    pub(super) fn is_named(&self, thing: usize) -> bool {
        self.subject
            .iter()
            .chain(&self.object)
            .chain(self.others.iter().map(|(_, meaning)| meaning))
            .any(|meaning| {
                if meaning.phrase.proper {
                    return meaning.names(self.facts, thing);
                }
                let thing = self.facts.thing(thing);
                // What is asked to be something may be called by it.
                let is = self.frame.verbs == ["be"];
                thing.is_some_and(|thing| {
                    thing.form == NodeForm::Entity
                        && !is
                        && thing.names.contains(&meaning.phrase.words)
                })
            })
    }

    /// Whether the fact speaks of the thing at its other end.
    fn mentions(&self, fact: &Fact, meaning: &Meaning) -> bool {
        meaning.fit(self.facts, fact, End::Object) > LEAST_FIT
    }

    /// The best fit of `meaning` among the objects of the clause that share the subject of `fact`.
    fn best_in_clause(&self, clause: &ClauseFacts, fact: &Fact, meaning: &Meaning) -> f64 {
        self.best_of(clause, fact, meaning, |_| true)
    }

    /// The same of those that may be whom it is done to.
    fn best_object(&self, clause: &ClauseFacts, fact: &Fact, meaning: &Meaning) -> f64 {
        self.best_of(clause, fact, meaning, |other| {
            !self.tells_otherwise(meaning, other)
        })
    }

    /// The same of those of which `may` says that they count.
    fn best_of(
        &self,
        clause: &ClauseFacts,
        fact: &Fact,
        meaning: &Meaning,
        may: impl Fn(&Fact) -> bool,
    ) -> f64 {
        self.facts
            .facts_of(clause)
            .filter(|(_, other)| other.subject == fact.subject && may(other))
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

    /// Whether the object only tells why or how, and names somebody in passing: who was fined "for
    /// fixing prices with Arlkraft" is not Arlkraft.
    fn tells_otherwise(&self, meaning: &Meaning, fact: &Fact) -> bool {
        meaning.phrase.proper
            && !fact.preposition.is_empty()
            && self
                .facts
                .thing(fact.object)
                .is_some_and(|thing| thing.form == NodeForm::Value)
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
        let in_sentence = self
            .facts
            .coverage(wanted, |stem| self.facts.sentence_has(fact.sentence, stem));
        self.said_of(clause, fact, meaning).max(in_sentence * 0.85)
    }

    /// How well something besides subject and object is met by the clause, its time and its place.
    fn said_of(&self, clause: &ClauseFacts, fact: &Fact, meaning: &Meaning) -> f64 {
        let beside = |text: &Option<String>| {
            text.as_ref().map_or(0.0, |text| {
                let held = words::content(text);
                self.facts.coverage(&meaning.phrase.words, |stem| {
                    held.iter().any(|word| word == stem)
                })
            })
        };
        self.best_in_clause(clause, fact, meaning)
            .max(beside(&fact.when))
            .max(beside(&fact.place))
    }

    /// How much of what the phrase says the object tells, or what the sentence tells of it.
    fn told(&self, fact: &Fact, meaning: &Meaning) -> f64 {
        let sentence = self.facts.sentences.get(fact.sentence);
        let beside = sentence.map_or(&[][..], |sentence| sentence.facts.as_slice());
        let told = beside
            .iter()
            .filter_map(|index| self.facts.fact(*index))
            .filter(|other| other.in_clause != fact.in_clause)
            .flat_map(|other| [End::Subject, End::Object].map(|end| (other, end)))
            .map(|(other, end)| meaning.fit(self.facts, other, end))
            .fold(0.0, f64::max);
        let name = self
            .facts
            .thing(fact.object)
            .map(|thing| words::content(&thing.name));
        self.facts
            .coverage(&meaning.phrase.words, |stem| {
                fact.object_words.iter().any(|word| word == stem)
                    || name.iter().flatten().any(|word| word == stem)
            })
            .max(told)
    }

    /// Whether a year is asked for, and the sentence has it not or the fact has another.
    fn is_another_year(&self, fact: &Fact, meaning: &Meaning) -> bool {
        let mut years = meaning.phrase.words.iter().filter(|stem| is_year(stem));
        years.any(|year| {
            let dated = fact.when.as_ref().is_some_and(|when| {
                let held = words::content(when);
                held.iter().any(|stem| is_year(stem)) && !held.contains(year)
            });
            dated || !self.facts.sentence_has(fact.sentence, year)
        })
    }
}

/// Whether a stem is a year.
fn is_year(stem: &str) -> bool {
    stem.len() == 4 && stem.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the fact claims what the question asks about: `None` where one denies and the other
/// does not.
pub(super) fn claim_fit(frame: &Frame, fact: &Fact) -> Option<f64> {
    if (fact.polarity == "denied") != frame.denied {
        return None;
    }
    match fact.modality.as_str() {
        "asked" => None,
        "conditional" => frame.possible.then_some(0.95),
        // What is only planned has not happened, and does not go on yet.
        "planned" if frame.past && !frame.possible && !frame.has_hole() => None,
        "planned" if !frame.possible => Some(if frame.past { 0.82 } else { 0.88 }),
        // What somebody is only said, charged or able to have done is no "yes".
        "possible" if !frame.possible && !frame.has_hole() => None,
        "possible" => Some(0.97),
        // Who has founded a firm does not plan to.
        "asserted" if frame.plans() && !words::is_planning(&fact.verb) => None,
        _ => Some(1.0),
    }
}

/// Whether the two prepositions may bring the same: lose "to" a team and "against" it.
fn are_near(one: &str, other: &str) -> bool {
    const NEAR: &[&[&str]] = &[
        &["at", "in", "on", "near", "inside", "outside"],
        &["to", "into", "toward", "towards", "for"],
        &["to", "against", "with"],
        &["about", "on", "over", "of"],
        &["of", "from", "with", "for"],
    ];
    other.is_empty()
        || NEAR
            .iter()
            .any(|group| group.contains(&one) && group.contains(&other))
}
