//! Which clauses hold only under a condition that the sentence names: "will strike if the company
//! cuts wages", "unless the owner pays", "only when the troops leave".

use crate::base::Id as _;
use crate::text::{Token, TokenId, Upos};

use super::attribution::is_speech;
use super::modality::is_past;
use super::predicate::is_finite;
use super::tree::{first_conjunct, marks};
use super::words::words;

/// Whether what the clause of `head` tells holds only under a condition.
pub(crate) fn is_conditional(head: Token<'_>) -> bool {
    has_condition(head) || stands_in_condition(head) || shares_condition(head)
}

/// Whether a condition hangs on the clause of `head`, or on the verb above whose complement it is:
/// who says or plans under a condition says or plans all the same.
fn has_condition(head: Token<'_>) -> bool {
    let own = !passes_on(head) && conditions(head).next().is_some();
    let from_above = matches!(head.relation(), "ccomp" | "xcomp")
        && !is_past(head)
        && head
            .head()
            .is_some_and(|verb| passes_on(verb) && conditions(verb).next().is_some());
    own || from_above
}

/// Whether what hangs on `verb` holds of its complement: "plans to leave if the rent rises".
fn passes_on(verb: Token<'_>) -> bool {
    let governs = is_speech(verb) || words().plan_verbs.contains_key(verb.lemma());
    governs && verb.child(&["ccomp", "xcomp"]).is_some()
}

/// Whether `head` is the complement of what a condition itself says: "if Oslo wants to read them";
/// or what "only when" opens about the present.
fn stands_in_condition(head: Token<'_>) -> bool {
    if is_only_when(head) {
        return true;
    }
    let mut current = head;
    while matches!(current.relation(), "ccomp" | "xcomp")
        && let Some(above) = current.head()
    {
        current = above;
    }
    current != head && current.relation() == "advcl" && opens_with_if(current)
}

/// Whether the first of the verbs side by side has a condition that holds of the later one `head`,
/// too: "If he wins, he will retire and sell the boat".
fn shares_condition(head: Token<'_>) -> bool {
    let first = first_conjunct(head);
    if first == head || is_past(head) {
        return false;
    }
    let around = |condition: Token<'_>| condition.id() < first.id() || condition.id() > head.id();
    !passes_on(first) && conditions(first).any(around)
}

/// The conditions that hang on `verb`.
fn conditions(verb: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    verb.children()
        .filter(move |clause| clause.relation() == "advcl" && is_condition_of(*clause, verb))
}

/// Whether `clause` says under which condition `verb` holds. What happened did so whatever is still
/// to come: of "announced plans to close if sales fall" it is the plans that depend on it.
fn is_condition_of(clause: Token<'_>, verb: Token<'_>) -> bool {
    if is_only_when(clause) {
        return true;
    }
    if !opens_with_if(clause) || !has_verb(clause) {
        return false;
    }
    let Some(word) = opening_word(clause) else {
        return false;
    };
    let before = word_beside(word, Side::Before);
    let after = word_beside(word, Side::After);
    // "even if it rains", "if only because he can".
    if before.is_some_and(|word| is_form(word, "even"))
        || after.is_some_and(|word| is_form(word, "only"))
    {
        return false;
    }
    // "asked if they left" is a question.
    if ASKING.contains(&verb.lemma()) && clause.id() > verb.id() && verb.child(&["obj"]).is_none() {
        return false;
    }
    let strict = !is_form(word, "if") || before.is_some_and(|word| is_form(word, "only"));
    strict || !is_past(verb) || is_past(clause) || !is_finite(clause)
}

/// Whether "if" or the like opens `clause`, and not "as if".
fn opens_with_if(clause: Token<'_>) -> bool {
    let opening = marks(clause);
    let compares = opening.iter().any(|mark| mark.starts_with("as"));
    !compares
        && opening
            .iter()
            .any(|mark| CONDITIONS.contains(&mark.as_str()))
}

/// The word that opens the condition `clause`.
fn opening_word(clause: Token<'_>) -> Option<Token<'_>> {
    clause.children().find(|child| {
        let form = child.form().to_lowercase();
        child.relation() == "mark"
            && CONDITIONS
                .iter()
                .any(|words| words.split(' ').next() == Some(form.as_str()))
    })
}

/// Whether "only when" opens `clause`, which is told of the present or of what is to come.
fn is_only_when(clause: Token<'_>) -> bool {
    let only = |when: Token<'_>| {
        when.form().eq_ignore_ascii_case("when")
            && word_beside(when, Side::Before).is_some_and(|word| is_form(word, "only"))
    };
    clause.relation() == "advcl"
        && is_finite(clause)
        && !is_past(clause)
        && clause.children().any(only)
}

/// Whether `clause` has a verb of its own: not "if necessary", "if any", "if needed".
fn has_verb(clause: Token<'_>) -> bool {
    let told = clause.child(&["nsubj", "nsubj:pass", "cop"]).is_some();
    let bare = matches!(clause.lemma(), "need" | "require");
    told || matches!(clause.upos(), Upos::Verb | Upos::Aux) && !bare
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// The word next to `word` on one side.
fn word_beside(word: Token<'_>, side: Side) -> Option<Token<'_>> {
    let index = match side {
        Side::Before => word.id().index().checked_sub(1)?,
        Side::After => word.id().index() + 1,
    };
    word.document()
        .token(TokenId::from_index(index))
        .filter(|beside| beside.sentence().id() == word.sentence().id())
}

fn is_form(word: Token<'_>, form: &str) -> bool {
    word.form().eq_ignore_ascii_case(form)
}

/// What opens a condition.
pub(super) const CONDITIONS: &[&str] = &[
    "if",
    "only if",
    "unless",
    "provided",
    "provided that",
    "providing",
    "providing that",
];

/// Verbs after which "if" opens a question.
const ASKING: &[&str] = &[
    "ask",
    "check",
    "decide",
    "determine",
    "doubt",
    "examine",
    "inquire",
    "investigate",
    "know",
    "question",
    "see",
    "test",
    "wonder",
];
