//! Phrases of a question against things of the graph.

use std::collections::BTreeMap;

use super::class::{class_fit, is_of_things};
use super::facts::{Fact, Facts, NodeForm, Thing};
use super::frame::{Filler, Phrase, Wish};
use super::reading::{End, Reading, Take};
use super::words;

/// A description longer than this is shown by its short name.
const MOST_WORDS_SHOWN: usize = 14;

/// The share of the fit that is left where the words name something that only belongs to the thing.
const ANOTHERS: f64 = 0.5;

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
        wanted.iter().any(|word| word == stem)
            || (vague && GENERIC.contains(&stem))
            || words::agreement(head, stem) > 0.7
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
        .zip(&thing.headings)
        .map(|(name, heading)| phrase_fit(facts, phrase, name, heading))
        .fold(0.0, f64::max)
}

/// How much `thing` has to do with `phrase` by its names, be it only what belongs to it.
pub(super) fn nearness(facts: &Facts, phrase: &Phrase, thing: &Thing) -> f64 {
    thing
        .names
        .iter()
        .map(|name| phrase_fit(facts, phrase, name, &phrase.words))
        .fold(0.0, f64::max)
}

/// How well the words `held`, as stems, of which `heading` are the head, answer for `phrase`: for
/// all of it, or for the name in it.
fn phrase_fit(facts: &Facts, phrase: &Phrase, held: &[String], heading: &[String]) -> f64 {
    let fit = |wanted: &[String], head: &str| {
        let own = if is_headed(wanted, head, heading) {
            1.0
        } else {
            ANOTHERS
        };
        own * similarity(facts, wanted, head, held)
    };
    let whole = fit(&phrase.words, &phrase.head);
    let by_name = phrase
        .name
        .last()
        .map_or(0.0, |head| 0.97 * fit(&phrase.name, head));
    whole.max(by_name)
}

/// Whether words that `heading` heads may name what a phrase names: "Dolan's bodyguard" is not
/// Dolan.
fn is_headed(wanted: &[String], head: &str, heading: &[String]) -> bool {
    let number = |stem: &String| stem.starts_with(|c: char| c.is_ascii_digit());
    let shared = |stem: &String| {
        (wanted.contains(stem) && !number(stem)) || words::agreement(head, stem) > 0.7
    };
    // "People" may be anybody.
    GENERIC.contains(&head) || heading.iter().all(number) || heading.iter().any(shared)
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
        let written = phrase_fit(facts, &self.phrase, end.words(fact), end.heading(fact));
        // Numbers tell apart what has one name otherwise.
        let numbered = |stems: &[String]| {
            stems
                .iter()
                .any(|stem| stem.starts_with(|c: char| c.is_ascii_digit()))
        };
        let name = facts.thing(thing).and_then(|thing| thing.names.first());
        let shorter = std::iter::once(end.words(fact))
            .chain(name.map(Vec::as_slice).filter(|name| !numbered(name)))
            .map(|held| shorter_fit(facts, &self.phrase, held, &fact.document))
            .fold(0.0, f64::max);
        // What the sentence says of its description it says of the thing: "Brin, a chemist from
        // Norland".
        let members = facts.members(fact, thing).iter();
        let by_member = members
            .filter_map(|member| self.by_name.get(member))
            .fold(0.0, |best: f64, fit| best.max(fit * 0.95));
        let named = self.by_name.get(&thing).copied().unwrap_or(0.0);
        // A noun alone does not tell which one a relative clause means.
        let told = if self.phrase.clause.is_some() && !self.phrase.proper {
            0.45
        } else {
            1.0
        };
        let named = told * named.max(by_member).max(written);
        named.max(shorter).max(self.fit_by_description(thing))
    }

    /// Whether the phrase names `thing` itself, and not only something that belongs to it: "Ada
    /// Brin" names no "school of Ada Brin".
    pub(super) fn names(&self, facts: &Facts, thing: usize) -> bool {
        self.by_name.get(&thing).is_some_and(|fit| *fit > 0.8)
            && facts.thing(thing).is_some_and(|thing| {
                let owned = thing.name.contains("'s ") || thing.name.contains("’s ");
                !owned
                    && thing.names.iter().any(|name| {
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
                // "saved 200 more": they are somebody, as the others are.
                Wish::Who if is_bare_count(end.text(fact)) => 0.7,
                Wish::Who => 0.0,
                Wish::What if circumstance => 0.4,
                Wish::What => 0.95,
                Wish::Class(class) if is_of_things(class) => 0.3,
                Wish::Class(_) if end.text(fact).split_whitespace().count() > 6 => 0.5,
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
        Wish::Number(unit) => number_fit(facts, unit.as_ref(), end.text(fact), end.words(fact))
            .max(number_fit(
                facts,
                unit.as_ref(),
                &thing.name,
                &words::content(&thing.name),
            )),
        Wish::Who | Wish::What | Wish::Class(_) => thing_fit(facts, wish, end.thing(fact)),
    }
}

/// How well the thing at `index` is of the kind that is asked for, 0..=1.
pub(super) fn thing_fit(facts: &Facts, wish: &Wish, index: usize) -> f64 {
    let (label, name) = facts.thing(index).map_or(("", ""), |thing| {
        (thing.label.as_str(), thing.name.as_str())
    });
    match wish {
        // "9 million pounds" is nobody.
        Wish::Who if label != "Person" && is_amount(name) => 0.2,
        Wish::Who => match label {
            "Person" | "Organization" | "" => 1.0,
            "Place" | "Animal" => 0.97,
            "Object" | "Event" => 0.9,
            _ => 0.75,
        },
        Wish::What if label == "Person" => 0.85,
        Wish::What => 1.0,
        Wish::Class(class) => class_fit(facts, class, index),
        Wish::Number(_) => 0.0,
    }
}

/// Whether `text` is so much of something that is measured, and no name with a number.
fn is_amount(text: &str) -> bool {
    const SCALES: &[&str] = &["million", "billion", "trillion", "percent", "per", "cent"];
    let number = text.trim_start_matches(['$', '€', '£', '¥']);
    number.starts_with(|c: char| c.is_ascii_digit())
        && (number.len() < text.len()
            || text.contains('%')
            || words::words(text)
                .iter()
                .any(|word| SCALES.contains(&word.as_str())))
}

/// Whether `text` only counts, and leaves out what: "200 more", "at least 30 of them".
fn is_bare_count(text: &str) -> bool {
    let words = words::words(text);
    let number = |word: &String| words::stem(word).starts_with(|c: char| c.is_ascii_digit());
    let counting = |word: &String| {
        words::is_stop(word)
            || matches!(
                word.as_str(),
                "others" | "another" | "least" | "nearly" | "almost" | "around" | "people"
            )
    };
    words.len() <= 6
        && words.iter().any(number)
        && words.iter().all(|word| number(word) || counting(word))
        && !text.contains(['$', '€', '£', '¥', '%', '–'])
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

/// What to show of the end of a fact that fills a hole: the name, or for an amount the words.
pub(super) fn taken(facts: &Facts, wish: &Wish, fact: &Fact, end: End) -> Take {
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
                is_pronoun(first)
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
