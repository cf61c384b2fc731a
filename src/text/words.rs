//! The closed lists of `grammar/words` that this layer reads, compiled in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Words by the name of their list.
type Lists = BTreeMap<&'static str, BTreeSet<&'static str>>;

/// What the full stop of an abbreviation says of what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// A name follows: "Mr. Ito".
    Title,
    /// It is one only before a number: "No. 5".
    Number,
    /// The sentence goes on: "vs. Japan".
    Inner,
    /// It may end a sentence: "Ito Inc."
    Any,
}

static ABBREVIATIONS: LazyLock<BTreeMap<String, Abbreviation>> = LazyLock::new(|| {
    let mut found = BTreeMap::new();
    for (class, words) in lists(include_str!("../../grammar/words/abbreviations.txt")) {
        let class = match class {
            "title" => Abbreviation::Title,
            "number" => Abbreviation::Number,
            "inner" => Abbreviation::Inner,
            _ => Abbreviation::Any,
        };
        for word in words {
            found.insert(word.to_owned(), class);
            // "c. 1900" is an abbreviation, "C. Ito" an initial.
            if word.len() > 2 {
                found.insert(capitalized(word), class);
            }
            if word.len() > 2 && matches!(class, Abbreviation::Title | Abbreviation::Any) {
                found.insert(word.to_uppercase(), class);
            }
        }
    }
    found
});

static TOKENS: LazyLock<Lists> =
    LazyLock::new(|| lists(include_str!("../../grammar/words/tokens.txt")));

static JOINED: LazyLock<BTreeMap<String, Vec<usize>>> = LazyLock::new(|| {
    let words = TOKENS.get("joined").into_iter().flatten();
    words
        .map(|word| {
            let lengths = word.split('|').map(str::len).collect();
            (word.replace('|', ""), lengths)
        })
        .collect()
});

/// The class of `word`, which ends in a full stop; `None` if it is no known abbreviation.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    ABBREVIATIONS.get(word).copied()
}

/// Whether the list `name` of `tokens.txt` holds `word` (in lower case).
pub(crate) fn listed(name: &str, word: &str) -> bool {
    TOKENS.get(name).is_some_and(|words| words.contains(word))
}

/// The words of the list `name` of `tokens.txt`.
pub(crate) fn list(name: &str) -> impl Iterator<Item = &'static str> {
    TOKENS.get(name).into_iter().flatten().copied()
}

/// The lengths in bytes of the words that `word` (in lower case) is written together of.
pub(crate) fn joined(word: &str) -> Option<&'static [usize]> {
    JOINED.get(word).map(Vec::as_slice)
}

/// What names of companies end in.
static FIRMS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let list = include_str!("../../grammar/words/firm-names.txt");
    let lines = list.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Given names, as they are written.
static GIVEN: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let list = include_str!("../../grammar/words/given-names.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(_, names)| names.split(',').map(str::trim))
        .filter(|name| !name.is_empty())
        .collect()
});

/// Countries and what else has people called after it, in lower case.
static COUNTRIES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let list = include_str!("../../grammar/words/demonyms.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(':'))
        .map(|(place, _)| place.trim().to_lowercase())
        .collect()
});

/// Whether names of companies end in `word`: "Motors", "ASA".
pub(crate) fn ends_firm(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    FIRMS.contains(bare.to_lowercase().as_str())
}

/// Whether `word` is a given name, borne by people only.
pub(crate) fn is_given_name(word: &str) -> bool {
    GIVEN.contains(word)
}

/// Whether `name` is that of a country or another place whose people are called after it.
pub(crate) fn is_country(name: &str) -> bool {
    COUNTRIES.contains(&name.to_lowercase())
}

/// The lists of a file: each line the name of its list, then words; `#` begins a comment.
pub(crate) fn lists(file: &'static str) -> Lists {
    let mut lists = Lists::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        if let Some(name) = words.next() {
            lists.entry(name).or_default().extend(words);
        }
    }
    lists
}

fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}
