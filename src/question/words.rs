//! Words of a question against words of the graph: stop words, stems, how well predicates agree.
//!
//! Knows no graph; what predicates have to do with one another is in [`crate::model`]'s lexicon.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::model::{WordList, items, lexicon, lines};

/// How well two predicates agree, 1 for the same word.
pub(super) const SAME: f64 = 1.0;
/// Two words of one line of our own list.
const LISTED: f64 = 0.9;
/// A verb and the noun for who does it.
const ROLE: f64 = 0.88;
/// Two words that share a frequent sense in `WordNet`.
const WORDNET: f64 = 0.75;
/// A word that no list knows, one slip of the pen away.
const SLIP: f64 = 0.85;

/// Words that carry no meaning of their own in a phrase.
const STOP: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "these",
    "those",
    "his",
    "her",
    "its",
    "their",
    "my",
    "our",
    "your",
    "of",
    "in",
    "on",
    "at",
    "to",
    "for",
    "from",
    "by",
    "with",
    "and",
    "or",
    "as",
    "into",
    "over",
    "about",
    "than",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "am",
    "do",
    "does",
    "did",
    "done",
    "have",
    "has",
    "had",
    "having",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "shall",
    "should",
    "must",
    "it",
    "he",
    "she",
    "they",
    "we",
    "i",
    "you",
    "him",
    "them",
    "who",
    "whom",
    "whose",
    "what",
    "which",
    "when",
    "where",
    "why",
    "how",
    "there",
    "s",
    "not",
    "n't",
    "no",
    "also",
    "so",
    "such",
    "very",
    "any",
    "some",
    "all",
    "both",
    "each",
    "during",
    "through",
    "until",
    "against",
    "between",
    "among",
    "up",
    "out",
    "off",
    "down",
    "after",
    "before",
    "while",
    "if",
    "because",
    "more",
    "most",
    "many",
    "much",
    "other",
    "own",
    "same",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "prof",
    "according",
    "t",
];

/// Prepositions and particles that can end a relationship type.
pub(super) const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "below",
    "between",
    "beyond",
    "by",
    "despite",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "outside",
    "over",
    "past",
    "since",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "upon",
    "via",
    "with",
    "within",
    "without",
    "than",
    "because",
];

/// Whether `word` (lower case) says nothing by itself.
pub(super) fn is_stop(word: &str) -> bool {
    STOP.contains(&word)
}

/// The words of `text` in lower case, marks and possessive endings dropped: "Malaysia's" is
/// `malaysia`, "U.S." is `us`, "Al-Manar" is `al`, `manar`, "1,426" is `1426`.
pub(super) fn words(text: &str) -> Vec<String> {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| match c {
            '’' | '‘' => '\'',
            other => other,
        })
        .collect();
    let mut found = Vec::new();
    for chunk in plain.split_whitespace() {
        let chunk = chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
        let chunk = chunk
            .strip_suffix("'s")
            .or_else(|| {
                chunk
                    .strip_suffix("s'")
                    .map(|_| chunk.trim_end_matches('\''))
            })
            .unwrap_or(chunk);
        let dotted = chunk.len() > 2
            && chunk
                .split('.')
                .all(|part| part.chars().count() <= 1 && part.chars().all(char::is_alphabetic));
        let number = chunk.chars().any(|c| c.is_ascii_digit())
            && chunk
                .chars()
                .all(|c| c.is_ascii_digit() || c == ',' || c == '.');
        if dotted {
            found.push(chunk.replace('.', ""));
        } else if number {
            found.push(chunk.replace(',', ""));
        } else {
            found.extend(
                chunk
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|part| !part.is_empty())
                    .map(str::to_owned),
            );
        }
    }
    found
}

/// The words of `text` as written that tell most of what it is about, names before other words,
/// longer ones first.
pub(super) fn telling(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .map(|word| word.trim_end_matches("'s").trim_end_matches("’s"))
        .filter(|word| {
            let name = word.chars().filter(|c| c.is_uppercase()).count() > 1;
            (name || word.chars().count() > 3) && !is_stop(&word.to_lowercase())
        })
        .map(str::to_owned)
        .collect();
    found.sort_by_key(|word| {
        (
            !word.starts_with(char::is_uppercase),
            usize::MAX - word.len(),
        )
    });
    found
}

/// The words of `text` that mean something, as stems.
pub(super) fn content(text: &str) -> Vec<String> {
    // Short forms are told by their capitals: "US" is a country, "us" is not.
    let spelled: Vec<&str> = text
        .split_whitespace()
        .map(|chunk| {
            let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
            let bare = bare
                .strip_suffix("'s")
                .or_else(|| bare.strip_suffix("’s"))
                .unwrap_or(bare);
            ALIASES.get(bare).copied().unwrap_or(chunk)
        })
        .collect();
    words(&spelled.join(" "))
        .iter()
        .filter(|word| !is_stop(word))
        .map(|word| stem(word))
        .collect()
}

/// A short common form of a word in lower case: "pilgrims", "pilgrim" and "pilgrim's" agree, so do
/// "killed" and "kills". Not a dictionary form; only good for comparing.
pub(super) fn stem(word: &str) -> String {
    if let Some(number) = number_word(word) {
        return number.to_owned();
    }
    if let Some(nation) = nation_of(word) {
        return nation.to_owned();
    }
    if !word.is_ascii() || word.len() <= 3 || word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.to_owned();
    }
    // "lied", "died"
    if let Some(rest) = word
        .strip_suffix('d')
        .filter(|rest| rest.len() == 3 && rest.ends_with("ie"))
    {
        return rest.to_owned();
    }
    let cut = |suffix: &str, least: usize| {
        word.strip_suffix(suffix)
            .filter(|rest| rest.len() >= least && rest.contains(['a', 'e', 'i', 'o', 'u', 'y']))
    };
    let undouble = |rest: &str| -> String {
        let mut characters = rest.chars().rev();
        match (characters.next(), characters.next()) {
            (Some(last), Some(before)) if last == before && !matches!(last, 'l' | 's' | 'z') => {
                rest.chars().take(rest.chars().count() - 1).collect()
            }
            (Some(_) | None, _) => rest.to_owned(),
        }
    };
    let base = if let Some(rest) = cut("ies", 2) {
        format!("{rest}y")
    } else if let Some(rest) = ["sses", "shes", "ches", "xes"]
        .iter()
        .find_map(|suffix| cut(suffix, 1).map(|_| suffix))
        .and_then(|_| word.strip_suffix("es"))
    {
        rest.to_owned()
    } else if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        word.to_owned()
    } else if let Some(rest) = cut("s", 3) {
        rest.to_owned()
    } else if let Some(rest) = cut("ied", 2) {
        format!("{rest}y")
    } else if let Some(rest) = cut("ing", 3) {
        undouble(rest)
    } else if let Some(rest) = cut("ed", 3) {
        undouble(rest)
    } else {
        word.to_owned()
    };
    let base = base
        .strip_suffix("isation")
        .map(|rest| format!("{rest}ization"))
        .unwrap_or(base);
    // "rescue", "rescued" and "rescuing" meet without the silent letter.
    base.strip_suffix('e')
        .filter(|rest| rest.len() >= 3)
        .map_or(base.clone(), str::to_owned)
}

/// The figure of a number in words, up to twelve.
fn number_word(word: &str) -> Option<&'static str> {
    const NUMBERS: &[(&str, &str)] = &[
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
    ];
    NUMBERS
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, figure)| *figure)
}

/// The stem of the country an adjective belongs to, so that "Afghan team" and "team from
/// Afghanistan" meet.
fn nation_of(word: &str) -> Option<&'static str> {
    let meant = NATIONS.get(word).or_else(|| {
        let ending = ["ian", "ese", "ish"]
            .iter()
            .any(|ending| word.ends_with(ending));
        let mut near = NATIONS
            .iter()
            .filter(|(adjective, _)| ending && adjective.len() > 7 && is_slip(word, adjective));
        near.next()
            .filter(|_| near.next().is_none())
            .map(|(_, nation)| nation)
    });
    meant.map(String::as_str)
}

/// Whether `place` is one after which we know its people to be called: a country, most often.
pub(super) fn has_people(place: &str) -> bool {
    let place = place.to_lowercase();
    let place = place.strip_prefix("the ").unwrap_or(&place);
    NATIONS.values().any(|known| known == place)
}

static NATIONS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut nations = BTreeMap::new();
    for line in lines(include_str!("../../grammar/words/demonyms.txt")) {
        if let Some((country, adjectives)) = line.split_once(':') {
            let stemmed = country.trim().to_lowercase();
            for adjective in adjectives.split(',') {
                nations.insert(adjective.trim().to_lowercase(), stemmed.clone());
            }
        }
    }
    nations
});

/// For each well-known short form of one word the full name.
static ALIASES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut aliases = BTreeMap::new();
    for line in lines(include_str!("../../grammar/words/aliases.txt")) {
        if let Some((full, short)) = line.split_once(':') {
            for form in items(short).filter(|form| !form.contains(' ')) {
                aliases.insert(form, full.trim());
            }
        }
    }
    aliases
});

/// Whether `predicate` is a verb of saying or thinking.
pub(super) fn is_saying(predicate: &str) -> bool {
    lexicon().is_saying(predicate)
}

/// Whether what somebody does so has not happened by that: "plan", "pledge".
pub(super) fn is_planning(verb: &str) -> bool {
    static PLANNING: LazyLock<BTreeSet<&'static str>> =
        LazyLock::new(|| lines(include_str!("../../grammar/words/plan-verbs.txt")).collect());
    PLANNING.contains(verb) && !matches!(verb, "ask" | "call" | "have" | "look" | "need" | "tell")
}

/// How well the predicate `held` of the graph answers for the predicate `asked`, 0..=1. Both are
/// dictionary forms in lower case.
pub(super) fn agreement(asked: &str, held: &str) -> f64 {
    if asked == held || british(asked) == british(held) {
        return SAME;
    }
    match lexicon().alike(asked, held) {
        Some(WordList::Own) => LISTED,
        Some(WordList::WordNet) => WORDNET,
        None if is_known(asked) && !is_known(held) && is_slip(&stem(asked), &stem(held)) => SLIP,
        None => 0.0,
    }
}

/// How well the role noun `held` ("president") answers for the verb `asked` ("lead"), or, the
/// other way round, the verb `held` for the role noun `asked`.
pub(super) fn role_agreement(verb: &str, noun: &str) -> f64 {
    let named = lexicon().roles(verb).is_some_and(|nouns| {
        nouns.contains(noun)
            || noun
                .rsplit(' ')
                .next()
                .is_some_and(|head| nouns.contains(head))
    });
    if named { ROLE } else { 0.0 }
}

/// Whether `verb` says too little to tell a role by: whoever runs something is not its mayor.
pub(super) fn is_broad_role(verb: &str) -> bool {
    lexicon()
        .roles(verb)
        .is_some_and(|nouns| nouns.contains("leader") || nouns.contains("manager"))
        || matches!(
            verb,
            "play"
                | "back"
                | "support"
                | "direct"
                | "attack"
                | "kill"
                | "win"
                | "report"
                | "study"
                | "teach"
        )
}

/// Whether `noun` says what somebody is: "spokesman", "deputy prime minister".
pub(super) fn is_role(noun: &str) -> bool {
    static ROLES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
        let mut roles: BTreeSet<&'static str> = lexicon().all_roles().collect();
        for list in [
            include_str!("../../grammar/words/roles.txt"),
            include_str!("../../grammar/words/role-nouns.txt"),
        ] {
            for line in lines(list) {
                roles.extend(items(line));
            }
        }
        roles
    });
    let singular = noun.strip_suffix('s').unwrap_or(noun);
    let head = noun.rsplit(' ').next().unwrap_or(noun);
    let singular_head = head.strip_suffix('s').unwrap_or(head);
    [noun, singular, head, singular_head]
        .iter()
        .any(|form| ROLES.contains(form))
}

/// What people are who make a work called by the noun with this stem: of a novel its author.
pub(super) fn makers(work: &str) -> impl Iterator<Item = &'static str> {
    static MAKERS: LazyLock<BTreeMap<String, BTreeSet<&'static str>>> = LazyLock::new(|| {
        let mut found: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
        for line in lines(include_str!("../../grammar/words/works.txt")) {
            if let Some((works, makers)) = line.split_once("=>") {
                for work in items(works) {
                    found.entry(stem(work)).or_default().extend(items(makers));
                }
            }
        }
        found
    });
    MAKERS.get(work).into_iter().flatten().copied()
}

/// How well two role nouns agree: "head" and "president" share a verb.
pub(super) fn noun_agreement(asked: &str, held: &str) -> f64 {
    if asked == held || stem(asked) == stem(held) {
        return SAME;
    }
    let broad = ["leader", "head", "chief", "boss"];
    let close = [
        ["spokesman", "spokesperson"],
        ["spokeswoman", "spokesperson"],
        ["spokesman", "spokeswoman"],
        ["chairman", "chairperson"],
        ["chairwoman", "chairman"],
        ["founder", "co-founder"],
        ["representative", "spokesman"],
        ["author", "writer"],
        ["lawyer", "attorney"],
        ["boss", "chief"],
        ["coach", "manager"],
        ["mayor", "city mayor"],
    ];
    let paired = close
        .iter()
        .any(|pair| pair.contains(&asked) && pair.contains(&held));
    if paired {
        return LISTED;
    }
    let leads = lexicon()
        .roles("lead")
        .is_some_and(|nouns| nouns.contains(held));
    if broad.contains(&asked) && leads {
        return ROLE;
    }
    0.0
}

/// The predicates that tell what `predicate` tells from the other side.
pub(super) fn inverses(predicate: &str) -> impl Iterator<Item = &'static str> {
    lexicon().inverses(predicate)
}

/// Whether `noun` says what `verb` or a verb like it says: "death" of *pass away*.
pub(super) fn says(verb: &str, noun: &str) -> bool {
    is_noun_of(verb, noun)
        || lexicon()
            .verbs_of(noun)
            .any(|other| agreement(verb, other) > 0.7)
}

/// Whether `noun` says what `verb` says.
pub(super) fn is_noun_of(verb: &str, noun: &str) -> bool {
    lexicon().is_noun_of(verb, noun)
}

/// The dictionary form of an English verb form in lower case, by its spelling and the irregular
/// verbs of saying; for questions that are read without a tree.
pub(super) fn base_form(word: &str) -> String {
    const IRREGULAR: &[(&str, &str)] = &[
        ("said", "say"),
        ("says", "say"),
        ("told", "tell"),
        ("tells", "tell"),
        ("wrote", "write"),
        ("written", "write"),
        ("thought", "think"),
        ("added", "add"),
        ("called", "call"),
    ];
    if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return (*base).to_owned();
    }
    let known = is_known;
    if known(word) {
        return word.to_owned();
    }
    let candidates = [
        word.strip_suffix("ied").map(|rest| format!("{rest}y")),
        word.strip_suffix("ies").map(|rest| format!("{rest}y")),
        word.strip_suffix("ed").map(str::to_owned),
        word.strip_suffix('d').map(str::to_owned),
        word.strip_suffix("es").map(str::to_owned),
        word.strip_suffix('s').map(str::to_owned),
        word.strip_suffix("ing").map(str::to_owned),
        word.strip_suffix("ing").map(|rest| format!("{rest}e")),
        word.strip_suffix("ed")
            .and_then(|rest| rest.get(..rest.len().saturating_sub(1)))
            .map(str::to_owned),
    ];
    candidates
        .into_iter()
        .flatten()
        .find(|candidate| known(candidate))
        .unwrap_or_else(|| word.to_owned())
}

/// The dictionary form of the verb in `written`, where `verb` is not a verb of the lists and that
/// one is: "rate" for a lemma "rat" of "were rated".
pub(super) fn respelled(verb: &str, written: &str) -> Option<String> {
    let (bare, particle) = verb
        .split_once(' ')
        .map_or((verb, None), |(bare, particle)| (bare, Some(particle)));
    if is_known(bare) || is_known(verb) {
        return None;
    }
    let mut last: Vec<&str> = written.split_whitespace().collect();
    if particle.is_some() {
        last.pop();
    }
    let form = last.last()?.to_lowercase();
    let begins = bare.chars().next()?;
    let base = base_form(&form);
    (base != bare && base.starts_with(begins) && is_known(&base)).then(|| match particle {
        Some(particle) => format!("{base} {particle}"),
        None => base,
    })
}

/// The stems of the verbs that share a line of our own list with the stem `word`.
pub(super) fn alike(word: &str) -> BTreeSet<String> {
    static LINES: LazyLock<Vec<BTreeSet<String>>> = LazyLock::new(|| {
        let stems = |line: &[&str]| line.iter().map(|predicate| stem(predicate)).collect();
        lexicon().own_lines().map(stems).collect()
    });
    LINES
        .iter()
        .filter(|stems| stems.contains(word))
        .flatten()
        .cloned()
        .collect()
}

/// The stem of the last word of `text`.
pub(super) fn stem_of_last(text: &str) -> String {
    words(text)
        .last()
        .map(|word| stem(word))
        .unwrap_or_default()
}

/// Whether the lists know `verb`.
pub(super) fn is_known(verb: &str) -> bool {
    lexicon().is_verb(verb)
}

/// Whether the two spellings are one slip apart: a letter too many, too few, another, or two that
/// changed places. The first letter is seldom wrong.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.first() != other.first() || one.len().abs_diff(other.len()) > 1 || one.len() < 6 {
        return false;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (rest, rest_other) = (
        one.get(same..).unwrap_or_default(),
        other.get(same..).unwrap_or_default(),
    );
    let tail = |rest: &[u8], from: usize| rest.get(from..).unwrap_or_default().to_vec();
    let swapped = rest.len() == rest_other.len()
        && rest.len() > 1
        && rest.first() == rest_other.get(1)
        && rest.get(1) == rest_other.first()
        && tail(rest, 2) == tail(rest_other, 2);
    swapped
        || tail(rest, 1) == tail(rest_other, 1)
        || tail(rest, 1) == rest_other
        || rest == tail(rest_other, 1)
}

/// British and American spelling alike, and double letters of lemmas that were cut too short.
fn british(predicate: &str) -> String {
    let plain = predicate.replace("ise", "ize").replace("our", "or");
    plain
        .strip_suffix("ll")
        .map_or(plain.clone(), |rest| format!("{rest}l"))
}

#[cfg(test)]
mod tests {
    use super::{agreement, content, inverses, role_agreement, stem};

    #[test]
    fn words_that_differ_in_ending_only_share_a_stem() {
        let pairs = [
            ("pilgrims", "pilgrim"),
            ("parties", "party"),
            ("rescued", "rescue"),
            ("rescuing", "rescue"),
            ("churches", "church"),
            ("stopped", "stopping"),
            ("two", "2"),
            ("Italian", "Italy"),
            ("Brazillian", "Brazil"),
        ];
        for (one, other) in pairs {
            let (one, other) = (one.to_lowercase(), other.to_lowercase());
            assert_eq!(stem(&one), stem(&other), "{one}, {other}");
        }
    }

    #[test]
    fn content_words_have_no_marks_and_no_small_words() {
        assert_eq!(
            content("Who is Malaysia’s Prime Minister in the U.S.?"),
            ["malaysia", "prim", "minister", "unit", "stat"]
        );
        assert_eq!(content("over 1,426 pilgrims"), ["1426", "pilgrim"]);
    }

    #[test]
    fn predicates_agree_by_degrees() {
        assert!(agreement("back", "back") > agreement("back", "support"));
        assert!(agreement("back", "support") > 0.8);
        assert!(agreement("back", "arrest") < 0.1);
        assert!(role_agreement("lead", "prime minister") > 0.8);
        assert!(inverses("lose to").any(|inverse| inverse == "defeat"));
    }
}
