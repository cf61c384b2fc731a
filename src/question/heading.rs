//! What a phrase is called by, told from what it only belongs to: of "Dolan's former aide" and "a
//! former aide to Dolan" the aide, not Dolan.
//!
//! Works on words alone: what was written in the documents has no tree here.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::model::lines;
use crate::text::ends_firm;

use super::class::is_settlement;
use super::kinds::kinds;
use super::words::{self, PREPOSITIONS};

/// Nouns, as they are written, that only count or gather what is named after "of".
static GATHERING: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../grammar/words/gathering-nouns.txt")).collect());

/// Words that open a clause about what stands before them.
const OPENING: &[&str] = &[
    "who", "whom", "whose", "that", "which", "when", "where", "while",
];

/// The stems of the words that head `text`: none of whose it is, nor of what a preposition or a
/// clause adds. A comma begins another name of the same. Where these only count, all stems.
pub(super) fn heading(text: &str) -> Vec<String> {
    let heading = words::content(&parts(text).concat().join(" "));
    if heading.iter().all(|stem| is_number(stem)) {
        return words::content(text);
    }
    heading
}

/// The nouns, in lower case, that `text` calls something by: of "the old ferry Marlow, a wreck" the
/// ferry and the wreck. The last word of a name is one, too, unless `plain` says that names are
/// none: "Port Vane Bridge" is a bridge; and so is the first, where no list has the last: "Mount
/// Vesk".
pub(super) fn nouns(text: &str, plain: bool) -> Vec<String> {
    let named = |word: &&&str| is_capital(word);
    let mut nouns = Vec::new();
    for part in parts(text) {
        let name = part.iter().rev().take_while(named).count();
        let (before, name) = part.split_at(part.len() - name);
        nouns.extend(before.last().map(|word| words::words(word)));
        if let ([first, .., last], false) = (name, plain) {
            let (first, last) = (words::words(first), words::words(last));
            let known = last.iter().any(|word| kinds().has(word));
            nouns.push(if known { last } else { first });
        }
    }
    let mut nouns = nouns.concat();
    nouns.retain(|noun| !words::is_stop(noun));
    nouns
}

/// Whether a word begins with a capital.
fn is_capital(word: &str) -> bool {
    word.trim_start_matches(|c: char| !c.is_alphanumeric())
        .starts_with(char::is_uppercase)
}

/// Whether `text` is a name, and not only a description at the head of a sentence.
pub(super) fn is_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().is_some_and(is_capital);
    match words.next() {
        None => first,
        Some(second) => is_capital(second) || words.any(is_capital),
    }
}

/// Whether a name ends as those of companies do: not "Ministry of Energy".
pub(super) fn is_firm(name: &str) -> bool {
    let words = name.split_whitespace();
    let last = words.clone().skip(1).last().unwrap_or_default();
    ends_firm(last) && !words.into_iter().any(|word| word == "of")
}

/// The words of `text` that head it, between commas.
fn parts(text: &str) -> Vec<Vec<&str>> {
    let mut found: Vec<Vec<&str>> = Vec::new();
    let mut part: Vec<&str> = Vec::new();
    let mut open = true;
    let mut chunks = text.split_whitespace().peekable();
    while let Some(chunk) = chunks.next() {
        let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
        let ends = chunk.ends_with([',', ';', ')']) || chunks.peek().is_none();
        let small = !bare.starts_with(char::is_uppercase);
        let breaks = small && (PREPOSITIONS.contains(&bare) || OPENING.contains(&bare));
        if open && breaks && part.iter().any(|word| says(word)) {
            if bare == "of" && part.iter().all(|word| gathers(word)) {
                part.clear();
            } else {
                open = false;
            }
        } else if open && is_possessor(bare) && !ends {
            part.clear();
        } else if open && (ends || !is_led_by(bare)) {
            part.push(chunk);
        }
        if ends {
            found.push(std::mem::take(&mut part));
            open = true;
        }
    }
    found
}

fn is_number(stem: &str) -> bool {
    stem.starts_with(|c: char| c.is_ascii_digit())
}

fn says(word: &str) -> bool {
    words::words(word).iter().any(|word| !words::is_stop(word)) || gathers(word)
}

/// Whether `word` may stand in "dozens of", "three of the", "the city of".
fn gathers(word: &str) -> bool {
    words::words(word).iter().all(|word| {
        let stem = words::stem(word);
        GATHERING.contains(&word.as_str())
            || words::is_stop(word)
            || is_number(&stem)
            || is_settlement(&stem)
    })
}

fn is_possessor(word: &str) -> bool {
    ["'s", "’s", "s'", "s’"]
        .iter()
        .any(|mark| word.ends_with(mark))
}

/// Whether `word` says who stands behind what follows: "Dolan-backed".
fn is_led_by(word: &str) -> bool {
    word.rsplit_once('-').is_some_and(|(by, done)| {
        by.starts_with(char::is_uppercase)
            && done.starts_with(char::is_lowercase)
            && (done.ends_with("ed") || matches!(done, "led" | "run" | "made" | "born" | "held"))
    })
}

#[cfg(test)]
mod tests {
    use super::{heading, is_firm, is_name, nouns};
    use crate::question::words::content;

    #[test]
    fn what_something_is_called_by() {
        let cases = [
            ("The bridges of Garn", "bridges"),
            ("the bridge builder", "builder"),
            ("the old ferry Marlow, a wreck", "ferry wreck"),
            ("Port Vane Bridge", "bridge"),
            ("Mount Vesk", "mount"),
            ("Turkey", ""),
            ("Dolan's ship", "ship"),
            ("two ships that left", "ships"),
        ];
        for (text, called) in cases {
            assert_eq!(nouns(text, false).join(" "), called, "{text}");
        }
        assert!(nouns("Robin Vask", true).is_empty());
    }

    #[test]
    fn a_capital_at_the_head_of_a_sentence_makes_no_name() {
        assert!(is_name("Garn") && is_name("the Bank of Norland") && is_name("Dolan Bridge"));
        assert!(!is_name("Twenty houses") && !is_name("the bridge"));
    }

    #[test]
    fn names_of_companies_end_so() {
        assert!(is_firm("Zeta Motors") && is_firm("Tovo Steel Inc."));
        assert!(!is_firm("Motors") && !is_firm("Ministry of Energy") && !is_firm("Zeta Union"));
    }

    #[test]
    fn a_phrase_is_headed_by_what_it_names_and_not_by_whose_it_is() {
        let cases = [
            ("Dolan's bodyguard", "bodyguard"),
            ("A former aide to Dolan", "former aide"),
            ("the wife of the mayor, Lena Ostrik,", "wife Lena Ostrik"),
            ("the generals' driver", "driver"),
            ("two guards who had met Dolan", "two guards"),
            ("Dolan-backed fighters", "fighters"),
            ("Marek Dolan, the party's leader", "Marek Dolan leader"),
            // The whole phrase, where nothing else heads it.
            ("Dolan's", "Dolan"),
            ("dozens of supporters", "supporters"),
            ("two of Dolan's aides", "aides"),
            ("the city of Garn", "Garn"),
            ("200 of them", "200"),
            ("Marek Dolan", "Marek Dolan"),
            ("the Bank of Norland", "Bank"),
        ];
        for (text, head) in cases {
            assert_eq!(heading(text), content(head), "{text}");
        }
    }
}
