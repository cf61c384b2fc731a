//! From clusters to entities: what a thing is called, what kind it is, what describes it.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::{Cluster, Clusters};
use super::coreference::Scene;
use super::name;
use super::reference::{Determiner, Form, Pronoun, Reference};
use super::words;
use crate::model::EntityKind;
use crate::text::{EntityType, MentionForm, NameType};

/// A thing that one document speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalEntity {
    /// The fullest name, without article and title; for what has no name, its description.
    pub name: String,
    /// Every other form it is called by, pronouns excepted, in order of the alphabet.
    pub aliases: Vec<String>,
    /// Those of `name` and `aliases` that are proper names.
    pub proper_names: Vec<String>,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// Head noun of its description, as dictionary form.
    pub description: Option<String>,
    /// How often it is mentioned.
    pub mentions: u32,
    /// Whether it bears a proper name.
    pub proper: bool,
    /// Whether its description names it so well that it means the same in every document: "Syrian
    /// regime", "Hama province".
    pub unique: bool,
    /// Where it is mentioned, in order.
    pub places: Vec<LocalMention>,
    /// Why its mentions were held to mean one thing.
    pub merges: Vec<MergeReason>,
}

impl LocalEntity {
    /// Whether no mention is more than a pronoun: nobody can tell who "we" are.
    pub(crate) fn is_only_pointed_at(&self) -> bool {
        self.places
            .iter()
            .all(|place| place.form == MentionForm::Pronoun)
    }
}

/// A mention of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalMention {
    /// The first byte of its head word, which names it: no two mentions share a head.
    pub at: usize,
    /// Its words without article.
    pub words: String,
    /// What the entity is called by it: of "his mother" whose mother she is.
    pub called: String,
    /// How it refers.
    pub form: MentionForm,
}

/// Why two mentions were held to mean one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeReason {
    /// The step of resolution that joined them.
    pub sieve: &'static str,
    /// The earlier mention as written, and its first byte.
    pub earlier: (String, usize),
    /// The later mention as written, and its first byte.
    pub later: (String, usize),
}

/// The entity of one cluster.
pub(crate) fn entity(
    scene: &Scene<'_>,
    clusters: &Clusters,
    names: &BTreeMap<usize, String>,
    root: usize,
    cluster: &Cluster,
) -> LocalEntity {
    let members: Vec<&Reference> = cluster
        .members
        .iter()
        .filter_map(|member| scene.references.get(*member))
        .collect();
    let kind = kind(&members, cluster);
    let name = names.get(&root).cloned().unwrap_or_default();
    let mut aliases: BTreeSet<String> = BTreeSet::new();
    for member in &members {
        match member.form {
            Form::Name => {
                aliases.insert(member.name.clone());
                if !member.titles.is_empty() && member.words != member.name {
                    aliases.insert(member.words.clone());
                }
            }
            Form::Demonym => {
                if let Some(token) = scene.document.token(member.head) {
                    aliases.insert(token.text().to_owned());
                }
            }
            Form::Nominal => {
                aliases.insert(nominal_name(scene, clusters, names, member));
            }
            Form::Pronoun(_) => {}
        }
    }
    aliases.retain(|alias| !alias.is_empty() && *alias != name && alias.len() <= 200);
    let names_of = cluster.names.iter();
    let mut proper_names: Vec<String> = names_of.map(|name| name.written.clone()).collect();
    proper_names.sort();
    let proper = !cluster.names.is_empty();
    // "Forces, which …" mentions the forces once, "General Lovelace" Lovelace.
    let is_title = |member: &Reference| {
        scene
            .document
            .token(member.head)
            .is_some_and(|head| matches!(head.deprel(), "nmod:desc" | "flat"))
    };
    let mentions = members
        .iter()
        .filter(|member| member.form != Form::Pronoun(Pronoun::Relative) && !is_title(member))
        .count()
        .max(1);
    let places = members
        .iter()
        .filter_map(|member| {
            let head = scene.document.token(member.head)?;
            let (form, called) = match member.form {
                Form::Name => (MentionForm::Name, member.name.clone()),
                Form::Demonym => (MentionForm::Name, head.text().to_owned()),
                Form::Nominal => {
                    let called = nominal_name(scene, clusters, names, member);
                    (MentionForm::Nominal, called)
                }
                Form::Pronoun(_) => (MentionForm::Pronoun, member.words.clone()),
            };
            Some(LocalMention {
                at: head.span().start(),
                words: member.words.clone(),
                called,
                form,
            })
        })
        .collect();
    LocalEntity {
        places,
        description: description(&members, cluster),
        mentions: u32::try_from(mentions).unwrap_or(u32::MAX),
        unique: !proper && is_unique(&members, kind),
        aliases: aliases.into_iter().collect(),
        proper_names,
        kind,
        name,
        proper,
        merges: Vec::new(),
    }
}

/// The names of all clusters, by their roots: proper names first, then descriptions, so that
/// "his mother" can be named after him.
pub(crate) fn cluster_names(scene: &Scene<'_>, clusters: &Clusters) -> BTreeMap<usize, String> {
    let mut names = BTreeMap::new();
    let all = clusters.all();
    for (root, cluster) in &all {
        if let Some(name) = proper_name(scene, cluster) {
            names.insert(*root, name);
        }
    }
    // Twice, because a possessor may itself be named after another.
    for _ in 0..2 {
        for (root, cluster) in &all {
            if cluster.names.is_empty() {
                let name = best_description(scene, clusters, &names, cluster);
                names.insert(*root, name);
            }
        }
    }
    names
}

fn proper_name(scene: &Scene<'_>, cluster: &Cluster) -> Option<String> {
    let mut best: Option<(usize, bool, &str)> = None;
    for member in &cluster.members {
        let Some(reference) = scene.references.get(*member) else {
            continue;
        };
        if !matches!(reference.form, Form::Name | Form::Demonym) || reference.name.is_empty() {
            continue;
        }
        let acronym = name::is_acronym(&reference.name);
        let words = reference.spelling.words.len();
        let better =
            best.is_none_or(|(most, was_acronym, _)| (!acronym, words) > (!was_acronym, most));
        if better {
            best = Some((words, acronym, &reference.name));
        }
    }
    best.map(|(_, _, name)| name.to_owned())
}

fn best_description(
    scene: &Scene<'_>,
    clusters: &Clusters,
    names: &BTreeMap<usize, String>,
    cluster: &Cluster,
) -> String {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut pronoun = String::new();
    for (order, member) in cluster.members.iter().enumerate() {
        let Some(reference) = scene.references.get(*member) else {
            continue;
        };
        if reference.is_pronoun() {
            if pronoun.is_empty() && reference.words.contains(' ') {
                pronoun.clone_from(&reference.words);
            } else if pronoun.is_empty() {
                pronoun = reference.words.to_lowercase();
            }
            continue;
        }
        let words = nominal_name(scene, clusters, names, reference);
        let entry = counts.entry(words).or_insert((0, order));
        entry.0 += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(words, (count, order))| {
            let names_something = words.chars().any(char::is_uppercase);
            let several_words = words.contains(' ');
            (names_something, several_words, *count, usize::MAX - order)
        })
        .map_or(pronoun, |(words, _)| words)
}

/// The name of the description `reference` as a class of its own: "Malaysia's prime minister".
pub(crate) fn class_name(
    scene: &Scene<'_>,
    clusters: &Clusters,
    names: &BTreeMap<usize, String>,
    reference: &Reference,
) -> String {
    nominal_name(scene, clusters, names, reference)
}

/// A description as a name: without article, its pronoun possessor replaced by whom it means.
fn nominal_name(
    scene: &Scene<'_>,
    clusters: &Clusters,
    names: &BTreeMap<usize, String>,
    reference: &Reference,
) -> String {
    let words = reference.words.trim();
    let possessor = reference
        .possessor
        .and_then(|possessor| scene.by_head.get(&possessor))
        .filter(|number| {
            scene
                .references
                .get(**number)
                .is_some_and(Reference::is_pronoun)
        });
    let Some(possessor) = possessor else {
        return words.to_owned();
    };
    let first = words.split_whitespace().next().unwrap_or_default();
    let rest = words.strip_prefix(first).unwrap_or_default().trim_start();
    let is_pronoun_first = matches!(
        first.to_lowercase().as_str(),
        "his" | "her" | "its" | "their" | "my" | "our" | "your" | "whose"
    );
    if !is_pronoun_first || rest.is_empty() {
        return words.to_owned();
    }
    let owner = names
        .get(&clusters.root(*possessor))
        .filter(|owner| {
            clusters.of(*possessor).is_some_and(|c| !c.names.is_empty())
                || owner.split(' ').count() <= 3
        })
        .filter(|owner| !is_pronoun_word(owner) && owner.as_str() != rest);
    match owner {
        Some(owner) if owner.ends_with('s') => format!("{owner}' {rest}"),
        Some(owner) => format!("{owner}'s {rest}"),
        // "our allies" are not just any.
        None if matches!(first.to_lowercase().as_str(), "my" | "our") => words.to_owned(),
        None => rest.to_owned(),
    }
}

fn is_pronoun_word(word: &str) -> bool {
    matches!(
        word,
        "he" | "she"
            | "it"
            | "they"
            | "i"
            | "we"
            | "you"
            | "his"
            | "her"
            | "its"
            | "their"
            | "my"
            | "our"
            | "your"
            | "who"
            | "whose"
            | "which"
            | "that"
            | "them"
            | "him"
            | "us"
            | "me"
    ) || word.is_empty()
}

/// The kind most mentions vote for; what is known of names counts more than what the tagger
/// guesses of a description.
fn kind(members: &[&Reference], cluster: &Cluster) -> EntityKind {
    let mut votes: BTreeMap<EntityKind, u32> = BTreeMap::new();
    for member in members {
        let (kind, weight) = match (member.form, member.name_type) {
            (Form::Pronoun(_), _) => {
                let kind = if member.gender.is_some() {
                    EntityKind::Person
                } else {
                    entity_kind(member.entity_type)
                };
                (kind, 1)
            }
            (Form::Demonym, _) => (EntityKind::Place, 8),
            (Form::Name, _) if words::is_listed_place(&member.name) => (EntityKind::Place, 8),
            (Form::Name | Form::Nominal, Some(NameType::Person)) => (EntityKind::Person, 6),
            (Form::Name | Form::Nominal, Some(NameType::Organization)) => {
                (EntityKind::Organization, 6)
            }
            (Form::Name | Form::Nominal, Some(NameType::Place)) => (EntityKind::Place, 6),
            (Form::Name | Form::Nominal, None) => (entity_kind(member.entity_type), 4),
        };
        *votes.entry(kind).or_default() += weight;
    }
    // What it is called decides before the tagger does: an outlet is no place.
    if cluster.nouns.iter().any(|noun| words::is_body(noun)) {
        *votes.entry(EntityKind::Organization).or_default() += 8;
    }
    votes
        .into_iter()
        .max_by_key(|(kind, count)| (*count, std::cmp::Reverse(*kind)))
        .map_or(EntityKind::Abstract, |(kind, _)| kind)
}

fn entity_kind(entity_type: EntityType) -> EntityKind {
    match entity_type {
        EntityType::Person => EntityKind::Person,
        EntityType::Organization => EntityKind::Organization,
        EntityType::Place => EntityKind::Place,
        EntityType::Event => EntityKind::Event,
        EntityType::Object => EntityKind::Object,
        EntityType::Time => EntityKind::Time,
        EntityType::Abstract => EntityKind::Abstract,
        EntityType::Animal => EntityKind::Animal,
        EntityType::Plant => EntityKind::Plant,
        EntityType::Substance => EntityKind::Substance,
    }
}

/// The noun that describes it: of descriptions the most frequent head; of a name without any,
/// its apposition, its title, or the class word within.
fn description(members: &[&Reference], cluster: &Cluster) -> Option<String> {
    let mut counts: BTreeMap<&str, (u32, usize)> = BTreeMap::new();
    for (order, member) in members.iter().enumerate() {
        if member.form == Form::Nominal && !member.noun.is_empty() {
            let entry = counts.entry(&member.noun).or_insert((0, order));
            entry.0 += 1;
        }
    }
    let only_title = |noun: &str| words::title(noun).is_some_and(|title| title.only);
    let of_names = |nouns: fn(&Reference) -> Option<&String>| {
        members
            .iter()
            .filter(|member| member.form == Form::Name)
            .filter_map(|member| nouns(member))
            .find(|noun| !noun.is_empty() && !only_title(noun))
            .cloned()
    };
    counts
        .into_iter()
        .max_by_key(|(_, (count, order))| (*count, usize::MAX - order))
        .map(|(noun, _)| noun.to_owned())
        .or_else(|| cluster.described.first().cloned())
        .or_else(|| of_names(|member| member.titles.last()))
        .or_else(|| of_names(|member| Some(&member.noun)))
}

fn is_unique(members: &[&Reference], kind: EntityKind) -> bool {
    let lasting = matches!(kind, EntityKind::Organization | EntityKind::Place);
    lasting
        && members.iter().any(|member| {
            member.form == Form::Nominal
                && member.plural == Some(false)
                && !member.numbered
                && matches!(
                    member.determiner,
                    Determiner::Definite | Determiner::Possessive | Determiner::None
                )
                && member
                    .words
                    .split_whitespace()
                    .next()
                    .is_some_and(|first| first.starts_with(char::is_uppercase))
                && member.modifiers.iter().any(|word| {
                    words::place_of_demonym(word).is_some() || words::is_listed_place(word)
                })
        })
}
