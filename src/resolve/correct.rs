//! Applies what people put right to the groups that the machine made.
//!
//! Corrections are applied in their order, each to what the ones before it left, so that a later
//! one wins. The result is a function of the groups and the corrections alone.

use std::collections::{BTreeMap, BTreeSet};

use super::canonical::{JoinReason, LocalName};
use super::correction::{Apart, Correction, EntityName, Outcome, Place, Split};
use super::name;
use super::words;

/// Entities of documents that are one thing.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    /// The entities of documents, in order.
    pub(super) members: Vec<usize>,
    /// Those of them that give it its name and kind; all of them if none.
    pub(super) heads: Vec<usize>,
    /// The name given by hand.
    pub(super) name: Option<String>,
    /// The document that marks its lasting id, where others are called the same.
    pub(super) document: Option<String>,
    /// Why each member belongs to it, in order of the decisions.
    pub(super) reasons: BTreeMap<usize, Vec<JoinReason>>,
}

/// The groups after `corrections`, and what became of each of these.
///
/// Time O(n log n) for the index, and for each correction O(entities it is about).
pub(super) fn corrected(
    locals: &[LocalName<'_>],
    groups: Vec<Group>,
    corrections: &[(i64, Correction)],
) -> (Vec<Group>, Vec<Outcome>) {
    if corrections.is_empty() {
        return (groups, Vec::new());
    }
    let mut owners: Vec<usize> = vec![0; locals.len()];
    for (number, group) in groups.iter().enumerate() {
        own(&mut owners, &group.members, number);
    }
    let mut work = Work {
        locals,
        called: Called::new(locals),
        owners,
        groups,
    };
    let outcomes = corrections
        .iter()
        .map(|(number, correction)| match correction {
            Correction::Merge(entities) => work.merge(*number, entities),
            Correction::Distinct(entities) => work.distinct(*number, entities),
            Correction::Split(split) => work.split(*number, split),
            Correction::Rename { entity, name } => work.rename(entity, name),
        })
        .collect();
    let mut outcomes: Vec<Outcome> = outcomes;
    for ((_, correction), outcome) in corrections.iter().zip(&mut outcomes) {
        if let Some(note) = work.overruled(correction) {
            outcome.applied = false;
            outcome.notes.push(note);
        }
    }
    work.groups.retain(|group| !group.members.is_empty());
    (work.groups, outcomes)
}

/// The entities of documents by what they are called.
#[derive(Debug)]
pub(super) struct Called<'l, 'a> {
    locals: &'l [LocalName<'a>],
    by_name: BTreeMap<String, Vec<usize>>,
    by_other_name: BTreeMap<String, Vec<usize>>,
}

impl<'l, 'a> Called<'l, 'a> {
    /// The index of `locals`. Time O(n log n).
    pub(super) fn new(locals: &'l [LocalName<'a>]) -> Self {
        let mut called = Self {
            locals,
            by_name: BTreeMap::new(),
            by_other_name: BTreeMap::new(),
        };
        for (index, local) in locals.iter().enumerate() {
            let own = name_key(local.name);
            for other in local.proper_names {
                let key = name_key(other);
                if key != own {
                    called.by_other_name.entry(key).or_default().push(index);
                }
            }
            called.by_name.entry(own).or_default().push(index);
        }
        called
    }

    /// Those that `wanted` names: those of that name and sort if there are any, else of that
    /// name, else those that are also called so.
    pub(super) fn named(&self, wanted: &EntityName) -> Vec<usize> {
        let key = name_key(&wanted.name);
        let stands_there = |local: &LocalName<'_>| {
            wanted.places.is_empty()
                || wanted.places.iter().any(|place| {
                    let Place { document, sentence } = place;
                    document == local.document
                        && sentence
                            .as_deref()
                            .is_none_or(|sentence| sentence == local.sentence)
                })
        };
        for bearers in [self.by_name.get(&key), self.by_other_name.get(&key)] {
            let there: Vec<(usize, bool)> = bearers
                .into_iter()
                .flatten()
                .filter_map(|index| Some((*index, self.locals.get(*index)?)))
                .filter(|(_, local)| stands_there(local))
                .map(|(index, local)| (index, local.is_person() == wanted.person))
                .collect();
            let of_sort = there.iter().any(|(_, fits)| *fits);
            if !there.is_empty() {
                return there
                    .into_iter()
                    .filter(|(_, fits)| *fits || !of_sort)
                    .map(|(index, _)| index)
                    .collect();
            }
        }
        Vec::new()
    }
}

/// What is equal for all spellings of a name: "UN" and "United Nations" share it.
pub fn name_key(written: &str) -> String {
    let key = name::key(words::full_name(written).unwrap_or(written));
    if key.is_empty() {
        written.to_lowercase()
    } else {
        key
    }
}

fn own(owners: &mut [usize], members: &[usize], group: usize) {
    for member in members {
        if let Some(owner) = owners.get_mut(*member) {
            *owner = group;
        }
    }
}

struct Work<'l, 'a> {
    locals: &'l [LocalName<'a>],
    called: Called<'l, 'a>,
    /// The group of each entity of a document.
    owners: Vec<usize>,
    groups: Vec<Group>,
}

impl Work<'_, '_> {
    /// The groups that hold what `wanted` names.
    fn groups_of(&self, wanted: &EntityName) -> BTreeSet<usize> {
        let named = self.called.named(wanted);
        let owner = |member: &usize| self.owners.get(*member).copied();
        named.iter().filter_map(owner).collect()
    }

    /// What a later correction did to this one, if it did.
    fn overruled(&self, correction: &Correction) -> Option<String> {
        let groups: Vec<BTreeSet<usize>> = correction
            .entities()
            .iter()
            .map(|entity| self.groups_of(entity))
            .filter(|groups| !groups.is_empty())
            .collect();
        let all: BTreeSet<usize> = groups.iter().flatten().copied().collect();
        let together: usize = groups.iter().map(BTreeSet::len).sum();
        match correction {
            Correction::Merge(_) if groups.len() > 1 && all.len() > 1 => {
                Some("a later correction takes them apart".to_owned())
            }
            Correction::Distinct(_) if all.len() < together => {
                Some("they are one all the same".to_owned())
            }
            Correction::Merge(_)
            | Correction::Distinct(_)
            | Correction::Split(_)
            | Correction::Rename { .. } => None,
        }
    }

    fn merge(&mut self, number: i64, entities: &[EntityName]) -> Outcome {
        let mut outcome = Outcome::default();
        let mut found: Vec<BTreeSet<usize>> = Vec::new();
        for entity in entities {
            let groups = self.groups_of(entity);
            if groups.is_empty() {
                outcome.missing.push(entity.to_string());
            } else {
                found.push(groups);
            }
        }
        let Some(first) = found.first().and_then(BTreeSet::first).copied() else {
            return outcome;
        };
        let others: BTreeSet<usize> = found.iter().flatten().copied().collect();
        if found.len() > 1 && others.len() == 1 {
            outcome
                .notes
                .push("they are one without it, too".to_owned());
            outcome.applied = true;
        }
        for other in others {
            if other == first || found.len() < 2 {
                continue;
            }
            let Some(moved) = self.groups.get_mut(other).map(std::mem::take) else {
                continue;
            };
            own(&mut self.owners, &moved.members, first);
            if let Some(group) = self.groups.get_mut(first) {
                if group.heads.is_empty() {
                    group.heads.clone_from(&group.members);
                }
                for (member, reasons) in moved.reasons {
                    group.reasons.insert(member, reasons);
                }
                for member in &moved.members {
                    let reasons = group.reasons.entry(*member).or_default();
                    reasons.push(JoinReason::MergedByHand { correction: number });
                }
                group.members.extend(moved.members);
                group.members.sort_unstable();
                outcome.applied = true;
            }
        }
        outcome
    }

    fn distinct(&mut self, number: i64, entities: &[EntityName]) -> Outcome {
        let mut outcome = Outcome::default();
        let mut bearers: Vec<BTreeSet<usize>> = Vec::new();
        for entity in entities {
            let found: BTreeSet<usize> = self.called.named(entity).into_iter().collect();
            if found.is_empty() {
                outcome.missing.push(entity.to_string());
            }
            bearers.push(found);
        }
        for (place, bearing) in bearers.iter().enumerate().skip(1) {
            let before: BTreeSet<usize> = bearers.iter().take(place).flatten().copied().collect();
            if bearing.intersection(&before).next().is_some() {
                outcome.notes.push(format!(
                    "some document uses {} for both; `split` with the places of its mentions \
                     takes those apart",
                    entities
                        .get(place)
                        .map_or_else(String::new, ToString::to_string)
                ));
            }
            let alone: BTreeSet<usize> = bearing.difference(&before).copied().collect();
            let owner = |member: &usize| self.owners.get(*member).copied();
            let shared: BTreeSet<usize> = before.iter().filter_map(owner).collect();
            for group in shared {
                self.take_out(group, &alone, number);
            }
        }
        outcome.applied = bearers.iter().filter(|found| !found.is_empty()).count() > 1;
        outcome
    }

    fn split(&mut self, number: i64, split: &Split) -> Outcome {
        let mut outcome = Outcome::default();
        let Split { entity, apart } = split;
        let documents = match apart {
            // Mentions are taken apart before the entities of documents come together.
            Apart::Mentions(_) => return outcome,
            Apart::ByDocument => None,
            Apart::From(documents) => Some(documents),
        };
        let groups = self.groups_of(entity);
        if groups.is_empty() {
            outcome.missing.push(entity.to_string());
            return outcome;
        }
        for group in groups {
            let mut by_document: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
            let members = self.groups.get(group).map(|group| &group.members);
            for member in members.into_iter().flatten() {
                if let Some(local) = self.locals.get(*member) {
                    by_document
                        .entry(local.document)
                        .or_default()
                        .insert(*member);
                }
            }
            if let Some(documents) = documents {
                let named = |document: &str| documents.iter().any(|wanted| wanted == document);
                let gone: BTreeSet<usize> = by_document
                    .iter()
                    .filter(|(document, _)| named(document))
                    .flat_map(|(_, members)| members.iter().copied())
                    .collect();
                outcome.applied |= self.take_out(group, &gone, number);
                let unspoken = documents
                    .iter()
                    .filter(|document| !by_document.contains_key(document.as_str()));
                for document in unspoken {
                    outcome
                        .notes
                        .push(format!("`{document}` does not speak of it"));
                }
            } else if by_document.len() > 1 {
                let parts: Vec<BTreeSet<usize>> = by_document.into_values().collect();
                for part in &parts {
                    outcome.applied |= self.take_out(group, part, number);
                }
                // What remains is the last part, which is marked like the others.
                if let Some(rest) = self.groups.get_mut(group) {
                    mark(self.locals, rest, number);
                }
            } else {
                outcome
                    .notes
                    .push("only one document speaks of it".to_owned());
            }
        }
        outcome
    }

    fn rename(&mut self, entity: &EntityName, name: &str) -> Outcome {
        let groups = self.groups_of(entity);
        let mut outcome = Outcome::default();
        if groups.is_empty() {
            outcome.missing.push(entity.to_string());
        }
        for group in groups {
            if let Some(group) = self.groups.get_mut(group) {
                group.name = Some(name.to_owned());
                outcome.applied = true;
            }
        }
        outcome
    }

    /// Makes `members` of `group` a group of their own, if something remains of it; says whether
    /// that was so.
    fn take_out(&mut self, group: usize, members: &BTreeSet<usize>, number: i64) -> bool {
        let Some(old) = self.groups.get_mut(group) else {
            return false;
        };
        let (gone, rest): (Vec<usize>, Vec<usize>) = old
            .members
            .iter()
            .partition(|member| members.contains(member));
        if gone.is_empty() || rest.is_empty() {
            return false;
        }
        let mut made = Group {
            name: old.name.clone(),
            ..Group::default()
        };
        for member in &gone {
            if let Some(reasons) = old.reasons.remove(member) {
                made.reasons.insert(*member, reasons);
            }
        }
        old.heads.retain(|head| !members.contains(head));
        old.members = rest;
        made.members = gone;
        mark(self.locals, &mut made, number);
        own(&mut self.owners, &made.members, self.groups.len());
        self.groups.push(made);
        true
    }
}

/// Marks `group` as what a correction took apart.
fn mark(locals: &[LocalName<'_>], group: &mut Group, number: i64) {
    let first = group.members.first().and_then(|member| locals.get(*member));
    group.document = first.map(|local| local.document.to_owned());
    for member in &group.members {
        let reasons = group.reasons.entry(*member).or_default();
        reasons.push(JoinReason::SplitByHand { correction: number });
    }
}
