//! "It" that means no thing: "it is time to go", "it is recommended to call", "it is Omar".

use crate::resolve::coreference::Scene;
use crate::resolve::reference::Reference;
use crate::text::{EntityType, Token, Upos};

/// Verbs of what only seems so to somebody, if "it" is their subject: "it felt good".
const IMPRESSIONS: [&str; 4] = ["feel", "seem", "appear", "happen"];

/// Verbs that say in the passive of what follows, not of "it", what is thought of it: "it is
/// recommended to call".
const OF_WHAT_FOLLOWS: [&str; 9] = [
    "advise",
    "agree",
    "decide",
    "forbid",
    "hope",
    "prohibit",
    "propose",
    "recommend",
    "suggest",
];

/// Whether the pronoun stands for what follows, for who is there, or for nothing at all.
pub(crate) fn refers_to_nothing(
    scene: &Scene<'_>,
    reference: &Reference,
    token: Token<'_>,
) -> bool {
    token.deprel() == "expl" || stands_for_clause(reference, token) || is_who_it_is(scene, token)
}

/// "It is time to say goodbye", "it is recommended to call", "it is hard when nobody answers": the
/// subject stands for what follows.
fn stands_for_clause(reference: &Reference, token: Token<'_>) -> bool {
    let Some(predicate) = token.head() else {
        return false;
    };
    let idea = matches!(
        reference.entity_type,
        EntityType::Abstract | EntityType::Event | EntityType::Time
    );
    let passive = token.deprel() == "nsubj:pass";
    let quality = predicate.upos() == Upos::Adj;
    let impression = IMPRESSIONS.contains(&predicate.lemma());
    let follows = |child: Token<'_>| match child.relation() {
        "csubj" => true,
        "ccomp" => idea && (passive || quality) && child.id() > predicate.id(),
        "xcomp" => {
            (idea && passive && OF_WHAT_FOLLOWS.contains(&predicate.lemma()))
                || (impression && child.upos() == Upos::Adj)
        }
        "advcl" => {
            idea && quality
                && child.id() > predicate.id()
                && child
                    .children()
                    .any(|inner| matches!(inner.lemma(), "when" | "if"))
        }
        _ => false,
    };
    token.form().eq_ignore_ascii_case("it")
        && token.relation() == "nsubj"
        && predicate.children().any(follows)
}

/// "It is Omar": says who is there, not what a thing is.
fn is_who_it_is(scene: &Scene<'_>, token: Token<'_>) -> bool {
    let named = |predicate: Token<'_>| {
        let number = scene.by_head.get(&predicate.id());
        number
            .and_then(|number| scene.references.get(*number))
            .is_some_and(|predicate| predicate.is_name() && predicate.is_person())
    };
    token.form().eq_ignore_ascii_case("it")
        && token.relation() == "nsubj"
        && token.head().is_some_and(named)
}
