//! Who acts where the words do not say: the subject of an infinitive, of a participle, of a second
//! coordinated verb.

use crate::base::Id as _;
use crate::text::{EntityType, Token, TokenId};

use super::attribution::is_speech;
use super::clause::{Clause, Filler, Link};
use super::predicate::is_finite;
use super::referent::{antecedents, body_before, has_relative, is_purpose, may_intend};
use super::rule::{ClauseKind, ClauseRole};
use super::tree::{first_conjunct, is_relative, marks};
use super::words::words;

/// What the subject of `head` is by the structure, when the words do not say it.
pub(super) fn unsaid_subject(
    head: Token<'_>,
    kind: ClauseKind,
    parent: Option<&Clause>,
) -> Vec<(TokenId, Link)> {
    let inherited = |link: Link| {
        parent
            .map(|parent| {
                parent
                    .surface
                    .iter()
                    .map(|(token, before)| (*token, link.max(*before)))
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default()
    };
    match head.deprel() {
        // "The course includes diving": the course does not dive.
        "xcomp" | "conj" | "ccomp" if is_comprised(head, parent) => Vec::new(),
        "conj" => inherited(Link::Shared),
        "xcomp" => {
            let verb = parent.and_then(|parent| head.document().token(parent.head));
            let by_subject =
                verb.is_some_and(|verb| words().subject_control_verbs.contains_key(verb.lemma()));
            let objects: Vec<(TokenId, Link)> = parent
                .filter(|parent| !by_subject || parent.kind == ClauseKind::Passive)
                .map(|parent| {
                    let objects = parent.filling(ClauseRole::Object);
                    let recipients = parent.filling(ClauseRole::Recipient);
                    let mut controllers: Vec<&Filler> = recipients.collect();
                    if controllers.is_empty() {
                        controllers = objects.collect();
                    }
                    controllers
                        .into_iter()
                        .map(|filler| (filler.token, Link::Controlled))
                        .collect()
                })
                .unwrap_or_default();
            if objects.is_empty() {
                inherited(Link::Controlled)
            } else {
                objects
            }
        }
        // "prevented rebels from entering", "accused her of lying".
        "advcl" if head.xpos() == "VBG" && is_done_by_object(head, parent) => parent
            .into_iter()
            .flat_map(|parent| parent.filling(ClauseRole::Object))
            .map(|filler| (filler.token, Link::Controlled))
            .collect(),
        // A list of what somebody did: "engaged a unit; destroyed a bridge".
        "parataxis" | "amod" if is_listed(head) => inherited(Link::Shared),
        "advcl" | "ccomp" if is_purpose(head) || head.relation() == "ccomp" && !is_finite(head) => {
            inherited(Link::Controlled)
                .into_iter()
                .filter(|(token, _)| head.document().token(*token).is_some_and(may_intend))
                .collect()
        }
        // "The city fell, bringing the war to an end": that it fell did.
        "advcl" if is_consequence(head) => Vec::new(),
        "advcl" | "advcl:relcl" | "ccomp" if !is_finite(head) => inherited(Link::Controlled),
        "acl" => {
            let Some(noun) = head.head() else {
                return Vec::new();
            };
            let opening = marks(head);
            // "In addition to closing the port, the city …": the city closes it.
            if noun.lemma() == "addition" && noun.relation() == "obl" {
                return inherited(Link::Controlled);
            }
            // "face challenges working there": the challenges do not work.
            if head.xpos() == "VBG" && TRIALS.contains(&noun.lemma()) && noun.relation() == "obj" {
                return inherited(Link::Controlled);
            }
            if kind == ClauseKind::Passive || opening.is_empty() {
                return antecedents(noun, head);
            }
            if let Some(owner) = noun.child(&["nmod:poss"]).or_else(|| body_before(noun)) {
                return vec![(owner.id(), Link::Controlled)];
            }
            if matches!(
                noun.entity_type(),
                Some(EntityType::Person | EntityType::Organization)
            ) {
                return antecedents(noun, head);
            }
            // "Bergen gave her the option to leave", "Bergen made an attempt to score".
            let recipients: Vec<(TokenId, Link)> = parent
                .into_iter()
                .flat_map(|parent| parent.filling(ClauseRole::Recipient))
                .map(|filler| (filler.token, Link::Controlled))
                .collect();
            if !recipients.is_empty() {
                return recipients;
            }
            let stressed = parent
                .and_then(|parent| head.document().token(parent.head))
                .is_some_and(is_speech);
            if words().plan_nouns.contains_key(noun.lemma())
                && noun.relation() == "obj"
                && !(stressed && is_purpose(head))
            {
                return inherited(Link::Controlled);
            }
            Vec::new()
        }
        // "645 beds, 36 of which are new": who can say which.
        "acl:relcl" if head.head().is_some_and(|noun| has_part_beside(noun)) => Vec::new(),
        "acl:relcl" if !has_relative(head) => head
            .head()
            .map_or_else(Vec::new, |noun| antecedents(noun, head)),
        _ => Vec::new(),
    }
}

/// Whether the gerund `head` is what the object of the verb above is kept from, or charged with.
fn is_done_by_object(head: Token<'_>, parent: Option<&Clause>) -> bool {
    let verb = parent.and_then(|parent| head.document().token(parent.head));
    verb.is_some_and(|verb| {
        marks(head).iter().any(|mark| match mark.as_str() {
            "from" => words().prevent_verbs.contains_key(verb.lemma()),
            "with" | "of" | "for" => words().accuse_verbs.contains_key(verb.lemma()),
            _ => false,
        })
    })
}

/// Whether the verb `head` follows a semicolon and has an object, but no subject of its own.
fn is_listed(head: Token<'_>) -> bool {
    let after = head
        .children()
        .any(|mark| mark.form() == ";" && mark.id() < head.id());
    after && head.child(&["obj"]).is_some()
}

/// What somebody has while he does what the participle after it says.
const TRIALS: &[&str] = &[
    "challenge",
    "day",
    "difficulty",
    "experience",
    "fun",
    "hour",
    "life",
    "month",
    "problem",
    "success",
    "time",
    "trouble",
    "week",
    "year",
];

/// Whether the gerund `head` is what something comprises: "training includes diving and flying".
fn is_comprised(head: Token<'_>, parent: Option<&Clause>) -> bool {
    let includes = |verb: Token<'_>| {
        matches!(
            verb.lemma(),
            "include" | "involve" | "entail" | "mean" | "require" | "comprise"
        )
    };
    let Some(above) = parent.and_then(|parent| head.document().token(parent.head)) else {
        return false;
    };
    let first = first_conjunct(head);
    head.xpos() == "VBG"
        && head.child(&["aux", "nsubj"]).is_none()
        && (includes(above) || first != head && first.head().is_some_and(includes))
}

/// Whether the participle `head` at the end of the sentence tells what came of all before it.
fn is_consequence(head: Token<'_>) -> bool {
    let before = head.id().index().checked_sub(1).map(TokenId::from_index);
    let comma = before
        .and_then(|id| head.document().token(id))
        .is_some_and(|mark| mark.form() == ",");
    head.xpos() == "VBG"
        && comma
        && marks(head).is_empty()
        && head.head().is_some_and(|above| above.id() < head.id())
        && (words().consequence_verbs.contains_key(head.lemma()) || head.lemma() == "bring")
}

/// Whether "36 of which" stands beside `noun`.
fn has_part_beside(noun: Token<'_>) -> bool {
    noun.children()
        .filter(|child| child.relation() == "appos")
        .flat_map(Token::children)
        .any(|below| below.relation() == "nmod" && is_relative(below))
}
