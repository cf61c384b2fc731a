//! Clusters: the references that mean one thing, joined step by step, each step with its reason.
//!
//! Knows what may not be joined (a man and a woman, two full names of persons); which references
//! should be joined is the sieves' business.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::likeness;
use super::name::{self, Spelling};
use super::reference::{Form, Reference};
use super::words::{self, Gender};
use crate::text::{EntityType, NameType};

/// The references that mean one entity, with what they tell of it together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cluster {
    /// Numbers of the references, in order of the text.
    pub(crate) members: Vec<usize>,
    /// Its proper names, each once, in order of joining.
    pub(crate) names: Vec<Arc<Spelling>>,
    /// Nouns that describe it.
    pub(crate) nouns: BTreeSet<String>,
    /// Nouns of appositions and predicates that say what it is one of, in order.
    pub(crate) described: Vec<String>,
    /// Modifiers of these nouns.
    pub(crate) modifiers: BTreeSet<String>,
    /// What phrases after these nouns bring in.
    pub(crate) after: BTreeSet<String>,
    /// Its gender.
    pub(crate) gender: Option<Gender>,
    /// Whether it is several.
    pub(crate) plural: Option<bool>,
    /// How often its names and descriptions were taken to be of each type.
    types: BTreeMap<EntityType, u32>,
    /// Votes for being a person.
    person: u32,
    /// Votes for being something else.
    thing: u32,
    /// Votes for being an organization, which may be "they" though it is one.
    organization: u32,
}

impl Cluster {
    fn of(number: usize, reference: &Reference) -> Self {
        let weight = if reference.name_type.is_some() { 3 } else { 1 };
        let counts = !reference.is_pronoun();
        let organization = reference.name_type == Some(NameType::Organization)
            || (reference.name_type.is_none() && reference.entity_type == EntityType::Organization);
        let mut nouns = BTreeSet::new();
        if counts && !reference.noun.is_empty() {
            nouns.insert(reference.noun.clone());
        }
        nouns.extend(reference.titles.iter().cloned());
        let mut types = BTreeMap::new();
        if counts {
            for entity_type in reference.types() {
                *types.entry(entity_type).or_default() += 1;
            }
        }
        Self {
            members: vec![number],
            names: if matches!(reference.form, Form::Name | Form::Demonym) {
                vec![Arc::clone(&reference.spelling)]
            } else {
                Vec::new()
            },
            nouns,
            described: Vec::new(),
            modifiers: reference.modifiers.clone(),
            after: reference.after.clone(),
            gender: reference.gender,
            plural: reference.plural,
            types,
            person: u32::from(counts && reference.is_person()) * weight,
            thing: u32::from(counts && !reference.is_person()) * weight,
            organization: u32::from(counts && organization) * weight,
        }
    }

    /// Whether it is more likely a person than not.
    pub(crate) fn is_person(&self) -> bool {
        self.person > self.thing
    }

    /// Whether it is more likely an organization than not: a body of people.
    pub(crate) fn is_organization(&self) -> bool {
        2 * self.organization > self.person + self.thing
            || self
                .nouns
                .iter()
                .any(|noun| words::is_body(noun) || words::is_crowd(noun))
    }

    /// How far it is from being of the type `wanted`, by what its names and descriptions were
    /// taken for; `None` if it has none.
    pub(crate) fn distance(&self, wanted: EntityType) -> Option<f32> {
        let all: u32 = self.types.values().sum();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a count of mentions is far below 2^23"
        )]
        let distance = |(of, votes): (&EntityType, &u32)| {
            likeness::distance(*of, wanted) * *votes as f32 / all as f32
        };
        (all > 0).then(|| self.types.iter().map(distance).sum())
    }
}

/// Why two references were joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    /// The sieve.
    pub(crate) sieve: &'static str,
    /// The reference that was there.
    pub(crate) earlier: usize,
    /// The reference that was joined to it.
    pub(crate) later: usize,
}

/// Whether no name of one person can be a name of the other. Where both have names of several
/// words these decide: "Mohamed" may be short for either of two brothers, who are not one.
fn names_exclude(one: &[Arc<Spelling>], other: &[Arc<Spelling>]) -> bool {
    fn full(names: &[Arc<Spelling>]) -> impl Iterator<Item = &Spelling> + Clone {
        let several = names.iter().any(|name| name.written.contains(' '));
        let names = names.iter().map(AsRef::as_ref);
        names.filter(move |name| !several || name.written.contains(' '))
    }
    let agree = |a: &Spelling, b: &Spelling| {
        a.key == b.key || name::shortens_person(a, b) || name::shortens_person(b, a)
    };
    let others = full(other);
    !full(one).any(|a| others.clone().any(|b| agree(a, b)))
}

/// Whether both have the name of a well-known place and share none: Chad is not Niger.
fn places_exclude(one: &[Arc<Spelling>], other: &[Arc<Spelling>]) -> bool {
    fn places(names: &[Arc<Spelling>]) -> impl Iterator<Item = &String> + Clone {
        names.iter().filter_map(|name| name.place.as_ref())
    }
    let (mut one, other) = (places(one).peekable(), places(other));
    one.peek().is_some()
        && other.clone().next().is_some()
        && !one.any(|a| other.clone().any(|b| a == b))
}

/// All clusters of a document.
#[derive(Debug)]
pub(crate) struct Clusters {
    parents: Vec<usize>,
    known: Vec<Cluster>,
    merges: Vec<Merge>,
    aliases: BTreeSet<usize>,
}

impl Clusters {
    /// Each reference a cluster of its own.
    pub(crate) fn new(references: &[Reference]) -> Self {
        Self {
            parents: (0..references.len()).collect(),
            known: references
                .iter()
                .enumerate()
                .map(|(number, reference)| Cluster::of(number, reference))
                .collect(),
            merges: Vec::new(),
            aliases: BTreeSet::new(),
        }
    }

    /// Notes that the words beside them say what these references are other names of.
    pub(crate) fn are_aliases(&mut self, references: BTreeSet<usize>) {
        self.aliases = references;
    }

    /// Whether the words beside it say what `reference` is another name of.
    pub(crate) fn is_alias(&self, reference: usize) -> bool {
        self.aliases.contains(&reference)
    }

    /// The number of the cluster that `reference` is in.
    pub(crate) fn root(&self, reference: usize) -> usize {
        let mut current = reference;
        while let Some(parent) = self.parents.get(current).copied() {
            if parent == current {
                break;
            }
            current = parent;
        }
        current
    }

    /// The cluster that `reference` is in.
    pub(crate) fn of(&self, reference: usize) -> Option<&Cluster> {
        self.known.get(self.root(reference))
    }

    /// Whether two references are in one cluster.
    pub(crate) fn together(&self, one: usize, other: usize) -> bool {
        self.root(one) == self.root(other)
    }

    /// All merges made, in order.
    pub(crate) fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// The clusters with their numbers, in order of their first mention.
    pub(crate) fn all(&self) -> Vec<(usize, &Cluster)> {
        let mut roots: Vec<(usize, &Cluster)> = self
            .known
            .iter()
            .enumerate()
            .filter(|(number, _)| self.parents.get(*number) == Some(number))
            .collect();
        roots.sort_by_key(|(_, cluster)| cluster.members.first().copied());
        roots
    }

    /// Whether the clusters of two references may be one by gender, by number and by name.
    pub(crate) fn may_join(&self, one: usize, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.of(one), self.of(other)) else {
            return false;
        };
        let genders_differ = matches!((one.gender, other.gender), (Some(a), Some(b)) if a != b);
        let both_named = !one.names.is_empty() && !other.names.is_empty();
        let kinds_differ = both_named && one.is_person() != other.is_person();
        let names_differ = both_named
            && one.is_person()
            && other.is_person()
            && names_exclude(&one.names, &other.names);
        !genders_differ
            && !kinds_differ
            && !names_differ
            && !places_exclude(&one.names, &other.names)
    }

    /// Joins the clusters of two references if they may be one; says whether they now are.
    pub(crate) fn join(&mut self, sieve: &'static str, earlier: usize, later: usize) -> bool {
        if self.together(earlier, later) {
            return true;
        }
        if !self.may_join(earlier, later) {
            return false;
        }
        self.join_surely(sieve, earlier, later);
        true
    }

    /// Joins the clusters of two references, whatever they are called.
    pub(crate) fn join_surely(&mut self, sieve: &'static str, earlier: usize, later: usize) {
        let (one, other) = (self.root(earlier), self.root(later));
        if one == other {
            return;
        }
        // The lower number stays the root, so that roots are found in few steps and repeat.
        let (root, leaf) = (one.min(other), one.max(other));
        let Some(moved) = self.known.get_mut(leaf).map(std::mem::take) else {
            return;
        };
        if let Some(parent) = self.parents.get_mut(leaf) {
            *parent = root;
        }
        if let Some(parent) = self.parents.get_mut(later) {
            *parent = root;
        }
        if let Some(cluster) = self.known.get_mut(root) {
            cluster.members.extend(moved.members);
            cluster.members.sort_unstable();
            for name in moved.names {
                let known = |other: &Arc<Spelling>| other.written == name.written;
                if !cluster.names.iter().any(known) {
                    cluster.names.push(name);
                }
            }
            cluster.nouns.extend(moved.nouns);
            cluster.described.extend(moved.described);
            cluster.modifiers.extend(moved.modifiers);
            cluster.after.extend(moved.after);
            cluster.gender = cluster.gender.or(moved.gender);
            cluster.plural = cluster.plural.or(moved.plural);
            for (entity_type, votes) in moved.types {
                *cluster.types.entry(entity_type).or_default() += votes;
            }
            cluster.person += moved.person;
            cluster.thing += moved.thing;
            cluster.organization += moved.organization;
        }
        self.merges.push(Merge {
            sieve,
            earlier,
            later,
        });
    }

    /// Notes that the cluster of `reference` is one, whatever the form of its name.
    pub(crate) fn is_one(&mut self, reference: usize) {
        let root = self.root(reference);
        if let Some(cluster) = self.known.get_mut(root) {
            cluster.plural = Some(false);
        }
    }

    /// Notes that the cluster of `reference` is described by `noun`, so that "the officer" may
    /// mean it later.
    pub(crate) fn describe(&mut self, reference: usize, noun: &str) {
        let root = self.root(reference);
        if let Some(cluster) = self.known.get_mut(root)
            && !noun.is_empty()
        {
            cluster.nouns.insert(noun.to_owned());
            cluster.described.push(noun.to_owned());
        }
    }
}
