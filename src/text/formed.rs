//! Names that their form shows to be one: "JTF-ABC", "Exercise Steady Hawk 14", "Cats and Dogs" in
//! quotation marks.
//!
//! Each form is a function that looks at one place of a sentence. Marks, capitals and a word of a
//! closed class decide; tagger and parser, which have not met the name, often see two.

use std::ops::Range;

use super::document::{EntityType, TokenData, Upos};
use super::firms::{incorporated, landing, partners};
use super::kinds::NameType;
use super::mention::NameSpan;

/// A name found by its form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Formed {
    pub(super) tokens: Range<usize>,
    /// What it names; `None` for the title of a work.
    pub(super) name_type: Option<NameType>,
}

impl Formed {
    pub(super) fn new(tokens: Range<usize>, name_type: NameType) -> Self {
        Self {
            tokens,
            name_type: Some(name_type),
        }
    }
}

/// Looks for a name of one form that begins at a place.
type Form = fn(Words<'_>, usize) -> Option<Formed>;

const FORMS: [Form; 14] = [
    title_of_work,
    nickname,
    hyphened_acronyms,
    numbered_force,
    exercise,
    university,
    firm,
    incorporated,
    partners,
    landing,
    departments,
    plural_class,
    transliteration,
    person,
];

/// The name that begins at `start` by its form, unless the tagger sees the whole of it.
pub(super) fn formed_at(tokens: &[TokenData], names: &[NameSpan], start: usize) -> Option<Formed> {
    let words = Words { tokens, names };
    let found = FORMS.iter().find_map(|form| form(words, start))?;
    (found.tokens.len() > 1 && found.tokens.end <= tokens.len()).then_some(found)
}

/// An award called "A of the B" that begins at `start`, before the noun that says what it is: the
/// "Man of the Match" of "Man of the Match award".
pub(super) fn award_at(
    tokens: &[TokenData],
    names: &[NameSpan],
    start: usize,
) -> Option<Range<usize>> {
    let words = Words { tokens, names };
    let of = words.form(start + 1) == "of";
    let article = usize::from(words.form(start + 2) == "the");
    let end = start + 3 + article;
    let plain = words.capital(start) && words.capital(end - 1) && words.name_at(start).is_none();
    let noun = tokens.get(end)?;
    let whole = noun.upos == Upos::Noun && !words.capital(end) && words.prose();
    let first = tokens.get(start)?;
    let tied = first.head == Some(end) || first.head == noun.head && first.deprel == noun.deprel;
    let above = noun.head.is_some_and(|head| (start..end).contains(&head));
    (of && plain && whole && tied && !above).then_some(start..end)
}

/// Acronyms of states and unions: a hyphen between them means "and" or "with".
const STATES: [&str; 16] = [
    "US", "UK", "EU", "UN", "USA", "UAE", "NATO", "USSR", "DPRK", "PRC", "ROK", "GDR", "DRC", "AU",
    "KSA", "ASEAN",
];

/// "JTF-ABC": acronyms written together.
fn hyphened_acronyms(words: Words<'_>, start: usize) -> Option<Formed> {
    let mut end = start + 1;
    while words.form(end) == "-"
        && words.glued(end)
        && words.glued(end + 1)
        && words.acronym(end + 1)
    {
        end += 2;
    }
    let more = words.form(end) == "-" && words.glued(end);
    let begun = start > 0 && words.glued(start);
    let state = (start..end).any(|at| STATES.contains(&words.form(at)));
    let whole = words.acronym(start) && end > start + 1 && !more && !begun && !state;
    (whole && words.prose()).then(|| Formed::new(start..end, NameType::Organization))
}

/// "Task Force 62", "Joint Task Force (JTF) 62".
fn numbered_force(words: Words<'_>, start: usize) -> Option<Formed> {
    let whole = words.name_at(start).map_or(start, |name| name.tokens.end);
    let end = if words.form(start) == "Task" && words.form(start + 1) == "Force" {
        start + 2
    } else {
        whole
    };
    let last = end.checked_sub(1).map_or("", |last| words.form(last));
    if !matches!(last, "Force" | "Group" | "Squadron" | "Wing") || end <= start {
        return None;
    }
    let short = words.form(end) == "(" && words.acronym(end + 1) && words.form(end + 2) == ")";
    let number = if short { end + 3 } else { end };
    (words.number(number) && words.tied_number(number))
        .then(|| Formed::new(start..number + 1, NameType::Organization))
}

/// Words that a name follows: of exercises, operations and storms.
const NAMED_EVENTS: [&str; 5] = ["Exercise", "Operation", "Hurricane", "Typhoon", "Cyclone"];

/// The longest name of an exercise, in words.
const LONGEST_EVENT_NAME: usize = 4;

/// "Exercise Steady Hawk 14".
fn exercise(words: Words<'_>, start: usize) -> Option<Formed> {
    let noun = words.token(start)?;
    let begins = NAMED_EVENTS.contains(&noun.form.as_str())
        && matches!(noun.upos, Upos::Propn | Upos::Noun)
        && words.prose();
    if !begins {
        return None;
    }
    let mut end = start + 1;
    while end <= start + LONGEST_EVENT_NAME && words.part_of_name(end) {
        end += 1;
    }
    let person = words
        .name_at(end)
        .or_else(|| words.name_holding(end - 1))
        .is_some_and(|name| name.name_type == NameType::Person && name.tokens.start > start);
    if end == start + 1 || person || words.capital(end) && words.part_of_name(end) {
        return None;
    }
    end += usize::from(words.number(end) && words.tied_number(end));
    Some(Formed::new(start..end, NameType::Organization))
}

/// "University of Nebraska at Omaha".
fn university(words: Words<'_>, start: usize) -> Option<Formed> {
    let name = words.name_at(start)?;
    let place = words.name_at(name.tokens.end + 1)?;
    let whole = words.form(start) == "University"
        && words.form(start + 1) == "of"
        && words.form(name.tokens.end) == "at"
        && place.name_type == NameType::Place;
    whole.then(|| Formed::new(start..place.tokens.end, NameType::Organization))
}

/// Words for a business that the names of its founders follow.
const FIRMS: [&str; 9] = [
    "firm",
    "company",
    "partnership",
    "publisher",
    "brewery",
    "consultancy",
    "manufacturer",
    "duo",
    "bank",
];

/// "Miller and Stone" of "the firm Miller and Stone".
fn firm(words: Words<'_>, start: usize) -> Option<Formed> {
    let noun = words.token(start.checked_sub(1)?)?;
    if !FIRMS.contains(&noun.form.as_str()) || noun.xpos != "NN" {
        return None;
    }
    let and = words.run(start);
    let end = words.run(and + 1);
    let joined = matches!(words.form(and), "and" | "&");
    (joined && and > start && end > and + 1)
        .then(|| Formed::new(start..end, NameType::Organization))
}

/// Bodies of which several share one word: "the Interior and Foreign Ministries".
const DEPARTMENTS: [&str; 9] = [
    "Departments",
    "Ministries",
    "Universities",
    "Councils",
    "Committees",
    "Agencies",
    "Brigades",
    "Battalions",
    "Divisions",
];

fn departments(words: Words<'_>, start: usize) -> Option<Formed> {
    if start
        .checked_sub(1)
        .is_some_and(|before| words.capital(before))
    {
        return None;
    }
    let mut end = words.run(start);
    while words.form(end) == "," && words.run(end + 1) > end + 1 {
        end = words.run(end + 1);
    }
    end += usize::from(words.form(end) == ",");
    if end <= start || words.form(end) != "and" {
        return None;
    }
    let last = words.run(end + 1);
    let class = last.checked_sub(1).map_or("", |last| words.form(last));
    (last > end + 2 && DEPARTMENTS.contains(&class) && words.prose())
        .then(|| Formed::new(start..last, NameType::Organization))
}

/// Classes of places that stand before the names of several: "Lakes Baikal and Ladoga".
const PLURAL_CLASSES: [&str; 6] = ["Lakes", "Mounts", "Forts", "Highways", "Routes", "Capes"];

fn plural_class(words: Words<'_>, start: usize) -> Option<Formed> {
    let and = words.run(start);
    let end = words.run(and + 1);
    let whole = PLURAL_CLASSES.contains(&words.form(start))
        && and > start + 1
        && words.form(and) == "and"
        && end > and + 1;
    whole.then(|| Formed::new(start..end, NameType::Place))
}

/// Arabic articles, without accents, as they are joined to the word they belong to.
const ARTICLES: [&str; 9] = ["al", "el", "as", "ad", "an", "ar", "ash", "at", "az"];

/// "Jund aṭ-Ṭarīq": an article that the tagger knows in no name, joined to a capital.
fn transliteration(words: Words<'_>, start: usize) -> Option<Formed> {
    let first = words
        .name_at(start)
        .map_or(start + 1, |name| name.tokens.end);
    let article = words.form(first);
    let accented = !article.is_ascii() && ARTICLES.contains(&without_accents(article).as_str());
    let joined = words.form(first + 1) == "-"
        && words.glued(first + 1)
        && words.glued(first + 2)
        && words.capital(first + 2)
        && words.name_holding(first).is_none();
    if !accented || !joined || !words.capital(start) {
        return None;
    }
    let rest = words.name_at(first + 2);
    let end = rest.map_or(first + 3, |name| name.tokens.end);
    let name_type = words.name_at(start).or(rest).map(|name| name.name_type);
    Some(Formed::new(
        start..end,
        name_type.unwrap_or(NameType::Organization),
    ))
}

fn without_accents(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    word.nfkd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
        .collect()
}

/// `Ada "Tex" Miller`, of which the tagger sees parts.
fn nickname(words: Words<'_>, start: usize) -> Option<Formed> {
    let given = words.name_at(start)?;
    let open = given.tokens.end;
    let close = (open + 2..open + 4).find(|at| matches!(words.form(*at), "\"" | "”" | "''"))?;
    let quoted = matches!(words.form(open), "\"" | "“" | "``")
        && (open + 1..close).all(|at| words.capital(at));
    let surname = words.name_at(close + 1);
    let end = surname.map_or(words.run(close + 1), |name| name.tokens.end);
    (given.name_type == NameType::Person && quoted && end > close + 1)
        .then(|| Formed::new(start..end, NameType::Person))
}

/// Given names that are titles, too.
const TITLES_AS_NAMES: [&str; 2] = ["Dean", "Earl"];
/// Words that a name of the person's child follows.
const FATHERS: [&str; 4] = ["Abu", "Abou", "Umm", "Um"];

/// "Dean Miller" where the tagger sees a name and the parser a title; "Abu Omar al-Amin" where the
/// tagger sees two.
fn person(words: Words<'_>, start: usize) -> Option<Formed> {
    let name = words.name_at(start)?;
    let first = words.token(start)?;
    if name.name_type != NameType::Person {
        return None;
    }
    let titled = TITLES_AS_NAMES.contains(&first.form.as_str()) && first.deprel == "nmod:desc";
    if titled && name.tokens.len() > 1 {
        return Some(Formed::new(name.tokens.clone(), NameType::Person));
    }
    let child = words.name_at(name.tokens.end)?;
    let father = FATHERS.contains(&first.form.as_str()) && name.tokens.len() == 1;
    (father && child.name_type == NameType::Person)
        .then(|| Formed::new(start..child.tokens.end, NameType::Person))
}

/// Small words within titles.
const SMALL_WORDS: [&str; 19] = [
    "of", "the", "and", "for", "in", "a", "an", "to", "at", "on", "or", "from", "with", "by", "de",
    "la", "&", "vs.", "is",
];

/// The longest title that is looked for, in tokens.
const LONGEST_TITLE: usize = 14;

/// "Cats and Dogs" between quotation marks: all but small words have capitals.
fn title_of_work(words: Words<'_>, start: usize) -> Option<Formed> {
    let before = words.form(start.checked_sub(1)?);
    if !matches!(before, "\"" | "“" | "``") || !words.capital(start) {
        return None;
    }
    let close =
        (start..start + LONGEST_TITLE).find(|at| matches!(words.form(*at), "\"" | "”" | "''"))?;
    let mut end = close;
    while end > start && matches!(words.form(end - 1), "," | "." | ";") {
        end -= 1;
    }
    let small = |at: usize| SMALL_WORDS.contains(&words.form(at));
    let mark = |at: usize| matches!(words.form(at), ":" | "-" | "–" | "'" | "'s" | "!" | "&");
    let titled = (start..end)
        .all(|at| words.capital(at) || small(at) || mark(at) || words.number(at) && at > start);
    let content = (start..end)
        .filter(|at| words.capital(*at) && !small_in_lower(words.form(*at)))
        .count();
    let parted = (start..end).any(|at| small(at) && at > start || words.form(at) == ":");
    let top = top(words.tokens, &(start..end))?;
    let top = words.token(top)?;
    let thing = matches!(top.upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj)
        && !matches!(top.deprel.as_str(), "ccomp" | "parataxis" | "root");
    let seen = words.name_holding(start + 1);
    let seen = seen.is_some_and(|name| name.tokens.end >= end && name.tokens.start <= start + 1);
    (titled && content > 1 && parted && thing && !seen && words.prose()).then_some(Formed {
        tokens: start..end,
        name_type: None,
    })
}

fn small_in_lower(word: &str) -> bool {
    SMALL_WORDS.contains(&word.to_lowercase().as_str())
}

/// The token of `range` nearest the root; nothing above it is in the range.
fn top(tokens: &[TokenData], range: &Range<usize>) -> Option<usize> {
    range
        .clone()
        .filter(|at| *at < tokens.len())
        .min_by_key(|at| depth(tokens, *at))
}

/// Makes the words of `range` one name of the tree: its head with the words before it as
/// compounds and those after it as flat parts. A person's name has its first word as head.
pub(super) fn bind(tokens: &mut [TokenData], found: &Formed) {
    let range = &found.tokens;
    raise_clause(tokens, range);
    let Some(mut head) = top(tokens, range) else {
        return;
    };
    if found.name_type == Some(NameType::Person) && head != range.start {
        let place = tokens.get(head).map(|top| (top.head, top.deprel.clone()));
        if let (Some(first), Some((above, deprel))) = (tokens.get_mut(range.start), place) {
            first.head = above;
            first.deprel = deprel;
        }
        head = range.start;
    }
    for (at, token) in tokens.iter_mut().enumerate() {
        let inside = range.contains(&at);
        if inside && at != head {
            token.head = Some(head);
            let deprel = if at < head { "compound" } else { "flat" };
            deprel.clone_into(&mut token.deprel);
            token.entity_type = None;
        } else if !inside && token.head.is_some_and(|above| range.contains(&above)) {
            token.head = Some(head);
        }
        if inside && found.name_type.is_none() && token.upos != Upos::Punct {
            token.upos = Upos::Propn;
            "NNP".clone_into(&mut token.xpos);
        }
    }
    // A title is known by all of its words; its first may be a person elsewhere.
    let title = found.name_type.is_none().then(|| {
        let words = tokens.get(range.clone()).unwrap_or_default();
        let words = words.iter().map(|token| token.form.to_lowercase());
        words.collect::<Vec<_>>().join(" ")
    });
    if let Some(token) = tokens.get_mut(head) {
        if let Some(title) = title {
            token.lemma = title;
        }
        token.entity_type = Some(match found.name_type {
            Some(NameType::Person) => EntityType::Person,
            Some(NameType::Place) => EntityType::Place,
            Some(NameType::Organization) => EntityType::Organization,
            None => EntityType::Object,
        });
    }
}

/// Where the parser takes the first part of a name for a sentence of its own ("JTF" of "JTF-ABC has
/// six sites"), the clause of the other part stands in its place.
fn raise_clause(tokens: &mut [TokenData], range: &Range<usize>) {
    let Some(first) = top(tokens, range) else {
        return;
    };
    let lower = range.clone().find_map(|at| {
        let token = tokens.get(at)?;
        let clause = token.head.filter(|head| !range.contains(head))?;
        let subject = token.deprel.starts_with("nsubj");
        let hangs = subject && at != first && tokens.get(clause)?.head == Some(first);
        hangs.then(|| (clause, token.deprel.clone()))
    });
    let Some((clause, role)) = lower else {
        return;
    };
    let Some((above, deprel)) = tokens.get(first).map(|top| (top.head, top.deprel.clone())) else {
        return;
    };
    if let Some(verb) = tokens.get_mut(clause) {
        verb.head = above;
        verb.deprel = deprel;
    }
    for (at, token) in tokens.iter_mut().enumerate() {
        if token.head == Some(first) && !range.contains(&at) {
            token.head = Some(clause);
        }
    }
    if let Some(name) = tokens.get_mut(first) {
        name.head = Some(clause);
        name.deprel = role;
    }
}

/// How many heads are above token `at`.
pub(super) fn depth(tokens: &[TokenData], at: usize) -> usize {
    let above = |at: &usize| tokens.get(*at).and_then(|token| token.head);
    std::iter::successors(Some(at), above)
        .take(tokens.len() + 1)
        .count()
}

/// The words of a sentence and the names that the tagger sees in it.
#[derive(Clone, Copy)]
pub(super) struct Words<'t> {
    pub(super) tokens: &'t [TokenData],
    pub(super) names: &'t [NameSpan],
}

impl<'t> Words<'t> {
    pub(super) fn token(self, at: usize) -> Option<&'t TokenData> {
        self.tokens.get(at)
    }

    pub(super) fn form(self, at: usize) -> &'t str {
        self.token(at).map_or("", |token| token.form.as_str())
    }

    pub(super) fn capital(self, at: usize) -> bool {
        self.form(at).starts_with(char::is_uppercase)
    }

    pub(super) fn number(self, at: usize) -> bool {
        let form = self.form(at);
        !form.is_empty() && form.chars().all(|c| c.is_ascii_digit())
    }

    /// Whether the number at `at` counts nothing after it.
    pub(super) fn tied_number(self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|number| number.deprel != "nummod" && number.head < Some(at))
    }

    /// Whether nothing stands between the token at `at` and the one before it.
    pub(super) fn glued(self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.token(before));
        match (before, self.token(at)) {
            (Some(before), Some(token)) => before.span.end() == token.span.start(),
            (None, _) | (_, None) => false,
        }
    }

    pub(super) fn acronym(self, at: usize) -> bool {
        let form = self.form(at);
        (2..=8).contains(&form.len()) && form.chars().all(|c| c.is_ascii_uppercase())
    }

    /// Whether capitals tell names here: some longer word is written without.
    pub(super) fn prose(self) -> bool {
        self.tokens.iter().any(|token| {
            token.form.starts_with(char::is_lowercase) && token.form.chars().count() > 4
        })
    }

    pub(super) fn name_at(self, start: usize) -> Option<&'t NameSpan> {
        self.names.iter().find(|name| name.tokens.start == start)
    }

    pub(super) fn name_holding(self, at: usize) -> Option<&'t NameSpan> {
        self.names.iter().find(|name| name.tokens.contains(&at))
    }

    /// Whether the word may go on with a name: a capital, and no verb.
    pub(super) fn part_of_name(self, at: usize) -> bool {
        self.capital(at)
            && self
                .token(at)
                .is_some_and(|token| matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Adj))
    }

    /// The end of the words with capitals from `start` on, at most four.
    pub(super) fn run(self, start: usize) -> usize {
        let mut end = start;
        while end < start + 4 && self.part_of_name(end) {
            end += 1;
        }
        end
    }
}

#[cfg(test)]
pub(super) mod sample {
    use crate::base::Span;
    use crate::text::{Sureness, TokenData, Upos};

    /// The tokens of `form/UPOS/head/relation`, heads from 1; one that begins with `~` is written
    /// together with the one before.
    pub(in crate::text) fn sentence(words: &str) -> Vec<TokenData> {
        let mut at = 0;
        words
            .split_whitespace()
            .map(|word| {
                let parts: Vec<&str> = word.split('/').collect();
                let &[form, upos, head, deprel] = parts.as_slice() else {
                    panic!("`{word}` is no token");
                };
                let glued = form.len() > 1 && form.starts_with('~');
                let form = if glued {
                    form.get(1..).unwrap_or(form)
                } else {
                    form
                };
                let start = at + usize::from(!glued);
                at = start + form.len();
                TokenData {
                    span: Span::new(start, at),
                    form: form.to_owned(),
                    lemma: form.to_lowercase(),
                    upos: Upos::from_name(upos).unwrap(),
                    xpos: match upos {
                        "NOUN" if form.ends_with('s') => "NNS",
                        "NOUN" => "NN",
                        "PROPN" => "NNP",
                        _ => "",
                    }
                    .to_owned(),
                    features: String::new(),
                    head: head.parse::<usize>().unwrap().checked_sub(1),
                    deprel: deprel.to_owned(),
                    entity_type: None,
                    sureness: Sureness::GIVEN,
                }
            })
            .collect()
    }

    /// The words of `tokens` whose place in the tree `repair` changed.
    ///
    /// # Panics
    ///
    /// When what is left is no tree: not one root, or a word that does not hang on it.
    pub(in crate::text) fn changed_by(
        mut tokens: Vec<TokenData>,
        repair: impl FnOnce(&mut Vec<TokenData>),
    ) -> Vec<String> {
        let before = tree(&tokens);
        repair(&mut tokens);
        let head = |at: &usize| tokens[*at].head;
        let roots = (0..tokens.len()).filter(|at| head(at).is_none()).count();
        assert_eq!(roots, 1, "{before:?}");
        for at in 0..tokens.len() {
            let above = std::iter::successors(Some(at), head).take(tokens.len() + 1);
            assert!(above.count() <= tokens.len(), "a circle: {before:?}");
        }
        let after = tree(&tokens).into_iter();
        after
            .zip(before)
            .filter(|(after, before)| after != before)
            .map(|(after, _)| after)
            .collect()
    }

    /// Each word with its head and relation, the heads from 1.
    pub(in crate::text) fn tree(tokens: &[TokenData]) -> Vec<String> {
        tokens
            .iter()
            .map(|token| {
                let head = token.head.map_or(0, |head| head + 1);
                format!("{} {head} {}", token.form, token.deprel)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::sample::{sentence, tree};
    use super::{award_at, bind, formed_at};
    use crate::text::NameType::{self, Organization, Person, Place};
    use crate::text::mention::NameSpan;

    fn name(start: usize, end: usize, name_type: NameType) -> NameSpan {
        NameSpan {
            tokens: start..end,
            name_type,
        }
    }

    /// The first name found by its form in a sentence whose tree does not matter, as written.
    fn found(words: &str, names: &[NameSpan]) -> Option<String> {
        let tokens: Vec<String> = words
            .split_whitespace()
            .map(|word| {
                let form = word.trim_start_matches('~');
                let upos = match form {
                    "\"" | "-" | "," | "(" | ")" | ":" => "PUNCT",
                    "firm" => "NOUN",
                    _ if form.starts_with(char::is_uppercase) => "PROPN",
                    _ if form.starts_with(char::is_numeric) => "NUM",
                    _ => "NOUN",
                };
                format!("{word}/{upos}/1/obj")
            })
            .collect();
        let tokens = sentence(&tokens.join(" "));
        let formed = (0..tokens.len()).find_map(|start| formed_at(&tokens, names, start))?;
        let forms = tokens[formed.tokens]
            .iter()
            .map(|token| token.form.as_str());
        Some(forms.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn the_form_tells_a_name() {
        let none: &[NameSpan] = &[];
        let cases: &[(&str, &[NameSpan], Option<&str>)] = &[
            ("visited JTF ~- ~ABC yesterday", none, Some("JTF - ABC")),
            ("visited US ~- ~NATO talks yesterday", none, None),
            ("visited JTF - ABC yesterday", none, None),
            (
                "joined Task Force 62 yesterday",
                none,
                Some("Task Force 62"),
            ),
            (
                "joined Joint Task Force ( JTF ) 62 yesterday",
                &[name(1, 4, Organization)],
                Some("Joint Task Force ( JTF ) 62"),
            ),
            (
                "during Exercise Steady Hawk 14 yesterday",
                none,
                Some("Exercise Steady Hawk 14"),
            ),
            ("during Exercise yesterday", none, None),
            ("EXERCISE STEADY HAWK", none, None),
            (
                "during Operation Ada Miller spoke",
                &[name(2, 4, Person)],
                None,
            ),
            (
                "knows University of Nebraska at Omaha better",
                &[name(1, 4, Organization), name(5, 6, Place)],
                Some("University of Nebraska at Omaha"),
            ),
            (
                "built firm Miller and Stone",
                none,
                Some("Miller and Stone"),
            ),
            ("built firms Miller and Stone", none, None),
            (
                "between Interior and Foreign Ministries",
                none,
                Some("Interior and Foreign Ministries"),
            ),
            ("between Interior and Foreign ministries", none, None),
            (
                "near Lakes Baikal and Ladoga there",
                none,
                Some("Lakes Baikal and Ladoga"),
            ),
            (
                "knows Jund aṭ ~- ~Ṭariq there",
                &[name(1, 2, Person), name(4, 5, Place)],
                Some("Jund aṭ - Ṭariq"),
            ),
            (
                "knows Abu Omar al ~- ~Amin there",
                &[name(1, 2, Person), name(2, 6, Person)],
                Some("Abu Omar al - Amin"),
            ),
            (
                "called \" Cats and Dogs , \" there",
                none,
                Some("Cats and Dogs"),
            ),
            (
                "said Ada \" J.D. \" Miller there",
                &[name(1, 2, Person), name(3, 4, Person), name(5, 6, Person)],
                Some("Ada \" J.D. \" Miller"),
            ),
            ("called \" Cats eat dogs \" there", none, None),
            ("called \" Blue Cats \" there", none, None),
        ];
        for (words, names, wanted) in cases {
            assert_eq!(found(words, names).as_deref(), *wanted, "{words}");
        }
    }

    #[test]
    fn a_name_found_is_one_part_of_the_tree() {
        let cases: [(&str, &[NameSpan], &[&str]); 4] = [
            (
                "JTF/PROPN/0/root ~-/PUNCT/4/punct ~ABC/PROPN/4/nsubj needs/VERB/1/parataxis \
                 bridges/NOUN/4/obj ./PUNCT/1/punct",
                &[],
                &[
                    "JTF 4 nsubj",
                    "- 1 flat",
                    "ABC 1 flat",
                    "needs 0 root",
                    "bridges 4 obj",
                    ". 4 punct",
                ],
            ),
            (
                "the/DET/2/det print/NOUN/0/root called/VERB/2/acl \"/PUNCT/5/punct \
                 Cats/PROPN/3/xcomp and/CCONJ/7/cc ~Dogs/PROPN/5/conj ~\"/PUNCT/7/punct",
                &[],
                &[
                    "the 2 det",
                    "print 0 root",
                    "called 2 acl",
                    "\" 5 punct",
                    "Cats 3 xcomp",
                    "and 5 flat",
                    "Dogs 5 flat",
                    "\" 5 punct",
                ],
            ),
            (
                "by/ADP/3/case Dean/PROPN/3/nmod:desc Miller/PROPN/0/root",
                &[name(1, 3, Person)],
                &["by 2 case", "Dean 0 root", "Miller 2 flat"],
            ),
            (
                "between/ADP/2/case Interior/PROPN/5/obl and/CCONJ/4/cc Ministries/PROPN/2/conj \
                 failed/VERB/0/root",
                &[],
                &[
                    "between 2 case",
                    "Interior 5 obl",
                    "and 4 cc",
                    "Ministries 2 conj",
                    "failed 0 root",
                ],
            ),
        ];
        for (words, names, wanted) in cases {
            let mut tokens = sentence(words);
            let formed = (0..tokens.len()).find_map(|start| formed_at(&tokens, names, start));
            if let Some(formed) = formed {
                bind(&mut tokens, &formed);
            }
            assert_eq!(tree(&tokens), wanted, "{words}");
        }
    }

    #[test]
    fn an_award_is_called_what_stands_before_its_noun() {
        let words = "the/DET/6/det Player/PROPN/6/compound of/ADP/5/case the/DET/5/det \
                     Year/PROPN/2/nmod award/NOUN/7/nsubj pleased/VERB/0/root";
        assert_eq!(award_at(&sentence(words), &[], 1), Some(1..5));
        let words = "the/DET/2/det King/PROPN/5/nsubj of/ADP/4/case Spain/PROPN/2/nmod \
                     pleased/VERB/0/root";
        assert_eq!(award_at(&sentence(words), &[], 1), None);
    }
}
