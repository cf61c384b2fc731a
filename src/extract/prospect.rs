//! What is still to come, or may never come, because of the word it hangs on: "aimed at cutting the
//! tax", "the risk of a flood", "needs a bridge that links the islands".
//!
//! The words are data: `grammar/words/prospects.txt`. What the verb's own clause is told as is the
//! business of `modality.rs`.

use crate::model::{Modality, Polarity};
use crate::text::{EntityType, Token, Upos};

use super::clause::Clause;
use super::rule::ClauseKind;
use super::tree::{first_conjunct, marks, preposition};
use super::words::words;

/// What the word above makes of the gerund `head`: "aimed at cutting the tax" is planned.
pub(crate) fn of_gerund(head: Token<'_>) -> Option<Modality> {
    let opening = marks(head);
    let above = head.head()?;
    match opening.first() {
        // "had difficulties getting there".
        None if head.relation() == "acl" => promised(above, above.lemma()),
        None => promised(head, ""),
        Some(mark) => promised(head, mark),
    }
}

/// What the noun above makes of the clause `head` with a subject, which says what is wanted or on
/// what condition: "the wish that the ship stays", "on the condition that they leave".
pub(crate) fn of_content(head: Token<'_>) -> Option<Modality> {
    let head = first_conjunct(head);
    let noun = head.head().filter(|noun| noun.upos() == Upos::Noun)?;
    let is_content = matches!(head.deprel(), "acl" | "ccomp")
        && head.id() > noun.id()
        && head.child(&["nsubj", "nsubj:pass", "expl"]).is_some()
        && marks(head).iter().all(|mark| mark == "that");
    if is_content {
        promised(head, "that")
    } else {
        None
    }
}

/// What holds of the thing that `noun` introduces, when what it hangs on is not told as a fact:
/// "will build a wall that keeps out the sea" tells of no wall that does. `parent` is the clause
/// around it. `None` when the noun names what is there anyway: a name, a definite thing, a
/// subject, what one tears down.
pub(crate) fn of_nominal(noun: Token<'_>, parent: Option<&Clause>) -> Option<Modality> {
    let parent = parent?;
    let told = irrealis(parent.modality);
    // "a future Norway that respects the law".
    if is_indefinite(noun) && noun.children().any(|word| word.lemma() == "future") {
        return told.or(Some(Modality::Planned));
    }
    // Those who are given something are there.
    let acts = matches!(
        noun.entity_type(),
        Some(EntityType::Person | EntityType::Organization)
    );
    if acts || noun.upos() != Upos::Noun {
        return None;
    }
    if let Some(modality) = of_wanted(noun) {
        return Some(modality);
    }
    let verb = noun.document().token(parent.head)?;
    // "We might call these houses the towers."
    let is_named = noun.head() == Some(verb) && is_naming(verb) && noun.relation() == "obj";
    if is_named && told.is_some() {
        return told;
    }
    let is_made = words().creation_verbs.contains_key(verb.lemma())
        && matches!(noun.deprel(), "obj" | "conj" | "xcomp");
    // "would be the site of a victory over Bergen".
    let is_predicate = parent.kind == ClauseKind::Copula
        && (noun == verb || is_event(noun) && noun.deprel() == "nmod" && noun.head() == Some(verb));
    let comes = is_event(noun)
        && noun.relation() == "obl"
        && matches!(verb.lemma(), "lead" | "result" | "end" | "culminate");
    // "will not let them keep weapons that threaten us".
    let denied = parent.polarity == Polarity::Denied && is_made;
    let modality = told.or(denied.then_some(Modality::Possible));
    modality.filter(|_| (is_made || is_predicate || comes) && is_indefinite(noun))
}

/// What holds of the event that `noun` names: of "the attempted takeover", "the planned visit", or
/// of one that somebody foiled or called off, nothing says that it came about.
pub(crate) fn of_event(noun: Token<'_>) -> Option<Modality> {
    if !is_event(noun) {
        return None;
    }
    let lists = words();
    let described = noun
        .children()
        .filter(|word| matches!(word.relation(), "amod" | "compound") && word.id() < noun.id())
        .find_map(|word| lists.event_doubts.get(&word.form().to_lowercase()));
    let stopped = || {
        let first = first_conjunct(noun);
        let verb = first
            .head()
            .filter(|_| matches!(first.deprel(), "obj" | "nsubj:pass"))?;
        let particle = verb.child(&["compound:prt"]).map_or("", Token::form);
        let phrase = format!("{} {particle}", verb.lemma()).to_lowercase();
        lists.event_stoppers.get(phrase.trim())
    };
    Some(match described.or_else(stopped)?.as_str() {
        "planned" => Modality::Planned,
        _ => Modality::Possible,
    })
}

/// Whether `plan` is one that somebody gave up, or turned down: of "dropped the plan to sell the
/// port" it is no longer planned that the port is sold.
pub(crate) fn is_given_up(plan: Token<'_>) -> bool {
    if !words().plan_nouns.contains_key(plan.lemma()) {
        return false;
    }
    let first = first_conjunct(plan);
    let verb = first
        .head()
        .filter(|_| matches!(first.deprel(), "obj" | "nsubj:pass"));
    verb.is_some_and(|verb| {
        let particle = verb.child(&["compound:prt"]).map_or("", Token::form);
        let phrase = format!("{} {particle}", verb.lemma()).to_lowercase();
        let phrase = phrase.trim();
        let stopped = words().event_stoppers.get(phrase);
        stopped.is_some_and(|modality| modality == "possible")
            || matches!(phrase, "axe" | "ditch" | "drop" | "give up" | "reject")
    })
}

/// Whether a rule whose anchor is `noun`, and which supplies a part of its claim itself, still
/// speaks of what need not be: the event that `noun` names, the name it is given.
pub(crate) fn may_not_be(noun: Token<'_>) -> bool {
    is_event(noun) || noun.relation() == "obj" && noun.head().is_some_and(is_naming)
}

/// `modality` unless it is that of a fact.
pub(crate) fn irrealis(modality: Modality) -> Option<Modality> {
    match modality {
        Modality::Asserted => None,
        Modality::Planned | Modality::Possible | Modality::Conditional | Modality::Asked => {
            Some(modality)
        }
    }
}

/// What the word above makes of `noun`: "needs a bridge", "the risk of an attack on Bergen". A
/// thing that is waited for or planned for may be there; what somebody does is not.
fn of_wanted(noun: Token<'_>) -> Option<Modality> {
    let first = first_conjunct(noun);
    let before = preposition(first);
    let modality = promised(first, &before)?;
    let holds = match first.relation() {
        "obj" => modality == Modality::Planned && is_indefinite(noun),
        "obl" | "nmod" => matches!(before.as_str(), "for" | "of") && is_event(noun),
        _ => false,
    };
    holds.then_some(modality)
}

/// What the list of prospects says of the word above `token` with `next` after it.
fn promised(token: Token<'_>, next: &str) -> Option<Modality> {
    let above = token.head()?;
    [above.lemma(), above.form()].into_iter().find_map(|word| {
        let phrase = format!("{word} {next}").to_lowercase();
        match words().prospects.get(phrase.trim())?.as_str() {
            "planned" => Some(Modality::Planned),
            "conditional" => Some(Modality::Conditional),
            _ => Some(Modality::Possible),
        }
    })
}

fn is_event(noun: Token<'_>) -> bool {
    words().event_nouns.contains_key(noun.lemma())
}

fn is_naming(verb: Token<'_>) -> bool {
    words().naming_verbs.contains_key(verb.lemma())
}

/// Whether nothing says that the hearer knows which one `noun` means.
fn is_indefinite(noun: Token<'_>) -> bool {
    noun.children().all(|child| match child.relation() {
        "det" => matches!(child.lemma(), "a" | "an" | "any" | "some" | "no" | "more"),
        "nmod" => child.deprel() != "nmod:poss",
        _ => true,
    })
}
