//! One number from the parts: how sure the machine is of a statement.
//!
//! confidence = base of the rule
//!   × 0.95 for each argument found through a relative pronoun or a participle,
//!   × 0.93 for each one shared by coordination,
//!   × 0.8 for each one that is the unsaid subject of an infinitive or participle,
//!   × 0.88 for each one that is a pronoun (it must still be resolved),
//!   × 0.90 if an argument stands more than 15 tokens from the predicate,
//!   × 0.95 in a sentence of more than 40 tokens, where trees are less often right,
//!   × 0.90 in a heading, whose grammar is clipped.
//!
//! The factors are estimates, the same for every document, so that figures compare; bases and
//! factors were lowered where people who read statements found fewer of them right.

use crate::model::Confidence;
use crate::text::{SentenceForm, Token, Upos};

use super::clause::Link;
use super::tree::distance;

/// An argument as far as confidence cares.
pub(crate) struct Part<'d> {
    pub(crate) token: Token<'d>,
    pub(crate) link: Link,
}

/// The confidence of a claim with `base`, made at `anchor` of `parts`.
pub(crate) fn confidence(base: f32, anchor: Token<'_>, parts: &[Part<'_>]) -> Confidence {
    let share = factors(anchor, parts)
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

/// What lowers the confidence of a claim made at `anchor` of `parts`, in order.
pub(crate) fn factors(anchor: Token<'_>, parts: &[Part<'_>]) -> Vec<Factor> {
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
            Link::Controlled => add(0.8, format!("“{word}” is the unsaid subject")),
        }
        if part.token.upos() == Upos::Pron {
            add(0.88, format!("“{word}” is a pronoun"));
        }
        if distance(anchor.id(), part.token.id()) > 15 {
            add(0.9, format!("“{word}” stands far from the predicate"));
        }
    }
    let sentence = anchor.sentence();
    if sentence.token_range().len() > 40 {
        add(0.95, "the sentence is long".to_owned());
    }
    if sentence.form() == SentenceForm::Heading {
        add(0.9, "it is a heading".to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Part, confidence};
    use crate::extract::clause::Link;
    use crate::text::conllu;

    const TREE: &str = "\
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
3\tBergen\tBergen\tPROPN\tNNP\t_\t2\tobj\t_\t_

";

    #[test]
    fn pronouns_and_shared_arguments_lower_the_confidence() {
        let (documents, _) = conllu::read(TREE);
        let tokens: Vec<_> = documents[0].tokens().collect();
        let of = |place: usize, link: Link| {
            let part = Part {
                token: tokens[place],
                link,
            };
            (confidence(0.9, tokens[1], &[part]).share() * 1000.0).round()
        };
        let found = [
            of(2, Link::Own),
            of(2, Link::Shared),
            of(2, Link::Controlled),
            of(0, Link::Own),
        ];
        assert_eq!(
            found.map(|share| format!("{share}")),
            ["900", "837", "720", "792"]
        );
    }
}
