//! The part of a fact that tells where, when, how long, why or how.

use super::search::Search;
use crate::question::facts::{Fact, NodeForm};
use crate::question::frame::{Adjunct, Wish};
use crate::question::matching::taken;
use crate::question::measure;
use crate::question::reading::{End, Take};
use crate::question::words::PREPOSITIONS;

impl Search<'_> {
    /// The part of `fact` that tells the place, time or measure.
    pub(super) fn adjunct(&self, adjunct: Adjunct, fact: &Fact) -> Option<(Take, f64)> {
        let object = self.facts.thing(fact.object)?;
        let by_object = |label: &str| object.form == NodeForm::Entity && object.label == label;
        match adjunct {
            Adjunct::Place => {
                let preposition = matches!(
                    fact.preposition.as_str(),
                    "in" | "at"
                        | "near"
                        | "on"
                        | "to"
                        | "from"
                        | "inside"
                        | "outside"
                        | "around"
                        | "along"
                        | "into"
                        | "over"
                        | "through"
                        | "across"
                        | "behind"
                        | "off"
                        | "north of"
                        | "between"
                        | "toward"
                        | "towards"
                ) || PREPOSITIONS.contains(&fact.verb.as_str());
                let named = || taken(self.facts, &Wish::What, fact, End::Object);
                if preposition && by_object("Place") {
                    Some((named(), 1.0))
                } else if fact.place.is_some() {
                    Some((Take::Where, 0.98))
                } else if preposition
                    && object.form == NodeForm::Entity
                    && object.label != "Time"
                    && !self.is_named(fact.object)
                {
                    Some((named(), 0.8))
                } else {
                    None
                }
            }
            Adjunct::Time => {
                if fact.when.is_some() {
                    Some((Take::When, 1.0))
                } else if by_object("Time") && !fact.preposition.is_empty() {
                    Some((Take::Object, 0.95))
                } else {
                    None
                }
            }
            Adjunct::Measure => {
                let measure = self.frame.measure.as_deref().unwrap_or_default();
                let when = fact.when.as_deref().unwrap_or_default();
                measure::found(measure, &fact.object_text)
                    .map(|_| (Take::ObjectText, 0.95))
                    .or_else(|| measure::found(measure, when).map(|_| (Take::When, 0.95)))
            }
            Adjunct::Reason => matches!(
                fact.preposition.as_str(),
                "because" | "due" | "over" | "for"
            )
            .then_some((Take::Object, 0.8)),
            Adjunct::Manner => {
                matches!(fact.preposition.as_str(), "by" | "with" | "through" | "via")
                    .then_some((Take::Object, 0.8))
            }
        }
    }
}
