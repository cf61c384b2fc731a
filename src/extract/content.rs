//! Clauses and phrases after a noun or an adjective without which its name says too little or too
//! much: "the need to leave", "those who fled", "men willing to fight".

use crate::text::{Token, Upos};

use super::restriction::narrows;
use super::tree::{is_time, preposition, subtree_without};
use super::words::words;

/// Whether `infinitive` says what a plan, a need, an attempt is, and is short enough for a name.
pub(crate) fn is_content(infinitive: Token<'_>) -> bool {
    let noun = infinitive.head();
    noun.is_some_and(|noun| {
        words().plan_nouns.contains_key(noun.lemma())
            || words().possible_nouns.contains_key(noun.lemma())
    }) && infinitive.id() > noun.map_or(infinitive.id(), Token::id)
        && infinitive
            .children()
            .any(|mark| mark.relation() == "mark" && mark.lemma() == "to")
        && subtree_without(infinitive, &is_beside).len() <= LONGEST_CONTENT
}

/// Whether `clause` is the one that a word needs which means nothing alone ("those who fled", "the
/// first time it met"), or tells among which things a noun is singled out.
pub(crate) fn is_restriction(clause: Token<'_>) -> bool {
    let word = clause.head();
    let general = word.is_some_and(|word| {
        words()
            .general_nouns
            .contains_key(&word.form().to_lowercase())
            && word.id() < clause.id()
            && word.children().all(|child| child.relation() != "nmod:poss")
    });
    let comma = clause
        .children()
        .any(|mark| mark.form() == "," && mark.id() < clause.id());
    let finite = clause.deprel() == "acl:relcl"
        || clause
            .children()
            .any(|mark| mark.relation() == "mark" && mark.lemma() == "that");
    let needed = general && finite || narrows(clause);
    needed
        && !comma
        && clause.subtree().len() <= WIDEST_RESTRICTION
        && subtree_without(clause, &is_beside).len() <= LONGEST_RESTRICTION
}

/// Whether `token` stands in the clause that says what `noun` is.
pub(crate) fn within_content(token: Token<'_>, noun: Token<'_>) -> bool {
    let mut current = token;
    while let Some(above) = current.head() {
        if tells_which(current, noun) || tells_which_ones(current, noun) {
            return true;
        }
        if above == noun {
            return match current.deprel() {
                "acl" => is_content(current) || is_restriction(current),
                "acl:relcl" => is_restriction(current),
                "amod" => current.id() > noun.id() && is_completed(current),
                "xcomp" | "ccomp" | "advcl" => completes_adjective(current),
                _ => false,
            };
        }
        if current.relation() != "acl" && is_beside(current) {
            return false;
        }
        current = above;
    }
    false
}

/// Whether `clause` says which of many `part` is a part of: "covered by the ban" of "one of the
/// nations covered by the ban".
pub(crate) fn tells_which(clause: Token<'_>, part: Token<'_>) -> bool {
    let Some(whole) = clause.head() else {
        return false;
    };
    let many = whole.head() == Some(part)
        && whole.deprel() == "nmod"
        && preposition(whole) == "of"
        && clause.id() > whole.id();
    let comma = clause
        .children()
        .any(|mark| mark.form() == "," && mark.id() < clause.id());
    let told = words()
        .hearsay_nouns
        .contains_key(&part.lemma().to_lowercase());
    let partitive = matches!(part.upos(), Upos::Num | Upos::Det | Upos::Pron)
        && whole.children().any(|child| child.relation() == "det");
    many && !comma
        && (partitive || told && clause.deprel() == "acl" && clause.xpos() == "VBG")
        && subtree_without(clause, &is_beside).len() <= LONGEST_CONTENT
}

/// Whether `clause` tells what is meant by the "those" that completes an adjective after `noun`:
/// "seen in the dam" of "cracks similar to those seen in the dam".
pub(crate) fn tells_which_ones(clause: Token<'_>, noun: Token<'_>) -> bool {
    let ones = clause
        .head()
        .filter(|ones| matches!(ones.form(), "those" | "that" | "one" | "ones"));
    let adjective = ones
        .filter(|ones| ones.relation() == "obl" && ones.id() < clause.id())
        .and_then(Token::head);
    let parted = clause
        .children()
        .any(|mark| mark.form() == "," && mark.id() < clause.id());
    adjective.is_some_and(|adjective| {
        adjective.relation() == "amod"
            && adjective.id() > noun.id()
            && adjective.head() == Some(noun)
            && !parted
            && subtree_without(clause, &is_beside).len() <= LONGEST_RESTRICTION
    })
}

/// Whether `phrase` stands in a clause that tells among which things `noun` is singled out: "with
/// the town" of "the only mayor to make peace with the town".
pub(crate) fn is_inside_narrowing(phrase: Token<'_>, noun: Token<'_>) -> bool {
    let mut current = phrase;
    while let Some(above) = current.head() {
        if above == noun {
            return current.relation() == "acl" && is_restriction(current) && narrows(current);
        }
        if is_beside(current) {
            return false;
        }
        current = above;
    }
    false
}

/// Whether `conjunct` is beside a phrase that tells among which things `noun` is singled out: "the
/// union" of "the first deal between the mayor and the union".
pub(crate) fn is_side_of_narrowing(conjunct: Token<'_>, noun: Token<'_>) -> bool {
    conjunct.head().is_some_and(|phrase| {
        phrase.deprel() == "nmod" && phrase.head() == Some(noun) && narrows(phrase)
    })
}

/// Whether `clause` completes the adjective before it: "committed to working with its partners".
pub(crate) fn completes_adjective(clause: Token<'_>) -> bool {
    let Some(adjective) = clause.head() else {
        return false;
    };
    let mark = clause.children().any(|mark| {
        mark.relation() == "mark"
            && matches!(mark.lemma(), "to" | "that")
            && mark.id() < clause.id()
    });
    adjective.upos() == Upos::Adj
        && clause.id() > adjective.id()
        && mark
        && subtree_without(clause, &is_beside).len() <= LONGEST_CONTENT
}

/// Whether all that hangs on `adjective` like a clause completes it: "willing to fight".
pub(crate) fn is_completed(adjective: Token<'_>) -> bool {
    let mut clauses = adjective
        .children()
        .filter(|child| matches!(child.relation(), "advcl" | "xcomp" | "ccomp" | "conj"))
        .peekable();
    clauses.peek().is_some()
        && clauses.all(|clause| clause.relation() != "conj" && completes_adjective(clause))
}

/// Whether `phrase` completes the adjective before it: "integral to the plan".
pub(crate) fn is_complement_of_adjective(phrase: Token<'_>) -> bool {
    phrase.head().is_some_and(|adjective| {
        adjective.upos() == Upos::Adj
            && phrase.id() > adjective.id()
            && !is_time(phrase)
            && matches!(
                preposition(phrase).as_str(),
                "to" | "of" | "with" | "from" | "for" | "about" | "on"
            )
            && phrase.subtree().len() <= LONGEST_COMPLEMENT
    })
}

/// What completes an adjective with more words is left out of its name.
const LONGEST_COMPLEMENT: usize = 7;

/// What a name does without in the clause that belongs to it.
fn is_beside(token: Token<'_>) -> bool {
    matches!(
        token.relation(),
        "conj" | "cc" | "advcl" | "parataxis" | "appos" | "punct"
    ) || token.deprel() == "acl:relcl" && !is_restriction(token)
        || token.deprel() == "acl" && token.child(&["nsubj"]).is_some()
}

/// An infinitive of more words is no part of a name.
const LONGEST_CONTENT: usize = 12;

/// A clause that says which one is needed more.
const LONGEST_RESTRICTION: usize = 18;

/// What stands beside such a clause counts too, here: clauses within clauses are each asked the same.
const WIDEST_RESTRICTION: usize = 40;
