//! Who acts where the words do not say: the subject of an infinitive, of a participle, of a second
//! coordinated verb.

use crate::base::Id as _;
use crate::text::{Document, EntityType, Token, TokenId, Upos};

use super::attribution::is_speech;
use super::clause::{Clause, Filler, Link};
use super::predicate::is_finite;
use super::referent::{antecedents, body_before, has_relative, is_purpose, may_intend};
use super::rule::{ClauseKind, ClauseRole};
use super::tree::{first_conjunct, is_relative, is_time, marks, preposition};
use super::words::{WordList, words};

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
        // '"Keep the change," she said': who says so does not keep it.
        "ccomp" if is_command(head, parent) => Vec::new(),
        "conj" => inherited(Link::Shared),
        // "warned Norway "not to raise the toll"": it is Norway that is not to.
        "ccomp" if is_purpose(head) && !told_to(head, parent).is_empty() => told_to(head, parent),
        // "called on the rebels to leave": the rebels are to leave.
        "advcl" | "xcomp" if !asked_of(head, parent).is_empty() => asked_of(head, parent),
        "xcomp" => {
            let objects = told_to(head, parent);
            if objects.is_empty() {
                inherited(Link::Controlled)
            } else {
                objects
            }
        }
        // "prevented rebels from entering", "accused her of lying", "quoted her as saying".
        "advcl" if head.xpos() == "VBG" && is_done_by_object(head, parent) => {
            parent.map_or_else(Vec::new, |parent| whom_it_concerns(head.document(), parent))
        }
        // "filmed guards beating a courier": the guards beat him.
        "advcl" if is_caught(head, parent) => parent.map_or_else(Vec::new, acted_on),
        // "aided by farmers reaching a deal": the farmers reach it.
        "advcl" if agent_before(head).is_some() => agent_before(head)
            .into_iter()
            .map(|agent| (agent.id(), Link::Controlled))
            .collect(),
        // "to watch the mayor light the lamp", "saw soldiers looting shops".
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

/// Who is acted on by the verb above `head` and so is to do what `head` says; nobody where the verb
/// is one of promising.
fn told_to(head: Token<'_>, parent: Option<&Clause>) -> Vec<(TokenId, Link)> {
    let verb = parent.and_then(|parent| head.document().token(parent.head));
    let by_subject =
        verb.is_some_and(|verb| words().subject_control_verbs.contains_key(verb.lemma()));
    parent
        .filter(|parent| !by_subject || parent.kind == ClauseKind::Passive)
        .map(acted_on)
        .unwrap_or_default()
}

/// Who is acted on by the verb of `clause`: of two objects the one who receives.
fn acted_on(clause: &Clause) -> Vec<(TokenId, Link)> {
    let mut found: Vec<&Filler> = clause.filling(ClauseRole::Recipient).collect();
    if found.is_empty() {
        found = clause.filling(ClauseRole::Object).collect();
    }
    found
        .into_iter()
        .map(|filler| (filler.token, Link::Controlled))
        .collect()
}

/// Whom the verb of `clause` blames, thanks, quotes: the subject of a passive, else the object,
/// unless that is an amount ("fined 500 euros for speeding").
fn whom_it_concerns(document: &Document, clause: &Clause) -> Vec<(TokenId, Link)> {
    if clause.kind != ClauseKind::Passive {
        let is_amount = |token: Token<'_>| {
            token.entity_type() == Some(EntityType::Abstract) && token.child(&["nummod"]).is_some()
        };
        let mut found = acted_on(clause);
        found.retain(|(id, _)| !document.token(*id).is_some_and(is_amount));
        return found;
    }
    let subjects = clause.surface.iter();
    subjects
        .map(|(token, _)| (*token, Link::Controlled))
        .collect()
}

/// Whether the gerund `head` is what the object of the verb above is kept from, charged with,
/// thanked for, or quoted as doing.
fn is_done_by_object(head: Token<'_>, parent: Option<&Clause>) -> bool {
    let verb = parent.and_then(|parent| head.document().token(parent.head));
    let lists = words();
    verb.is_some_and(|verb| {
        let in_list = |list: &WordList| list.contains_key(verb.lemma());
        marks(head).iter().any(|mark| match mark.as_str() {
            "from" => in_list(&lists.prevent_verbs),
            "with" => in_list(&lists.accuse_verbs),
            "of" | "for" => in_list(&lists.accuse_verbs) || in_list(&lists.blame_verbs),
            "on" => in_list(&lists.blame_verbs),
            "as" => in_list(&lists.quoting_verbs),
            _ => false,
        })
    })
}

/// Whether `head` is an imperative that somebody utters: '"Keep the change," she said'.
fn is_command(head: Token<'_>, parent: Option<&Clause>) -> bool {
    let uttered = parent
        .and_then(|parent| head.document().token(parent.head))
        .is_some_and(is_speech);
    uttered && head.xpos() == "VB" && marks(head).is_empty() && !is_finite(head)
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

/// Whom the verb above asks, or trusts, to do what the infinitive `head` says: the rebels of "called
/// on the rebels to leave", "appealed to the rebels to leave".
pub(super) fn asked_of(head: Token<'_>, parent: Option<&Clause>) -> Vec<(TokenId, Link)> {
    let Some(parent) = parent.filter(|_| is_purpose(head)) else {
        return Vec::new();
    };
    let document = head.document();
    let verb = document.token(parent.head).map_or("", Token::lemma);
    let may_act = |filler: &Filler| document.token(filler.token).is_some_and(may_intend);
    parent
        .filling(ClauseRole::Oblique)
        .filter(|filler| is_appeal(verb, &filler.preposition))
        .filter(|filler| filler.token < head.id() && may_act(filler))
        .map(|filler| (filler.token, Link::Controlled))
        .collect()
}

/// Whether who stands behind `preposition` is asked to do something by `verb`: "call on".
pub(super) fn is_appeal(verb: &str, preposition: &str) -> bool {
    let phrase = format!("{verb} {preposition}");
    words().appeals.contains_key(&phrase)
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

/// Whether the bare infinitive or participle `head` is what somebody sees the object before it do.
fn is_perceived(head: Token<'_>, parent: Option<&Clause>) -> bool {
    let has_object = parent.is_some_and(|parent| {
        parent
            .filling(ClauseRole::Object)
            .any(|object| object.token > parent.head && object.token < head.id())
    });
    matches!(head.xpos(), "VB" | "VBG") && marks(head).is_empty() && has_object
}

/// Whether the participle `head` right after the object of the verb above is what somebody notices,
/// or records, the object doing.
fn is_caught(head: Token<'_>, parent: Option<&Clause>) -> bool {
    let object = head.head().and_then(|verb| verb.child(&["obj"]));
    let begins = head.subtree().first().copied();
    let follows = object
        .and_then(|object| object.subtree().last().copied())
        .zip(begins)
        .is_some_and(|(end, begin)| begin.index() == end.index() + 1);
    let notices = head
        .head()
        .is_some_and(|verb| NOTICING.contains(&verb.lemma()));
    let comma = begins
        .and_then(|begin| head.document().token(begin))
        .is_some_and(|first| first.upos() == Upos::Punct);
    head.xpos() == "VBG"
        && notices
        && follows
        && !comma
        && marks(head).is_empty()
        && parent.is_some_and(|parent| parent.kind == ClauseKind::Active)
}

/// Verbs by which somebody notices, shows or records what others do.
const NOTICING: &[&str] = &[
    "catch",
    "depict",
    "describe",
    "film",
    "find",
    "hear",
    "notice",
    "observe",
    "photograph",
    "picture",
    "record",
    "remember",
    "see",
    "show",
    "spot",
    "watch",
    "witness",
];

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
        || is_outcome(head)
        || harms && suffers
        || after;
    head.xpos() == "VBG"
        && follows_comma(head)
        && marks(head).is_empty()
        && head.head().is_some_and(|above| above.id() < head.id())
        && follows
}

/// Whether a comma stands before `participle`, at most an adverb of consequence between: ", thus
/// giving".
fn follows_comma(participle: Token<'_>) -> bool {
    let document = participle.document();
    let before = |token: Token<'_>| {
        let index = token.id().index().checked_sub(1)?;
        document.token(TokenId::from_index(index))
    };
    let is_thus = |word: &Token<'_>| {
        matches!(
            word.lemma(),
            "thus" | "thereby" | "effectively" | "essentially" | "further" | "potentially"
        )
    };
    let mark = before(participle).and_then(|word| {
        if is_thus(&word) {
            before(word)
        } else {
            Some(word)
        }
    });
    mark.is_some_and(|mark| mark.form() == ",")
}

/// Whether the participle `head` says what came of what was told before: it gives somebody something
/// that cannot be touched, or leaves him in a state (`grammar/words/outcome-verbs.txt`).
fn is_outcome(head: Token<'_>) -> bool {
    let objects: Vec<Token<'_>> = head
        .children()
        .filter(|child| matches!(child.relation(), "obj" | "iobj"))
        .collect();
    let untouchable = |token: Token<'_>| {
        matches!(
            token.entity_type(),
            Some(EntityType::Abstract | EntityType::Event | EntityType::Time)
        ) && token.child(&["nummod"]).is_none()
    };
    let in_state = |child: Token<'_>| match child.relation() {
        "xcomp" => true,
        "obl" => match preposition(child).as_str() {
            "without" => true,
            "at" | "in" | "under" => untouchable(child) && !is_time(child),
            "on" => objects.iter().any(|object| untouchable(*object)),
            _ => false,
        },
        _ => false,
    };
    match words().outcome_verbs.get(head.lemma()).map(String::as_str) {
        Some("always") => true,
        Some("gift") => {
            objects.len() > 1 && objects.last().is_some_and(|given| untouchable(*given))
        }
        Some("state") => !objects.is_empty() && head.children().any(in_state),
        Some("thought") => objects
            .iter()
            .any(|object| words().hearsay_nouns.contains_key(object.lemma())),
        Some(_) | None => false,
    }
}

/// Whether "36 of which" stands beside `noun`.
fn has_part_beside(noun: Token<'_>) -> bool {
    noun.children()
        .filter(|child| child.relation() == "appos")
        .flat_map(Token::children)
        .any(|below| below.relation() == "nmod" && is_relative(below))
}
