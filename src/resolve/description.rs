//! What a phrase says of what it refers to: titles, noun, modifiers, determiner, number, gender.

use std::collections::BTreeSet;

use super::name;
use super::reference::{Determiner, Form};
use super::words::{self, Gender};
use crate::text::{EntityType, Token, Upos};

pub(super) fn titles(head: Token<'_>, name: &[Token<'_>]) -> Vec<String> {
    if name.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    if !name.contains(&head) {
        found.push(head.lemma().to_lowercase());
    }
    for child in head.children() {
        let before = child.id() < head.id() && !name.contains(&child);
        if before && matches!(child.deprel(), "nmod:desc" | "compound" | "amod") {
            let lemma = child.lemma().to_lowercase();
            let noun = matches!(child.upos(), Upos::Noun | Upos::Propn);
            let known = words::title(&lemma);
            if (noun && child.deprel() == "nmod:desc") || known.is_some() {
                found.push(lemma);
            }
        }
    }
    found
}

pub(super) fn noun(
    head: Token<'_>,
    name: &[Token<'_>],
    titles: &[String],
    is_person: bool,
) -> String {
    if name.contains(&head) {
        let first = name.first().map_or("", |first| first.text());
        if name.len() > 1 && !is_person && words::is_ship_prefix(first) {
            return "ship".to_owned();
        }
        // The class word of a name: "observatory", "church"; a person's or a town's has none.
        let singular = head.lemma().eq_ignore_ascii_case(head.text()) && head.xpos() != "NNPS";
        let named_like_a_class = name.len() > 1
            && !is_person
            && singular
            && head
                .children()
                .any(|child| child.relation() == "det" || child.relation() == "nmod");
        return if named_like_a_class {
            head.lemma().to_lowercase()
        } else {
            String::new()
        };
    }
    if name.is_empty() || titles.is_empty() {
        return measured(head).unwrap_or(head).lemma().to_lowercase();
    }
    titles.first().cloned().unwrap_or_default()
}

/// The word of `token` with what is written together with it: "M-5", as one key.
pub(super) fn unbroken(token: Token<'_>) -> String {
    let below = token.subtree();
    let at = below.iter().position(|id| *id == token.id()).unwrap_or(0);
    let found: Vec<Token<'_>> = below
        .iter()
        .filter_map(|id| token.document().token(*id))
        .collect();
    let touches = |one: Option<&Token<'_>>, other: Option<&Token<'_>>| match (one, other) {
        (Some(one), Some(other)) => one.span().end() == other.span().start(),
        (None | Some(_), None) | (None, Some(_)) => false,
    };
    let mut first = at;
    while first > 0 && touches(found.get(first - 1), found.get(first)) {
        first -= 1;
    }
    let mut last = at;
    while touches(found.get(last), found.get(last + 1)) {
        last += 1;
    }
    let words: String = found
        .iter()
        .take(last + 1)
        .skip(first)
        .map(|token| token.text())
        .collect();
    name::key(&words)
}

/// What "dozens of civilians" are: civilians.
pub(super) fn measured(head: Token<'_>) -> Option<Token<'_>> {
    let measure = matches!(
        head.lemma(),
        "dozen"
            | "hundred"
            | "thousand"
            | "million"
            | "billion"
            | "number"
            | "lot"
            | "couple"
            | "handful"
            | "majority"
            | "plenty"
            | "rest"
            | "percent"
            | "score"
            | "ten"
            | "some"
            | "many"
            | "most"
            | "one"
            | "all"
            | "type"
            | "kind"
            | "sort"
    );
    if !measure {
        return None;
    }
    head.children().find(|child| {
        child.relation() == "nmod"
            && child
                .children()
                .any(|inner| inner.relation() == "case" && inner.form() == "of")
    })
}

pub(super) fn modifiers(
    head: Token<'_>,
    name: &[Token<'_>],
    core: &[Token<'_>],
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for child in head.children() {
        if name.contains(&child) && name.contains(&head) {
            continue;
        }
        match child.relation() {
            "amod" | "compound" | "nummod" | "advmod" if core.contains(&child) => {
                let lemma = if child.relation() == "compound" {
                    unbroken(child)
                } else {
                    child.lemma().to_lowercase()
                };
                let tells_apart = !matches!(
                    lemma.as_str(),
                    "own"
                        | "same"
                        | "said"
                        | "entire"
                        | "whole"
                        | "key"
                        | "main"
                        | "approximately"
                        | "about"
                        | "just"
                        | "even"
                        | "only"
                        | "also"
                );
                if tells_apart && !lemma.is_empty() {
                    found.insert(lemma);
                }
                // "French and German companies" are not all French companies.
                let beside = child.children().filter(|other| {
                    other.relation() == "conj" && other.id() < head.id() && core.contains(other)
                });
                found.extend(beside.map(|other| other.lemma().to_lowercase()));
            }
            "nmod" => {
                let of = child
                    .children()
                    .any(|inner| inner.relation() == "case" && inner.form() == "of");
                let owner = child.deprel() == "nmod:poss" && child.upos() != Upos::Pron;
                if of || owner {
                    found.insert(child.lemma().to_lowercase());
                }
            }
            _ => {}
        }
    }
    found
}

/// What the phrases after `head` say of it, times and "of" excepted.
pub(super) fn after(head: Token<'_>) -> BTreeSet<String> {
    let phrases = head.children().filter(|child| {
        let with = child.children().any(|inner| {
            inner.relation() == "case" && inner.form() != "of" && inner.id() < child.id()
        });
        child.deprel() == "nmod" && child.id() > head.id() && with
    });
    phrases
        .filter(|child| child.time().is_none() && child.entity_type() != Some(EntityType::Time))
        .map(|child| child.lemma().to_lowercase())
        .collect()
}

pub(super) fn determiner(head: Token<'_>) -> Determiner {
    for child in head.children() {
        if child.deprel() == "nmod:poss" {
            return Determiner::Possessive;
        }
        if child.relation() == "det" {
            return match child.form().to_lowercase().as_str() {
                "the" => Determiner::Definite,
                "this" | "that" | "these" | "those" => Determiner::Demonstrative,
                _ => Determiner::Indefinite,
            };
        }
    }
    let counted = head.children().any(|child| child.relation() == "nummod");
    let vague = head.children().any(|child| {
        child.relation() == "amod"
            && matches!(
                child.lemma(),
                "another"
                    | "other"
                    | "several"
                    | "many"
                    | "most"
                    | "few"
                    | "more"
                    | "various"
                    | "numerous"
                    | "countless"
            )
    });
    if counted || vague {
        Determiner::Indefinite
    } else {
        Determiner::None
    }
}

pub(super) fn plural(head: Token<'_>, form: Form, name: &str) -> Option<bool> {
    // A clause joined to a predicate makes it no row: "that is one raid, but so is this".
    let is_clause = |token: Token<'_>| {
        token
            .children()
            .any(|child| matches!(child.relation(), "cop" | "nsubj"))
    };
    let coordinated = head
        .children()
        .any(|child| child.relation() == "conj" && !is_clause(child));
    match form {
        Form::Pronoun(_) => match head.form().to_lowercase().as_str() {
            "they" | "them" | "their" | "theirs" | "themselves" | "we" | "us" | "our" | "ours"
            | "ourselves" => Some(true),
            "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" | "it"
            | "its" | "itself" | "i" | "me" | "my" | "mine" | "myself" => Some(false),
            _ => None,
        },
        Form::Demonym => Some(false),
        // "The United States" is one.
        Form::Name if words::is_listed_place(name) => Some(false),
        Form::Name | Form::Nominal => match head.feature("Number") {
            Some("Plur" | "Ptan") => Some(true),
            Some("Sing") if coordinated => None,
            Some("Sing") => Some(false),
            _ => match head.xpos() {
                "NNS" | "NNPS" => Some(true),
                "NN" | "NNP" if !coordinated => Some(false),
                _ => counts_several(head),
            },
        },
    }
}

/// Whether a number that stands for what it counts is more than one: "three of his guards".
fn counts_several(head: Token<'_>) -> Option<bool> {
    let of = head.children().any(|child| {
        child.relation() == "nmod"
            && child
                .children()
                .any(|case| case.relation() == "case" && case.form() == "of")
    });
    let counts = head.upos() == Upos::Num && of;
    counts.then(|| !matches!(head.form().to_lowercase().as_str(), "one" | "1"))
}

pub(super) fn gender(
    head: Token<'_>,
    form: Form,
    name: &[Token<'_>],
    titles: &[String],
) -> Option<Gender> {
    match form {
        Form::Pronoun(_) => match head.form().to_lowercase().as_str() {
            "he" | "him" | "his" | "himself" => Some(Gender::Masculine),
            "she" | "her" | "hers" | "herself" => Some(Gender::Feminine),
            _ => None,
        },
        Form::Demonym => None,
        Form::Name => {
            let by_title = titles
                .iter()
                .filter(|title| !is_of_both(title))
                .find_map(|title| {
                    words::title(title)
                        .and_then(|title| title.gender)
                        .or_else(|| words::gender_of_noun(title))
                });
            by_title.or_else(|| {
                name.first()
                    .and_then(|first| words::gender_of_given_name(first.text()))
            })
        }
        Form::Nominal => {
            words::gender_of_noun(head.lemma()).filter(|_| !is_office_of_both(head.lemma()))
        }
    }
}

/// Whether women, too, are called by the title: "Chairman Ada Brin".
fn is_of_both(title: &str) -> bool {
    title.len() > "man".len() && title.ends_with("man") && !title.ends_with("woman")
}

/// The same of a noun, if it is one for an office.
fn is_office_of_both(noun: &str) -> bool {
    let noun = noun.to_lowercase();
    is_of_both(&noun) && words::title(&noun).is_some()
}
