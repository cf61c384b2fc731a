//! One number from the parts: how sure the machine is of a statement.
//!
//! confidence = base of the rule × what lowers it: an argument that is a pronoun, is found through
//! the structure, or stands far off; a subject that is unsaid or has no name; an object that is a
//! clause or a property; a statement that is denied, not asserted, or somebody's word; a long
//! sentence; a heading. [`factors`] has the shares.
//!
//! The shares follow a logistic regression on 460 statements from news and reports that readers
//! judged right or wrong (72 % were right), turned into ratios at that level. How sure a rule is by
//! itself said little beside them, so the bases of our rules lie close together. All is the same
//! for every document, so that figures compare.

use crate::model::{Confidence, Modality, Polarity};
use crate::text::{SentenceForm, Token, Upos};

use super::clause::Link;
use super::statement::{ArgumentForm, Statement};
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
    for part in parts {
        let word = part.token.text();
        match part.link {
            Link::Own => {}
            Link::Relative => add(
                0.95,
                format!("“{word}” is found through a relative pronoun or a participle"),
            ),
            Link::Shared => add(0.93, format!("“{word}” is shared by coordination")),
            Link::Controlled => add(0.85, format!("“{word}” is the unsaid subject")),
        }
        if part.token.upos() == Upos::Pron {
            // One person is found more often than a thing or a group.
            let share = match (part.is_subject, part.token.lemma()) {
                (true, "he" | "she") | (false, _) => 0.95,
                (true, _) => 0.8,
            };
            add(share, format!("“{word}” is a pronoun"));
        }
        if distance(anchor.id(), part.token.id()) > 15 {
            add(0.9, format!("“{word}” stands far from the predicate"));
        }
    }
    let document = anchor.document();
    match &statement.subject {
        None => add(0.86, "the subject is unsaid".to_owned()),
        Some(subject) => {
            let mut words = subject.core.iter().filter_map(|id| document.token(*id));
            if words.all(|word| !matches!(word.upos(), Upos::Propn | Upos::Pron)) {
                add(0.9, "the subject has no name".to_owned());
            }
        }
    }
    let value = statement.object.as_ref().is_some_and(|object| {
        matches!(object.form, ArgumentForm::Clause | ArgumentForm::Attribute)
    });
    if value {
        add(0.9, "the object is no thing".to_owned());
    }
    if statement.polarity == Polarity::Denied {
        add(0.93, "it is denied".to_owned());
    }
    if statement.modality != Modality::Asserted {
        add(0.9, "it is not asserted".to_owned());
    }
    if statement.attribution.is_some() {
        add(0.9, "it is somebody's word".to_owned());
    }
    let sentence = anchor.sentence();
    if sentence.token_range().len() > LONG_SENTENCE {
        add(0.83, "the sentence is long".to_owned());
    }
    if sentence.form() == SentenceForm::Heading {
        add(0.9, "it is a heading".to_owned());
    }
    found
}

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
