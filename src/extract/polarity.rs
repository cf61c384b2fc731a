//! Whether a clause is denied: "not", "never", "no pilgrims", "failed to", "without".

use crate::base::Id as _;
use crate::model::Polarity;
use crate::text::{Token, TokenId, Upos};

use super::clause::Clause;
use super::tree::marks;
use super::words::words;

/// Whether `token` is a word of negation.
pub(crate) fn is_negation(token: Token<'_>) -> bool {
    // "not only" affirms.
    let next = TokenId::from_index(token.id().index() + 1);
    let followed = token.document().token(next).map_or("", Token::lemma);
    if matches!(followed, "only" | "just" | "merely" | "least") {
        return false;
    }
    matches!(
        token.form().to_lowercase().as_str(),
        "not"
            | "n't"
            | "n’t"
            | "never"
            | "neither"
            | "nor"
            | "cannot"
            | "nowhere"
            | "hardly"
            | "scarcely"
    ) || (token.form().eq_ignore_ascii_case("longer")
        && token
            .children()
            .any(|child| child.form().eq_ignore_ascii_case("no")))
}

fn is_negative_noun(token: Token<'_>) -> bool {
    let is_none = matches!(
        token.lemma().to_lowercase().as_str(),
        "nobody" | "nothing" | "none" | "no-one"
    );
    let hardly = |word: Token<'_>| matches!(word.lemma(), "hardly" | "barely" | "scarcely");
    let hardly_any = token
        .child(&["det"])
        .is_some_and(|any| token.children().chain(any.children()).any(hardly));
    is_none
        || hardly_any
        || token.children().any(|child| {
            matches!(child.relation(), "det" | "cc")
                && matches!(child.form().to_lowercase().as_str(), "no" | "neither")
        })
}

/// The polarity of the clause of `head`; `parent` is the clause above, `conjunct_of` the same when
/// the clause is coordinated with it.
pub(crate) fn of(
    head: Token<'_>,
    conjunct_of: Option<&Clause>,
    parent: Option<&Clause>,
) -> Polarity {
    let mut denied = head.children().any(|child| match child.relation() {
        // "was almost sunk" was not; "is nearly 800" is a number.
        "advmod" => {
            is_negation(child)
                || matches!(child.lemma(), "almost" | "nearly")
                    && child.id() < head.id()
                    && !matches!(head.upos(), Upos::Num | Upos::Sym)
        }
        "cc" => is_negation(child),
        "nsubj" | "obj" => is_negative_noun(child),
        "obl" => is_negative_noun(child) && child.child(&["case"]).is_some(),
        "det" => child.form().eq_ignore_ascii_case("no"),
        _ => false,
    });
    if let Some(parent) = conjunct_of {
        // "did not call or write": the second verb is bare, so the first one's "not" governs it.
        let bare = head.xpos() == "VB" && head.child(&["aux", "mark"]).is_none();
        let alternative = head
            .children()
            .any(|child| child.relation() == "cc" && child.form().eq_ignore_ascii_case("or"));
        if parent.polarity == Polarity::Denied && bare && alternative {
            denied = true;
        }
    }
    let governor = parent.filter(|_| matches!(head.relation(), "xcomp" | "ccomp"));
    if let Some(parent) = governor {
        let verb = head.document().token(parent.head).map_or("", Token::lemma);
        let denies = words().deny_verbs.contains_key(verb);
        let is_governed = head.relation() == "xcomp" || denies;
        if is_governed && (parent.polarity == Polarity::Denied) != denies {
            denied = !denied;
        }
    }
    // "It is not true that they left", "it is false that they left".
    let judged = parent.filter(|_| matches!(head.relation(), "csubj" | "ccomp"));
    if let Some(parent) = judged {
        let adjective = head.document().token(parent.head).map_or("", Token::lemma);
        let affirms = matches!(adjective, "true" | "correct" | "accurate");
        let rejects = matches!(
            adjective,
            "false" | "untrue" | "incorrect" | "inaccurate" | "wrong"
        );
        if affirms && parent.polarity == Polarity::Denied
            || rejects && parent.polarity == Polarity::Affirmed
        {
            denied = true;
        }
    }
    // "prevented rebels from entering".
    let prevented = parent.is_some_and(|parent| {
        let verb = head.document().token(parent.head);
        verb.is_some_and(|verb| words().prevent_verbs.contains_key(verb.lemma()))
            && parent.polarity == Polarity::Affirmed
    });
    if prevented && marks(head).iter().any(|mark| mark == "from") {
        denied = true;
    }
    if marks(head).iter().any(|mark| {
        matches!(
            mark.as_str(),
            "without" | "instead of" | "rather than" | "lest"
        )
    }) {
        denied = true;
    }
    if denied {
        Polarity::Denied
    } else {
        Polarity::Affirmed
    }
}
