//! Who acts where the words do not say: the subject of an infinitive, of a participle, of a second
//! coordinated verb.

use crate::text::{EntityType, Token, TokenId};

use super::clause::{Clause, Filler, Link};
use super::predicate::is_finite;
use super::referent::{antecedents, body_before, has_relative, is_purpose, may_intend};
use super::rule::{ClauseKind, ClauseRole};
use super::tree::marks;
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
        "advcl" | "advcl:relcl" | "ccomp" if !is_finite(head) => inherited(Link::Controlled),
        "acl" => {
            let Some(noun) = head.head() else {
                return Vec::new();
            };
            let opening = marks(head);
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
            if words().plan_nouns.contains_key(noun.lemma()) && noun.relation() == "obj" {
                return inherited(Link::Controlled);
            }
            Vec::new()
        }
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
