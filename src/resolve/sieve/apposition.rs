//! What grammar puts side by side: "Ada Lovelace, the mathematician", "an officer named Omar".

use crate::base::Id;
use crate::resolve::cluster::Clusters;
use crate::resolve::coreference::Scene;
use crate::resolve::name;
use crate::resolve::reference::{Determiner, Form, Reference};
use crate::resolve::words;
use crate::text::{EntityType, NameType, Token, TokenId, Upos};

/// Joins appositions that say who or what it is, and notes the nouns of those that say what it is
/// one of ("a mathematician"): a later "the mathematician" may mean it.
pub(crate) fn apposition(scene: &Scene<'_>, clusters: &mut Clusters) {
    for (number, reference) in scene.references.iter().enumerate() {
        let Some(head) = scene.document.token(reference.head) else {
            continue;
        };
        for child in head.children() {
            match child.deprel() {
                "appos" => side_by_side(scene, clusters, number, child),
                "nmod:desc" | "flat" => {
                    if let Some(other) = numbered(scene, child) {
                        clusters.join("apposition", number, other);
                    }
                }
                "acl" => named(scene, clusters, number, child),
                "nmod" => class_of_place(scene, clusters, number, reference, child),
                _ => {}
            }
        }
        copula(scene, clusters, number, head);
    }
}

fn numbered(scene: &Scene<'_>, token: Token<'_>) -> Option<usize> {
    scene.by_head.get(&token.id()).copied()
}

fn at<'s>(scene: &'s Scene<'_>, number: usize) -> Option<&'s Reference> {
    scene.references.get(number)
}

fn side_by_side(scene: &Scene<'_>, clusters: &mut Clusters, number: usize, child: Token<'_>) {
    let Some(other) = numbered(scene, child) else {
        return;
    };
    let (Some(one), Some(two)) = (at(scene, number), at(scene, other)) else {
        return;
    };
    if two.entity_type == EntityType::Time || two.numbered || two.is_pronoun() {
        return;
    }
    let both_named = one.is_name() && two.is_name();
    if both_named {
        // "Aceh, Indonesia" is two places; "Harbour Workers' Association (HWA)" is one body.
        let same = name::abbreviates(&two.name, &one.name)
            || name::abbreviates(&one.name, &two.name)
            || (in_brackets(scene, child) && !is_place(one) && !is_place(two));
        if same {
            clusters.join_surely("apposition", number, other);
        }
        return;
    }
    // "the outlet Syria …" with the name cut short: a country is no outlet.
    let is_country = |reference: &Reference| words::is_listed_place(&reference.name);
    if (is_country(two) && !is_place(one)) || (is_country(one) && !is_place(two)) {
        return;
    }
    let identifies = two.is_name()
        || matches!(
            two.determiner,
            Determiner::Definite | Determiner::Possessive | Determiner::Demonstrative
        );
    if identifies {
        clusters.join("apposition", number, other);
    } else {
        clusters.describe(number, &two.noun);
    }
}

fn is_place(reference: &Reference) -> bool {
    reference.name_type == Some(NameType::Place)
        || (reference.name_type.is_none() && reference.entity_type == EntityType::Place)
}

fn in_brackets(scene: &Scene<'_>, token: Token<'_>) -> bool {
    let first = token
        .subtree()
        .first()
        .map_or(token.id().index(), |id| id.index());
    let opens = |index: usize| {
        scene
            .document
            .token(TokenId::from_index(index))
            .is_some_and(|before| before.text() == "(" || before.text() == "[")
    };
    opens(first) || first.checked_sub(1).is_some_and(opens)
}

/// "an officer named Omar", "a bridge known as the Old Bridge"
fn named(scene: &Scene<'_>, clusters: &mut Clusters, number: usize, verb: Token<'_>) {
    let names = matches!(verb.lemma(), "name" | "call" | "dub" | "label" | "nickname");
    let known = matches!(verb.lemma(), "know" | "describe");
    let as_phrase = |child: Token<'_>| {
        child
            .children()
            .any(|inner| inner.relation() == "case" && inner.form() == "as")
    };
    let called = verb.children().find(|child| match child.relation() {
        "xcomp" | "obj" => names && child.upos() == Upos::Propn,
        "obl" => {
            (names && child.upos() == Upos::Propn)
                || (known
                    && as_phrase(*child)
                    && matches!(child.upos(), Upos::Propn | Upos::Noun)
                    && child.children().any(|inner| inner.form() == "the"))
        }
        _ => false,
    });
    if let Some(other) = called.and_then(|token| numbered(scene, token)) {
        clusters.join("apposition", number, other);
    }
}

/// "the town of Talbisa" is Talbisa.
fn class_of_place(
    scene: &Scene<'_>,
    clusters: &mut Clusters,
    number: usize,
    reference: &Reference,
    child: Token<'_>,
) {
    let class = matches!(
        reference.noun.as_str(),
        "town"
            | "city"
            | "village"
            | "province"
            | "state"
            | "country"
            | "republic"
            | "island"
            | "district"
            | "region"
            | "county"
            | "municipality"
            | "kingdom"
            | "port"
            | "month"
            | "year"
    );
    let of = child
        .children()
        .any(|inner| inner.relation() == "case" && inner.form() == "of");
    let many = child.children().any(|inner| inner.relation() == "conj");
    if !class || !of || many || reference.plural == Some(true) || reference.form != Form::Nominal {
        return;
    }
    if let Some(other) = numbered(scene, child)
        && at(scene, other).is_some_and(Reference::is_name)
    {
        clusters.join("apposition", number, other);
    }
}

/// "Omar is an officer": affirmed and plain, the noun describes the subject from here on.
fn copula(scene: &Scene<'_>, clusters: &mut Clusters, number: usize, predicate: Token<'_>) {
    let copular = predicate.children().any(|child| child.relation() == "cop");
    let hedged = predicate.children().any(|child| {
        child.feature("Polarity") == Some("Neg")
            || (child.relation() == "aux" && child.xpos() == "MD")
            || child.relation() == "mark"
    });
    if !copular || hedged {
        return;
    }
    let Some(subject) = predicate
        .child(&["nsubj", "nsubj:outer"])
        .and_then(|subject| numbered(scene, subject))
    else {
        return;
    };
    let Some(noun) = at(scene, number)
        .filter(|described| described.form == Form::Nominal)
        .map(|described| described.noun.clone())
    else {
        return;
    };
    if at(scene, subject).is_some_and(Reference::is_name) {
        clusters.describe(subject, &noun);
    }
}
