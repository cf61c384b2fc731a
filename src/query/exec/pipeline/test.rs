//! Conditions and values over registers.
//!
//! The common forms are compared where they lie: numbers in a column, labels as bits, values in
//! the graph. All others are computed as the row operators do, from a row filled for them; what
//! depends on one node alone is then remembered for that node.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "what pipelines do not know is left to the row operators"
)]

use crate::graph::{Column, NodePlace, NodeSet, ReadView};
use crate::model::{PropertyKey, Value};
use crate::query::ast::{ComparisonOperator, LogicalOperator, UnaryOperator};
use crate::query::checked::Slot;
use crate::query::physical::{Expression, ExpressionKind, Facts};

use super::program::{Kind, Kinds};

/// A condition, laid out for one run.
#[derive(Debug)]
pub(super) enum Test<'p> {
    /// A whole number of a node beside a constant.
    Number {
        slot: Slot,
        column: &'p Column,
        operator: ComparisonOperator,
        constant: i64,
    },
    /// Whole numbers of two nodes beside each other.
    Numbers {
        left: (Slot, &'p Column),
        operator: ComparisonOperator,
        right: (Slot, &'p Column),
    },
    /// Whether a node bears all these labels.
    Labels {
        slot: Slot,
        sets: Vec<Option<&'p NodeSet>>,
    },
    /// Whether two nodes are the same, or are not.
    SameNode { left: Slot, right: Slot, same: bool },
    /// A comparison of values that lie ready.
    Compare {
        operator: ComparisonOperator,
        left: Operand<'p>,
        right: Operand<'p>,
    },
    /// Whether a value is null, or is not.
    Null { operand: Operand<'p>, is: bool },
    /// All, or any, of some tests.
    Several {
        operator: LogicalOperator,
        tests: Vec<Test<'p>>,
    },
    /// A test of one node, remembered.
    Remembered {
        slot: Slot,
        memory: usize,
        test: Box<Test<'p>>,
    },
    /// Any condition, computed from the row.
    Computed(Computed<'p>),
}

/// A value that lies ready.
#[derive(Debug)]
pub(super) enum Operand<'p> {
    Constant(&'p Value),
    NodeProperty(Slot, Option<PropertyKey>),
    RelationshipProperty(Slot, Option<PropertyKey>),
    /// In the row.
    Slot(Slot),
}

/// An expression, and the slots that must be in the row before it is computed.
#[derive(Debug)]
pub(super) struct Computed<'p> {
    pub(super) expression: &'p Expression,
    pub(super) fills: Vec<(Slot, Kind)>,
}

/// Lays expressions out for one run.
pub(super) struct Layout<'p> {
    pub(super) view: ReadView<'p>,
    pub(super) kinds: &'p Kinds,
    /// How many tests are remembered by node.
    pub(super) memories: usize,
    /// How many factors are remembered by node.
    pub(super) factor_memories: usize,
}

impl<'p> Layout<'p> {
    pub(super) fn computed(&self, expression: &'p Expression) -> Computed<'p> {
        let fills = Facts::of(expression)
            .reads
            .into_iter()
            .filter_map(|slot| Some((slot, *self.kinds.get(&slot)?)))
            .filter(|(_, kind)| *kind != Kind::Value)
            .collect();
        Computed { expression, fills }
    }

    /// A condition on a node that may be met many times.
    pub(super) fn test_again(&mut self, expression: &'p Expression) -> Test<'p> {
        let test = self.test(expression);
        let worth = match &test {
            // As quick as the memory.
            Test::Number { .. }
            | Test::Numbers { .. }
            | Test::Labels { .. }
            | Test::SameNode { .. }
            | Test::Remembered { .. } => false,
            Test::Compare { .. } | Test::Null { .. } | Test::Several { .. } | Test::Computed(_) => {
                true
            }
        };
        let mut reads = Facts::of(expression).reads.into_iter();
        match (reads.next(), reads.next()) {
            (Some(slot), None) if worth && self.kinds.get(&slot) == Some(&Kind::Node) => {
                let memory = self.memories;
                self.memories += 1;
                Test::Remembered {
                    slot,
                    memory,
                    test: Box::new(test),
                }
            }
            _ => test,
        }
    }

    pub(super) fn test(&mut self, expression: &'p Expression) -> Test<'p> {
        self.plain_test(expression)
            .unwrap_or_else(|| Test::Computed(self.computed(expression)))
    }

    fn plain_test(&mut self, expression: &'p Expression) -> Option<Test<'p>> {
        match &expression.kind {
            ExpressionKind::HasLabels { of, labels } => {
                let slot = self.node_slot(of)?;
                let sets = labels
                    .iter()
                    .map(|name| name.label.and_then(|label| self.view.labelled(label)))
                    .collect();
                Some(Test::Labels { slot, sets })
            }
            ExpressionKind::Comparison {
                operator,
                left,
                right,
            } => self.comparison(*operator, left, right),
            ExpressionKind::Unary { operator, operand } => {
                let is = match operator {
                    UnaryOperator::IsNull => true,
                    UnaryOperator::IsNotNull => false,
                    _ => return None,
                };
                let operand = self.operand(operand)?;
                Some(Test::Null { operand, is })
            }
            ExpressionKind::Logical { operator, operands } if *operator != LogicalOperator::Xor => {
                let tests = operands
                    .iter()
                    .map(|operand| self.plain_test(operand))
                    .collect::<Option<Vec<_>>>()?;
                Some(Test::Several {
                    operator: *operator,
                    tests,
                })
            }
            _ => None,
        }
    }

    fn comparison(
        &mut self,
        operator: ComparisonOperator,
        left: &'p Expression,
        right: &'p Expression,
    ) -> Option<Test<'p>> {
        if let (Some(left), Some(right)) = (self.node_slot(left), self.node_slot(right)) {
            let same = match operator {
                ComparisonOperator::Equal => true,
                ComparisonOperator::NotEqual => false,
                _ => return None,
            };
            return Some(Test::SameNode { left, right, same });
        }
        let (left, right) = (self.operand(left)?, self.operand(right)?);
        if let (Operand::NodeProperty(slot, Some(key)), Operand::Constant(Value::Integer(constant))) =
            (&left, &right)
            && let Some(column) = self.view.column(*key)
            && matches!(column, Column::Integers { .. })
        {
            return Some(Test::Number {
                slot: *slot,
                column,
                operator,
                constant: *constant,
            });
        }
        if let (Some(left), Some(right)) = (self.numbers(&left), self.numbers(&right)) {
            return Some(Test::Numbers {
                left,
                operator,
                right,
            });
        }
        Some(Test::Compare {
            operator,
            left,
            right,
        })
    }

    /// The column of whole numbers in which an operand lies.
    fn numbers(&self, operand: &Operand<'_>) -> Option<(Slot, &'p Column)> {
        let Operand::NodeProperty(slot, Some(key)) = operand else {
            return None;
        };
        let column = self.view.column(*key)?;
        matches!(column, Column::Integers { .. }).then_some((*slot, column))
    }

    fn node_slot(&self, expression: &Expression) -> Option<Slot> {
        match &expression.kind {
            ExpressionKind::Slot(slot) if self.kinds.get(slot) == Some(&Kind::Node) => Some(*slot),
            _ => None,
        }
    }

    pub(super) fn operand(&self, expression: &'p Expression) -> Option<Operand<'p>> {
        match &expression.kind {
            ExpressionKind::Constant(value) => Some(Operand::Constant(value)),
            ExpressionKind::Slot(slot) if self.kinds.get(slot) == Some(&Kind::Value) => {
                Some(Operand::Slot(*slot))
            }
            ExpressionKind::Property { of, key } => {
                let ExpressionKind::Slot(slot) = &of.kind else {
                    return None;
                };
                match self.kinds.get(slot)? {
                    Kind::Node => Some(Operand::NodeProperty(*slot, key.number)),
                    Kind::Relationship => Some(Operand::RelationshipProperty(*slot, key.number)),
                    Kind::Chain(_) | Kind::Value => None,
                }
            }
            _ => None,
        }
    }
}

/// Whether a whole number fits.
#[inline]
pub(super) fn number_fits(operator: ComparisonOperator, left: i64, right: i64) -> bool {
    match operator {
        ComparisonOperator::Equal => left == right,
        ComparisonOperator::NotEqual => left != right,
        ComparisonOperator::Less => left < right,
        ComparisonOperator::LessOrEqual => left <= right,
        ComparisonOperator::Greater => left > right,
        ComparisonOperator::GreaterOrEqual => left >= right,
    }
}

/// Where a register holds no node or relationship: the slot is null.
pub(super) const NONE: NodePlace = NodePlace::MAX;
