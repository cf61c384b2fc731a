//! Shorter forms of names: "Lovelace" after "Ada Lovelace", "Acme" after "Acme Ltd".

use std::collections::BTreeMap;

use crate::resolve::cluster::Clusters;
use crate::resolve::coreference::Scene;
use crate::resolve::name;
use crate::resolve::reference::Form;

/// Joins a name to the nearest fuller name that it may shorten; fuller names before it are
/// preferred to fuller names after it.
pub(crate) fn name_form(scene: &Scene<'_>, clusters: &mut Clusters) {
    // Fuller names by each of their words: only those that share a word can be meant.
    let mut fuller: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, reference) in scene.references.iter().enumerate() {
        if reference.form != Form::Name {
            continue;
        }
        let mut words = name::key_words(&reference.name);
        if words.len() < 2 {
            continue;
        }
        words.sort();
        words.dedup();
        for word in words {
            fuller.entry(word).or_default().push(number);
        }
    }
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
        let words = name::key_words(&reference.name);
        let Some(last) = words.last() else {
            continue;
        };
        let candidates: Vec<usize> = [last, words.first().unwrap_or(last)]
            .into_iter()
            .filter_map(|word| fuller.get(word))
            .flatten()
            .copied()
            .collect();
        let fits = |candidate: &usize| {
            *candidate != number
                && !clusters.together(*candidate, number)
                && clusters.may_join(*candidate, number)
                && scene.references.get(*candidate).is_some_and(|full| {
                    if full.is_person() || reference.is_person() {
                        (full.is_person() || reference.is_person())
                            && name::shortens_person(&reference.name, &full.name)
                    } else {
                        name::shortens_thing(&reference.name, &full.name)
                    }
                })
        };
        let before = candidates
            .iter()
            .copied()
            .filter(|candidate| *candidate < number && fits(candidate))
            .max();
        let chosen = before.or_else(|| {
            candidates
                .iter()
                .copied()
                .filter(|candidate| *candidate > number && fits(candidate))
                .min()
        });
        if let Some(full) = chosen {
            clusters.join("name-form", full.min(number), full.max(number));
        }
    }
}
