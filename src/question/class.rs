//! Whether a thing is one of a class: "which countries", "what prize".

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::model::{items, lines};

use super::facts::{Facts, Thing};
use super::frame::Phrase;
use super::heading::is_name;
use super::kinds::{kinds, singulars};
use super::words;

/// A thing that fits a class less than this is not known to be one: where a question tells nothing
/// else of what it asks for, it is no answer.
pub(super) const LEAST_CLASS: f64 = 0.8;
/// What a label makes likely.
const LABELLED: f64 = 0.85;
/// What a label leaves open.
const PERHAPS: f64 = 0.79;

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
            || facts.around(index).any(|fact| {
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
    let nouns = facts.nouns(index);
    if nouns.iter().any(|noun| words::stem(noun) == class.head) {
        return 1.0;
    }
    let wanted = words::words(&class.role);
    let head = wanted
        .iter()
        .rfind(|word| words::stem(word) == class.head)
        .or(wanted.last());
    let wanted = head.map_or("", String::as_str);
    if nouns.iter().any(|noun| kinds().is_kind(noun, wanted)) || is_known_country(wanted, thing) {
        return 0.97;
    }
    let label = thing.label.as_str();
    let general = singulars(wanted).any(|class| GENERAL.contains(&*class));
    let labels = label_of(wanted);
    let (named, branch) = (is_name(&thing.name), branch_of(wanted));
    if !general && TANGIBLE.iter().any(|root| branch == Some(root)) && (!named || labels.is_none())
    {
        // "the vessel" may be a ship.
        let may_be = nouns.iter().any(|noun| kinds().is_kind(wanted, noun));
        return if may_be { 0.7 } else { 0.2 };
    }
    // A village is no city; but a captain may well be a member.
    let kind = thing.kind.to_lowercase();
    let otherwise = !general && branch_of(&kind).is_some() && !kinds().is_kind(wanted, &kind);
    match labels {
        Some(labels) if labels.contains(&label) => {
            let sure = match labels {
                // Things of these labels are of too many kinds.
                ["Object", ..] => false,
                // Countries may act as organizations do, but most organizations are none.
                ["Place", ..] if label == "Organization" => words::has_people(&thing.name),
                // A place that one has not heard of may well be a town.
                _ if is_country(wanted) => false,
                _ if TELLING.contains(&*words::stem(wanted)) => false,
                _ => (named || general) && !otherwise,
            };
            if sure { LABELLED } else { PERHAPS }
        }
        Some(["Place", ..]) if label == "Event" || label == "Person" => 0.4,
        Some(_) => 0.55,
        None if general && !matches!(label, "Person" | "Place" | "Organization") => LABELLED,
        None => 0.76,
    }
}

/// Whether a country is asked for, and the thing is one after which its people are called.
fn is_known_country(wanted: &str, thing: &Thing) -> bool {
    is_country(wanted)
        && matches!(thing.label.as_str(), "Place" | "Organization")
        && words::has_people(&thing.name)
}

fn is_country(class: &str) -> bool {
    singulars(class).any(|class| matches!(&*class, "country" | "nation"))
}

/// What one can touch, by the roots of its branches of the tree of kinds, so that what is called
/// otherwise is none of it: a road is no bridge, but the end of a blockade may be a demand.
const TANGIBLE: &[&str] = &[
    "artifact",
    "formation",
    "stream",
    "organism",
    "food",
    "substance",
];

/// The branch of the tree of kinds that a noun in its first sense is of, by its root.
fn branch_of(noun: &str) -> Option<&'static str> {
    // A person is an organism, and an island a place, too.
    let first = ["person", "group", "location"];
    let mut roots = first.into_iter().chain(TANGIBLE.iter().copied());
    roots.find(|root| kinds().is_first(noun, root))
}

/// Nouns that hardly anything is called by.
static GENERAL: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../grammar/words/general-classes.txt")).collect());

/// Stems of nouns for kinds that few things of a label are of.
static TELLING: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    lines(include_str!("../../grammar/words/telling-classes.txt"))
        .map(words::stem)
        .collect()
});

/// Whether a class is one of persons, bodies or places, which words that name no thing are not.
pub(super) fn is_of_things(class: &Phrase) -> bool {
    let noun = words::words(&class.role).pop().unwrap_or_default();
    let labels = label_of(&noun).and_then(<[_]>::first);
    labels.is_some_and(|label| matches!(*label, "Person" | "Organization" | "Place"))
}

/// Whether a noun, as a stem, names where people live, rather than a building there.
pub(super) fn is_settlement(head: &str) -> bool {
    static SETTLEMENTS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        lines(include_str!("../../grammar/words/settlements.txt"))
            .map(words::stem)
            .collect()
    });
    SETTLEMENTS.contains(head)
}

/// Whether a name says that it is a building or a ground: "Harbour Stadium".
fn is_facility(name: &str) -> bool {
    static FACILITIES: LazyLock<BTreeSet<&'static str>> =
        LazyLock::new(|| lines(include_str!("../../grammar/words/facilities.txt")).collect());
    name.split_whitespace()
        .next_back()
        .is_some_and(|last| FACILITIES.contains(last.to_lowercase().as_str()))
}

/// The labels of the things that a noun may name; that of most of them first.
fn label_of(noun: &str) -> Option<&'static [&'static str]> {
    static LABELS: LazyLock<Vec<(Vec<&'static str>, BTreeSet<String>)>> = LazyLock::new(|| {
        lines(include_str!("../../grammar/words/class-labels.txt"))
            .filter_map(|line| line.split_once(':'))
            .map(|(labels, nouns)| {
                (
                    items(labels).collect(),
                    items(nouns).map(words::stem).collect(),
                )
            })
            .collect()
    });
    let stems: Vec<String> = singulars(noun).map(|noun| words::stem(&noun)).collect();
    let mut rows = LABELS.iter();
    rows.find(|(_, nouns)| stems.iter().any(|stem| nouns.contains(stem)))
        .map(|(labels, _)| labels.as_slice())
}
