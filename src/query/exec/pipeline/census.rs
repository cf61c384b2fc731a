//! Counts that the graph keeps: how many nodes bear a label, how many relationships have a type.

use crate::graph::{Direction, PropertyGraph};
use crate::model::{Label, RelType, Value};
use crate::query::ast::Duplicates;
use crate::query::checked::Slot;
use crate::query::logical::End;
use crate::query::physical::{Aggregation, Expression, ExpressionKind, Types};
use crate::query::signature::{Aggregate, Function};

use super::program::{Sink, Step};

/// A question about the whole graph that needs no walk.
#[derive(Debug)]
pub(super) enum Census {
    /// How many nodes there are, or bear a label.
    Nodes(Option<Label>),
    /// How many relationships there are, or have one of some types.
    Relationships(Option<Vec<RelType>>),
    /// How many relationships have each type.
    Types,
}

impl Census {
    /// The question that `steps` and `sink` ask, if it is one.
    pub(super) fn of(steps: &[Step], sink: &Sink) -> Option<Self> {
        let Sink::Aggregate { keys, aggregations } = sink else {
            return None;
        };
        match steps {
            [Step::Scan { node, labels }] => {
                let label = match labels.as_deref() {
                    None => None,
                    Some([label]) => Some(*label),
                    Some(_) => return None,
                };
                let counts = keys.is_empty() && count_only(aggregations, &[*node]);
                counts.then_some(Self::Nodes(label))
            }
            [
                Step::Scan { node, labels: None },
                Step::Expand {
                    hop,
                    relationship,
                    to: End::New(to),
                    ..
                },
            ] if hop.direction != Direction::Both => {
                if !count_only(aggregations, &[*node, *relationship, *to]) {
                    return None;
                }
                match (keys.as_slice(), &hop.types) {
                    ([], Types::Any) => Some(Self::Relationships(None)),
                    ([], Types::Only(types)) => {
                        let mut types = types.clone();
                        types.sort_unstable();
                        types.dedup();
                        Some(Self::Relationships(Some(types)))
                    }
                    ([(_, key)], Types::Any) if is_type_of(key, *relationship) => Some(Self::Types),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The keys of each group, and how many there are in it.
    pub(super) fn answer(&self, graph: &PropertyGraph) -> Vec<(Vec<Value>, Value)> {
        let integer = |count: usize| Value::Integer(i64::try_from(count).unwrap_or(i64::MAX));
        let statistics = graph.statistics();
        match self {
            Self::Nodes(label) => {
                let count = label.map_or_else(
                    || statistics.nodes(),
                    |label| statistics.nodes_with_label(label),
                );
                vec![(Vec::new(), integer(count))]
            }
            Self::Relationships(types) => {
                let count = match types {
                    None => statistics.relationships(),
                    Some(types) => types
                        .iter()
                        .map(|known| statistics.relationships_of_type(*known))
                        .sum(),
                };
                vec![(Vec::new(), integer(count))]
            }
            Self::Types => graph
                .types_in_use()
                .into_iter()
                .map(|(name, count)| (vec![Value::String(name)], integer(count)))
                .collect(),
        }
    }
}

/// Whether all that is asked is the number of rows, or of what is in every row.
fn count_only(aggregations: &[(Slot, Aggregation)], there: &[Slot]) -> bool {
    !aggregations.is_empty()
        && aggregations.iter().all(|(_, aggregation)| match aggregation {
            Aggregation::CountAll => true,
            Aggregation::Of {
                aggregate,
                duplicates,
                argument,
                ..
            } => {
                *aggregate == Aggregate::Count
                    && *duplicates == Duplicates::Keep
                    && matches!(&argument.kind, ExpressionKind::Slot(slot) if there.contains(slot))
            }
        })
}

fn is_type_of(key: &Expression, relationship: Slot) -> bool {
    if let ExpressionKind::Function {
        function: Function::Type,
        arguments,
    } = &key.kind
        && let [argument] = arguments.as_slice()
    {
        return matches!(&argument.kind, ExpressionKind::Slot(slot) if *slot == relationship);
    }
    false
}
