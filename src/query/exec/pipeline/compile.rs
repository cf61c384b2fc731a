//! From a chain of physical operators to a pipeline, where all of them are of the kind that one
//! can run.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "what pipelines do not know is left to the row operators"
)]

use std::collections::BTreeSet;

use crate::base::Id as _;
use crate::query::ast::{Duplicates, LogicalOperator};
use crate::query::checked::Slot;
use crate::query::logical::End;
use crate::query::physical::{
    self, Aggregation, Expansion, Expression, ExpressionKind, Facts, Operator, SortKey,
};
use crate::query::signature::Aggregate;

use super::census::Census;
use super::program::{Hop, Kind, Kinds, Program, Sink, Step, Tally, Want};
use super::reduce::{
    factorize, factorize_from, factorize_without_loops, mark_kept, mark_reach, only_number,
};

/// The pipeline that gives the rows of `step`, which gathers all its rows before it gives
/// one; `None` where a part of it is beyond pipelines or it reads no graph.
pub(super) fn compile(
    step: &physical::Step,
    width: usize,
    subqueries: &[physical::Step],
) -> Option<Program> {
    let (input, sink) = match &step.operator {
        Operator::Aggregate {
            input,
            keys,
            aggregations,
        } => {
            let sink = Sink::Aggregate {
                keys: keys.clone(),
                aggregations: aggregations.clone(),
            };
            (input, sink)
        }
        Operator::Distinct { input, slots } => {
            let keys = slots
                .iter()
                .map(|slot| {
                    let kind = ExpressionKind::Slot(*slot);
                    let span = crate::base::Span::default();
                    (*slot, Expression { kind, span })
                })
                .collect();
            let aggregations = Vec::new();
            (input, Sink::Aggregate { keys, aggregations })
        }
        Operator::Top { input, keys, limit } => {
            let sink = Sink::Top {
                keys: keys.clone(),
                limit: limit.clone(),
            };
            (input, sink)
        }
        _ => return None,
    };
    let mut compiler = Compiler {
        steps: Vec::new(),
        numbers: Vec::new(),
        kinds: Kinds::new(),
        chains: 0,
        width,
        subqueries,
    };
    compiler.chain(input)?;
    let sink = compiler.sink(sink)?;
    let reads = sink_reads(&sink)?;
    let walks = compiler.steps.iter().any(|step| {
        matches!(
            step,
            Step::Scan { .. } | Step::Seek { .. } | Step::Expand { .. } | Step::ExpandMany { .. }
        )
    });
    if !walks || compiler.steps.len() > MOST_STEPS {
        return None;
    }
    let census = Census::of(&compiler.steps, &sink);
    mark_reach(&mut compiler.steps, &sink, &reads);
    mark_kept(&mut compiler.steps, &reads);
    let mut program = Program {
        counted: compiler.steps.len(),
        steps: compiler.steps,
        numbers: compiler.numbers,
        factors: Vec::new(),
        loopless: None,
        number: None,
        census,
        exact: is_exact(&sink),
        sink,
        kinds: compiler.kinds,
        chains: compiler.chains,
        width: compiler.width,
    };
    if program.exact {
        factorize(&mut program, &reads);
        program.loopless = factorize_without_loops(&program, &reads);
        program.number = only_number(&program, &reads);
    }
    Some(program)
}

/// Whether the sink gives the same whatever the order of tuples, and can take one tuple for many
/// equal ones. Sums of floats are found out later.
fn is_exact(sink: &Sink) -> bool {
    let Sink::Aggregate { aggregations, .. } = sink else {
        return false;
    };
    aggregations
        .iter()
        .all(|(_, aggregation)| match aggregation {
            Aggregation::CountAll => true,
            Aggregation::Of {
                aggregate,
                duplicates,
                ..
            } => match aggregate {
                Aggregate::Count | Aggregate::Min | Aggregate::Max => true,
                Aggregate::Sum | Aggregate::Avg => *duplicates == Duplicates::Keep,
                Aggregate::Collect
                | Aggregate::StDev
                | Aggregate::StDevP
                | Aggregate::PercentileCont
                | Aggregate::PercentileDisc => false,
            },
        })
}

/// The slots that the sink reads; `None` if it holds what no pipeline may compute.
fn sink_reads(sink: &Sink) -> Option<BTreeSet<Slot>> {
    let mut reads = BTreeSet::new();
    let mut take = |expression: &Expression| {
        let facts = Facts::of(expression);
        reads.extend(facts.reads);
        (facts.repeatable && !facts.deep).then_some(())
    };
    match sink {
        Sink::Aggregate { keys, aggregations } => {
            for (_, key) in keys {
                take(key)?;
            }
            for (_, aggregation) in aggregations {
                if let Aggregation::Of {
                    argument,
                    parameter,
                    ..
                } = aggregation
                {
                    take(argument)?;
                    if let Some(parameter) = parameter {
                        take(parameter)?;
                    }
                }
            }
        }
        Sink::Top { keys, limit } => {
            for key in keys {
                take(&key.expression)?;
            }
            take(limit)?;
        }
    }
    Some(reads)
}

/// Longer pipelines are left to the row operators: each step calls the next, on the stack of a
/// thread that others share.
const MOST_STEPS: usize = 100;

/// The number of a step whose tuples are not counted.
const UNCOUNTED: usize = usize::MAX;

struct Compiler<'s> {
    steps: Vec<Step>,
    numbers: Vec<usize>,
    kinds: Kinds,
    chains: usize,
    /// How wide a row is, with the slots that were added for subqueries.
    width: usize,
    subqueries: &'s [physical::Step],
}

impl Compiler<'_> {
    fn is_node(&self, slot: Slot) -> Option<()> {
        (self.kinds.get(&slot) == Some(&Kind::Node)).then_some(())
    }

    fn push(&mut self, number: usize, step: Step) {
        self.steps.push(step);
        self.numbers.push(number);
    }

    fn fill(&mut self, slot: Slot, kind: Kind) {
        self.kinds.insert(slot, kind);
    }

    /// The end of a step, which must be a node's slot.
    fn arrive(&mut self, to: End) -> Option<()> {
        match to {
            End::New(slot) => {
                self.fill(slot, Kind::Node);
                Some(())
            }
            End::Bound(slot) => self.is_node(slot),
        }
    }

    fn hop(&self, expansion: &Expansion) -> Option<Hop> {
        self.is_node(expansion.from)?;
        Some(Hop {
            from: expansion.from,
            direction: expansion.direction,
            types: expansion.types.clone(),
        })
    }

    /// Those of `slots` that may hold a relationship that `hop` follows.
    fn distinct(&self, slots: &[Slot], hop: &Hop) -> Vec<Slot> {
        slots
            .iter()
            .copied()
            .filter(|slot| {
                let made = self.steps.iter().find_map(|step| match step {
                    Step::Expand {
                        hop, relationship, ..
                    } if relationship == slot => Some(hop),
                    Step::ExpandMany { hop, chain, .. }
                        if self.kinds.get(slot) == Some(&Kind::Chain(*chain)) =>
                    {
                        Some(hop)
                    }
                    _ => None,
                });
                made.is_none_or(|made| made.overlaps(hop))
            })
            .collect()
    }

    /// Adds the steps of `step` and of all below it.
    fn chain(&mut self, step: &physical::Step) -> Option<()> {
        let number = step.number;
        match &step.operator {
            Operator::Argument => {}
            Operator::AllNodes { input, node } => {
                self.chain(input)?;
                self.fill(*node, Kind::Node);
                self.push(
                    number,
                    Step::Scan {
                        node: *node,
                        labels: None,
                    },
                );
            }
            Operator::NodesByLabel { input, node, label } => {
                self.chain(input)?;
                self.fill(*node, Kind::Node);
                self.push(
                    number,
                    Step::Scan {
                        node: *node,
                        labels: Some(vec![*label]),
                    },
                );
            }
            Operator::NodesByAnyLabel {
                input,
                node,
                labels,
            } => {
                self.chain(input)?;
                self.fill(*node, Kind::Node);
                self.push(
                    number,
                    Step::Scan {
                        node: *node,
                        labels: Some(labels.clone()),
                    },
                );
            }
            Operator::NodesByIndex {
                input,
                node,
                label,
                key,
                value,
            }
            | Operator::NodesByComparison {
                input,
                node,
                label,
                key,
                value,
            } => {
                self.chain(input)?;
                let value = self.expression(value)?;
                self.fill(*node, Kind::Node);
                self.push(
                    number,
                    Step::Seek {
                        node: *node,
                        label: *label,
                        key: *key,
                        value,
                    },
                );
            }
            Operator::NodeById { input, node, id } => {
                self.chain(input)?;
                let id = self.expression(id)?;
                self.fill(*node, Kind::Node);
                self.push(number, Step::NodeById { node: *node, id });
            }
            Operator::Expand {
                input,
                relationship,
                expansion,
            } => {
                self.chain(input)?;
                let hop = self.hop(expansion)?;
                let distinct = self.distinct(&expansion.distinct_from, &hop);
                self.arrive(expansion.to)?;
                self.fill(*relationship, Kind::Relationship);
                self.push(
                    number,
                    Step::Expand {
                        hop,
                        relationship: *relationship,
                        to: expansion.to,
                        distinct,
                        keeps: true,
                    },
                );
            }
            Operator::ExpandMany {
                input,
                border: None,
                relationships,
                reversed,
                expansion,
                least,
                most,
                properties,
            } => {
                self.chain(input)?;
                let hop = self.hop(expansion)?;
                let distinct = self.distinct(&expansion.distinct_from, &hop);
                let properties = match properties {
                    Some(properties) => Some(self.expression(properties)?),
                    None => None,
                };
                self.arrive(expansion.to)?;
                let chain = self.chains;
                self.chains += 1;
                self.fill(*relationships, Kind::Chain(chain));
                self.push(
                    number,
                    Step::ExpandMany {
                        hop,
                        relationships: *relationships,
                        reversed: *reversed,
                        chain,
                        to: expansion.to,
                        least: *least,
                        most: *most,
                        properties,
                        distinct,
                        want: Want::Chains,
                    },
                );
            }
            Operator::Filter { input, condition } => {
                self.chain(input)?;
                let (plain, asking): (Vec<_>, Vec<_>) = conjuncts(condition)
                    .into_iter()
                    .partition(|condition| Facts::of(condition).repeatable);
                // What asks subqueries comes after what does not.
                let counted = [(plain, !asking.is_empty()), (asking, false)];
                for (conditions, goes_on) in counted {
                    let conditions = conditions
                        .iter()
                        .map(|condition| self.expression(condition))
                        .collect::<Option<Vec<_>>>()?;
                    if !conditions.is_empty() {
                        // The rows of the operator are those that pass the last of its conditions.
                        let number = if goes_on { UNCOUNTED } else { number };
                        self.push(number, Step::Filter { conditions });
                    }
                }
            }
            Operator::Project { input, items } => {
                self.chain(input)?;
                let items = items
                    .iter()
                    .map(|(slot, value)| Some((*slot, self.expression(value)?)))
                    .collect::<Option<Vec<_>>>()?;
                // A variable under another name stays what it is.
                let kinds: Vec<(Slot, Kind)> = items
                    .iter()
                    .map(|(slot, value)| (*slot, self.kind_of(value)))
                    .collect();
                if kinds.iter().any(|(_, kind)| matches!(kind, Kind::Chain(_))) {
                    return None;
                }
                for (slot, kind) in kinds {
                    self.fill(slot, kind);
                }
                self.push(number, Step::Project { items });
            }
            Operator::Unwind { input, list, item } => {
                self.chain(input)?;
                let list = self.expression(list)?;
                self.fill(*item, Kind::Value);
                self.push(number, Step::Unwind { list, item: *item });
            }
            Operator::Optional {
                input,
                inner,
                nulls,
            } => {
                self.chain(input)?;
                let begin = self.steps.len();
                // Its rows are those that pass its end.
                self.push(
                    UNCOUNTED,
                    Step::Optional {
                        end: 0,
                        nulls: nulls.clone(),
                    },
                );
                self.chain(inner)?;
                let end = self.steps.len();
                self.push(number, Step::Found { begin });
                if let Some(Step::Optional { end: place, .. }) = self.steps.get_mut(begin) {
                    *place = end;
                }
                for slot in nulls {
                    // A slot that only the inner plan would have filled, and did not.
                    self.kinds.entry(*slot).or_insert(Kind::Value);
                }
            }
            Operator::Nothing
            | Operator::ShortestPath { .. }
            | Operator::Ends { .. }
            | Operator::Walk { .. }
            | Operator::Apply { .. }
            | Operator::Repeat(_)
            | Operator::ExpandMany {
                border: Some(_), ..
            }
            | Operator::SelectPaths(_)
            | Operator::Lookup { .. }
            | Operator::LoadCsv { .. }
            | Operator::Perform { .. }
            | Operator::ForEach { .. }
            | Operator::Aggregate { .. }
            | Operator::Distinct { .. }
            | Operator::Sort { .. }
            | Operator::Top { .. }
            | Operator::Skip { .. }
            | Operator::Limit { .. }
            | Operator::Union { .. }
            | Operator::Eager { .. }
            | Operator::Create { .. }
            | Operator::Merge { .. }
            | Operator::Set { .. }
            | Operator::Delete { .. }
            | Operator::Call { .. } => return None,
        }
        Some(())
    }

    fn kind_of(&self, value: &Expression) -> Kind {
        match &value.kind {
            ExpressionKind::Slot(slot) => self.kinds.get(slot).copied().unwrap_or(Kind::Value),
            _ => Kind::Value,
        }
    }

    /// The sink with its subqueries asked before.
    fn sink(&mut self, sink: Sink) -> Option<Sink> {
        Some(match sink {
            Sink::Aggregate { keys, aggregations } => Sink::Aggregate {
                keys: keys
                    .into_iter()
                    .map(|(slot, key)| Some((slot, self.expression(&key)?)))
                    .collect::<Option<_>>()?,
                aggregations: aggregations
                    .into_iter()
                    .map(|(slot, aggregation)| {
                        let aggregation = match aggregation {
                            Aggregation::CountAll => Aggregation::CountAll,
                            Aggregation::Of {
                                aggregate,
                                duplicates,
                                argument,
                                parameter,
                            } => Aggregation::Of {
                                aggregate,
                                duplicates,
                                argument: self.expression(&argument)?,
                                parameter: match parameter {
                                    Some(share) => Some(self.expression(&share)?),
                                    None => None,
                                },
                            },
                        };
                        Some((slot, aggregation))
                    })
                    .collect::<Option<_>>()?,
            },
            Sink::Top { keys, limit } => Sink::Top {
                keys: keys
                    .into_iter()
                    .map(|key| {
                        Some(SortKey {
                            expression: self.expression(&key.expression)?,
                            direction: key.direction,
                        })
                    })
                    .collect::<Option<_>>()?,
                limit,
            },
        })
    }

    /// The expression with its subqueries asked before, if it may then be computed at any time
    /// and only reads slots that are known.
    fn expression(&mut self, expression: &Expression) -> Option<Expression> {
        let mut expression = expression.clone();
        if !Facts::of(&expression).repeatable {
            self.ask_before(&mut expression)?;
        }
        let facts = Facts::of(&expression);
        let known = facts.reads.iter().all(|slot| self.kinds.contains_key(slot));
        (facts.repeatable && !facts.deep && known).then_some(expression)
    }

    /// Puts slots in the place of subqueries, and adds the steps that fill these slots.
    ///
    /// Only where the expression is sure to be computed: not in the branches of `CASE`, not
    /// behind another operand of `AND`, and not for the items of a list.
    fn ask_before(&mut self, expression: &mut Expression) -> Option<()> {
        let (subquery, form) = match &mut expression.kind {
            ExpressionKind::Exists(subquery) => (*subquery, Tally::Exists),
            ExpressionKind::Count(subquery) => (*subquery, Tally::Count),
            ExpressionKind::Unary { operand, .. } => return self.ask_before(operand),
            ExpressionKind::Binary { left, right, .. }
            | ExpressionKind::Comparison { left, right, .. } => {
                self.ask_before(left)?;
                return self.ask_before(right);
            }
            ExpressionKind::Logical { operands, .. } => {
                for operand in operands {
                    self.ask_before(operand)?;
                }
                return Some(());
            }
            ExpressionKind::Function { arguments, .. } => {
                for argument in arguments {
                    self.ask_before(argument)?;
                }
                return Some(());
            }
            _ => return Some(()),
        };
        let slot = Slot::from_index(self.width);
        self.width += 1;
        self.subquery(self.subqueries.get(subquery.index())?, slot, form)?;
        expression.kind = ExpressionKind::Slot(slot);
        Some(())
    }

    fn subquery(&mut self, subquery: &physical::Step, slot: Slot, form: Tally) -> Option<()> {
        let begin = self.steps.len();
        self.push(UNCOUNTED, Step::Tally { end: 0, slot, form });
        self.chain(subquery)?;
        // What the subquery fills is of no use after it, and so are its numbers.
        let mut inner = Program {
            counted: self.steps.len(),
            steps: std::mem::take(&mut self.steps),
            numbers: Vec::new(),
            factors: Vec::new(),
            loopless: None,
            number: None,
            census: None,
            exact: true,
            sink: Sink::Aggregate {
                keys: Vec::new(),
                aggregations: Vec::new(),
            },
            kinds: Kinds::new(),
            chains: 0,
            width: 0,
        };
        factorize_from(&mut inner, begin + 1, &BTreeSet::new());
        self.steps = inner.steps;
        self.steps.truncate(inner.counted);
        self.numbers.truncate(inner.counted);
        let end = self.steps.len();
        self.push(
            UNCOUNTED,
            Step::Tallied {
                begin,
                factors: inner.factors,
                form,
            },
        );
        if let Some(Step::Tally { end: place, .. }) = self.steps.get_mut(begin) {
            *place = end;
        }
        self.fill(slot, Kind::Value);
        Some(())
    }
}

/// The conditions that must all be true where `condition` is.
fn conjuncts(condition: &Expression) -> Vec<Expression> {
    if let ExpressionKind::Logical {
        operator: LogicalOperator::And,
        operands,
    } = &condition.kind
    {
        operands.iter().flat_map(conjuncts).collect()
    } else {
        vec![condition.clone()]
    }
}
