//! About how many rows each operator gives, for people who read a plan.
//!
//! The guesses are those of a planner without statistics of values: each says what it counts on.

use super::estimate::Estimates;
use super::number::Numbers;
use super::plan::{End, Operator, Plan};
use crate::base::Id;
use crate::query::ast::{ComparisonOperator, Direction, Literal, LogicalOperator};
use crate::query::checked::{Expression, ExpressionKind, Name};
use crate::query::signature::Function;

/// The share of rows that pass a test for equality.
const EQUAL: f64 = 0.1;
/// The share of rows that pass a comparison of size.
const COMPARED: f64 = 0.3;
/// The share of rows that pass any other condition.
const OTHER: f64 = 0.5;
/// The most relationships of a chain that are guessed.
const LONGEST: u64 = 8;

/// About how many rows each operator of `plan` gives in all, by its number; `None` where nothing
/// is known.
pub(crate) fn cardinalities(
    plan: &Plan,
    numbers: &Numbers,
    estimates: &dyn Estimates,
) -> Vec<Option<f64>> {
    let mut counter = Counter {
        plan,
        numbers,
        estimates,
        rows: vec![None; numbers.len()],
    };
    counter.chain(&plan.root, Some(1.0));
    counter.rows
}

struct Counter<'c> {
    plan: &'c Plan,
    numbers: &'c Numbers,
    estimates: &'c dyn Estimates,
    rows: Vec<Option<f64>>,
}

#[expect(
    clippy::cast_precision_loss,
    reason = "these are guesses, and counts are far below 2^52"
)]
fn float(count: usize) -> f64 {
    count as f64
}

/// The constant that an expression is.
fn integer(expression: &Expression) -> Option<f64> {
    if let ExpressionKind::Literal(Literal::Integer(number)) = expression.kind {
        #[expect(clippy::cast_precision_loss, reason = "this is for a guess")]
        let number = number as f64;
        return Some(number);
    }
    None
}

impl Counter<'_> {
    /// Counts the rows of `last` and all before it, started on `given` rows.
    fn chain(&mut self, last: &Operator, given: Option<f64>) -> Option<f64> {
        // From the first operator to the last, without recursion along the inputs.
        let mut chain = vec![last];
        while let Some(input) = chain.last().and_then(|operator| operator.input()) {
            chain.push(input);
        }
        let mut rows = given;
        while let Some(operator) = chain.pop() {
            for expression in operator.expressions() {
                for subquery in expression.subqueries() {
                    if let Some(root) = self.plan.subqueries.get(subquery.index()) {
                        self.chain(root, rows);
                    }
                }
            }
            rows = self.behind(operator, rows);
            if let Some(place) = self.rows.get_mut(self.numbers.number(operator)) {
                *place = rows;
            }
        }
        rows
    }

    /// How many rows `operator` makes of `rows`.
    fn behind(&mut self, operator: &Operator, rows: Option<f64>) -> Option<f64> {
        match operator {
            Operator::Argument
            | Operator::Project { .. }
            | Operator::Distinct { .. }
            | Operator::Sort { .. }
            | Operator::Eager { .. }
            | Operator::Create { .. }
            | Operator::Set { .. }
            | Operator::Delete { .. }
            | Operator::NodeById { .. }
            | Operator::Lookup { .. }
            | Operator::ShortestPath(_)
            | Operator::Ends { .. }
            | Operator::Walk { .. } => rows,
            Operator::Nothing => Some(0.0),
            Operator::AllNodes { .. } => Some(rows? * self.nodes()),
            Operator::NodesByLabel { label, .. } => Some(rows? * self.labelled(label)),
            Operator::NodesByAnyLabel { labels, .. } => {
                let all: f64 = labels.iter().map(|label| self.labelled(label)).sum();
                Some(rows? * all.min(self.nodes()))
            }
            Operator::NodesByProperty { label, key, .. } => {
                let found = float(self.estimates.nodes_per_value(key));
                let most = label.as_ref().map_or(found, |label| self.labelled(label));
                Some(rows? * found.min(most))
            }
            Operator::Expand(expand) => {
                Some(rows? * self.steps(&expand.types, expand.direction, expand.to))
            }
            Operator::ExpandMany(expand) => {
                let most = expand.most.filter(|most| *most <= LONGEST)?;
                let steps = self.steps(&expand.types, expand.direction, End::New(expand.from));
                let lengths = i32::try_from(expand.least).ok()?..=i32::try_from(most).ok()?;
                let found: f64 = lengths.map(|length| steps.powi(length)).sum();
                let share = self.share_of_end(expand.to);
                Some(rows? * found * share)
            }
            Operator::Repeat(repeat) => {
                let found = self.chain(&repeat.pass, Some(1.0));
                let most = repeat.most.filter(|most| *most <= LONGEST)?;
                let times = i32::try_from(repeat.least).ok()?..=i32::try_from(most).ok()?;
                let found: f64 = times
                    .map(|times| found.map(|one| one.powi(times)))
                    .sum::<Option<f64>>()?;
                Some(rows? * found * self.share_of_end(repeat.to))
            }
            Operator::SelectPaths(selection) => self.chain(&selection.find, rows),
            Operator::Filter { condition, .. } => Some(rows? * self.share(condition)),
            Operator::Unwind { list, .. } => Some(rows? * length(list)?),
            Operator::Apply { inner, .. } => self.chain(inner, rows),
            Operator::Perform { inner, .. } => {
                self.chain(inner, rows);
                rows
            }
            Operator::ForEach { list, inner, .. } => {
                let items = length(list).zip(rows).map(|(items, rows)| items * rows);
                self.chain(inner, items);
                rows
            }
            Operator::Optional { inner, .. } => Some(self.chain(inner, rows)?.max(rows?)),
            Operator::Merge { find, .. } => Some(self.chain(find, rows)?.max(rows?)),
            Operator::Aggregate { keys, .. } => keys.is_empty().then_some(1.0),
            Operator::Top { limit, .. } => Some(rows?.min(integer(limit)?)),
            Operator::Limit { count, .. } => match (rows, integer(count)) {
                (Some(rows), Some(most)) => Some(rows.min(most)),
                (_, most) => most,
            },
            Operator::Skip { count, .. } => Some((rows? - integer(count)?).max(0.0)),
            Operator::Union { branches, .. } => {
                let all: Vec<Option<f64>> = branches
                    .iter()
                    .map(|(branch, _)| self.chain(branch, rows))
                    .collect();
                all.into_iter().sum()
            }
            // How long the file is shows only when it is read.
            Operator::LoadCsv { .. } => None,
            Operator::Call { outputs, .. } => rows.filter(|_| outputs.is_empty()),
        }
    }

    fn nodes(&self) -> f64 {
        float(self.estimates.nodes())
    }

    fn labelled(&self, label: &str) -> f64 {
        float(self.estimates.nodes_with_label(label))
    }

    /// How many relationships lead away from a node, on average over all nodes.
    fn steps(&self, types: &[Name], direction: Direction, to: End) -> f64 {
        let relationships: f64 = if types.is_empty() {
            float(self.estimates.relationships())
        } else {
            types
                .iter()
                .map(|name| float(self.estimates.relationships_of_type(name)))
                .sum()
        };
        let ways = match direction {
            Direction::Outgoing | Direction::Incoming => 1.0,
            Direction::Either => 2.0,
        };
        relationships * ways / self.nodes().max(1.0) * self.share_of_end(to)
    }

    /// How many of the chains that lead away end in the node that is asked for.
    fn share_of_end(&self, to: End) -> f64 {
        match to {
            End::New(_) => 1.0,
            End::Bound(_) => 1.0 / self.nodes().max(1.0),
        }
    }

    /// The share of rows for which `condition` is true.
    fn share(&self, condition: &Expression) -> f64 {
        if let ExpressionKind::Logical { operator, operands } = &condition.kind {
            let shares = operands.iter().map(|operand| self.share(operand));
            return match operator {
                LogicalOperator::And => shares.product(),
                LogicalOperator::Or => 1.0 - shares.map(|share| 1.0 - share).product::<f64>(),
                LogicalOperator::Xor => OTHER,
            };
        }
        if let ExpressionKind::HasLabels { labels, .. } = &condition.kind {
            let all = self.nodes().max(1.0);
            return labels
                .iter()
                .map(|label| self.labelled(label) / all)
                .product();
        }
        if let ExpressionKind::Comparison { operator, .. } = &condition.kind {
            return match operator {
                ComparisonOperator::Equal => EQUAL,
                ComparisonOperator::NotEqual => 1.0 - EQUAL,
                ComparisonOperator::Less
                | ComparisonOperator::LessOrEqual
                | ComparisonOperator::Greater
                | ComparisonOperator::GreaterOrEqual => COMPARED,
            };
        }
        OTHER
    }
}

/// How long a list is that is written in the query.
fn length(list: &Expression) -> Option<f64> {
    if let ExpressionKind::List(items) = &list.kind {
        return Some(float(items.len()));
    }
    if let ExpressionKind::Function {
        function: Function::Range,
        arguments,
    } = &list.kind
        && let [first, last] = arguments.as_slice()
    {
        return Some((integer(last)? - integer(first)? + 1.0).max(0.0));
    }
    None
}
