//! The same words mean the same thing: equal names, equal descriptions.

use std::collections::BTreeMap;

use crate::resolve::cluster::Clusters;
use crate::resolve::coreference::Scene;
use crate::resolve::name;
use crate::resolve::reference::{Determiner, Form, Reference};
use crate::text::EntityType;

/// Joins equal names, and descriptions of equal words unless the later one is new to the text:
/// "an offensive" is another offensive, "the offensive" and "rebels" are not.
pub(crate) fn exact(scene: &Scene<'_>, clusters: &mut Clusters) {
    let mut seen: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for (number, reference) in scene.references.iter().enumerate() {
        let named = match reference.form {
            Form::Name | Form::Demonym => true,
            Form::Nominal => false,
            Form::Pronoun(_) => continue,
        };
        let mut key = if named {
            name::key(&reference.name)
        } else {
            name::key(&reference.words)
        };
        if !named && is_scrap(reference) {
            continue;
        }
        if !named {
            // "the office in Pula" and "the office in Bergen" are two.
            for word in &reference.after {
                key.push(' ');
                key.push_str(word);
            }
        }
        if key.is_empty() || has_pronoun_possessor(scene, reference) || is_plain(reference) {
            continue;
        }
        let key = (named, key);
        match seen.get(&key).copied() {
            Some(earlier) if named || !is_new(reference) => {
                clusters.join_surely("exact", earlier, number);
            }
            Some(_) | None => {
                seen.insert(key, number);
            }
        }
    }
}

/// Whether it is the "al." of a citation or the "km" of a measure: another thing each time.
fn is_scrap(reference: &Reference) -> bool {
    let words = &reference.words;
    let letters = |letter: char| letter.is_lowercase() || letter == '.';
    reference.entity_type != EntityType::Time
        && words.chars().count() < 4
        && words.chars().all(letters)
}

/// Whether a description brings something new: "an attack", "15 areas".
pub(crate) fn is_new(reference: &Reference) -> bool {
    let is_time = reference.entity_type == EntityType::Time;
    let counted = reference.numbered && reference.determiner != Determiner::Definite;
    let indefinite = reference.determiner == Determiner::Indefinite;
    indefinite || (counted && !is_time)
}

/// Whether it is "his boat", whose meaning hangs on who he is.
pub(crate) fn has_pronoun_possessor(scene: &Scene<'_>, reference: &Reference) -> bool {
    reference
        .possessor
        .and_then(|possessor| scene.by_head.get(&possessor))
        .and_then(|number| scene.references.get(*number))
        .is_some_and(Reference::is_pronoun)
}

/// Whether it is "the game", bare of all that says which: it means the nearest one, which the
/// sieve of heads looks for.
fn is_plain(reference: &Reference) -> bool {
    reference.form == Form::Nominal
        && reference.modifiers.is_empty()
        && reference.plural == Some(false)
        && reference.determiner != Determiner::None
        && reference.entity_type != EntityType::Time
}
