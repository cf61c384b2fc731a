//! One entity for one thing across documents.
//!
//! Works on the entities of all documents at once, sorted, so that its result does not depend on
//! the order in which they were read. It is careful: names must be equal (or one the acronym of
//! the other where that is certain), and a person is never joined with what is no person.
//! Descriptions stay with their document unless they name what they describe ("Syrian regime").

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::name;
use super::words;
use crate::model::EntityKind;

/// An entity of one document, as far as other documents may know it.
#[derive(Debug, Clone, Copy)]
pub struct LocalName<'a> {
    /// The document.
    pub document: &'a str,
    /// Its place among the entities of the document.
    pub number: usize,
    /// Its name.
    pub name: &'a str,
    /// Its proper names.
    pub proper_names: &'a [String],
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// Whether it bears a proper name.
    pub proper: bool,
    /// Whether its description means the same in every document.
    pub unique: bool,
    /// How often the document mentions it.
    pub mentions: u32,
}

/// One entity for all documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlobalEntity {
    /// The lasting id: `person/ada-lovelace`.
    pub id: String,
    /// The fullest name.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// The entities of documents that it is, as places in the list that was given.
    pub members: Vec<usize>,
}

/// The entities that `locals` are together, by id.
///
/// The same for every order of `locals`. Time O(n log n).
pub fn canonical(locals: &[LocalName<'_>]) -> Vec<GlobalEntity> {
    let mut order: Vec<usize> = (0..locals.len()).collect();
    order.sort_by_key(|index| {
        locals
            .get(*index)
            .map(|local| (local.document, local.number))
    });
    let groups = grouped(locals, &order);
    let mut entities: Vec<GlobalEntity> = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut named: Vec<(String, GlobalEntity)> = groups
        .into_iter()
        .map(|members| {
            let entity = entity(locals, members);
            let stem = stem(locals, &entity);
            (stem, entity)
        })
        .collect();
    // Those that fall on one stem are numbered by their first document.
    named.sort_by(|(one, a), (other, b)| {
        let first = |entity: &GlobalEntity| {
            entity
                .members
                .first()
                .and_then(|index| locals.get(*index))
                .map(|local| (local.document, local.number))
        };
        one.cmp(other).then_with(|| first(a).cmp(&first(b)))
    });
    for (stem, mut entity) in named {
        let mut id = stem.clone();
        let mut count = 1;
        while !taken.insert(id.clone()) {
            count += 1;
            id = format!("{stem}-{count}");
        }
        entity.id = id;
        entities.push(entity);
    }
    entities
}

/// What must be equal for two entities to be one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Name { person: bool, key: String },
    Description { kind: EntityKind, key: String },
    Alone { document: &'a str, number: usize },
}

fn grouped(locals: &[LocalName<'_>], order: &[usize]) -> Vec<Vec<usize>> {
    let known: Vec<&LocalName<'_>> = order
        .iter()
        .filter_map(|index| locals.get(*index))
        .collect();
    let surnames = shared_surnames(&known);
    let long_forms = long_forms(&known);
    let mut groups: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for index in order {
        let Some(local) = locals.get(*index) else {
            continue;
        };
        let key = key(local, &surnames, &long_forms);
        groups.entry(key).or_default().push(*index);
    }
    groups.into_values().collect()
}

fn key<'a>(
    local: &LocalName<'a>,
    surnames: &BTreeSet<String>,
    long_forms: &BTreeMap<String, BTreeSet<String>>,
) -> Key<'a> {
    let alone = Key::Alone {
        document: local.document,
        number: local.number,
    };
    let person = local.kind == EntityKind::Person;
    if local.proper {
        let full = words::full_name(local.name).unwrap_or(local.name);
        let own = name::key(full);
        if own.is_empty() {
            return alone;
        }
        let single = name::key_words(full).len() == 1;
        if person && single && surnames.contains(&own) {
            return alone;
        }
        let stands_for = long_forms
            .get(&own)
            .filter(|forms| forms.len() == 1 && !person)
            .and_then(BTreeSet::first)
            .cloned();
        return Key::Name {
            person,
            key: stands_for.unwrap_or(own),
        };
    }
    if local.unique {
        return Key::Description {
            kind: local.kind,
            key: name::key(local.name),
        };
    }
    alone
}

/// Surnames that several persons bear: alone they do not say who is meant.
fn shared_surnames(locals: &[&LocalName<'_>]) -> BTreeSet<String> {
    let mut bearers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for local in locals {
        if local.kind != EntityKind::Person || !local.proper {
            continue;
        }
        let words = name::key_words(local.name);
        if words.len() < 2 {
            continue;
        }
        for word in [words.first(), words.last()].into_iter().flatten() {
            bearers
                .entry(word.clone())
                .or_default()
                .insert(words.concat());
        }
    }
    bearers
        .into_iter()
        .filter(|(_, persons)| persons.len() > 1)
        .map(|(surname, _)| surname)
        .collect()
}

/// For each acronym that some document explains, the keys of the full names it stands for.
fn long_forms(locals: &[&LocalName<'_>]) -> BTreeMap<String, BTreeSet<String>> {
    let mut forms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for local in locals {
        if !local.proper || local.kind == EntityKind::Person || name::is_acronym(local.name) {
            continue;
        }
        let full = name::key(words::full_name(local.name).unwrap_or(local.name));
        for other in local.proper_names {
            if name::is_acronym(other) {
                forms
                    .entry(name::key(other))
                    .or_default()
                    .insert(full.clone());
            }
        }
    }
    forms
}

fn entity(locals: &[LocalName<'_>], members: Vec<usize>) -> GlobalEntity {
    let mut names: BTreeMap<&str, u32> = BTreeMap::new();
    let mut kinds: BTreeMap<EntityKind, u32> = BTreeMap::new();
    for local in members.iter().filter_map(|index| locals.get(*index)) {
        let full = words::full_name(local.name)
            .filter(|_| local.proper)
            .unwrap_or(local.name);
        *names.entry(full).or_default() += local.mentions;
        *kinds.entry(local.kind).or_default() += local.mentions.max(1);
    }
    let name = names
        .into_iter()
        .max_by_key(|(name, mentions)| {
            (
                !name::is_acronym(name),
                name::key_words(name).len(),
                *mentions,
                std::cmp::Reverse(*name),
            )
        })
        .map(|(name, _)| name.to_owned())
        .unwrap_or_default();
    let kind = kinds
        .into_iter()
        .max_by_key(|(kind, votes)| (*votes, std::cmp::Reverse(*kind)))
        .map_or(EntityKind::Abstract, |(kind, _)| kind);
    GlobalEntity {
        id: String::new(),
        name,
        kind,
        members,
    }
}

/// The lasting id without a number: kind and name, and for what belongs to one document a few
/// digits that stand for the document, so that other documents do not change it.
fn stem(locals: &[LocalName<'_>], entity: &GlobalEntity) -> String {
    let kind = entity.kind.label().to_lowercase();
    let slug = name::slug(&entity.name);
    let local = entity.members.first().and_then(|index| locals.get(*index));
    match local {
        Some(local) if !local.proper && !local.unique => {
            let digest = Sha256::digest(local.document.as_bytes());
            let digits: String = digest
                .iter()
                .take(3)
                .flat_map(|byte| [byte >> 4, byte & 15])
                .filter_map(|half| char::from_digit(u32::from(half), 16))
                .collect();
            format!("{kind}/{slug}-{digits}")
        }
        Some(_) | None => format!("{kind}/{slug}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{LocalName, canonical};
    use crate::model::EntityKind;

    fn local<'a>(
        document: &'a str,
        number: usize,
        name: &'a str,
        kind: EntityKind,
        proper_names: &'a [String],
    ) -> LocalName<'a> {
        LocalName {
            document,
            number,
            name,
            proper_names,
            kind,
            proper: !proper_names.is_empty(),
            unique: false,
            mentions: 1,
        }
    }

    #[test]
    fn names_meet_across_documents_and_descriptions_do_not() {
        let ada = ["Ada Lovelace".to_owned()];
        let long = ["Harbour Workers Association".to_owned(), "HWA".to_owned()];
        let short = ["HWA".to_owned()];
        let mut locals = vec![
            local("a", 0, "Ada Lovelace", EntityKind::Person, &ada),
            local("a", 1, "report", EntityKind::Object, &[]),
            local(
                "a",
                2,
                "Harbour Workers Association",
                EntityKind::Organization,
                &long,
            ),
            local("b", 0, "report", EntityKind::Object, &[]),
            local("b", 1, "Ada Lovelace", EntityKind::Person, &ada),
            local("b", 2, "HWA", EntityKind::Organization, &short),
        ];
        let there: Vec<(String, usize)> = canonical(&locals)
            .into_iter()
            .map(|entity| (entity.id, entity.members.len()))
            .collect();
        assert_eq!(
            there,
            [
                ("object/report-3e23e8".to_owned(), 1),
                ("object/report-ca9781".to_owned(), 1),
                ("organization/harbour-workers-association".to_owned(), 2),
                ("person/ada-lovelace".to_owned(), 2),
            ]
        );
        locals.reverse();
        let back: Vec<(String, usize)> = canonical(&locals)
            .into_iter()
            .map(|entity| (entity.id, entity.members.len()))
            .collect();
        assert_eq!(there, back);
    }

    #[test]
    fn a_surname_of_two_persons_stays_with_its_document() {
        let ada = ["Ada King".to_owned()];
        let billie = ["Billie King".to_owned()];
        let king = ["King".to_owned()];
        let locals = [
            local("a", 0, "Ada King", EntityKind::Person, &ada),
            local("b", 0, "Billie King", EntityKind::Person, &billie),
            local("c", 0, "King", EntityKind::Person, &king),
            local("d", 0, "King", EntityKind::Person, &king),
        ];
        let ids: Vec<String> = canonical(&locals)
            .into_iter()
            .map(|entity| entity.id)
            .collect();
        assert_eq!(
            ids,
            [
                "person/ada-king",
                "person/billie-king",
                "person/king",
                "person/king-2"
            ]
        );
    }
}
