//! The words of relationship types: which types say what another says.
//!
//! What predicates have to do with one another the lexicon of [`crate::model`] knows; here they
//! are types, as a pattern names them, and met with the types of a graph. A noun is a type with
//! its preposition: whoever leads a thing is `PRESIDENT_OF` it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use crate::base::nearest;
use crate::graph::PropertyGraph;
use crate::model::{Kinship, WordList, lexicon};

use super::error::RunError;

/// Prepositions that tie a noun to what it is of.
const TIES: &[&str] = &[
    "of", "for", "at", "to", "in", "on", "against", "with", "from", "into", "by",
];

/// A type that is related to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Related {
    /// The type.
    pub(super) name: Arc<str>,
    /// How it is related.
    pub(super) kinship: Kinship,
    /// The list that says so.
    pub(super) list: WordList,
    /// How many relationships of the graph have it.
    pub(super) count: usize,
}

/// The word for a kinship.
pub(super) fn kind(kinship: Kinship) -> &'static str {
    match kinship {
        Kinship::Synonym => "synonym",
        Kinship::Inverse => "inverse",
        Kinship::Nominal => "nominal",
        Kinship::Role => "role",
    }
}

/// The word for a list.
pub(super) fn source(list: WordList) -> &'static str {
    match list {
        WordList::Own => "own",
        WordList::WordNet => "wordnet",
    }
}

/// The types that say the same as `rel_type`, that one first, then those of our own list.
pub(super) fn synonyms(graph: &PropertyGraph, rel_type: &str) -> Result<Vec<Arc<str>>, RunError> {
    let name = known(graph, rel_type)?;
    let mut found = vec![Arc::clone(&name)];
    for predicate in predicate(&name).into_iter().flat_map(synonyms_of) {
        let synonym = type_of(predicate);
        if !found.iter().any(|known| **known == *synonym) {
            found.push(Arc::from(synonym));
        }
    }
    Ok(found)
}

fn synonyms_of(predicate: &str) -> impl Iterator<Item = &'static str> {
    let (own, wordnet) = lexicon().synonyms(predicate);
    own.into_iter().chain(wordnet)
}

/// The types that tell what `rel_type` tells from the other side: start and end exchanged.
pub(super) fn inverses(graph: &PropertyGraph, rel_type: &str) -> Result<Vec<Arc<str>>, RunError> {
    let name = known(graph, rel_type)?;
    let inverses = predicate(&name).into_iter();
    let inverses = inverses.flat_map(|predicate| lexicon().inverses(predicate));
    Ok(inverses
        .map(|predicate| Arc::from(type_of(predicate)))
        .collect())
}

/// The types that are related to `rel_type`: by kind, those that the graph uses most first.
pub(super) fn related(
    rel_type: &str,
    graph: &PropertyGraph,
    used: &Used,
) -> Result<Vec<Related>, RunError> {
    Ok(used.related(&known(graph, rel_type)?))
}

/// The types that a graph uses, met with the words of the lexicon.
pub(super) struct Used {
    counts: BTreeMap<Arc<str>, usize>,
    /// The types whose noun, or the last word of it, is this one.
    by_noun: BTreeMap<String, BTreeSet<Arc<str>>>,
}

impl Used {
    /// Those of `graph`. Time O(types).
    pub(super) fn of(graph: &PropertyGraph) -> Self {
        let counts = graph.types_in_use();
        let mut by_noun: BTreeMap<String, BTreeSet<Arc<str>>> = BTreeMap::new();
        for name in counts.keys() {
            for noun in nouns(name) {
                by_noun.entry(noun).or_default().insert(Arc::clone(name));
            }
        }
        Self { counts, by_noun }
    }

    /// The types in use, each with how many relationships have it.
    pub(super) fn counts(&self) -> &BTreeMap<Arc<str>, usize> {
        &self.counts
    }

    /// The types that are related to the type `name`.
    pub(super) fn related(&self, name: &str) -> Vec<Related> {
        let whole = predicate(name).map(|word| {
            let is_verb = lexicon().is_verb(word) || lexicon().roles(word).is_some();
            (word.to_owned(), is_verb)
        });
        let nouns = nouns(name).into_iter().map(|noun| (noun, false));
        let mut found: BTreeMap<(Kinship, Arc<str>), WordList> = BTreeMap::new();
        for (word, is_verb) in whole.into_iter().chain(nouns) {
            for kin in lexicon().kin(&word) {
                let of_nouns = matches!(kin.kinship, Kinship::Nominal | Kinship::Role);
                // "aid" is a noun of "support", but as a verb it has nouns of its own.
                let own_noun = || {
                    let roles = lexicon().roles(&word);
                    lexicon().is_noun_of(&word, kin.predicate)
                        || roles.is_some_and(|roles| roles.contains(kin.predicate))
                };
                if is_verb && of_nouns && !own_noun() {
                    continue;
                }
                let related = match (is_verb, of_nouns) {
                    (true, true) => self.types_of_noun(kin.predicate),
                    (false, false) => continue,
                    (true, false) | (false, true) => vec![Arc::from(type_of(kin.predicate))],
                };
                for related in related {
                    if *related != *name {
                        let key = (kin.kinship, related);
                        found
                            .entry(key)
                            .and_modify(|list| *list = kin.list.min(*list))
                            .or_insert(kin.list);
                    }
                }
            }
        }
        let mut found: Vec<Related> = found
            .into_iter()
            .map(|((kinship, name), list)| Related {
                count: self.counts.get(&name).copied().unwrap_or(0),
                name,
                kinship,
                list,
            })
            .collect();
        // A stable sort: names stay in order.
        found.sort_by_key(|related| {
            (
                related.kinship,
                std::cmp::Reverse(related.count),
                related.list,
            )
        });
        found
    }

    /// The types that say `noun`: those of the graph, or the one with "of".
    fn types_of_noun(&self, noun: &str) -> Vec<Arc<str>> {
        match self.by_noun.get(noun) {
            Some(types) => types.iter().cloned().collect(),
            None => vec![Arc::from(format!("{}_OF", type_of(noun)))],
        }
    }
}

/// The name of the type that `given` means: as the graph or the lexicon has it.
fn known(graph: &PropertyGraph, given: &str) -> Result<Arc<str>, RunError> {
    if graph.rel_type(given).is_some() {
        return Ok(Arc::from(given));
    }
    let name = type_of(given);
    if graph.rel_type(&name).is_some() || predicate(&name).is_some() || !nouns(&name).is_empty() {
        return Ok(Arc::from(name));
    }
    let used = graph.types_in_use();
    let names = used.keys().map(AsRef::as_ref);
    let near =
        nearest(&name, names).or_else(|| nearest(&name, PREDICATES.keys().map(String::as_str)));
    Err(RunError::UnknownRelationType {
        given: given.to_owned(),
        help: match near {
            Some(near) => format!("did you mean `{near}`?").into(),
            None => "CALL db.relationshipTypes() lists the types in use".into(),
        },
    })
}

/// The predicate of the lexicon that is the type `name`.
fn predicate(name: &str) -> Option<&'static str> {
    PREDICATES.get(name).copied()
}

/// The noun of the lexicon that the type `name` may be: of `DEPUTY_LEADER_OF` it is "leader". Before
/// another preposition than "of" a word that may be a verb is one: `ATTACK_IN`.
fn nouns(name: &str) -> Vec<String> {
    let spaced = name.to_lowercase().replace('_', " ");
    let Some((noun, tie)) = spaced
        .rsplit_once(' ')
        .filter(|(_, last)| TIES.contains(last))
    else {
        return Vec::new();
    };
    let last = noun.rsplit(' ').next().filter(|last| *last != noun);
    std::iter::once(noun)
        .chain(last)
        .filter(|noun| NOUNS.contains(noun) && (tie == "of" || !lexicon().is_verb(noun)))
        .take(1)
        .map(str::to_owned)
        .collect()
}

/// The type of a predicate, as extraction names it.
fn type_of(predicate: &str) -> String {
    let mut name = String::with_capacity(predicate.len());
    for letter in predicate.trim().chars() {
        if letter.is_alphanumeric() {
            name.extend(letter.to_uppercase());
        } else if !name.ends_with('_') {
            name.push('_');
        }
    }
    name
}

/// For each type the predicate of the lexicon.
static PREDICATES: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let predicates = lexicon().predicates().into_iter();
    predicates
        .map(|predicate| (type_of(predicate), predicate))
        .collect()
});

/// The nouns of the lexicon.
static NOUNS: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| lexicon().all_nouns().chain(lexicon().all_roles()).collect());

#[cfg(test)]
mod tests {
    use super::{nouns, predicate, synonyms, type_of};
    use crate::graph::PropertyGraph;

    #[test]
    fn types_and_predicates_meet() {
        assert_eq!(type_of("crack down on"), "CRACK_DOWN_ON");
        assert_eq!(predicate("LOSE_TO"), Some("lose to"));
        assert_eq!(predicate("CO_FOUNDER"), Some("co-founder"));
        assert_eq!(nouns("PRESIDENT_OF"), ["president"]);
        assert_eq!(nouns("DEPUTY_CHAIRMAN_OF"), ["chairman"]);
        assert_eq!(nouns("COACH_OF"), ["coach"]);
        assert_eq!(nouns("ATTACK_IN"), Vec::<String>::new());
        assert_eq!(nouns("CUPBOARD_OF"), Vec::<String>::new());
    }

    #[test]
    fn an_unknown_type_names_the_nearest() {
        let graph = PropertyGraph::new();
        let names = synonyms(&graph, "back").unwrap();
        assert_eq!(names.first().map(AsRef::as_ref), Some("BACK"));
        let error = synonyms(&graph, "SUPORT").unwrap_err();
        assert_eq!(error.to_string(), "no relationship type `SUPORT` is known");
    }
}
