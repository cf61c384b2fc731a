//! One entity for one thing across documents.
//!
//! Works on the entities of all documents at once, sorted, so that its result does not depend on
//! the order in which they were read. It is careful: names must be equal (or one the acronym of
//! the other where that is certain), and a person is never joined with what is no person.
//! Descriptions stay with their document unless they name what they describe ("Syrian regime").

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::correct::{Called, Group, corrected};
use super::correction::{Correction, EntityName, Outcome};
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
    /// The sentence of its first mention.
    pub sentence: &'a str,
    /// Whether it was taken out of another entity by hand, and so is nobody else's.
    pub parted: bool,
}

impl LocalName<'_> {
    /// Whether it is a person.
    pub fn is_person(&self) -> bool {
        self.kind == EntityKind::Person
    }
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
    /// The name that documents give it, where another was given by hand.
    pub former_name: Option<String>,
    /// The entities of documents that it is, as places in the list that was given.
    pub members: Vec<usize>,
    /// Why each of `members` is one with the others, in order of the decisions; nothing for what
    /// stands alone.
    pub reasons: Vec<Vec<JoinReason>>,
}

/// Why an entity of a document belongs to an entity of the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinReason {
    /// They bear the same name.
    SameName,
    /// One bears the short form of the other's name, and some document explains it.
    ShortName {
        /// The short form.
        short: String,
    },
    /// Their descriptions name what they describe: "Syrian regime".
    SameDescription,
    /// A person said so.
    MergedByHand {
        /// The number of the correction.
        correction: i64,
    },
    /// A person said that it is not what others of its name are.
    SplitByHand {
        /// The number of the correction.
        correction: i64,
    },
}

/// The entities of all documents, and what became of the corrections.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Canonical {
    /// The entities, by id.
    pub entities: Vec<GlobalEntity>,
    /// What became of each correction, in order.
    pub outcomes: Vec<Outcome>,
}

/// The entities that `locals` are together once `corrections` are applied in their order.
///
/// The same for every order of `locals`. Time O(n log n), and O(n) for each correction.
pub fn canonical(locals: &[LocalName<'_>], corrections: &[(i64, Correction)]) -> Canonical {
    let mut order: Vec<usize> = (0..locals.len()).collect();
    order.sort_by_key(|index| {
        locals
            .get(*index)
            .map(|local| (local.document, local.number))
    });
    let sorted: Vec<LocalName<'_>> = order
        .iter()
        .filter_map(|index| locals.get(*index).copied())
        .collect();
    let (groups, outcomes) = corrected(&sorted, grouped(&sorted), corrections);
    let mut entities = named_entities(&sorted, groups);
    for member in entities.iter_mut().flat_map(|entity| &mut entity.members) {
        *member = order.get(*member).copied().unwrap_or(*member);
    }
    Canonical { entities, outcomes }
}

/// Which of `locals`, as places in it, `wanted` names. Time O(n log n).
pub fn called(locals: &[LocalName<'_>], wanted: &EntityName) -> Vec<usize> {
    Called::new(locals).named(wanted)
}

fn named_entities(locals: &[LocalName<'_>], groups: Vec<Group>) -> Vec<GlobalEntity> {
    let mut entities: Vec<GlobalEntity> = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut named: Vec<(String, GlobalEntity)> = groups
        .into_iter()
        .map(|group| {
            let document = group.document.clone();
            let entity = entity(locals, group);
            let stem = stem(locals, &entity, document.as_deref());
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

/// The groups that the machine makes of `locals`, which are sorted.
fn grouped(locals: &[LocalName<'_>]) -> Vec<Group> {
    let known: Vec<&LocalName<'_>> = locals.iter().filter(|local| !local.parted).collect();
    let surnames = shared_surnames(&known);
    let long_forms = long_forms(&known);
    let mut groups: BTreeMap<Key<'_>, Group> = BTreeMap::new();
    for (index, local) in locals.iter().enumerate() {
        let key = key(local, &surnames, &long_forms);
        groups.entry(key).or_default().members.push(index);
    }
    for (key, group) in &mut groups {
        if group.members.len() < 2 {
            continue;
        }
        for member in &group.members {
            let Some(local) = locals.get(*member) else {
                continue;
            };
            let reason = match key {
                Key::Name { key, .. } if *key == own_key(local) => JoinReason::SameName,
                Key::Name { .. } => JoinReason::ShortName {
                    short: local.name.to_owned(),
                },
                Key::Description { .. } => JoinReason::SameDescription,
                Key::Alone { .. } => continue,
            };
            group.reasons.insert(*member, vec![reason]);
        }
    }
    groups.into_values().collect()
}

/// What all spellings of the name of `local` share.
fn own_key(local: &LocalName<'_>) -> String {
    name::key(words::full_name(local.name).unwrap_or(local.name))
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
    if local.parted {
        return alone;
    }
    let person = local.is_person();
    if local.proper {
        let full = words::full_name(local.name).unwrap_or(local.name);
        let own = own_key(local);
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

fn entity(locals: &[LocalName<'_>], group: Group) -> GlobalEntity {
    let Group {
        members,
        heads,
        name: given,
        document: _,
        mut reasons,
    } = group;
    let heads = if heads.is_empty() { &members } else { &heads };
    let mut names: BTreeMap<&str, u32> = BTreeMap::new();
    let mut kinds: BTreeMap<EntityKind, u32> = BTreeMap::new();
    for local in heads.iter().filter_map(|index| locals.get(*index)) {
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
    let (name, former_name) = match given {
        Some(given) if given != name => (given, Some(name)),
        Some(_) | None => (name, None),
    };
    GlobalEntity {
        id: String::new(),
        name,
        former_name,
        kind,
        reasons: members
            .iter()
            .map(|member| reasons.remove(member).unwrap_or_default())
            .collect(),
        members,
    }
}

/// The lasting id without a number: kind and name, and for what belongs to one document a few
/// digits that stand for the document, so that other documents do not change it. A name given by
/// hand does not show in it.
fn stem(locals: &[LocalName<'_>], entity: &GlobalEntity, marked_by: Option<&str>) -> String {
    let kind = entity.kind.label().to_lowercase();
    let slug = name::slug(entity.former_name.as_ref().unwrap_or(&entity.name));
    let local = entity.members.first().and_then(|index| locals.get(*index));
    let document = marked_by.or_else(|| {
        local
            .filter(|local| local.parted || (!local.proper && !local.unique))
            .map(|local| local.document)
    });
    match document {
        Some(document) => {
            let digest = Sha256::digest(document.as_bytes());
            let digits: String = digest
                .iter()
                .take(3)
                .flat_map(|byte| [byte >> 4, byte & 15])
                .filter_map(|half| char::from_digit(u32::from(half), 16))
                .collect();
            format!("{kind}/{slug}-{digits}")
        }
        None => format!("{kind}/{slug}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{GlobalEntity, LocalName, canonical};
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
            sentence: "",
            parted: false,
        }
    }

    fn entities(locals: &[LocalName<'_>]) -> Vec<GlobalEntity> {
        canonical(locals, &[]).entities
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
        let there: Vec<(String, usize)> = entities(&locals)
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
        let back: Vec<(String, usize)> = entities(&locals)
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
        let ids: Vec<String> = entities(&locals)
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
