//! A reading of a question: the facts that answer it, and which part of each is the answer.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Fact, Facts};
use super::phrase::without_article;
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

    /// The stems that head what is written there.
    pub(super) fn heading(self, fact: &Fact) -> &[String] {
        match self {
            Self::Subject => &fact.subject_heading,
            Self::Object => &fact.object_heading,
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

    /// The part that names those who stand for this end.
    pub(super) fn take_members(self) -> Take {
        match self {
            Self::Subject => Take::SubjectMember,
            Self::Object => Take::ObjectMember,
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
    /// Those that the sentence names as the subject, which it only describes.
    SubjectMember,
    /// The same for the object.
    ObjectMember,
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
            | Self::SubjectMember
            | Self::ObjectMember
            | Self::When
            | Self::Where
            | Self::Speaker
            | Self::Description
            | Self::Whole => self,
        }
    }

    /// The end that it shows, by name or as written.
    pub(super) fn end(self) -> Option<End> {
        match self.part() {
            Self::Subject | Self::SubjectText => Some(End::Subject),
            Self::Object | Self::ObjectText => Some(End::Object),
            Self::SubjectMember
            | Self::ObjectMember
            | Self::When
            | Self::Where
            | Self::Speaker
            | Self::Description
            | Self::Whole => None,
        }
    }

    /// Whether it shows those that stand for an end that is only described.
    pub(super) fn is_member(self) -> bool {
        matches!(self, Self::SubjectMember | Self::ObjectMember)
    }

    /// Whether answers of the two kinds may stand in one list: the names of things may stand with
    /// one another, times only with times.
    fn stands_with(self, other: Self) -> bool {
        let sort = |take: Self| {
            if take == Self::SubjectMember {
                Self::Subject
            } else if take == Self::ObjectMember {
                Self::Object
            } else {
                take.part()
            }
        };
        sort(self) == sort(other)
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

/// What the question names beside subject and object of the facts that answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Beside {
    /// Its words in the question that tell most, names first.
    pub(super) words: Vec<String>,
    /// For facts that answer the fact of the same clause and subject at whose object it stands,
    /// if there is one; it may be the same.
    pub(super) stands: BTreeMap<usize, usize>,
}

/// A reading of a question: the facts that answer it, best first.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Reading {
    /// The facts.
    pub(super) found: Vec<Found>,
    /// The ends that are named.
    pub(super) ends: Ends,
    /// What the question names beside them.
    pub(super) beside: Vec<Beside>,
    /// The short form by which the question names the subject it asks the full name of.
    pub(super) alias: Option<String>,
    /// The reading that says which thing the named subject is: of "the president of Peru".
    pub(super) subject_by: Option<Box<Reading>>,
    /// The same for the named object.
    pub(super) object_by: Option<Box<Reading>>,
    /// Other ways to say the same that answer as well: of "defeat" "lose to".
    pub(super) also: Vec<Reading>,
}

impl Reading {
    /// The best score; 0 for an empty reading.
    pub(super) fn score(&self) -> f64 {
        self.found.first().map_or(0.0, |found| found.score)
    }

    /// What is found, in whichever way it is said.
    pub(super) fn all(&self) -> impl Iterator<Item = &Found> {
        let also = self.also.iter().flat_map(|other| &other.found);
        self.found.iter().chain(also)
    }

    /// Takes in what `other`, another way to say the same, finds besides.
    pub(super) fn unite(&mut self, mut other: Self) {
        let known: BTreeSet<usize> = self.all().map(|found| found.fact).collect();
        other.found.retain(|found| !known.contains(&found.fact));
        if !other.found.is_empty() {
            self.also.push(other);
        }
    }

    /// Drops what the question says itself: "the regime" is no answer to a question about the
    /// regime; of "the plant in Lindow" the words are one to "Which plant …?". `words` are the
    /// stems of the question.
    pub(super) fn informative(mut self, facts: &Facts, words: &[String]) -> Self {
        let says = |stems: &[String]| {
            let number = stems
                .iter()
                .any(|stem| stem.starts_with(|c: char| c.is_ascii_digit()));
            stems.is_empty() || number || !stems.iter().all(|stem| words.contains(stem))
        };
        self.found.retain_mut(|found| {
            let Some(fact) = facts.fact(found.fact) else {
                return false;
            };
            found.take.iter_mut().all(|take| {
                if *take == Take::Speaker {
                    let name = fact.attributed_to.as_deref().unwrap_or_default();
                    return says(&words::content(name));
                }
                let end = if *take == Take::Description {
                    Some(End::Object)
                } else {
                    take.end()
                };
                let Some(end) = end else { return true };
                let thing = facts.thing(end.thing(fact));
                let name = thing
                    .and_then(|thing| thing.names.first())
                    .map_or(&[][..], Vec::as_slice);
                // "their flag" is clear where the question names them.
                let owner = thing.and_then(|thing| owner_of(&thing.name));
                if is_own(end.text(fact))
                    && *take == end.take()
                    && owner.is_some_and(|owner| !says(&words::content(owner)))
                {
                    *take = end.take_text();
                }
                if says(name) {
                    return true;
                }
                let described = thing.is_some_and(|thing| {
                    !thing.name.starts_with(char::is_uppercase)
                        && end.text(fact).split_whitespace().count() <= 8
                });
                let more = !end.words(fact).is_empty() && says(end.words(fact));
                if described && take.end().is_some() && more {
                    *take = end.take_text();
                    return true;
                }
                false
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
        let classes: BTreeSet<usize> = facts
            .facts
            .iter()
            .filter(|fact| fact.verb == "is a" && fact.subject != fact.object)
            .filter(|fact| things.contains_key(&fact.subject) && things.contains_key(&fact.object))
            .map(|fact| fact.object)
            .chain(self.descriptions(facts))
            .collect();
        if classes.len() < things.len() {
            let also = self.also.iter_mut().map(|other| &mut other.found);
            for found in std::iter::once(&mut self.found).chain(also) {
                found.retain(|found| {
                    facts.fact(found.fact).is_none_or(|fact| {
                        let end = found.take.first().and_then(|take| take.end());
                        end.is_none_or(|end| !classes.contains(&end.thing(fact)))
                    })
                });
            }
            self.also.retain(|other| !other.found.is_empty());
        }
        self
    }

    /// The things of this reading that only describe another, named right after them: of "relief
    /// agency Harbour Aid collects clothes" the agency.
    fn descriptions(&self, facts: &Facts) -> Vec<usize> {
        let ends: Vec<(&Fact, End)> = self
            .all()
            .filter_map(|found| {
                let end = found.take.first()?.end()?;
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
                            without_article(other_end.text(other))
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
                    .all(|(one, other)| one.stands_with(*other))
        });
        // One column shows one part: the names, where some of them must be names.
        for place in 0..best.take.len() {
            let ends: BTreeSet<Take> = self
                .found
                .iter()
                .filter_map(|found| found.take.get(place).copied())
                .filter(|take| !take.is_member())
                .collect();
            if ends.len() > 1 {
                for take in self
                    .found
                    .iter_mut()
                    .filter_map(|found| found.take.get_mut(place))
                {
                    *take = take.part();
                }
            }
        }
        let mut seen = BTreeSet::new();
        self.found.retain(|found| seen.insert(found.fact));
        self
    }

    /// Drops what is only half of a name: of "The Hull and Leeds" no "Leeds".
    pub(super) fn without_halves(mut self, facts: &Facts) -> Self {
        let things = self.things(facts);
        let halves: BTreeSet<usize> = things
            .keys()
            .filter(|half| things.keys().any(|whole| is_half(facts, **half, *whole)))
            .copied()
            .collect();
        let also = self.also.iter_mut().map(|other| &mut other.found);
        for found in std::iter::once(&mut self.found).chain(also) {
            found.retain(|found| !ends(facts, found).any(|(_, thing)| halves.contains(&thing)));
        }
        self
    }

    /// For each way in which a thing that answers is written the fullest one: "a red boat" for
    /// "the boat". Amounts are told as they are written.
    pub(super) fn fullest(&self, facts: &Facts) -> BTreeMap<String, String> {
        let mut texts: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        for found in self.all() {
            for (text, thing) in ends(facts, found) {
                texts.entry(thing).or_default().insert(text);
            }
        }
        let mut fullest = BTreeMap::new();
        for texts in texts.values() {
            let number = |text: &&str| text.contains(|c: char| c.is_ascii_digit());
            let longest = texts.iter().max_by_key(|text| text.len());
            if let Some(longest) = longest.filter(|_| !texts.iter().any(number)) {
                for text in texts {
                    fullest.insert((*text).to_owned(), (*longest).to_owned());
                }
            }
        }
        fullest
    }

    /// The things that answer, each with its best score.
    pub(super) fn things(&self, facts: &Facts) -> BTreeMap<usize, f64> {
        let mut things = BTreeMap::new();
        for found in self.all() {
            let Some(fact) = facts.fact(found.fact) else {
                continue;
            };
            let Some(end) = found.take.first().and_then(|take| take.end()) else {
                continue;
            };
            let best = things.entry(end.thing(fact)).or_insert(0.0_f64);
            *best = best.max(found.score);
        }
        things
    }
}

/// The ends of a fact that answer: the words there, and the thing.
fn ends<'f>(facts: &'f Facts, found: &'f Found) -> impl Iterator<Item = (&'f str, usize)> {
    let fact = facts.fact(found.fact);
    let ends = found.take.iter().filter_map(|take| take.end());
    ends.filter_map(move |end| fact.map(|fact| (end.text(fact), end.thing(fact))))
}

/// Whose it is, of a name like "Brin's boat".
fn owner_of(name: &str) -> Option<&str> {
    ["'s ", "’s ", "' ", "’ "]
        .iter()
        .find_map(|mark| name.split_once(mark))
        .map(|(owner, _)| owner)
}

/// Whether `text` begins with "its" or the like, which says nothing without its sentence.
pub(super) fn is_own(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    matches!(
        first.to_lowercase().as_str(),
        "his" | "her" | "its" | "their" | "our" | "my" | "your"
    )
}

/// Whether the name of the one is joined by an "and" in the name of the other.
fn is_half(facts: &Facts, half: usize, whole: usize) -> bool {
    let name = |index: usize| facts.thing(index).map_or("", |thing| thing.name.as_str());
    let (half, whole) = (name(half), name(whole));
    !half.is_empty()
        && half != whole
        && (whole.ends_with(&format!(" and {half}")) || whole.starts_with(&format!("{half} and ")))
}
