//! Which words are predicates, how their clauses are built, and which words belong to them.

use crate::base::Id as _;
use crate::text::{Sentence, Token, TokenId, Upos};

use super::clause::Clause;
use super::polarity;
use super::rule::ClauseKind;
use super::tree::{first_conjunct, is_clausal};
use super::words::words;

/// Whether the verb of `head` is finite, or has an auxiliary that is.
pub(crate) fn is_finite(head: Token<'_>) -> bool {
    matches!(head.xpos(), "VBD" | "VBZ" | "VBP" | "MD")
        || head.children().any(|child| {
            matches!(child.relation(), "aux" | "cop")
                && matches!(child.xpos(), "VBD" | "VBZ" | "VBP" | "MD")
        })
}

/// Whether "is to" is a plan ("the room is to come under his command"), not an equation ("the goal
/// is to secure the road").
pub(crate) fn is_to_be_done(head: Token<'_>) -> bool {
    let infinitive = head.upos() == Upos::Verb
        && head
            .children()
            .any(|child| child.relation() == "mark" && child.lemma() == "to");
    let subject = head.child(&["nsubj", "nsubj:pass", "nsubj:outer"]);
    infinitive
        && subject.is_some_and(|subject| {
            let whole = subject.child(&["nmod"]).map_or("", Token::lemma);
            ![subject.lemma(), whole]
                .iter()
                .any(|lemma| words().plan_nouns.contains_key(*lemma))
        })
}

pub(crate) fn kind(head: Token<'_>, conjunct_of: Option<&Clause>) -> ClauseKind {
    if head.child(&["cop"]).is_some() && !is_to_be_done(head) {
        return ClauseKind::Copula;
    }
    if head.upos() != Upos::Verb && head.upos() != Upos::Aux {
        return ClauseKind::Copula;
    }
    let has_auxiliary = head.child(&["aux", "aux:pass"]).is_some();
    // "they have mobilized" is active, whatever the label of its subject.
    let perfect = head
        .child(&["aux"])
        .is_some_and(|aux| aux.lemma() == "have" || aux.form().ends_with("'ve"))
        && head.child(&["aux:pass"]).is_none();
    let by_label = head.child(&["aux:pass", "nsubj:pass", "csubj:pass"]);
    let passive = (by_label.is_some() && !perfect)
        || (matches!(head.xpos(), "VBN" | "VBD")
            && !has_auxiliary
            && match head.deprel() {
                "acl" | "amod" | "advcl" => {
                    head.xpos() == "VBN" && head.child(&["nsubj"]).is_none()
                }
                "conj" => {
                    conjunct_of.is_some_and(|parent| parent.kind == ClauseKind::Passive)
                        && head.child(&["nsubj", "obj"]).is_none()
                }
                "acl:relcl" | "xcomp" => head.feature("Voice") == Some("Pass"),
                _ => head.feature("Voice") == Some("Pass") || head.child(&["obl:agent"]).is_some(),
            });
    if passive {
        ClauseKind::Passive
    } else {
        ClauseKind::Active
    }
}

/// The predicates of `sentence`, those above before those below, then in order of the text.
pub(crate) fn predicates(sentence: Sentence<'_>) -> Vec<Token<'_>> {
    let mut found: Vec<(usize, Token<'_>)> = sentence
        .tokens()
        .filter(|token| is_predicate(*token))
        .map(|token| (depth(token), token))
        .collect();
    found.sort_by_key(|(depth, token)| (*depth, token.id()));
    found.into_iter().map(|(_, token)| token).collect()
}

fn depth(token: Token<'_>) -> usize {
    let limit = token.sentence().token_range().len();
    let mut current = token;
    let mut depth = 0;
    while let Some(head) = current.head() {
        depth += 1;
        if depth > limit {
            break;
        }
        current = head;
    }
    depth
}

/// Whether the same verb follows right after, so that this one is a slip.
pub(crate) fn is_repeated(verb: Token<'_>) -> bool {
    let next = TokenId::from_index(verb.id().index() + 1);
    let again = verb.document().token(next);
    again.and_then(repetition_before) == Some(verb)
}

/// The same verb right before `verb`, written twice by mistake.
pub(crate) fn repetition_before(verb: Token<'_>) -> Option<Token<'_>> {
    let index = verb.id().index().checked_sub(1)?;
    let before = verb.document().token(TokenId::from_index(index))?;
    let same = before.upos() == Upos::Verb
        && verb.upos() == Upos::Verb
        && before.form().eq_ignore_ascii_case(verb.form())
        && before.sentence().id() == verb.sentence().id();
    same.then_some(before)
}

pub(crate) fn is_predicate(token: Token<'_>) -> bool {
    if is_repeated(token) {
        return false;
    }
    if matches!(
        token.relation(),
        "aux"
            | "cop"
            | "case"
            | "mark"
            | "fixed"
            | "flat"
            | "compound"
            | "goeswith"
            | "cc"
            | "det"
            | "punct"
            | "reparandum"
            | "discourse"
    ) {
        return false;
    }
    let has = |relations: &[&str]| {
        token
            .children()
            .any(|child| relations.contains(&child.relation()))
    };
    if has(&["cop", "nsubj", "csubj"]) {
        return true;
    }
    let is_verb = token.upos() == Upos::Verb;
    if !is_verb {
        return token.upos() == Upos::Aux
            && matches!(
                token.relation(),
                "root" | "conj" | "ccomp" | "advcl" | "acl" | "parataxis"
            );
    }
    match token.deprel() {
        "amod" => has(&["obl", "obj"]) && token.xpos() == "VBN",
        "nsubj" | "nsubj:pass" | "obj" | "obl" | "nmod" | "appos" | "iobj" | "obl:agent" => {
            has(&["obj", "ccomp", "xcomp", "aux"])
        }
        "conj" => {
            let first = first_conjunct(token);
            first == token || is_predicate(first) || is_clausal(token)
        }
        _ => true,
    }
}

/// The words of the predicate, in order.
pub(crate) fn predicate_tokens(
    head: Token<'_>,
    kind: ClauseKind,
    particle: Option<TokenId>,
    parent: Option<&Clause>,
) -> Vec<TokenId> {
    let mut tokens: Vec<TokenId> = head
        .children()
        .filter(|child| {
            matches!(child.relation(), "aux" | "cop")
                || child.deprel() == "compound:prt"
                || (child.relation() == "advmod" && polarity::is_negation(*child))
        })
        .map(Token::id)
        .collect();
    tokens.extend(particle);
    if kind != ClauseKind::Copula {
        tokens.push(head.id());
    }
    if head.relation() == "xcomp" {
        tokens.extend(
            parent
                .into_iter()
                .flat_map(|parent| parent.predicate.clone()),
        );
        let to = head
            .children()
            .filter(|child| child.relation() == "mark" && child.lemma() == "to");
        tokens.extend(to.map(Token::id));
    }
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}
