//! GUM's mentions, written as `Entity=(97-person-giv:inact-nnnnn-cf4-1,3-coref-Jensen_Ackles`,
//! turned to the type of each mention's head and to flat proper names.

use std::ops::Range;

use super::super::document::{EntityType, NameType, TokenData, Upos};
use super::super::mention::NameSpan;

/// One mention of GUM, within its sentence.
#[derive(Debug)]
struct Marked {
    tokens: Range<usize>,
    entity_type: Option<EntityType>,
    /// The words that make up its head phrase.
    head_words: Vec<usize>,
}

/// Sets the entity types of `tokens` from their `Entity=` values; yields the names among them.
pub(super) fn annotate(tokens: &mut [TokenData], entities: &[Option<String>]) -> Vec<NameSpan> {
    let marked = marked(entities);
    for mention in &marked {
        let inside = &mention.head_words;
        let head = inside.iter().copied().find(|position| {
            tokens
                .get(*position)
                .is_some_and(|token| token.head.is_none_or(|head| !inside.contains(&head)))
        });
        if let Some(token) = head.and_then(|head| tokens.get_mut(head)) {
            token.entity_type = mention.entity_type;
        }
    }
    names(tokens, marked)
}

/// The mentions whose brackets close within the sentence.
fn marked(entities: &[Option<String>]) -> Vec<Marked> {
    let mut found = Vec::new();
    let mut open: Vec<(&str, usize, Vec<&str>)> = Vec::new();
    for (position, value) in entities.iter().enumerate() {
        let Some(value) = value else {
            continue;
        };
        for part in parts(value) {
            if let Some(fields) = part.strip_prefix('(') {
                let fields: Vec<&str> = fields.trim_end_matches(')').splitn(8, '-').collect();
                open.push((
                    fields.first().copied().unwrap_or_default(),
                    position,
                    fields,
                ));
            }
            if part.ends_with(')') {
                let group = part.trim_matches(['(', ')']);
                let group = group.split('-').next().unwrap_or_default();
                let Some(at) = open.iter().rposition(|(name, ..)| *name == group) else {
                    continue;
                };
                let (_, first, fields) = open.remove(at);
                let head_words: Vec<usize> = fields
                    .get(5)
                    .map(|span| {
                        span.split(',')
                            .filter_map(|word| word.parse::<usize>().ok())
                            .filter_map(|word| (first + word).checked_sub(1))
                            .filter(|word| *word <= position)
                            .collect()
                    })
                    .unwrap_or_default();
                found.push(Marked {
                    tokens: first..position + 1,
                    entity_type: fields.get(1).and_then(|name| EntityType::from_name(name)),
                    head_words: if head_words.is_empty() {
                        (first..=position).collect()
                    } else {
                        head_words
                    },
                });
            }
        }
    }
    found
}

/// The brackets of one value: `(3-place-…`, `(4-time-…)`, `12)`.
fn parts(value: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, character) in value.char_indices() {
        match character {
            '(' if at > start => {
                parts.extend(value.get(start..at));
                start = at;
            }
            ')' => {
                parts.extend(value.get(start..=at));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(value.get(start..).filter(|rest| !rest.is_empty()));
    parts
}

/// Flat names: the run of proper nouns around the head of each mention of a person, a place or an
/// organization, the longest mentions first.
fn names(tokens: &[TokenData], mut marked: Vec<Marked>) -> Vec<NameSpan> {
    let proper = |position: usize| {
        tokens
            .get(position)
            .is_some_and(|token| token.xpos.starts_with("NNP"))
    };
    let mut taken = vec![false; tokens.len()];
    let mut found = Vec::new();
    marked.sort_by_key(|mention| usize::MAX - mention.tokens.len());
    for mention in marked {
        let name_type = match mention.entity_type {
            Some(EntityType::Person) => NameType::Person,
            Some(EntityType::Place) => NameType::Place,
            Some(EntityType::Organization) => NameType::Organization,
            _ => continue,
        };
        let heads: Vec<usize> = mention
            .head_words
            .iter()
            .copied()
            .filter(|word| proper(*word))
            .collect();
        let (Some(first), Some(last)) = (heads.first().copied(), heads.last().copied()) else {
            continue;
        };
        let whole = (first..=last).all(|position| {
            proper(position)
                || tokens.get(position).is_some_and(|token| {
                    matches!(
                        token.upos,
                        Upos::Punct
                            | Upos::Adp
                            | Upos::Det
                            | Upos::Cconj
                            | Upos::Num
                            | Upos::Adj
                            | Upos::Part
                    )
                })
        });
        if mention.head_words.last() != Some(&last) || !whole {
            continue;
        }
        let (mut start, mut end) = (first, last + 1);
        while start > mention.tokens.start && proper(start - 1) {
            start -= 1;
        }
        while end < mention.tokens.end && proper(end) {
            end += 1;
        }
        let comma = (start..end).find(|at| tokens.get(*at).is_some_and(|token| token.form == ","));
        let end = comma.unwrap_or(end);
        let free = taken
            .get(start..end)
            .is_some_and(|part| !part.contains(&true));
        if start == end || !free {
            continue;
        }
        if let Some(part) = taken.get_mut(start..end) {
            part.fill(true);
        }
        found.push(NameSpan {
            tokens: start..end,
            name_type,
        });
    }
    found.sort_by_key(|name| name.tokens.start);
    found
}
