//! Forms of names: what is one name written two ways, and what is a shorter form of a name.
//!
//! Works on words alone; knows neither documents nor clusters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::words;
use crate::text::ends_firm;

/// Small words inside names that an acronym may leave out.
const SMALL_WORDS: [&str; 16] = [
    "of", "for", "the", "and", "in", "on", "de", "la", "du", "des", "to", "at", "a", "an", "&",
    "with",
];

/// Words at the end of the name of a body that people leave out, several of them, too.
const BODY_WORDS: [&str; 28] = [
    "ab",
    "ag",
    "as",
    "asa",
    "bank",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "foundation",
    "gmbh",
    "group",
    "holdings",
    "inc",
    "incorporated",
    "international",
    "kg",
    "limited",
    "llc",
    "ltd",
    "movement",
    "nv",
    "oyj",
    "party",
    "plc",
    "sa",
    "spa",
];

/// A name with what comparing it with others needs, worked out once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spelling {
    /// The name as written.
    pub(crate) written: String,
    /// Its key words.
    pub(crate) words: Vec<String>,
    /// The key words of a person so called.
    pub(crate) person: Vec<String>,
    /// Its key.
    pub(crate) key: String,
    /// The well-known place of this name, in lower case.
    pub(crate) place: Option<String>,
}

impl Spelling {
    /// The name `written`.
    pub(crate) fn new(written: &str) -> Self {
        let words = key_words(written);
        let place = words::full_name(written).unwrap_or(written);
        Self {
            written: written.to_owned(),
            person: person_words(&words),
            key: words.concat(),
            words,
            place: words::is_listed_place(place).then(|| place.to_lowercase()),
        }
    }
}

/// The words of `name` in lower case, without accents, marks, leading article and possessive.
pub(crate) fn key_words(name: &str) -> Vec<String> {
    let plain: String = name
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .map(|letter| if letter == '’' { '\'' } else { letter })
        .collect();
    let lowered = plain.to_lowercase();
    let trimmed = lowered.strip_suffix("'s").unwrap_or(&lowered);
    let mut words: Vec<String> = trimmed
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '.' || letter == '\''))
        .map(|word| {
            word.chars()
                .filter(|letter| letter.is_alphanumeric())
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect();
    while words.len() > 1
        && words
            .first()
            .is_some_and(|word| ["the", "a", "an"].contains(&word.as_str()))
    {
        words.remove(0);
    }
    words
}

/// One string for all spellings of a name: its key words run together, so that "M-5 highway" and
/// "M5 highway" agree.
pub(crate) fn key(name: &str) -> String {
    key_words(name).concat()
}

/// Whether `text` looks like an acronym: "SOHR", "U.S.", "M5S", "IE9".
pub(crate) fn is_acronym(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|letter| *letter != '.').collect();
    let capitals = letters
        .iter()
        .filter(|letter| letter.is_uppercase())
        .count();
    (2..=8).contains(&letters.len())
        && capitals >= 2
        && letters
            .iter()
            .all(|letter| letter.is_uppercase() || letter.is_ascii_digit())
}

/// Whether `acronym` is made of the first letters of the words of `name`.
///
/// Small words may give a letter or none, and a number in the name stands for itself.
pub(crate) fn abbreviates(acronym: &str, name: &str) -> bool {
    if !is_acronym(acronym) {
        return false;
    }
    let wanted: Vec<char> = acronym
        .chars()
        .filter(|letter| *letter != '.')
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = name
        .split(|letter: char| letter.is_whitespace() || letter == '-' || letter == '/')
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect();
    words.len() >= 2 && spells(&wanted, &words)
}

fn spells(wanted: &[char], words: &[&str]) -> bool {
    let Some((word, rest)) = words.split_first() else {
        return wanted.is_empty();
    };
    let lowered = word.to_lowercase();
    let letters: Vec<char> = lowered.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.iter().all(char::is_ascii_digit)
        && let Some(after) = wanted.strip_prefix(letters.as_slice())
        && spells(after, rest)
    {
        return true;
    }
    if let (Some(first), Some((letter, after))) = (letters.first(), wanted.split_first())
        && first == letter
        && spells(after, rest)
    {
        return true;
    }
    SMALL_WORDS.contains(&lowered.as_str()) && spells(wanted, rest)
}

/// Where in `words`, which stand before the short form `short` in brackets, its long form begins:
/// the nearest word from which the letters of `short` are spelled to the end, each the first of a
/// word or right after the last ("NAVCENT" of "Naval Forces Central Command"); after Schwartz and
/// Hearst, "A Simple Algorithm for Identifying Abbreviation Definitions", 2003, which lets a letter
/// stand anywhere.
pub(crate) fn long_form(short: &str, words: &[&str]) -> Option<usize> {
    let singular = short.strip_suffix('s').unwrap_or(short);
    let wanted: Vec<char> = singular
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<Vec<char>> = words
        .iter()
        .map(|word| {
            let plain = word.nfkd().filter(|letter| letter.is_alphanumeric());
            plain.flat_map(char::to_lowercase).collect()
        })
        .collect();
    let small = |word: &[char]| {
        let word: String = word.iter().collect();
        word.is_empty() || word == "s" || SMALL_WORDS.contains(&word.as_str())
    };
    let starts = |at: usize| {
        words
            .get(at)
            .is_some_and(|word| !word.is_empty() && word.first() == wanted.first())
    };
    (0..words.len()).rev().filter(|at| starts(*at)).find(|at| {
        let rest = words.get(*at..).unwrap_or_default();
        let full = rest.iter().filter(|word| !small(word)).count();
        let free = if wanted.len() > 3 { full / 2 } else { 0 };
        full > 1 && rest.len() <= wanted.len() * 2 && prefixes_spell(&wanted, rest, free, &small)
    })
}

/// Whether `wanted` is made of beginnings of `words`, in order, each at least one letter long; up to
/// `free` words that are not small may give none.
fn prefixes_spell(
    wanted: &[char],
    words: &[Vec<char>],
    free: usize,
    small: &dyn Fn(&[char]) -> bool,
) -> bool {
    let Some((word, rest)) = words.split_first() else {
        return wanted.is_empty();
    };
    let common = word
        .iter()
        .zip(wanted)
        .take_while(|(one, other)| one == other)
        .count();
    let given = (1..=common).rev().any(|length| {
        let after = wanted.get(length..).unwrap_or_default();
        prefixes_spell(after, rest, free, small)
    });
    given
        || (small(word) && prefixes_spell(wanted, rest, free, small))
        || (free > 0 && prefixes_spell(wanted, rest, free - 1, small))
}

/// Whether a person called `full` may be called `short`: by surname, by given name, by both
/// without the names between, by initials, by a nickname.
pub(crate) fn shortens_person(short: &Spelling, full: &Spelling) -> bool {
    let (short, full) = (&short.person, &full.person);
    let (Some(first), Some(last)) = (full.first(), full.last()) else {
        return false;
    };
    if short.len() > full.len() || full.len() < 2 || short == full {
        return false;
    }
    match short.as_slice() {
        [] => false,
        [only] => {
            only == last
                || only == first
                || words::same_given_name(only, first)
                || last
                    .strip_prefix("al")
                    .is_some_and(|surname| surname == only && surname.len() > 3)
        }
        [given, .., surname] => {
            let ends_alike = ends_with(full, short.get(1..).unwrap_or_default());
            let given_fits = given == first
                || words::same_given_name(given, first)
                || (given.chars().count() == 1 && first.starts_with(given.as_str()))
                || (first.chars().count() == 1 && given.starts_with(first.as_str()));
            (surname == last && given_fits)
                || (ends_alike && full.contains(given))
                || full.starts_with(short)
        }
    }
}

fn ends_with(full: &[String], tail: &[String]) -> bool {
    full.len() >= tail.len()
        && full
            .iter()
            .rev()
            .zip(tail.iter().rev())
            .all(|(one, other)| one == other)
}

/// The key words of a person's name, without "Jr" and its like, a prefixed "al" joined; `words` are
/// all of them.
fn person_words(words: &[String]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut prefix: Option<&String> = None;
    for word in words {
        if ["jr", "sr", "ii", "iii", "iv"].contains(&word.as_str()) && !joined.is_empty() {
            continue;
        }
        if ["al", "el", "bin", "ibn"].contains(&word.as_str()) && prefix.is_none() {
            prefix = Some(word);
            continue;
        }
        joined.push(match prefix.take() {
            Some(before) => format!("{before}{word}"),
            None => word.clone(),
        });
    }
    joined.extend(prefix.cloned());
    joined
}

/// Whether something called `full` that is no person may be called `short`: the first words of
/// the name, the name without "Ltd" and its like. What is left out must not hold a number, or
/// "Maple Desktop" would be any of its versions.
pub(crate) fn shortens_thing(short: &Spelling, full: &Spelling) -> bool {
    let (short, full) = (&short.words, &full.words);
    if short.is_empty() || short.len() >= full.len() || is_direction(short) {
        return false;
    }
    // "the State Department" after "the US State Department".
    if full.ends_with(short) {
        let before = full.get(..full.len() - short.len()).unwrap_or_default();
        let whole = before.join(" ");
        // "Peru-Chile" is no longer name of Chile.
        return !words::is_listed_place(&short.join(" "))
            && (words::is_listed_place(&whole)
                || words::place_of_demonym(&whole).is_some()
                || words::full_name(&whole).is_some());
    }
    if !full.starts_with(short) {
        return false;
    }
    let left_out = full.get(short.len()..).unwrap_or_default();
    let numbered = left_out
        .iter()
        .any(|word| word.chars().any(|letter| letter.is_ascii_digit()));
    // "Acme" after "Acme Motors", but not "Harbour" after "Harbour Shipping Company".
    let only_company_words = match left_out {
        [only] if ends_firm(only) => true,
        words => words.iter().all(|word| BODY_WORDS.contains(&word.as_str())),
    };
    let begins_with_small_word = left_out
        .first()
        .is_some_and(|word| SMALL_WORDS.contains(&word.as_str()));
    let single = short.len() == 1;
    let place = words::is_listed_place(&short.join(" "));
    !numbered && !place && (only_company_words || (!single && begins_with_small_word))
}

/// Whether `short` is `full` without words that also end names of what is no body: "Bank", "Group",
/// "Party". Only of two bodies does that make it a shorter name.
pub(crate) fn leaves_out_body(short: &Spelling, full: &Spelling) -> bool {
    let left_out = full.words.strip_prefix(short.words.as_slice());
    left_out.is_some_and(|words| {
        let common = |word: &String| {
            matches!(
                word.as_str(),
                "bank"
                    | "company"
                    | "foundation"
                    | "group"
                    | "international"
                    | "movement"
                    | "party"
            )
        };
        words.iter().any(common)
    })
}

/// Whether all of a name is where something lies: "the West" is no bank.
fn is_direction(words: &[String]) -> bool {
    let direction = |word: &String| {
        matches!(
            word.as_str(),
            "north"
                | "south"
                | "east"
                | "west"
                | "northeast"
                | "northwest"
                | "southeast"
                | "southwest"
                | "left"
                | "right"
                | "upper"
                | "lower"
                | "central"
        )
    };
    words.iter().all(direction)
}

/// `name` as the last part of a lasting id: lower case, words parted by hyphens, ASCII letters
/// and digits; other letters are kept as they are.
pub(crate) fn slug(name: &str) -> String {
    let words = key_words(name);
    if words.is_empty() {
        let codes: Vec<String> = name
            .chars()
            .take(8)
            .map(|letter| format!("{:x}", u32::from(letter)))
            .collect();
        return if codes.is_empty() {
            "unnamed".to_owned()
        } else {
            codes.join("-")
        };
    }
    let whole = words.join("-");
    whole.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::{Spelling, abbreviates, key, shortens_person, shortens_thing, slug};

    #[test]
    fn spellings_of_one_name_share_a_key() {
        assert_eq!(key("the M-5 highway"), key("M5 highway"));
        assert_eq!(key("U.S."), key("US"));
        assert_eq!(key("José Díaz"), key("Jose Diaz"));
        assert_ne!(key("Ada"), key("Adam"));
    }

    #[test]
    fn a_firm_is_called_without_what_firms_end_in() {
        let cases = [
            ("Orvela", "Orvela ASA", true),
            ("Orvela", "Orvela Partners", true),
            ("Orvela", "Orvela Holdings Ltd", true),
            ("Orvela", "Orvela Shipping Company", false),
            ("Orvela", "Orvela Cathedral", false),
            ("South", "South Company", false),
        ];
        for (short, full, wanted) in cases {
            let shortens = shortens_thing(&Spelling::new(short), &Spelling::new(full));
            assert_eq!(shortens, wanted, "{short}, {full}");
        }
    }

    #[test]
    fn two_countries_with_a_hyphen_are_no_longer_name_of_one() {
        assert!(!shortens_thing(
            &Spelling::new("Chile"),
            &Spelling::new("Peru-Chile")
        ));
        assert!(shortens_thing(
            &Spelling::new("Trade Ministry"),
            &Spelling::new("Peru Trade Ministry")
        ));
    }

    #[test]
    fn acronyms_are_spelled_by_first_letters() {
        let cases = [
            ("HWA", "Harbour Workers' Association", true),
            ("OHR", "Observatory for Human Rights", true),
            ("MD9", "Maple Desktop 9", true),
            ("MD8", "Maple Desktop 9", false),
            ("M5S", "Movimento 5 Stelle", true),
            ("UN", "United Nations", true),
            ("UN", "Union", false),
        ];
        for (acronym, name, fits) in cases {
            assert_eq!(abbreviates(acronym, name), fits, "{acronym} {name}");
        }
    }

    #[test]
    fn a_long_form_is_spelled_from_its_first_word_on() {
        let cases = [
            (
                "HWA",
                "members of the Harbour Workers ' Association",
                Some(3),
            ),
            ("OHR", "the Observatory for Human Rights", Some(1)),
            ("PORTCOM", "Royal Port Guards Command", Some(1)),
            ("HWA", "the Fishers ' Association", None),
            ("UN", "reports of the Union", None),
        ];
        for (short, words, start) in cases {
            let words: Vec<&str> = words.split(' ').collect();
            assert_eq!(super::long_form(short, &words), start, "{short} {words:?}");
        }
    }

    #[test]
    fn persons_are_called_by_parts_of_their_names() {
        let cases = [
            ("Lovelace", "Ada Lovelace", true),
            ("Ada", "Ada Lovelace", true),
            ("A. Lovelace", "Ada Lovelace", true),
            ("Bill Gates", "William Henry Gates", true),
            ("Hadi", "Omar al-Hadi", true),
            ("Byron Lovelace", "Ada Lovelace", false),
            ("Love", "Ada Lovelace", false),
        ];
        for (short, full, fits) in cases {
            let found = shortens_person(&Spelling::new(short), &Spelling::new(full));
            assert_eq!(found, fits, "{short} {full}");
        }
    }

    #[test]
    fn things_are_called_by_the_start_of_their_names() {
        let cases = [
            ("Acme", "Acme Ltd", true),
            ("Harbour Office", "Harbour Office of Trieste", true),
            ("Great Explorer", "Great Explorer 6", false),
            ("Syria", "Syria Tomorrow", false),
            ("Trade Ministry", "French Trade Ministry", true),
            ("Trade Ministry", "New Trade Ministry", false),
        ];
        for (short, full, fits) in cases {
            let found = shortens_thing(&Spelling::new(short), &Spelling::new(full));
            assert_eq!(found, fits, "{short} {full}");
        }
    }

    #[test]
    fn a_slug_is_never_empty() {
        assert_eq!(slug("Ana Rivera Lund"), "ana-rivera-lund");
        assert_eq!(slug("!?"), "21-3f");
        assert_eq!(slug(""), "unnamed");
    }
}
