//! What belongs to one and is called alike is one: "his boat" and "the fisherman's boat".

use std::collections::BTreeMap;

use crate::resolve::cluster::Clusters;
use crate::resolve::coreference::Scene;
use crate::resolve::reference::Form;

/// Joins descriptions with the same possessor, noun and modifiers. Runs after pronouns, when it is
/// known whose they are.
pub(crate) fn possessive(scene: &Scene<'_>, clusters: &mut Clusters) {
    let mut seen: BTreeMap<(usize, String, Vec<String>), usize> = BTreeMap::new();
    for (number, reference) in scene.references.iter().enumerate() {
        if reference.form != Form::Nominal || reference.numbered {
            continue;
        }
        let owner = reference
            .possessor
            .and_then(|possessor| scene.by_head.get(&possessor));
        let Some(owner) = owner else {
            continue;
        };
        let owner_word = scene
            .references
            .get(*owner)
            .map(|owner| owner.head)
            .and_then(|head| scene.document.token(head))
            .map(|token| token.lemma().to_lowercase());
        let modifiers = reference
            .modifiers
            .iter()
            .filter(|word| Some(*word) != owner_word.as_ref())
            .cloned()
            .collect();
        let key = (clusters.root(*owner), reference.noun.clone(), modifiers);
        match seen.get(&key).copied() {
            Some(earlier) => {
                clusters.join("possessive", earlier, number);
            }
            None => {
                seen.insert(key, number);
            }
        }
    }
}
