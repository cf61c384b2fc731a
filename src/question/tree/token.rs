//! What one word of a question's tree says with the words below it: a verb with its particle, a
//! preposition, a phrase.

use crate::text::{Token, Upos};

use super::reader::relative_frame;
use crate::question::frame::Phrase;
use crate::question::phrase::parts;
use crate::question::words;

/// The dictionary form of a predicate with its particle.
pub(super) fn verb(token: Token<'_>) -> String {
    let mut name = token.lemma().to_lowercase();
    let form = token.form().to_lowercase();
    // Models take "beat" for a form of "be".
    if name == "be"
        && !matches!(
            form.as_str(),
            "be" | "is" | "are" | "was" | "were" | "been" | "being" | "am" | "'s" | "’s"
        )
    {
        name = words::base_form(&form);
    } else if let Some(spoken) = words::respelled(&name, &form) {
        name = spoken;
    }
    for child in token.children() {
        if is_particle(token, child) {
            name.push(' ');
            name.push_str(&child.form().to_lowercase());
        }
    }
    let place = token.children().any(|child| {
        child.form() == "place"
            && matches!(child.relation(), "obj" | "compound")
            && child.children().next().is_none()
    });
    if name == "take" && place {
        name.push_str(" place");
    }
    name
}

/// Whether `child` is a particle that belongs to the verb `token`: "pass away".
pub(super) fn is_particle(token: Token<'_>, child: Token<'_>) -> bool {
    child.deprel() == "compound:prt"
        || (child.relation() == "advmod"
            && child.id() > token.id()
            && matches!(
                child.form().to_lowercase().as_str(),
                "away" | "back" | "off" | "out" | "up" | "down" | "over" | "apart" | "together"
            ))
}

pub(super) fn is_passive(predicate: Token<'_>) -> bool {
    predicate.children().any(|child| {
        matches!(child.deprel(), "nsubj:pass" | "aux:pass" | "csubj:pass")
            || (child.relation() == "aux" && child.lemma() == "be" && predicate.xpos() == "VBN")
    }) || (predicate.xpos() == "VBN"
        && predicate.relation() == "acl"
        && !predicate
            .children()
            .any(|child| child.relation() == "nsubj"))
}

pub(super) fn is_denied(predicate: Token<'_>) -> bool {
    predicate.children().any(|child| {
        child.relation() == "advmod"
            && matches!(
                child.form().to_lowercase().as_str(),
                "not" | "n't" | "n’t" | "never"
            )
    })
}

/// The prepositions that mark `token`, wherever they stand, joined by a blank.
pub(super) fn preposition(token: Token<'_>) -> String {
    let mut found = String::new();
    for child in token.children() {
        if child.relation() == "case" && !child.form().starts_with(['\'', '’']) {
            if !found.is_empty() {
                found.push(' ');
            }
            found.push_str(&child.form().to_lowercase());
        }
    }
    found
}

/// The phrase under `token`, without the words under `without`.
pub(super) fn phrase(token: Token<'_>, without: &[Token<'_>]) -> Phrase {
    let text = text_of(token, without);
    let relative = token
        .children()
        .find(|child| says_which(*child) && child.id() > token.id());
    let clauses: Vec<Token<'_>> = token
        .children()
        .filter(|child| child.relation() == "acl" && child.id() > token.id())
        .collect();
    let core = text_of(token, &[&clauses, without].concat());
    // "the conflict "War of Words"": what it was called is not which one it is.
    let unquoted = core
        .find(['"', '“'])
        .filter(|at| *at > 0)
        .and_then(|at| core.get(..at))
        .map_or(core.as_str(), str::trim)
        .to_owned();
    let mut phrase = parts(&unquoted);
    phrase.head = words::stem(&words::words(token.form()).concat());
    phrase.proper = token.upos() == Upos::Propn || !phrase.name.is_empty();
    let anyone = matches!(token.form(), "one" | "anyone" | "someone") && text == token.form();
    phrase.empty =
        anyone || token.upos() == Upos::Pron || (phrase.words.is_empty() && relative.is_none());
    phrase.clause = relative
        .and_then(|clause| relative_frame(token, clause))
        .map(Box::new);
    let asks = words::words(&core)
        .iter()
        .any(|word| matches!(word.as_str(), "which" | "what" | "whom"));
    phrase.empty |= asks;
    if phrase.clause.is_none() {
        phrase.extra = words::content(&text)
            .into_iter()
            .filter(|stem| !phrase.words.contains(stem))
            .collect();
    }
    phrase.text = core;
    phrase
}

/// Whether a clause says which one is meant: "the firm that was fined", "the firm fined in May".
fn says_which(clause: Token<'_>) -> bool {
    let participle = clause.xpos() == "VBN"
        && clause.upos() == Upos::Verb
        && clause.children().any(|child| child.relation() == "obl");
    clause.deprel() == "acl:relcl" || clause.deprel() == "acl" && participle
}

/// The words under `token` as written, without its prepositions and the words under `without`.
pub(super) fn text_of(token: Token<'_>, without: &[Token<'_>]) -> String {
    let mut dropped: Vec<_> = without.iter().flat_map(|token| token.subtree()).collect();
    for child in token.children() {
        if (child.relation() == "case" && !child.form().starts_with(['\'', '’']))
            || matches!(child.relation(), "punct" | "mark" | "cc" | "cop" | "aux")
        {
            dropped.extend(child.subtree());
        }
        if matches!(child.relation(), "nsubj" | "csubj") {
            dropped.extend(child.subtree());
        }
    }
    let kept: Vec<_> = token
        .subtree()
        .into_iter()
        .filter(|id| !dropped.contains(id))
        .collect();
    token.document().words(&kept)
}
