//! Closed lists that resolution looks words up in: nationalities, titles, given names.
//!
//! The lists are data in `grammar/words`, compiled in and read once. This module knows nothing of
//! documents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What a title before a name says of its bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Title {
    /// Whether it is never a noun of its own: "Mr".
    pub(crate) only: bool,
    /// The gender it tells.
    pub(crate) gender: Option<Gender>,
}

/// The gender of a person, as pronouns show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gender {
    /// he
    Masculine,
    /// she
    Feminine,
}

struct Lists {
    demonyms: BTreeMap<String, String>,
    places: BTreeSet<String>,
    place_nouns: BTreeSet<String>,
    /// Short forms in small letters, each as the list writes it and the full name.
    aliases: BTreeMap<String, (String, String)>,
    titles: BTreeMap<String, Title>,
    ships: BTreeSet<String>,
    verbs_of_people: BTreeSet<String>,
    nicknames: BTreeMap<String, BTreeSet<String>>,
    names: BTreeMap<String, Gender>,
    people: BTreeMap<String, Gender>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let demonyms = include_str!("../../grammar/words/demonyms.txt");
    let nicknames = include_str!("../../grammar/words/nicknames.txt");
    let mut by_nickname: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, short) in pairs(nicknames) {
        by_nickname
            .entry(short.to_lowercase())
            .or_default()
            .insert(name.to_lowercase());
    }
    Lists {
        demonyms: pairs(demonyms)
            .map(|(place, word)| (word.to_lowercase(), place.to_owned()))
            .collect(),
        places: pairs(demonyms)
            .map(|(place, _)| place.to_lowercase())
            .collect(),
        place_nouns: lines(include_str!("../../grammar/words/place-nouns.txt"))
            .map(str::to_owned)
            .collect(),
        aliases: pairs(include_str!("../../grammar/words/aliases.txt"))
            .map(|(name, short)| (short.to_lowercase(), (short.to_owned(), name.to_owned())))
            .collect(),
        titles: titles(include_str!("../../grammar/words/titles.txt")),
        ships: lines(include_str!("../../grammar/words/ship-prefixes.txt"))
            .map(str::to_owned)
            .collect(),
        verbs_of_people: lines(include_str!("../../grammar/words/people-verbs.txt"))
            .map(str::to_owned)
            .collect(),
        nicknames: by_nickname,
        names: genders(include_str!("../../grammar/words/given-names.txt")),
        people: genders(include_str!("../../grammar/words/people.txt")),
    }
});

/// Whether `word` says what a place is that is named after "of": "town".
pub(crate) fn is_place_noun(word: &str) -> bool {
    LISTS.place_nouns.contains(word)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The pairs of `key: value, value` lines.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    lines(text)
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(key, values)| {
            values
                .split(',')
                .map(str::trim)
                .filter(|value| !value.is_empty())
                .map(move |value| (key.trim(), value))
        })
}

fn gender(letter: &str) -> Option<Gender> {
    match letter {
        "m" => Some(Gender::Masculine),
        "f" => Some(Gender::Feminine),
        _ => None,
    }
}

fn genders(text: &str) -> BTreeMap<String, Gender> {
    pairs(text)
        .filter_map(|(letter, word)| Some((word.to_lowercase(), gender(letter)?)))
        .collect()
}

fn titles(text: &str) -> BTreeMap<String, Title> {
    lines(text)
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            let title = words.next()?;
            let marks: Vec<&str> = words.collect();
            let title_marks = Title {
                only: marks.contains(&"only"),
                gender: marks.iter().find_map(|mark| gender(mark)),
            };
            Some((title.to_owned(), title_marks))
        })
        .collect()
}

/// The place that an adjective or a people-word belongs to: "Russian" to Russia.
pub(crate) fn place_of_demonym(word: &str) -> Option<&'static str> {
    LISTS.demonyms.get(&word.to_lowercase()).map(String::as_str)
}

/// Whether a name that begins with `word` is a ship's: "USS".
pub(crate) fn is_ship_prefix(word: &str) -> bool {
    LISTS.ships.contains(word)
}

/// Whether only people do what the verb with dictionary form `lemma` says.
pub(crate) fn is_verb_of_people(lemma: &str) -> bool {
    LISTS.verbs_of_people.contains(lemma)
}

/// Whether `name` is a place that has a demonym in the list.
pub(crate) fn is_listed_place(name: &str) -> bool {
    LISTS.places.contains(&name.to_lowercase())
}

/// The full name that a well-known short form stands for: "UN". What the list writes in capitals
/// only capitals mean: "WHO", but not "Who".
pub(crate) fn full_name(short: &str) -> Option<&'static str> {
    let (listed, name) = LISTS.aliases.get(&short.to_lowercase())?;
    let in_capitals = listed.len() > 1 && !listed.chars().any(char::is_lowercase);
    (!in_capitals || listed == short).then_some(name.as_str())
}

/// What `word` says as a title before a name, if it is one.
pub(crate) fn title(word: &str) -> Option<Title> {
    LISTS.titles.get(&word.to_lowercase()).copied()
}

/// Whether two given names may be one person's: equal, or one a short form of the other.
pub(crate) fn same_given_name(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let stands_for = |short: &str, full: &str| {
        LISTS
            .nicknames
            .get(short)
            .is_some_and(|names| names.contains(full))
    };
    one == other || stands_for(&one, &other) || stands_for(&other, &one)
}

/// The gender of most bearers of a given name.
pub(crate) fn gender_of_given_name(name: &str) -> Option<Gender> {
    LISTS.names.get(&name.to_lowercase()).copied()
}

/// The gender that a noun for a person tells: "spokeswoman".
pub(crate) fn gender_of_noun(lemma: &str) -> Option<Gender> {
    LISTS.people.get(&lemma.to_lowercase()).copied()
}

/// Nouns for organizations.
const BODIES: [&str; 38] = [
    "administration",
    "agency",
    "army",
    "association",
    "bank",
    "brand",
    "broadcaster",
    "committee",
    "company",
    "congress",
    "corporation",
    "council",
    "court",
    "firm",
    "foundation",
    "government",
    "institute",
    "magazine",
    "manufacturer",
    "militia",
    "military",
    "ministry",
    "navy",
    "newspaper",
    "ngo",
    "organisation",
    "organization",
    "outlet",
    "parliament",
    "party",
    "police",
    "publisher",
    "regime",
    "school",
    "startup",
    "station",
    "union",
    "university",
];

/// Nouns for many people seen as one.
const CROWDS: [&str; 16] = [
    "audience", "band", "board", "church", "club", "couple", "crew", "crowd", "family", "force",
    "gang", "group", "majority", "minority", "staff", "team",
];

/// Whether a noun is that of an organization: "outlet".
pub(crate) fn is_body(noun: &str) -> bool {
    BODIES.contains(&noun)
}

/// Whether a noun means many people as one: "team".
pub(crate) fn is_crowd(noun: &str) -> bool {
    CROWDS.contains(&noun)
}

#[cfg(test)]
mod tests {
    use super::{
        Gender, full_name, gender_of_given_name, gender_of_noun, place_of_demonym, same_given_name,
        title,
    };

    #[test]
    fn words_are_looked_up_without_regard_to_case() {
        assert_eq!(place_of_demonym("russian"), Some("Russia"));
        assert_eq!(full_name("UN"), Some("United Nations"));
        assert!(same_given_name("Bill", "William"));
        assert!(!same_given_name("Bill", "Robert"));
        assert!(title("Mr").is_some_and(|title| title.only));
        assert!(title("general").is_some_and(|title| !title.only));
        assert_eq!(gender_of_given_name("Fuad"), Some(Gender::Masculine));
        assert_eq!(gender_of_noun("spokeswoman"), Some(Gender::Feminine));
    }
}
