//! Phrases of a question against things of the graph.

use std::collections::BTreeMap;

use super::facts::{Fact, Facts, NodeForm, Thing};
use super::frame::{Filler, Phrase, Wish};
use super::words;

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

/// Heads that say only that it is somebody, as stems.
const GENERIC: &[&str] = &[
    "peopl",
    "person",
    "member",
    "man",
    "woman",
    "men",
    "women",
    "individual",
    "group",
    "section",
    "number",
    "part",
    "seri",
    "kind",
    "lot",
    "piec",
    "set",
    "pair",
    "varieti",
];

/// How well a shorter mention answers for a phrase with more words, when its document has the
/// others too: "the attack" for "the attack on the website".
fn shorter_fit(facts: &Facts, phrase: &Phrase, held: &[String], document: &str) -> f64 {
    if held.is_empty() || held.len() >= phrase.words.len() || !held.contains(&phrase.head) {
        return 0.0;
    }
    if !held.iter().all(|stem| phrase.words.contains(stem)) {
        return 0.0;
    }
    let elsewhere = facts.coverage(&phrase.words, |stem| facts.document_has(document, stem));
    if elsewhere < 0.99 {
        return 0.0;
    }
    let cover = facts.coverage(&phrase.words, |stem| held.iter().any(|word| word == stem));
    0.6 + 0.3 * cover
}

/// How well the name `held`, as stems, answers for a phrase with the stems `wanted` and the head
/// `head`; 0..=1.
pub(super) fn similarity(facts: &Facts, wanted: &[String], head: &str, held: &[String]) -> f64 {
    if wanted.is_empty() || held.is_empty() {
        return 0.0;
    }
    let has = |stem: &str| held.iter().any(|word| word == stem);
    // "people" and "members" say little: what they are is in the other words.
    let vague = GENERIC.contains(&head) && wanted.len() > 1;
    let mut cover = facts.coverage(wanted, |stem| has(stem) || (vague && stem == head));
    if cover <= 0.0 {
        return 0.0;
    }
    let precision = facts.coverage(held, |stem| {
        wanted.iter().any(|word| word == stem) || (vague && GENERIC.contains(&stem))
    });
    let mut head_held = has(head) || vague;
    if !head_held && held.iter().any(|word| words::agreement(head, word) > 0.7) {
        head_held = true;
        cover += 0.8 * facts.weight(head) / facts.weights(wanted).max(0.1);
    }
    let mut score = 0.75 * cover.min(1.0) + 0.25 * precision;
    if !head_held {
        score *= 0.7;
    }
    let numbers = |stems: &[String]| -> Vec<String> {
        stems
            .iter()
            .filter(|stem| stem.starts_with(|c: char| c.is_ascii_digit()))
            .cloned()
            .collect()
    };
    let (one, other) = (numbers(wanted), numbers(held));
    if !one.is_empty() && !other.is_empty() && one != other {
        score *= 0.5;
    }
    // "200 more" for "200 more asylum seekers"
    if one == other && one.len() == held.len() {
        score = score.max(0.8);
    }
    score
}

/// How well `thing` answers for `phrase` by its names.
pub(super) fn name_fit(facts: &Facts, phrase: &Phrase, thing: &Thing) -> f64 {
    thing
        .names
        .iter()
        .map(|name| similarity(facts, &phrase.words, &phrase.head, name))
        .fold(0.0, f64::max)
}

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

/// What a phrase of a question may mean in this graph.
#[derive(Debug, Clone, Default)]
pub(super) struct Meaning {
    /// The phrase.
    pub(super) phrase: Phrase,
    /// Things by name, with their fit.
    by_name: BTreeMap<usize, f64>,
    /// Things by what they are said to be or do, with the reading that found them.
    pub(super) described: Option<(BTreeMap<usize, f64>, Reading)>,
}

impl Meaning {
    /// What `phrase` may mean; `described` finds the things that its role or its relative clause
    /// describes.
    pub(super) fn new(
        facts: &Facts,
        phrase: &Phrase,
        described: impl FnOnce(&Phrase) -> Option<Reading>,
    ) -> Self {
        let by_name: BTreeMap<usize, f64> = facts
            .things
            .iter()
            .enumerate()
            .filter_map(|(index, thing)| {
                let fit = name_fit(facts, phrase, thing);
                (fit > 0.3).then_some((index, fit))
            })
            .collect();
        let sure = by_name.values().any(|fit| *fit > 0.93);
        let described = if sure && phrase.clause.is_none() {
            None
        } else {
            described(phrase)
                .filter(|reading| !reading.found.is_empty())
                .map(|reading| (reading.things(facts), reading))
        };
        Self {
            phrase: phrase.clone(),
            by_name,
            described,
        }
    }

    /// How well one end of a fact answers for the phrase, 0..=1.
    pub(super) fn fit(&self, facts: &Facts, fact: &Fact, end: End) -> f64 {
        let thing = end.thing(fact);
        let written = similarity(
            facts,
            &self.phrase.words,
            &self.phrase.head,
            end.words(fact),
        );
        let shorter = shorter_fit(facts, &self.phrase, end.words(fact), &fact.document);
        let named = self.by_name.get(&thing).copied().unwrap_or(0.0);
        named
            .max(written)
            .max(shorter)
            .max(self.fit_by_description(thing))
    }

    /// Whether the phrase names `thing` itself, and not only something that belongs to it: "Ada
    /// Brin" names no "school of Ada Brin".
    pub(super) fn names(&self, facts: &Facts, thing: usize) -> bool {
        self.by_name.get(&thing).is_some_and(|fit| *fit > 0.8)
            && facts.thing(thing).is_some_and(|thing| {
                thing.names.iter().any(|name| {
                    let says_more = name
                        .iter()
                        .filter(|stem| !self.phrase.words.contains(stem))
                        .count();
                    says_more == 0 || (says_more == 1 && name.len() > 2)
                })
            })
    }

    /// How well `thing` fits what the phrase says of it.
    pub(super) fn fit_by_description(&self, thing: usize) -> f64 {
        self.described
            .as_ref()
            .and_then(|(things, _)| things.get(&thing))
            .map_or(0.0, |score| 0.5 + 0.5 * score)
    }

    /// Whether the description, rather than the name, makes it fit.
    pub(super) fn is_by_description(&self, facts: &Facts, fact: &Fact, end: End) -> bool {
        let thing = end.thing(fact);
        let described = self.fit_by_description(thing);
        let written = similarity(
            facts,
            &self.phrase.words,
            &self.phrase.head,
            end.words(fact),
        );
        let named = self
            .by_name
            .get(&thing)
            .copied()
            .unwrap_or(0.0)
            .max(written);
        described > named
    }
}

/// How well a thing fills a hole, 0..=1.
pub(super) fn wish_fit(facts: &Facts, wish: &Wish, fact: &Fact, end: End) -> f64 {
    let Some(thing) = facts.thing(end.thing(fact)) else {
        return 0.0;
    };
    match thing.form {
        NodeForm::Unstated => return 0.0,
        NodeForm::Value => {
            let circumstance = matches!(
                fact.preposition.as_str(),
                "after"
                    | "before"
                    | "when"
                    | "while"
                    | "since"
                    | "until"
                    | "because"
                    | "if"
                    | "as"
                    | "during"
            ) || fact.verb.ends_with(" when")
                || fact.verb.ends_with(" while");
            return match wish {
                Wish::Who => 0.0,
                Wish::What if circumstance => 0.4,
                Wish::What => 0.95,
                Wish::Class(_) => 0.7,
                Wish::Number(unit) => {
                    number_fit(facts, unit.as_ref(), end.text(fact), end.words(fact))
                }
            };
        }
        NodeForm::Entity => {}
    }
    if is_pronoun(&thing.name) {
        return match wish {
            Wish::Number(unit) => number_fit(facts, unit.as_ref(), end.text(fact), end.words(fact)),
            Wish::Who | Wish::What | Wish::Class(_) => 0.35,
        };
    }
    match wish {
        Wish::Who => match thing.label.as_str() {
            "Person" | "Organization" | "" => 1.0,
            "Place" | "Animal" => 0.97,
            "Object" | "Event" => 0.9,
            _ => 0.75,
        },
        Wish::What => match thing.label.as_str() {
            "Person" => 0.85,
            _ => 1.0,
        },
        Wish::Class(class) => class_fit(facts, class, end.thing(fact)),
        Wish::Number(unit) => number_fit(facts, unit.as_ref(), end.text(fact), end.words(fact))
            .max(number_fit(
                facts,
                unit.as_ref(),
                &thing.name,
                &words::content(&thing.name),
            )),
    }
}

/// Whether `name` is a pronoun that resolution could not place.
pub(super) fn is_pronoun(name: &str) -> bool {
    matches!(
        name.to_lowercase().as_str(),
        "he" | "she"
            | "it"
            | "they"
            | "him"
            | "her"
            | "them"
            | "we"
            | "i"
            | "you"
            | "us"
            | "me"
            | "who"
            | "which"
            | "that"
            | "this"
            | "these"
            | "those"
            | "one"
            | "itself"
            | "himself"
            | "herself"
            | "themselves"
            | "what"
    )
}

/// How well words answer "how many …".
fn number_fit(facts: &Facts, unit: Option<&Phrase>, text: &str, stems: &[String]) -> f64 {
    let has_number = stems
        .iter()
        .any(|stem| stem.starts_with(|c: char| c.is_ascii_digit()))
        || text.split_whitespace().any(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "hundreds"
                    | "thousands"
                    | "dozens"
                    | "half"
                    | "quarter"
                    | "third"
                    | "million"
                    | "billion"
                    | "percent"
                    | "several"
            )
        });
    if !has_number {
        return 0.0;
    }
    let Some(unit) = unit else {
        return 1.0;
    };
    if is_money(&unit.head) && text.contains(['$', '€', '£', '¥']) {
        return 1.0;
    }
    0.6 + 0.4 * similarity(facts, &unit.words, &unit.head, stems)
}

/// Whether a noun, as a stem, asks for an amount of money.
fn is_money(head: &str) -> bool {
    ["money", "cash", "dollar", "euro", "pound", "sum", "amount"]
        .iter()
        .any(|noun| words::stem(noun) == head)
}

/// How well the thing at `index` is one of `class`: "which countries".
pub(super) fn class_fit(facts: &Facts, class: &Phrase, index: usize) -> f64 {
    head_fit(facts, class, index) * modifier_fit(facts, class, index)
}

/// How well the thing is what a class says beyond its head: nothing may say that an Afghan
/// ambassador is a "U.S. official".
fn modifier_fit(facts: &Facts, class: &Phrase, index: usize) -> f64 {
    let modifiers: Vec<String> = class
        .words
        .iter()
        .filter(|stem| **stem != class.head)
        .cloned()
        .collect();
    let Some(thing) = facts.thing(index).filter(|_| !modifiers.is_empty()) else {
        return 1.0;
    };
    let near = |stem: &str| {
        thing
            .names
            .iter()
            .any(|name| name.iter().any(|word| word == stem))
            || facts.facts.iter().any(|fact| {
                (fact.subject == index
                    && (fact.subject_words.iter().any(|word| word == stem)
                        || (matches!(fact.verb.as_str(), "is a" | "from" | "of" | "in" | "be")
                            && fact.object_words.iter().any(|word| word == stem))))
                    || (fact.object == index && fact.object_words.iter().any(|word| word == stem))
            })
    };
    let cover = facts.coverage(&modifiers, near);
    // Only a name among them excludes: a "broadcasting company" need not be called one.
    if class.text.contains(char::is_uppercase) {
        0.72 + 0.28 * cover
    } else {
        0.9 + 0.1 * cover
    }
}

fn head_fit(facts: &Facts, class: &Phrase, index: usize) -> f64 {
    let Some(thing) = facts.thing(index) else {
        return 0.0;
    };
    if is_settlement(&class.head) && is_facility(&thing.name) {
        return 0.3;
    }
    if words::stem(&thing.kind.to_lowercase()) == class.head
        || thing.names.iter().any(|name| name.contains(&class.head))
    {
        return 1.0;
    }
    let said = facts.facts.iter().any(|fact| {
        (fact.subject == index && fact.verb == "is a" && fact.object_words.contains(&class.head))
            || (fact.subject == index && fact.subject_words.contains(&class.head))
            || (fact.object == index && fact.object_words.contains(&class.head))
    });
    if said {
        return 1.0;
    }
    match label_of(&class.head) {
        Some(labels) if labels.contains(&thing.label.as_str()) => 0.85,
        Some(["Place", ..]) if thing.label == "Event" || thing.label == "Person" => 0.4,
        Some(_) => 0.6,
        None => 0.8,
    }
}

/// Whether a noun, as a stem, names where people live, rather than a building there.
pub(super) fn is_settlement(head: &str) -> bool {
    [
        "city",
        "town",
        "village",
        "country",
        "nation",
        "state",
        "province",
        "county",
        "region",
        "continent",
        "district",
    ]
    .iter()
    .any(|noun| words::stem(noun) == head)
}

/// Whether a name says that it is a building or a ground: "Fisht Stadium".
fn is_facility(name: &str) -> bool {
    const FACILITIES: &[&str] = &[
        "stadium",
        "arena",
        "hall",
        "hotel",
        "museum",
        "bridge",
        "centre",
        "center",
        "airport",
        "school",
        "university",
        "college",
        "church",
        "mosque",
        "temple",
        "cathedral",
        "street",
        "avenue",
        "road",
        "park",
        "square",
        "tower",
        "building",
        "station",
        "hospital",
        "theatre",
        "theater",
        "library",
        "palace",
        "house",
        "memorial",
        "court",
        "prison",
        "camp",
        "base",
        "port",
        "harbour",
        "harbor",
        "embassy",
        "headquarters",
        "gallery",
        "booth",
        "gate",
    ];
    name.split_whitespace()
        .next_back()
        .is_some_and(|last| FACILITIES.contains(&last.to_lowercase().as_str()))
}

/// The labels of the things that a noun, as a stem, may name.
fn label_of(head: &str) -> Option<&'static [&'static str]> {
    const PLACES: &[&str] = &[
        "country",
        "city",
        "town",
        "village",
        "nation",
        "stat",
        "region",
        "place",
        "province",
        "island",
        "area",
        "stadium",
        "venue",
        "location",
        "street",
        "district",
        "continent",
        "capital",
        "port",
        "river",
    ];
    const ORGANIZATIONS: &[&str] = &[
        "company",
        "team",
        "group",
        "firm",
        "court",
        "government",
        "party",
        "agency",
        "organization",
        "organisation",
        "foundation",
        "newspaper",
        "paper",
        "club",
        "bank",
        "ministry",
        "university",
        "school",
        "outlet",
        "force",
        "army",
        "militia",
        "institution",
        "broadcaster",
        "union",
        "body",
        "museum",
        "church",
        "network",
        "channel",
        "charity",
        "authority",
        "council",
        "committee",
        "association",
    ];
    const PEOPLE: &[&str] = &[
        "person",
        "man",
        "woman",
        "player",
        "coach",
        "actor",
        "actress",
        "politician",
        "minister",
        "president",
        "official",
        "officer",
        "leader",
        "writer",
        "author",
        "scientist",
        "doctor",
        "student",
        "guest",
        "member",
        "general",
        "judge",
        "singer",
        "artist",
        "designer",
        "people",
        "engineer",
        "activist",
        "journalist",
    ];
    const WORKS: &[&str] = &[
        "book", "film", "song", "prize", "award", "weapon", "ship", "boat", "report",
    ];
    const SITES: &[&str] = &["site", "website", "platform", "portal"];
    let among = |list: &[&str]| list.iter().any(|noun| words::stem(noun) == head);
    if among(PLACES) {
        return Some(&["Place", "Organization"]);
    }
    if among(ORGANIZATIONS) {
        return Some(&["Organization", "Place"]);
    }
    if among(PEOPLE) {
        return Some(&["Person"]);
    }
    if among(SITES) {
        return Some(&["Organization", "Place", "Object", "Abstract"]);
    }
    if among(WORKS) {
        return Some(&["Object", "Abstract", "Organization", "Event"]);
    }
    None
}

/// The thing a filler names; `None` for a hole.
pub(super) fn known(filler: &Filler) -> Option<&Phrase> {
    match filler {
        Filler::Known(phrase) => Some(phrase),
        Filler::Asked(_) => None,
    }
}

/// What a filler asks for; `None` for a thing that is named.
pub(super) fn asked(filler: &Filler) -> Option<&Wish> {
    match filler {
        Filler::Known(_) => None,
        Filler::Asked(wish) => Some(wish),
    }
}
