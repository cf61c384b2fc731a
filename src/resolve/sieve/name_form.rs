//! Shorter forms of names: "Lovelace" after "Ada Lovelace", "Acme" after "Acme Ltd".

use std::collections::{BTreeMap, BTreeSet};

use crate::resolve::cluster::Clusters;
use crate::resolve::coreference::Scene;
use crate::resolve::name::{self, Spelling};
use crate::resolve::reference::{Form, Reference};
use crate::resolve::words;
use crate::text::{EntityType, NameType};

/// Joins a name to the nearest fuller name that it may shorten; fuller names before it are
/// preferred to fuller names after it.
pub(crate) fn name_form(scene: &Scene<'_>, clusters: &mut Clusters) {
    let fuller = Fuller::new(scene);
    for (number, reference) in scene.references.iter().enumerate() {
        if reference.form != Form::Name {
            continue;
        }
        let Some(cluster) = clusters.of(number) else {
            continue;
        };
        // The first mention of each spelling decides for the others.
        let first_so_called = cluster.members.iter().copied().find(|member| {
            scene
                .references
                .get(*member)
                .is_some_and(|other| other.name == reference.name)
        });
        if first_so_called != Some(number) {
            continue;
        }
        let fits = |candidate: &usize| {
            !clusters.together(*candidate, number) && clusters.may_join(*candidate, number)
        };
        let mut before: Vec<usize> = Vec::new();
        let mut after: Vec<usize> = Vec::new();
        for full in fuller.of(reference) {
            let at = full.mentions.partition_point(|mention| *mention < number);
            before.extend(at.checked_sub(1).and_then(|at| full.mentions.get(at)));
            let next = full.mentions.get(at..).unwrap_or_default();
            after.extend(next.iter().find(|mention| **mention != number));
        }
        before.sort_unstable_by(|one, other| other.cmp(one));
        after.sort_unstable();
        let chosen = before.into_iter().chain(after).find(fits);
        let chosen = chosen.or_else(|| fuller.only_body(scene, number).filter(fits));
        if let Some(full) = chosen {
            clusters.join("name-form", full.min(number), full.max(number));
        }
    }
}

/// A name of several words, and where it stands.
struct Full<'s> {
    spelling: &'s Spelling,
    is_person: bool,
    /// Whether it was taken for the name of an organization, once at least.
    is_body: bool,
    /// The references that bear it, in order.
    mentions: Vec<usize>,
}

impl Full<'_> {
    /// Whether a sentence says both it and the name of `short`: in "Orvela Watch sued Orvela" they
    /// are two.
    fn stands_beside(&self, scene: &Scene<'_>, short: &Reference) -> bool {
        let so_called = |other: &&Reference| other.is_name() && other.name == short.name;
        let sentences: BTreeSet<usize> = self
            .mentions
            .iter()
            .filter_map(|mention| scene.references.get(*mention))
            .map(|mention| mention.sentence)
            .collect();
        scene
            .references
            .iter()
            .filter(so_called)
            .any(|other| sentences.contains(&other.sentence))
    }
}

/// Whether a name is taken for that of an organization.
fn is_body(reference: &Reference) -> bool {
    match reference.name_type {
        Some(name_type) => name_type == NameType::Organization,
        None => reference.entity_type == EntityType::Organization,
    }
}

/// The names of several words, by the words that a shorter form of each must have.
struct Fuller<'s> {
    names: Vec<Full<'s>>,
    by_first: BTreeMap<&'s str, BTreeSet<usize>>,
    by_first_two: BTreeMap<(&'s str, &'s str), BTreeSet<usize>>,
    by_last: BTreeMap<&'s str, BTreeSet<usize>>,
}

impl<'s> Fuller<'s> {
    fn new(scene: &Scene<'s>) -> Self {
        let mut mentions: BTreeMap<(&str, bool), Full<'s>> = BTreeMap::new();
        for (number, reference) in scene.references.iter().enumerate() {
            if reference.form == Form::Name && reference.spelling.words.len() > 1 {
                let is_person = reference.is_person();
                let full = mentions
                    .entry((&reference.name, is_person))
                    .or_insert_with(|| Full {
                        spelling: &reference.spelling,
                        is_person,
                        is_body: false,
                        mentions: Vec::new(),
                    });
                full.is_body |= is_body(reference);
                full.mentions.push(number);
            }
        }
        let mut fuller = Self {
            names: mentions.into_values().collect(),
            by_first: BTreeMap::new(),
            by_first_two: BTreeMap::new(),
            by_last: BTreeMap::new(),
        };
        for (index, full) in fuller.names.iter().enumerate() {
            // "Omar Hadi Jr" ends in "Hadi" too.
            for words in [&full.spelling.words, &full.spelling.person] {
                if let Some(last) = words.last() {
                    fuller.by_last.entry(last).or_default().insert(index);
                }
                if let Some(first) = words.first() {
                    fuller.by_first.entry(first).or_default().insert(index);
                }
                if let [first, second, ..] = words.as_slice() {
                    let two = fuller.by_first_two.entry((first, second));
                    two.or_default().insert(index);
                }
            }
        }
        fuller
    }

    /// The body of two words that stood before and whose first word reference `number` is, if that is
    /// a body too and no other name begins or ends so: "Orvela" after "Orvela Werke".
    fn only_body(&self, scene: &Scene<'_>, number: usize) -> Option<usize> {
        let named_body =
            |reference: &Reference| reference.name_type == Some(NameType::Organization);
        let reference = scene.references.get(number).filter(|one| named_body(one))?;
        let [short] = reference.spelling.words.as_slice() else {
            return None;
        };
        // "IMF", and what has a full name of its own.
        let known = name::is_acronym(&reference.name)
            || words::full_name(&reference.name).is_some()
            || reference.spelling.place.is_some();
        if known {
            return None;
        }
        let by_first = self.by_first.get(short.as_str()).into_iter().flatten();
        let by_last = self.by_last.get(short.as_str()).into_iter().flatten();
        let all: BTreeSet<&usize> = by_first.chain(by_last).collect();
        let mut all = all.into_iter().filter_map(|index| self.names.get(*index));
        let full = all.next().filter(|full| {
            let words = &full.spelling.words;
            words.len() == 2 && words.first() == Some(short)
        })?;
        let first = full.mentions.first().copied()?;
        let body = scene.references.get(first).is_some_and(named_body);
        (all.next().is_none() && body && first < number && !full.stands_beside(scene, reference))
            .then_some(first)
    }

    /// The names that the name of `reference` may shorten.
    fn of(&self, reference: &Reference) -> Vec<&Full<'s>> {
        let (short, is_person) = (&*reference.spelling, reference.is_person());
        let mut found: BTreeSet<&usize> = BTreeSet::new();
        if let Some(last) = short.words.last() {
            found.extend(self.by_last.get(last.as_str()).into_iter().flatten());
        }
        match short.words.as_slice() {
            [] => {}
            [only] => found.extend(self.by_first.get(only.as_str()).into_iter().flatten()),
            [first, second, ..] => {
                let two = (first.as_str(), second.as_str());
                found.extend(self.by_first_two.get(&two).into_iter().flatten());
            }
        }
        let names = found.into_iter().filter_map(|index| self.names.get(*index));
        names
            .filter(|full| {
                if full.is_person || is_person {
                    name::shortens_person(short, full.spelling)
                } else {
                    name::shortens_thing(short, full.spelling)
                        && (!name::leaves_out_body(short, full.spelling)
                            || full.is_body && is_body(reference))
                }
            })
            .collect()
    }
}
