//! Descriptions with the same head: "the regime" after "the Syrian regime", "the outlet" after
//! "the outlet Al-Hadath", "the company" after "Acme Ltd".
//!
//! Strict about what sets things apart: modifiers, numbers, indefinite articles.

use std::collections::{BTreeMap, BTreeSet};

use super::exact::{IN_MIND, has_pronoun_possessor, is_new, is_told_by_clause};
use crate::resolve::cluster::{Cluster, Clusters};
use crate::resolve::coreference::Scene;
use crate::resolve::name;
use crate::resolve::reference::{Determiner, Form, Reference};
use crate::resolve::words;
use crate::text::{EntityType, NameType, SentenceForm, Upos};

/// How many sentences back a generic noun ("the company") may reach for a name.
const GENERIC_REACH: usize = 2;
/// How many phrases back the country of the text is looked for.
const COUNTRY_REACH: usize = 400;
/// How many clusters with the same noun are looked at, nearest first.
const MOST_CANDIDATES: usize = 24;
/// Nouns that say little and so reach no farther than what is in mind.
const VAGUE: [&str; 14] = [
    "area", "region", "place", "part", "side", "way", "thing", "day", "time", "year", "case",
    "group", "people", "point",
];

/// Joins definite descriptions to the nearest thing that the same noun describes.
pub(crate) fn head(scene: &Scene<'_>, clusters: &mut Clusters) {
    // The clusters that a noun has described so far, by one of their references, latest last.
    let mut described: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, reference) in scene.references.iter().enumerate() {
        if reference.form == Form::Nominal && is_anaphor(scene, clusters, number, reference) {
            let nearest = described
                .get(&reference.noun)
                .and_then(|candidates| same_noun(scene, clusters, candidates, number, reference))
                .or_else(|| generic(scene, clusters, number, reference));
            if let Some(earlier) = nearest {
                clusters.join("head", earlier, number);
            }
        }
        if let Some(cluster) = clusters.of(number) {
            for noun in &cluster.nouns {
                let list = described.entry(noun.clone()).or_default();
                list.retain(|known| !clusters.together(*known, number));
                list.push(number);
            }
        }
    }
}

/// Whether the description may point back: definite or demonstrative, or bare with modifiers that
/// name ("regime forces"), and the first mention of its words.
fn is_anaphor(
    scene: &Scene<'_>,
    clusters: &Clusters,
    number: usize,
    reference: &Reference,
) -> bool {
    let Some(cluster) = clusters.of(number) else {
        return false;
    };
    // "the website Harbour News": the name beside it says which.
    if !cluster.names.is_empty() {
        return false;
    }
    let first = cluster.members.first() == Some(&number);
    let bare_plural = reference.determiner == Determiner::None
        && reference.plural == Some(true)
        && !reference.modifiers.is_empty();
    let bare_office = reference.determiner == Determiner::None
        && reference.modifiers.iter().any(|word| is_naming(word));
    // Headlines leave the article out: "Regime preparing offensive".
    let in_heading = scene
        .document
        .token(reference.head)
        .is_some_and(|head| head.sentence().form() == SentenceForm::Heading)
        && reference.determiner == Determiner::None
        && reference.plural == Some(false);
    // "the member who wishes to leave": the words themselves say which one it is.
    if scene
        .document
        .token(reference.head)
        .is_some_and(is_told_by_clause)
    {
        return false;
    }
    let points_back = in_heading
        || matches!(
            reference.determiner,
            Determiner::Definite | Determiner::Demonstrative
        )
        || bare_plural
        || bare_office;
    (first || !is_new(reference))
        && points_back
        && !reference.noun.is_empty()
        && !reference.numbered
        && reference.entity_type != EntityType::Time
        && !has_pronoun_possessor(scene, reference)
}

/// Whether a modifier names: a nationality, a place.
fn is_naming(modifier: &str) -> bool {
    nation(modifier).is_some()
}

/// The country that a modifier names: "syrian", "us", "american".
fn nation(modifier: &str) -> Option<String> {
    // Modifiers are in small letters, short forms of countries in capitals.
    let full = || words::full_name(&modifier.to_uppercase());
    let place = words::place_of_demonym(modifier)
        .or_else(|| full().filter(|full| words::is_listed_place(full)));
    match place {
        Some(place) => Some(place.to_lowercase()),
        None => Some(modifier.to_owned()).filter(|modifier| words::is_listed_place(modifier)),
    }
}

/// Whether a modifier only describes and does not set apart: "Russian-supported".
fn is_describing(modifier: &str) -> bool {
    modifier.contains('-')
        || modifier.ends_with("ed")
        || matches!(modifier, "late" | "alleged" | "support" | "back")
}

fn same_noun(
    scene: &Scene<'_>,
    clusters: &Clusters,
    candidates: &[usize],
    number: usize,
    reference: &Reference,
) -> Option<usize> {
    let fits = |candidate: &usize| {
        clusters.of(*candidate).is_some_and(|cluster| {
            numbers_agree(cluster, reference)
                && modifiers_agree(scene, cluster, reference, candidates.len() == 1)
        }) && clusters.may_join(*candidate, number)
            && !nested(scene, *candidate, reference)
    };
    let fitting: Vec<usize> = candidates
        .iter()
        .rev()
        .take(MOST_CANDIDATES)
        .copied()
        .filter(|candidate| fits(candidate))
        .collect();
    let in_mind = |candidate: &&usize| {
        let last = clusters
            .of(**candidate)
            .into_iter()
            .flat_map(|cluster| cluster.members.iter())
            .rfind(|member| **member < number)
            .and_then(|member| scene.references.get(*member));
        last.is_some_and(|last| last.sentence + IN_MIND >= reference.sentence)
    };
    if let Some(near) = fitting.iter().find(in_mind) {
        return Some(*near);
    }
    if VAGUE.contains(&reference.noun.as_str()) {
        return None;
    }
    let mut best: Option<(usize, usize)> = None;
    for candidate in fitting {
        let often = clusters
            .of(candidate)
            .map_or(0, |cluster| cluster.members.len());
        if best.is_none_or(|(most, _)| often > most) {
            best = Some((often, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn numbers_agree(cluster: &Cluster, reference: &Reference) -> bool {
    match (cluster.plural, reference.plural) {
        (Some(one), Some(other)) => one == other,
        // "the school and the home" are none of "the schools".
        (Some(several), None) | (None, Some(several)) => !several,
        (None, None) => true,
    }
}

fn modifiers_agree(
    scene: &Scene<'_>,
    cluster: &Cluster,
    reference: &Reference,
    only_candidate: bool,
) -> bool {
    let named: BTreeSet<String> = cluster
        .names
        .iter()
        .flat_map(|name| name.written.split_whitespace().map(str::to_lowercase))
        .collect();
    let says_more = |word: &String| {
        !cluster.after.contains(word) && !cluster.modifiers.contains(word) && !named.contains(word)
    };
    if reference.after.iter().any(says_more) {
        return false;
    }
    let nations: BTreeSet<String> = cluster.modifiers.iter().filter_map(|w| nation(w)).collect();
    let same_nation = |word: &str| nation(word).is_some_and(|nation| nations.contains(&nation));
    let added: Vec<&String> = reference
        .modifiers
        .iter()
        .filter(|word| !same_nation(word))
        .filter(|word| !cluster.modifiers.contains(*word) && !named.contains(*word))
        .filter(|word| !is_describing(word))
        .collect();
    if added.is_empty() {
        // "regime forces" is not "forces of the army": a bare plural must say as much as before.
        return reference.determiner != Determiner::None
            || (reference.plural != Some(true)
                && cluster.modifiers.is_subset(&reference.modifiers))
            || reference
                .modifiers
                .iter()
                .any(|word| cluster.modifiers.contains(word));
    }
    // "the regime", later "the Syrian regime": one thing if there is no other regime and what is
    // added says whose it is. A nationality and a name do not exclude each other; two do.
    let all_naming = added
        .iter()
        .all(|word| is_naming(word) || is_person_name(scene, reference, word));
    let other_nation = !nations.is_empty() && added.iter().any(|word| is_naming(word));
    let other_descriptions = cluster
        .modifiers
        .iter()
        .any(|word| !is_naming(word) && !is_describing(word));
    only_candidate
        && all_naming
        && !other_nation
        && !other_descriptions
        && reference.determiner != Determiner::Indefinite
        && reference.plural != Some(true)
}

/// Whether the modifier `word` of `reference` is the name of a person: "the Assad regime".
fn is_person_name(scene: &Scene<'_>, reference: &Reference, word: &str) -> bool {
    scene
        .document
        .token(reference.head)
        .into_iter()
        .flat_map(|head| head.children().collect::<Vec<_>>())
        .any(|child| {
            let person = || {
                let mention = scene.document.mention_headed_by(child.id());
                mention.is_some_and(|mention| match mention.name_type() {
                    Some(name_type) => name_type == NameType::Person,
                    None => mention.entity_type() == EntityType::Person,
                })
            };
            child.relation() == "compound"
                && child.upos() == Upos::Propn
                && name::key(child.text()) == word
                && person()
        })
}

/// Whether one phrase lies inside the other: a thing does not contain itself.
fn nested(scene: &Scene<'_>, candidate: usize, reference: &Reference) -> bool {
    scene.references.get(candidate).is_some_and(|other| {
        other.sentence == reference.sentence
            && (other.extent.contains(&reference.extent.start)
                || reference.extent.contains(&other.extent.start))
    })
}

/// "the company" after the only organization named nearby, "the country" after the country that
/// the text is about.
fn generic(
    scene: &Scene<'_>,
    clusters: &Clusters,
    number: usize,
    reference: &Reference,
) -> Option<usize> {
    if !reference.modifiers.is_empty() || reference.plural != Some(false) {
        return None;
    }
    match reference.noun.as_str() {
        "company" | "firm" | "organization" | "organisation" | "corporation" | "agency" => {
            only_organization(scene, clusters, number, reference)
        }
        "country" | "nation" => main_country(scene, clusters, number),
        _ => None,
    }
}

fn only_organization(
    scene: &Scene<'_>,
    clusters: &Clusters,
    number: usize,
    reference: &Reference,
) -> Option<usize> {
    let mut found: Option<usize> = None;
    for (candidate, other) in scene.references.iter().enumerate().take(number).rev() {
        if other.sentence + GENERIC_REACH < reference.sentence {
            break;
        }
        if !other.is_name() || !is_named(other, EntityType::Organization) {
            continue;
        }
        match found {
            None => found = Some(candidate),
            Some(known) if clusters.together(known, candidate) => {}
            Some(_) => return None,
        }
    }
    found
}

/// The country that was named most so far, if none comes near it.
fn main_country(scene: &Scene<'_>, clusters: &Clusters, number: usize) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (candidate, other) in scene
        .references
        .iter()
        .enumerate()
        .take(number)
        .rev()
        .take(COUNTRY_REACH)
    {
        if other.is_name() && words::is_listed_place(&other.name) {
            *counts.entry(clusters.root(candidate)).or_default() += 1;
        }
    }
    let mut ranked: Vec<(usize, usize)> = counts.into_iter().map(|(root, n)| (n, root)).collect();
    ranked.sort_unstable();
    let (most, country) = ranked.pop()?;
    let runner_up = ranked.pop().map_or(0, |(count, _)| count);
    (most >= 2 * runner_up).then_some(country)
}

fn is_named(reference: &Reference, wanted: EntityType) -> bool {
    match reference.name_type {
        Some(NameType::Organization) => wanted == EntityType::Organization,
        Some(NameType::Place) => wanted == EntityType::Place,
        Some(NameType::Person) => false,
        None => reference.entity_type == wanted,
    }
}
