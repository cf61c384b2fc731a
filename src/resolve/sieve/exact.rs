//! The same words mean the same thing: equal names, equal descriptions.

use std::collections::BTreeMap;

use crate::resolve::cluster::Clusters;
use crate::resolve::coreference::Scene;
use crate::resolve::name;
use crate::resolve::reference::{Determiner, Form, Reference};
use crate::text::{EntityType, Token, Upos};

/// What was mentioned within so many sentences is still in mind.
pub(crate) const IN_MIND: usize = 3;

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
            reference.spelling.key.clone()
        } else {
            name::key(&reference.words)
        };
        if !named && is_scrap(reference) {
            continue;
        }
        if !named
            && scene
                .document
                .token(reference.head)
                .is_some_and(is_told_by_clause)
        {
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
        let earlier = seen.get(&key).copied().filter(|earlier| {
            named || (!is_new(reference) && !is_another_lot(scene, *earlier, reference))
        });
        if let Some(earlier) = earlier {
            clusters.join_surely("exact", earlier, number);
        }
        // Of bare plurals the nearest counts, of all else the first.
        if earlier.is_none() || is_bare_plural(reference) {
            seen.insert(key, number);
        }
    }
}

/// Whether it is a plural without article and modifiers: "raids".
fn is_bare_plural(reference: &Reference) -> bool {
    reference.form == Form::Nominal
        && reference.determiner == Determiner::None
        && reference.plural == Some(true)
        && reference.modifiers.is_empty()
}

/// Whether it is a bare plural, and others are meant than by `earlier`: those were certain ones
/// ("the raids"), or spoken of long before.
fn is_another_lot(scene: &Scene<'_>, earlier: usize, reference: &Reference) -> bool {
    is_bare_plural(reference)
        && scene.references.get(earlier).is_some_and(|earlier| {
            let certain = matches!(
                earlier.determiner,
                Determiner::Definite | Determiner::Demonstrative
            );
            certain || earlier.sentence + IN_MIND < reference.sentence
        })
}

/// Whether a clause right behind the noun says which one is meant: "the boats that sank", "the club
/// founded by Brin". What a comma or a bracket parts from it only tells more.
pub(crate) fn is_told_by_clause(head: Token<'_>) -> bool {
    head.children().any(|child| {
        let first = child.subtree().first().copied();
        let parted = child
            .children()
            .any(|inner| inner.upos() == Upos::Punct && Some(inner.id()) == first);
        child.relation() == "acl" && child.id() > head.id() && !parted
    })
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

/// Whether it is "the game" or "these games", bare of all that says which: it means the nearest one, which the
/// sieve of heads looks for.
fn is_plain(reference: &Reference) -> bool {
    reference.form == Form::Nominal
        && reference.modifiers.is_empty()
        && (reference.plural == Some(false) || reference.determiner == Determiner::Demonstrative)
        && reference.determiner != Determiner::None
        && reference.entity_type != EntityType::Time
}
