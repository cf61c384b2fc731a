//! Whether a thing is one of a class: "which countries", "what prize".

use std::collections::BTreeSet;

use super::facts::{Facts, Thing};
use super::frame::Phrase;
use super::heading::nouns;
use super::kinds::kinds;
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
    let nouns = nouns_of(facts, thing, index);
    if nouns.iter().any(|noun| words::stem(noun) == class.head) {
        return 1.0;
    }
    let wanted = words::words(&class.role).pop().unwrap_or_default();
    if nouns.iter().any(|noun| kinds().is_kind(noun, &wanted)) {
        return 0.97;
    }
    let named = thing.name.starts_with(char::is_uppercase);
    if is_tangible(&wanted) && !named {
        // "the vessel" may be a ship.
        let may_be = nouns.iter().any(|noun| kinds().is_kind(&wanted, noun));
        return if may_be { 0.7 } else { 0.2 };
    }
    let label = thing.label.as_str();
    // A village is no city; but a captain may well be a player.
    let kind = thing.kind.to_lowercase();
    let otherwise = label != "Person" && kinds().has(&kind) && !kinds().is_kind(&wanted, &kind);
    match label_of(&class.head) {
        Some(labels) if labels.contains(&label) => {
            let sure = match labels {
                // Things of these labels are of too many kinds.
                ["Object", ..] => false,
                // Countries may act as organizations do, but most organizations are none.
                ["Place", ..] if label == "Organization" => words::has_people(&thing.name),
                _ => named && !otherwise,
            };
            if sure { LABELLED } else { PERHAPS }
        }
        Some(["Place", ..]) if label == "Event" || label == "Person" => 0.4,
        Some(_) => 0.55,
        None => 0.76,
    }
}

/// The nouns, in lower case, that the graph calls the thing by.
fn nouns_of(facts: &Facts, thing: &Thing, index: usize) -> BTreeSet<String> {
    let names = std::iter::once(&thing.name).chain(&thing.aliases);
    let called = facts.around(index).flat_map(|fact| {
        let says = fact.verb == "is a" && fact.polarity != "denied";
        [
            (fact.subject == index).then_some(&fact.subject_text),
            (fact.object == index || (says && fact.subject == index)).then_some(&fact.object_text),
        ]
    });
    let mut nouns: BTreeSet<String> = names
        .chain(called.flatten())
        .flat_map(|text| nouns(text))
        .collect();
    nouns.insert(thing.kind.to_lowercase());
    nouns
}

/// Whether a noun names things that one can touch, so that what is called otherwise is none of
/// them: a road is no bridge, but the end of a blockade may be a demand.
fn is_tangible(noun: &str) -> bool {
    const GENERAL: &[&str] = &[
        "product",
        "work",
        "structure",
        "facility",
        "equipment",
        "device",
        "instrument",
        "object",
        "item",
        "article",
        "material",
        "substance",
        "target",
        "thing",
        "system",
        "service",
    ];
    const TANGIBLE: &[&str] = &["artifact", "formation", "stream", "organism", "food"];
    const OTHER: &[&str] = &["person", "group", "location"];
    let is = |root: &&str| kinds().is_kind(noun, root);
    let general = |one: &&str| words::stem(one) == words::stem(noun);
    !GENERAL.iter().any(general) && TANGIBLE.iter().any(is) && !OTHER.iter().any(is)
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
        "engineer",
        "activist",
        "journalist",
    ];
    const WORKS: &[&str] = &[
        "book", "film", "song", "prize", "award", "weapon", "ship", "boat", "report",
    ];
    const GROUPS: &[&str] = &[
        "group",
        "minority",
        "community",
        "tribe",
        "faction",
        "side",
        "crowd",
        "people",
        "nationality",
    ];
    const SITES: &[&str] = &["site", "website", "platform", "portal"];
    let among = |list: &[&str]| list.iter().any(|noun| words::stem(noun) == head);
    if among(PLACES) {
        return Some(&["Place", "Organization"]);
    }
    if among(ORGANIZATIONS) {
        return Some(&["Organization", "Place"]);
    }
    if among(GROUPS) {
        return Some(&["Organization", "Person", "Place"]);
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
