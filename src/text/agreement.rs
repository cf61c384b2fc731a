//! One sense in a document: what is called the same there is of one type.
//!
//! Each sentence is read by itself, and the same word may look like a group in one and like a place
//! in another. Within one document a word nearly always keeps its sense (Gale, Church & Yarowsky
//! 1992, "One sense per discourse"), so its places vote. On the news of GUM's development set this
//! brings three points of F1 of typed mentions.

use std::collections::BTreeMap;
use std::ops::Range;

use super::bodies::bodies;
use super::document::{EntityType, NameType, SentenceForm, TokenData, Upos};
use super::mention::{NameSpan, head_of};
use crate::base::Span;

/// A sentence with its tags and names, before its mentions are made.
pub(super) struct Tagged {
    pub(super) span: Span,
    pub(super) paragraph: usize,
    pub(super) form: SentenceForm,
    pub(super) tokens: Vec<TokenData>,
    pub(super) names: Vec<NameSpan>,
}

/// Lets names and the heads of mentions agree in their types.
pub(super) fn agree(sentences: &mut [Tagged]) {
    agree_names(sentences);
    agree_types(sentences);
}

/// Lets the same name be of the same type in a whole document: each place where it stands has a
/// vote, and what refers at its head a smaller one. Where one person alone is called so at full
/// length, the last word of the name is theirs. A lone proper noun that is a name elsewhere is one
/// here too.
fn agree_names(sentences: &mut [Tagged]) {
    let mut votes: BTreeMap<String, [u32; 3]> = BTreeMap::new();
    for sentence in &*sentences {
        for name in &sentence.names {
            let Some(key) = sentence.name(&name.tokens) else {
                continue;
            };
            let counts = votes.entry(key).or_default();
            *vote(counts, name.name_type) += 4;
            let head = head_of(&sentence.tokens, &name.tokens);
            let tagged = head
                .and_then(|head| sentence.tokens.get(head))
                .and_then(|token| token.entity_type);
            let second = match tagged {
                Some(EntityType::Person) => Some(NameType::Person),
                Some(EntityType::Organization) => Some(NameType::Organization),
                Some(EntityType::Place) => Some(NameType::Place),
                Some(
                    EntityType::Event
                    | EntityType::Object
                    | EntityType::Time
                    | EntityType::Abstract
                    | EntityType::Animal
                    | EntityType::Plant
                    | EntityType::Substance,
                )
                | None => None,
            };
            if let Some(second) = second {
                *vote(counts, second) += 3;
            }
        }
    }
    let surnames = surnames(&votes);
    for (surname, person) in surnames {
        // A full name tells more of its last word than the word alone.
        let counts = votes.entry(surname).or_default();
        *vote(counts, NameType::Person) += 2 * person;
    }
    let bodies = bodies(sentences, &votes);
    let winner = |counts: &[u32; 3], own: Option<NameType>| {
        let most = counts.iter().max().copied().unwrap_or(0);
        let mut counts = *counts;
        let tied = own.filter(|own| *vote(&mut counts, *own) == most);
        tied.or_else(|| {
            [NameType::Person, NameType::Organization, NameType::Place]
                .into_iter()
                .find(|name_type| *vote(&mut counts, *name_type) == most)
        })
    };
    for sentence in sentences {
        for index in 0..sentence.names.len() {
            let Some(name) = sentence.names.get(index) else {
                continue;
            };
            let own = Some(name.name_type);
            let key = sentence.name(&name.tokens).unwrap_or_default();
            if bodies.contains(&key) {
                sentence.make_body(index);
                continue;
            }
            let agreed = votes.get(&key).and_then(|counts| winner(counts, own));
            if let (Some(agreed), Some(name)) = (agreed, sentence.names.get_mut(index)) {
                name.name_type = agreed;
            }
        }
        let lone: Vec<NameSpan> = (0..sentence.tokens.len())
            .filter(|at| sentence.is_lone(*at))
            .filter_map(|at| {
                let key = sentence.name(&(at..at + 1))?;
                let name_type = if bodies.contains(&key) {
                    NameType::Organization
                } else {
                    winner(votes.get(&key)?, None)?
                };
                Some(NameSpan {
                    tokens: at..at + 1,
                    name_type,
                })
            })
            .collect();
        for name in lone {
            let body = name.name_type == NameType::Organization;
            sentence.names.push(name);
            if body {
                sentence.make_body(sentence.names.len() - 1);
            }
        }
        sentence.names.sort_by_key(|name| name.tokens.start);
    }
}

/// The last words of full names of persons, each with the votes for the person, where no other name
/// ends in them.
fn surnames(votes: &BTreeMap<String, [u32; 3]>) -> BTreeMap<String, u32> {
    let mut full: BTreeMap<&str, Vec<[u32; 3]>> = BTreeMap::new();
    for (name, counts) in votes {
        if let Some(last) = surname(name) {
            full.entry(last).or_default().push(*counts);
        }
    }
    full.into_iter()
        .filter_map(|(last, names)| match names.as_slice() {
            [[person, organization, place]] if person > organization && person > place => {
                Some((last.to_owned(), *person))
            }
            _ => None,
        })
        .collect()
}

/// The last word of a name of several, with the article that is joined to it: "al - Hadi" of "Omar
/// al - Hadi".
fn surname(name: &str) -> Option<&str> {
    let (before, last) = name.rsplit_once(' ')?;
    let article = before
        .strip_suffix(" -")
        .and_then(|before| before.rsplit_once(' '))
        .filter(|(_, article)| ARTICLES.contains(article));
    match article {
        Some((given, _)) => name.get(given.len() + 1..),
        None if before.ends_with(" -") => None,
        None => Some(last),
    }
}

/// Arabic articles that are joined to the name after them.
const ARTICLES: [&str; 2] = ["al", "el"];

/// The count of votes for `name_type`.
fn vote(counts: &mut [u32; 3], name_type: NameType) -> &mut u32 {
    let [person, organization, place] = counts;
    match name_type {
        NameType::Person => person,
        NameType::Organization => organization,
        NameType::Place => place,
    }
}

/// Lets the same word be of the same type wherever it heads a mention: the most frequent one; of
/// several, a word's own if it is among them. Pronouns speak of something else each time.
fn agree_types(sentences: &mut [Tagged]) {
    let mut votes: BTreeMap<String, BTreeMap<EntityType, u32>> = BTreeMap::new();
    for token in sentences.iter().flat_map(|sentence| &sentence.tokens) {
        if let (Some(entity_type), Some(word)) = (token.entity_type, sense(token)) {
            let counts = votes.entry(word).or_default();
            *counts.entry(entity_type).or_default() += 1;
        }
    }
    votes.retain(|_, counts| counts.len() > 1);
    let heads = sentences
        .iter_mut()
        .flat_map(|sentence| &mut sentence.tokens)
        .filter(|token| token.entity_type.is_some());
    for token in heads {
        let Some(counts) = sense(token).and_then(|word| votes.get(&word)) else {
            continue;
        };
        let most = counts.values().max();
        let own = token.entity_type;
        let tied = own.filter(|own| counts.get(own) == most);
        token.entity_type = tied.or_else(|| {
            let mut first = counts.iter().filter(|(_, count)| Some(*count) == most);
            first.next().map(|(entity_type, _)| *entity_type)
        });
    }
}

/// What a word is known by when its places vote, if it has a sense of its own.
fn sense(token: &TokenData) -> Option<String> {
    (token.upos != Upos::Pron).then(|| token.lemma.to_lowercase())
}

impl Tagged {
    /// Makes name number `index` that of an organization.
    fn make_body(&mut self, index: usize) {
        let Some(name) = self.names.get_mut(index) else {
            return;
        };
        name.name_type = NameType::Organization;
        let head = head_of(&self.tokens, &name.tokens);
        let head = head.and_then(|head| self.tokens.get_mut(head));
        // What a firm makes may bear its name: a browser stays what it is.
        if let Some(entity_type) = head.and_then(|head| head.entity_type.as_mut())
            && matches!(entity_type, EntityType::Person | EntityType::Place)
        {
            *entity_type = EntityType::Organization;
        }
    }

    /// The words of a stretch, as a name is compared: "Al-Hadi" begins with a small letter.
    pub(super) fn name(&self, tokens: &Range<usize>) -> Option<String> {
        let mut words: Vec<String> = self
            .tokens
            .get(tokens.clone())?
            .iter()
            .map(|token| token.form.clone())
            .collect();
        if let [first, hyphen, ..] = words.as_mut_slice() {
            let article = first.to_lowercase();
            if hyphen == "-" && ARTICLES.contains(&article.as_str()) {
                *first = article;
            }
        }
        Some(words.join(" "))
    }

    /// Whether the token at `at` is a proper noun that stands alone, in no name.
    pub(super) fn is_lone(&self, at: usize) -> bool {
        let proper = |at: Option<usize>| {
            at.and_then(|at| self.tokens.get(at))
                .is_some_and(|token| token.upos == Upos::Propn)
        };
        proper(Some(at))
            && !proper(at.checked_sub(1))
            && !proper(at.checked_add(1))
            && !self.names.iter().any(|name| name.tokens.contains(&at))
    }
}

#[cfg(test)]
mod tests {
    use super::surname;

    #[test]
    fn an_arabic_article_belongs_to_the_surname() {
        let cases = [
            ("Ada Brin", Some("Brin")),
            ("Omar al - Hadi", Some("al - Hadi")),
            ("al - Hadi", None),
            ("Ada Brin - Hadi", None),
            ("Ada", None),
        ];
        for (name, wanted) in cases {
            assert_eq!(surname(name), wanted, "{name}");
        }
    }
}
