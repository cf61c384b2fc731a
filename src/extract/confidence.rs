//! One number from the parts: how sure the machine is of a statement.
//!
//! The rule gives the base; each [`Factor`] changes its odds: how sure the parser is of the place in
//! the tree, what sort of clause it is, what stands between the predicate and its ends, who is
//! spoken of. Resolution changes them once more by what the ends are found to mean (`confidence`
//! there). A factor is one of what it says of ten: odds of 9 to 1, halved, are 9 to 2.
//!
//! The odds are those of a logistic regression on statements from news and reports that readers
//! judged right or wrong (see `tests/quality/judge`), found by taking in one after the other what
//! told most of documents left out. All is the same for every document, so that figures compare.

use crate::base::Id as _;
use crate::model::{Confidence, Modality};
use crate::text::{Token, TokenId, Upos};

use super::statement::{Argument, ArgumentForm, Statement};
use super::tree::distance;

/// An argument as far as confidence cares.
pub(crate) struct Part<'d> {
    pub(crate) token: Token<'d>,
    /// Whether it is the subject.
    pub(crate) is_subject: bool,
}

/// One thing that changes a confidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// What the odds are multiplied by.
    pub odds: f32,
    /// Why.
    pub reason: String,
}

impl Factor {
    /// A factor of `odds` for the `reason`.
    pub(crate) fn new(odds: f32, reason: &str) -> Self {
        Self {
            odds,
            reason: reason.to_owned(),
        }
    }
}

/// The confidence of a claim with `base` that `factors` change.
pub(crate) fn confidence(base: f32, factors: &[Factor]) -> Confidence {
    changed(Confidence::clamped(base), factors)
}

/// `confidence` after its odds are multiplied by those of `factors`; three digits are kept.
pub fn changed(confidence: Confidence, factors: &[Factor]) -> Confidence {
    let share = confidence.share();
    let for_it = factors
        .iter()
        .fold(share, |share, factor| share * factor.odds);
    let sum = for_it + 1.0 - share;
    Confidence::clamped((for_it / sum * 1000.0).round() / 1000.0)
}

/// What changes the confidence of `statement`, made at `anchor` of `parts`, in order.
pub(crate) fn factors(anchor: Token<'_>, parts: &[Part<'_>], statement: &Statement) -> Vec<Factor> {
    let mut found = Vec::new();
    of_the_parser(&mut found, anchor, parts);
    of_the_clause(&mut found, anchor, statement);
    if let Some(subject) = &statement.subject {
        let far = parts
            .iter()
            .any(|part| part.is_subject && distance(anchor.id(), part.token.id()) > FAR);
        add(
            &mut found,
            far,
            0.74,
            "the subject stands far from the predicate",
        );
        of_the_subject(&mut found, anchor, subject);
    }
    if let Some(object) = &statement.object {
        of_the_object(&mut found, anchor, object);
    }
    found
}

fn add(found: &mut Vec<Factor>, holds: bool, odds: f32, reason: &str) {
    if holds {
        found.push(Factor::new(odds, reason));
    }
}

/// How sure the parser is: of what ties the ends to the predicate, of the predicate's own place, of
/// what else hangs on it, of the sentence as a whole.
fn of_the_parser(found: &mut Vec<Factor>, anchor: Token<'_>, parts: &[Part<'_>]) {
    let between = least_sure(anchor, parts);
    if between < 2.0 {
        found.push(Factor::new(
            0.52,
            "the parser is not sure how the words hang together",
        ));
    } else if between < 4.0 {
        found.push(Factor::new(
            0.74,
            "the parser is not quite sure how the words hang together",
        ));
    }
    let own = anchor.sureness().nats();
    add(
        found,
        own < 6.0,
        0.72,
        "the parser is not sure where the predicate belongs",
    );
    let below = anchor
        .children()
        .filter(|child| child.upos() != Upos::Punct)
        .map(|child| child.sureness().nats())
        .fold(f32::INFINITY, f32::min);
    if below < 1.0 {
        found.push(Factor::new(
            0.62,
            "the parser is not sure what else belongs to the predicate",
        ));
    } else if below < 4.0 {
        found.push(Factor::new(
            0.88,
            "the parser is not quite sure what else belongs to the predicate",
        ));
    }
    add(
        found,
        mean_sureness(anchor) < 9.0,
        0.69,
        "the sentence is hard to read",
    );
}

fn of_the_clause(found: &mut Vec<Factor>, anchor: Token<'_>, statement: &Statement) {
    let mut above = std::iter::successors(Some(anchor), |token| token.head());
    let inner = above.any(|token| {
        matches!(
            token.relation(),
            "ccomp" | "advcl" | "acl" | "xcomp" | "parataxis" | "csubj"
        )
    });
    add(found, inner, 0.63, "it stands in a clause within another");
    add(
        found,
        anchor.child(&["cop"]).is_some(),
        0.61,
        "it says what something is",
    );
    add(
        found,
        anchor.deprel() == "conj",
        0.8,
        "the predicate is the second of two",
    );
    add(
        found,
        anchor.deprel() == "appos",
        0.51,
        "it is said of what stands beside a name",
    );
    let conditional = statement.modality == Modality::Conditional;
    add(found, conditional, 0.54, "it holds on a condition");
    let words = anchor.sentence().token_range().len();
    add(
        found,
        words <= SHORT_SENTENCE,
        0.61,
        "the sentence is short: maybe a heading",
    );
}

fn of_the_subject(found: &mut Vec<Factor>, anchor: Token<'_>, subject: &Argument) {
    let document = anchor.document();
    let Some(head) = document.token(subject.head) else {
        return;
    };
    let name = subject
        .core
        .iter()
        .filter_map(|id| document.token(*id))
        .any(|word| word.upos() == Upos::Propn);
    add(found, name, 1.49, "the subject has a name");
    add(
        found,
        subject.full.len() > 1,
        1.81,
        "the subject has several words",
    );
    let pronoun = matches!(head.upos(), Upos::Pron | Upos::Det);
    add(
        found,
        pronoun && head.lemma() == "they",
        0.48,
        "the subject is “they”",
    );
    add(
        found,
        pronoun && head.lemma() == "it",
        0.7,
        "the subject is “it”",
    );
    let recipient = head.deprel() == "iobj";
    add(
        found,
        recipient,
        0.56,
        "the subject is who is told or given something",
    );
    let set_off = between(anchor, head)
        .any(|word| matches!(word.text(), "," | ";" | ":" | "-" | "–" | "—" | "("));
    add(found, set_off, 1.35, "commas part subject and predicate");
}

fn of_the_object(found: &mut Vec<Factor>, anchor: Token<'_>, object: &Argument) {
    let Some(head) = anchor.document().token(object.head) else {
        return;
    };
    let joined = between(anchor, head).any(|word| matches!(word.text(), "and" | "or" | "but"));
    add(
        found,
        joined,
        0.56,
        "an “and” stands between predicate and object",
    );
    let amount = object.form == ArgumentForm::Amount;
    add(found, amount, 0.59, "the object is an amount");
    add(
        found,
        head.deprel() == "xcomp",
        0.69,
        "the object is what somebody does",
    );
}

/// The words strictly between two tokens of a sentence.
fn between<'d>(one: Token<'d>, other: Token<'d>) -> impl Iterator<Item = Token<'d>> {
    let (first, last) = (one.id().min(other.id()), one.id().max(other.id()));
    (first.index() + 1..last.index())
        .filter_map(move |index| one.document().token(TokenId::from_index(index)))
}

/// By how many nats on average the parser preferred the arcs of the words around `token`; each
/// counts for at most [`CERTAIN`].
fn mean_sureness(token: Token<'_>) -> f32 {
    let words = token
        .sentence()
        .tokens()
        .filter(|word| word.upos() != Upos::Punct);
    let (sum, count) = words.fold((0.0, 0.0), |(sum, count), word| {
        let nats = word.sureness().nats();
        let nats = if nats.is_finite() {
            nats.min(CERTAIN)
        } else {
            CERTAIN
        };
        (sum + nats, count + 1.0)
    });
    sum / f32::max(count, 1.0)
}

/// By how many nats the parser preferred the least sure arc between `anchor` and the `parts`, and
/// that of `anchor` itself where it is less than [`UNSURE`].
fn least_sure(anchor: Token<'_>, parts: &[Part<'_>]) -> f32 {
    let own = Some(anchor.sureness().nats()).filter(|nats| *nats < UNSURE);
    let between = parts
        .iter()
        .flat_map(|part| tied(anchor, part.token))
        .map(|token| token.sureness().nats());
    own.into_iter().chain(between).fold(f32::INFINITY, f32::min)
}

/// The tokens whose arcs tie `one` and `other` together: from each up to what is above both.
fn tied<'d>(one: Token<'d>, other: Token<'d>) -> Vec<Token<'d>> {
    let up = |token: Token<'d>| std::iter::successors(Some(token), |token| token.head());
    let above: Vec<Token<'d>> = up(one).collect();
    let met = up(other).find(|token| above.contains(token));
    let side = |token: Token<'d>| up(token).take_while(|token| Some(*token) != met).collect();
    let (mut path, rest): (Vec<Token<'d>>, Vec<Token<'d>>) = (side(other), side(one));
    path.extend(rest);
    path
}

/// Below so many nats the parser nearly chose otherwise.
const UNSURE: f32 = 1.0;
/// More nats say no more.
const CERTAIN: f32 = 20.0;
/// A subject more words away is far.
const FAR: usize = 3;
/// A sentence of at most so many tokens is short.
const SHORT_SENTENCE: usize = 12;

#[cfg(test)]
mod tests {
    use super::{Factor, confidence};

    #[test]
    fn each_factor_changes_the_odds_of_the_base() {
        let factor = |odds| Factor::new(odds, "");
        let share = |factors: &[Factor]| (confidence(0.9, factors).share() * 1000.0).round();
        let found = [
            share(&[]),
            share(&[factor(0.5)]),
            share(&[factor(0.5), factor(2.0)]),
            share(&[factor(2.0)]),
        ];
        assert_eq!(
            found.map(|share| format!("{share}")),
            ["900", "818", "900", "947"]
        );
    }
}
