//! A reading of a question: the facts that answer it, and which part of each is the answer.

use std::collections::BTreeMap;

use super::facts::{Fact, Facts};
use super::words;

/// One end of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Who acts.
    Subject,
    /// Whom it is done to.
    Object,
}

impl End {
    /// The thing at this end of `fact`.
    pub(super) fn thing(self, fact: &Fact) -> usize {
        match self {
            Self::Subject => fact.subject,
            Self::Object => fact.object,
        }
    }

    /// The stems written there.
    pub(super) fn words(self, fact: &Fact) -> &[String] {
        match self {
            Self::Subject => &fact.subject_words,
            Self::Object => &fact.object_words,
        }
    }

    /// The words written there.
    pub(super) fn text(self, fact: &Fact) -> &str {
        match self {
            Self::Subject => &fact.subject_text,
            Self::Object => &fact.object_text,
        }
    }

    /// The part of the fact that names this end.
    pub(super) fn take(self) -> Take {
        match self {
            Self::Subject => Take::Subject,
            Self::Object => Take::Object,
        }
    }

    /// The part of the fact that quotes this end.
    pub(super) fn take_text(self) -> Take {
        match self {
            Self::Subject => Take::SubjectText,
            Self::Object => Take::ObjectText,
        }
    }
}

/// Which part of a fact is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Take {
    /// The subject's name.
    Subject,
    /// The object's name.
    Object,
    /// The subject as written.
    SubjectText,
    /// The object as written.
    ObjectText,
    /// The words that say when.
    When,
    /// The words that say where.
    Where,
    /// Who says so.
    Speaker,
    /// The type and the object together: "spokesman for the army".
    Description,
    /// Nothing: the fact itself is the answer, yes or no.
    Whole,
}

impl Take {
    /// The part itself, whether its name or its words are shown.
    pub(super) fn part(self) -> Self {
        match self {
            Self::SubjectText => Self::Subject,
            Self::ObjectText => Self::Object,
            Self::Subject
            | Self::Object
            | Self::When
            | Self::Where
            | Self::Speaker
            | Self::Description
            | Self::Whole => self,
        }
    }
}

/// A fact that answers, and how well.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// In [`Facts::facts`].
    pub(super) fact: usize,
    /// What of it is the answer; two parts where two are asked for.
    pub(super) take: Vec<Take>,
    /// How well it fits, 0..=1.
    pub(super) score: f64,
}

/// Which ends of the facts the question names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ends {
    /// The question names the subject.
    pub(super) subject: bool,
    /// The question names the object.
    pub(super) object: bool,
}

/// A reading of a question: the facts that answer it, best first.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Reading {
    /// The facts.
    pub(super) found: Vec<Found>,
    /// The ends that are named.
    pub(super) ends: Ends,
    /// The short form by which the question names the subject it asks the full name of.
    pub(super) alias: Option<String>,
    /// The reading that says which thing the named subject is: of "the president of Peru".
    pub(super) subject_by: Option<Box<Reading>>,
    /// The same for the named object.
    pub(super) object_by: Option<Box<Reading>>,
}

impl Reading {
    /// The best score; 0 for an empty reading.
    pub(super) fn score(&self) -> f64 {
        self.found.first().map_or(0.0, |found| found.score)
    }

    /// Drops what the question says itself: "the regime" is no answer to a question about the
    /// regime. `words` are the stems of the question.
    pub(super) fn informative(mut self, facts: &Facts, words: &[String]) -> Self {
        self.found.retain(|found| {
            let Some(fact) = facts.fact(found.fact) else {
                return false;
            };
            found.take.iter().all(|take| {
                let end = match take {
                    Take::Subject | Take::SubjectText => End::Subject,
                    Take::Object | Take::ObjectText | Take::Description => End::Object,
                    Take::When | Take::Where | Take::Whole => return true,
                    Take::Speaker => {
                        let stems = fact
                            .attributed_to
                            .as_deref()
                            .map(words::content)
                            .unwrap_or_default();
                        return stems.is_empty() || !stems.iter().all(|stem| words.contains(stem));
                    }
                };
                let stems = facts
                    .thing(end.thing(fact))
                    .and_then(|thing| thing.names.first())
                    .map_or(&[][..], Vec::as_slice);
                let number = stems
                    .iter()
                    .any(|stem| stem.starts_with(|c: char| c.is_ascii_digit()));
                stems.is_empty() || number || !stems.iter().all(|stem| words.contains(stem))
            })
        });
        self
    }

    /// Drops answers that only say what another answer is: "spokesman" beside the name of one.
    pub(super) fn without_classes(mut self, facts: &Facts) -> Self {
        let things = self.things(facts);
        if things.len() < 2 {
            return self;
        }
        let classes: std::collections::BTreeSet<usize> = facts
            .facts
            .iter()
            .filter(|fact| fact.verb == "is a" && fact.subject != fact.object)
            .filter(|fact| things.contains_key(&fact.subject) && things.contains_key(&fact.object))
            .map(|fact| fact.object)
            .chain(self.descriptions(facts))
            .collect();
        if classes.len() < things.len() {
            self.found.retain(|found| {
                facts.fact(found.fact).is_none_or(|fact| {
                    found.take.first().is_none_or(|take| match take {
                        Take::Subject | Take::SubjectText => !classes.contains(&fact.subject),
                        Take::Object | Take::ObjectText => !classes.contains(&fact.object),
                        Take::When
                        | Take::Where
                        | Take::Speaker
                        | Take::Description
                        | Take::Whole => true,
                    })
                })
            });
        }
        self
    }

    /// The things of this reading that only describe another, named right after them: of "relief
    /// agency Harbour Aid collects clothes" the agency.
    fn descriptions(&self, facts: &Facts) -> Vec<usize> {
        let ends: Vec<(&Fact, End)> = self
            .found
            .iter()
            .filter_map(|found| {
                let end = match found.take.first()? {
                    Take::Subject | Take::SubjectText => End::Subject,
                    Take::Object | Take::ObjectText => End::Object,
                    Take::When | Take::Where | Take::Speaker | Take::Description | Take::Whole => {
                        return None;
                    }
                };
                Some((facts.fact(found.fact)?, end))
            })
            .collect();
        let named = |fact: &Fact, end: End| {
            facts
                .thing(end.thing(fact))
                .is_some_and(|thing| thing.name.starts_with(char::is_uppercase))
        };
        ends.iter()
            .filter(|(fact, end)| !named(fact, *end) && !end.text(fact).is_empty())
            .filter(|(fact, end)| {
                ends.iter().any(|(other, other_end)| {
                    other.sentence == fact.sentence
                        && named(other, *other_end)
                        && fact.evidence.contains(&format!(
                            "{} {}",
                            end.text(fact),
                            other_end.text(other)
                        ))
                })
            })
            .map(|(fact, end)| end.thing(fact))
            .collect()
    }

    /// Keeps what is nearly as good as the best and takes the same part, best first.
    pub(super) fn narrowed(mut self, share: f64) -> Self {
        self.found.sort_by(|one, other| {
            other
                .score
                .total_cmp(&one.score)
                .then(one.fact.cmp(&other.fact))
        });
        let Some(best) = self.found.first().cloned() else {
            return self;
        };
        self.found.retain(|found| {
            found.score >= best.score * share
                && found.take.len() == best.take.len()
                && found
                    .take
                    .iter()
                    .zip(&best.take)
                    .all(|(one, other)| one.part() == other.part())
        });
        // One column shows one part: the names, where some of them must be names.
        let takes: Vec<Take> = (0..best.take.len())
            .filter_map(|place| {
                let all: Vec<Take> = self
                    .found
                    .iter()
                    .filter_map(|found| found.take.get(place).copied())
                    .collect();
                let first = all.first().copied()?;
                Some(if all.iter().all(|take| *take == first) {
                    first
                } else {
                    first.part()
                })
            })
            .collect();
        for found in &mut self.found {
            found.take.clone_from(&takes);
        }
        let mut seen = std::collections::BTreeSet::new();
        self.found.retain(|found| seen.insert(found.fact));
        self
    }

    /// The things that answer, each with its best score.
    pub(super) fn things(&self, facts: &Facts) -> BTreeMap<usize, f64> {
        let mut things = BTreeMap::new();
        for found in &self.found {
            let Some(fact) = facts.fact(found.fact) else {
                continue;
            };
            let thing = match found.take.first() {
                Some(Take::Subject | Take::SubjectText) => fact.subject,
                Some(Take::Object | Take::ObjectText) => fact.object,
                Some(
                    Take::When | Take::Where | Take::Speaker | Take::Description | Take::Whole,
                )
                | None => {
                    continue;
                }
            };
            let best = things.entry(thing).or_insert(0.0_f64);
            *best = best.max(found.score);
        }
        things
    }
}
