//! One number from the parts: how sure the machine is of a statement.
//!
//! confidence = base of the rule × what lowers it: a place in the tree of which the parser is not
//! sure; an argument that is a pronoun, is found through the structure, or stands far off; a subject
//! that is unsaid or has no name; a statement that is denied, not asserted, or somebody's word; a
//! long sentence. [`factors`] has the shares. Resolution lowers it once more where an end is called
//! otherwise than the text calls it (`CALLED_OTHERWISE` there).
//!
//! The shares follow a logistic regression on 1,461 statements from news and reports that readers
//! judged right or wrong (85 % were right), turned into ratios at that level. How sure a rule is by
//! itself said little beside them, so the bases of our rules lie close together. All is the same
//! for every document, so that figures compare.

use crate::model::{Confidence, Modality, Polarity};
use crate::text::{Token, Upos};

use super::clause::Link;
use super::statement::Statement;
use super::tree::distance;

/// An argument as far as confidence cares.
pub(crate) struct Part<'d> {
    pub(crate) token: Token<'d>,
    pub(crate) link: Link,
    /// Whether it is the subject, whose pronoun is harder to resolve than an object's.
    pub(crate) is_subject: bool,
}

/// The confidence of a claim with `base` that `factors` lower.
pub(crate) fn confidence(base: f32, factors: &[Factor]) -> Confidence {
    let share = factors
        .iter()
        .fold(base, |share, factor| share * factor.share);
    Confidence::clamped((share * 1000.0).round() / 1000.0)
}

/// One thing that lowers a confidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// What the confidence is multiplied by.
    pub share: f32,
    /// Why.
    pub reason: String,
}

/// What lowers the confidence of `statement`, made at `anchor` of `parts`, in order.
pub(crate) fn factors(anchor: Token<'_>, parts: &[Part<'_>], statement: &Statement) -> Vec<Factor> {
    let mut found = Vec::new();
    let mut add = |share: f32, reason: String| found.push(Factor { share, reason });
    let least = least_sure(anchor, parts);
    if least < UNSURE {
        add(
            0.89,
            "the parser is not sure how the words hang together".to_owned(),
        );
    } else if least < SURE {
        add(
            0.94,
            "the parser is not quite sure how the words hang together".to_owned(),
        );
    }
    if least_sure_within(statement, anchor) < UNSURE {
        add(
            0.905,
            "the parser is not sure which words belong to an end".to_owned(),
        );
    }
    for part in parts {
        let word = part.token.text();
        match part.link {
            Link::Own => {}
            Link::Relative => add(
                0.965,
                format!("“{word}” is found through a relative pronoun or a participle"),
            ),
            Link::Shared => add(0.955, format!("“{word}” is shared by coordination")),
            Link::Controlled => add(0.98, format!("“{word}” is the unsaid subject")),
        }
        if part.token.upos() == Upos::Pron {
            // One person is found more often than a thing or a group.
            let share = match (part.is_subject, part.token.lemma()) {
                (true, "he" | "she") | (false, _) => 0.975,
                (true, _) => 0.93,
            };
            add(share, format!("“{word}” is a pronoun"));
        }
        if distance(anchor.id(), part.token.id()) > 15 {
            add(0.98, format!("“{word}” stands far from the predicate"));
        }
    }
    let document = anchor.document();
    match &statement.subject {
        None => add(0.95, "the subject is unsaid".to_owned()),
        Some(subject) => {
            let mut words = subject.core.iter().filter_map(|id| document.token(*id));
            if words.all(|word| !matches!(word.upos(), Upos::Propn | Upos::Pron)) {
                add(0.94, "the subject has no name".to_owned());
            }
        }
    }
    if statement.polarity == Polarity::Denied {
        add(0.97, "it is denied".to_owned());
    }
    if statement.modality != Modality::Asserted {
        add(0.93, "it is not asserted".to_owned());
    }
    if statement.attribution.is_some() {
        add(0.955, "it is somebody's word".to_owned());
    }
    if anchor.sentence().token_range().len() > LONG_SENTENCE {
        add(0.97, "the sentence is long".to_owned());
    }
    found
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

/// The same of the arcs within the names of both ends.
fn least_sure_within(statement: &Statement, anchor: Token<'_>) -> f32 {
    let ends = [&statement.subject, &statement.object]
        .into_iter()
        .flatten();
    ends.flat_map(|end| end.core.iter().filter(|id| **id != end.head))
        .filter_map(|id| anchor.document().token(*id))
        .map(|token| token.sureness().nats())
        .fold(f32::INFINITY, f32::min)
}

/// Below so many nats the parser nearly chose otherwise.
const UNSURE: f32 = 1.0;
/// From so many nats on it is nearly always right.
const SURE: f32 = 6.0;

/// A sentence of more tokens is long: its tree is less often right.
const LONG_SENTENCE: usize = 28;

#[cfg(test)]
mod tests {
    use super::{Factor, confidence};

    #[test]
    fn each_factor_lowers_the_base() {
        let factor = |share| Factor {
            share,
            reason: String::new(),
        };
        let share = |factors: &[Factor]| (confidence(0.9, factors).share() * 1000.0).round();
        let found = [
            share(&[]),
            share(&[factor(0.93)]),
            share(&[factor(0.5), factor(0.5)]),
        ];
        assert_eq!(found.map(|share| format!("{share}")), ["900", "837", "225"]);
    }
}
