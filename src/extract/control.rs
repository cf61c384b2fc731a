//! Who acts where the words do not say: the subject of an infinitive, of a participle, of a second
//! coordinated verb.

use crate::base::Id as _;
use crate::text::{EntityType, Token, TokenId, Upos};

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
        // "called on the rebels to leave": the rebels are to leave.
        "advcl" if is_purpose(head) && !asked_of(head, parent).is_empty() => asked_of(head, parent),
        // "aided by farmers reaching a deal": the farmers reach it.
        "advcl" if agent_before(head).is_some() => agent_before(head)
            .into_iter()
            .map(|agent| (agent.id(), Link::Controlled))
            .collect(),
        // "to watch the mayor light the lamp".
        "ccomp" if is_perceived(head, parent) => parent
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
        "advcl" if is_consequence(head, parent) => Vec::new(),
        // "The crowds can be avoided by walking": it is not the crowds that walk.
        "advcl"
            if parent.is_some_and(|parent| parent.kind == ClauseKind::Passive)
                && marks(head).iter().any(|mark| mark == "by") =>
        {
            Vec::new()
        }
        "advcl" | "advcl:relcl" | "ccomp" if !is_finite(head) => inherited(Link::Controlled),
        "acl" => {
            let Some(noun) = head.head() else {
                return Vec::new();
            };
            // "razed the mill in the valley, named the square after him": the parser takes a past
            // tense for a participle.
            let goes_on = head.xpos() == "VBD"
                && kind == ClauseKind::Active
                && head.child(&["obj"]).is_some()
                && head
                    .children()
                    .any(|mark| mark.form() == "," && mark.id() < head.id());
            if goes_on {
                return inherited(Link::Shared);
            }
            let opening = marks(head);
            // "In addition to closing the port, the city …": the city closes it.
            if noun.lemma() == "addition" && noun.relation() == "obl" {
                return inherited(Link::Controlled);
            }
            // "face challenges working there": the challenges do not work.
            if head.xpos() == "VBG" && TRIALS.contains(&noun.lemma()) && noun.relation() == "obj" {
                return inherited(Link::Controlled);
            }
            // "the risk of being robbed", "the right to be heard": not the risk, not the right.
            let is_content = head
                .child(&["aux:pass"])
                .is_some_and(|aux| aux.xpos() == "VBG")
                || words().possible_nouns.contains_key(noun.lemma())
                || CLAIMED.contains(&noun.lemma());
            if opening.is_empty() || kind == ClauseKind::Passive && !is_content {
                return antecedents(noun, head);
            }
            let of_another = REQUESTS.contains(&noun.lemma());
            if let Some(owner) = noun.child(&["nmod:poss"]).or_else(|| body_before(noun)) {
                if of_another {
                    return Vec::new();
                }
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
            // "rejected a plan to sell the port": it is the plan of others.
            let of_others = parent
                .and_then(|parent| head.document().token(parent.head))
                .is_some_and(|verb| JUDGING.contains(&verb.lemma()));
            if words().plan_nouns.contains_key(noun.lemma())
                && noun.relation() == "obj"
                && !of_others
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

/// Nouns of what somebody claims for himself: "a demand to be paid".
const CLAIMED: &[&str] = &["demand", "desire", "hope", "request", "wish"];

/// Verbs by which somebody judges, or stops, the plans of others.
const JUDGING: &[&str] = &[
    "approve",
    "back",
    "block",
    "condemn",
    "criticise",
    "criticize",
    "denounce",
    "dismiss",
    "foil",
    "oppose",
    "praise",
    "prevent",
    "refuse",
    "reject",
    "support",
    "thwart",
    "welcome",
];

/// Whom the verb above asks to do what the purpose `head` says: the rebels of "called on the rebels
/// to leave", "appealed to the rebels to leave".
fn asked_of(head: Token<'_>, parent: Option<&Clause>) -> Vec<(TokenId, Link)> {
    let Some(parent) = parent else {
        return Vec::new();
    };
    let verb = head.document().token(parent.head).map_or("", Token::lemma);
    let asks = |preposition: &str| match verb {
        "call" => matches!(preposition, "on" | "upon"),
        "appeal" => preposition == "to",
        "plead" => preposition == "with",
        _ => false,
    };
    parent
        .filling(ClauseRole::Oblique)
        .filter(|filler| asks(&filler.preposition) && filler.token < head.id())
        .map(|filler| (filler.token, Link::Controlled))
        .collect()
}

/// The agent right before the participle `head` without a comma between.
fn agent_before(head: Token<'_>) -> Option<Token<'_>> {
    let begins = head.subtree().first().copied()?;
    let before = TokenId::from_index(begins.index().checked_sub(1)?);
    let agent = head
        .head()?
        .children()
        .find(|child| child.deprel() == "obl:agent" && child.subtree().last() == Some(&before))?;
    let comma = head.document().token(begins)?.upos() == Upos::Punct;
    (head.xpos() == "VBG" && !comma && marks(head).is_empty()).then_some(agent)
}

/// Whether the bare infinitive `head` is what somebody sees the object before it do.
fn is_perceived(head: Token<'_>, parent: Option<&Clause>) -> bool {
    let has_object = parent.is_some_and(|parent| {
        parent
            .filling(ClauseRole::Object)
            .any(|object| object.token > parent.head && object.token < head.id())
    });
    head.xpos() == "VB" && marks(head).is_empty() && has_object
}

/// Nouns of what somebody wants others to do: "the city's demand to close the mine".
const REQUESTS: [&str; 10] = [
    "request",
    "demand",
    "call",
    "order",
    "appeal",
    "invitation",
    "instruction",
    "petition",
    "plea",
    "advice",
];

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

/// Whether the participle `head` at the end of the sentence tells what came of all before it, or,
/// as "following", what came before: then who acts is unsaid.
fn is_consequence(head: Token<'_>, parent: Option<&Clause>) -> bool {
    let before = head.id().index().checked_sub(1).map(TokenId::from_index);
    let comma = before
        .and_then(|id| head.document().token(id))
        .is_some_and(|mark| mark.form() == ",");
    let lemma = head.lemma();
    // "The bus was bombed, killing ten": not the bus.
    let suffers = parent.is_some_and(|parent| parent.kind == ClauseKind::Passive);
    let harms = words().harm_verbs.contains_key(lemma)
        || matches!(lemma, "leave" | "destroy" | "damage" | "displace");
    // "Sales rose, following praise": "following" is "after". One may follow a person.
    let after = head.form() == "following"
        && head
            .child(&["obj"])
            .is_some_and(|object| object.entity_type() != Some(EntityType::Person));
    let follows = words().consequence_verbs.contains_key(lemma)
        || lemma == "bring"
        || harms && suffers
        || after;
    head.xpos() == "VBG"
        && comma
        && marks(head).is_empty()
        && head.head().is_some_and(|above| above.id() < head.id())
        && follows
}

/// Whether "36 of which" stands beside `noun`.
fn has_part_beside(noun: Token<'_>) -> bool {
    noun.children()
        .filter(|child| child.relation() == "appos")
        .flat_map(Token::children)
        .any(|below| below.relation() == "nmod" && is_relative(below))
}
