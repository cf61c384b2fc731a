//! A program laid out on one view of a graph: names of lists replaced by the lists themselves.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "what pipelines do not know is left to the row operators"
)]

use std::borrow::Cow;

use crate::graph::{Adjacency, Column, Direction, NodePlace, NodeSet, ReadView, Side};
use crate::model::{Label, PropertyKey, RelType};
use crate::query::ast::{Duplicates, SortDirection};
use crate::query::checked::Slot;
use crate::query::logical::End;
use crate::query::physical::{Aggregation, Expression, ExpressionKind, Facts, Types};
use crate::query::signature::{Aggregate, Function};

use super::program::{Factor, Hop, Kind, Program, Sink, Step, Tally, Used, Want};
use super::test::{Computed, Layout, Operand, Test};

/// A program that can be run.
#[derive(Debug)]
pub(super) struct Laid<'p> {
    pub(super) program: &'p Program,
    pub(super) view: ReadView<'p>,
    pub(super) steps: Vec<LaidStep<'p>>,
    /// How many of the steps are walked.
    pub(super) walked: usize,
    pub(super) factors: Vec<LaidFactor<'p>>,
    pub(super) sink: LaidSink<'p>,
    pub(super) memories: usize,
    pub(super) factor_memories: usize,
}

#[derive(Debug)]
pub(super) enum LaidStep<'p> {
    Scan {
        node: Slot,
        list: Cow<'p, [NodePlace]>,
        /// Conditions on these nodes alone, where the scan is done for many tuples: they are
        /// tested once.
        own: Vec<Test<'p>>,
        /// The conditions of the step after it, if that is one of conditions.
        tests: Option<Vec<Test<'p>>>,
    },
    Seek {
        node: Slot,
        /// Those that come into question; all where it is not said.
        among: Option<Among<'p>>,
        key: PropertyKey,
        value: Computed<'p>,
    },
    NodeById {
        node: Slot,
        id: Computed<'p>,
    },
    Expand {
        hop: LaidHop<'p>,
        relationship: Option<Slot>,
        to: End,
        distinct: Vec<(Slot, Kind)>,
        /// The conditions of the step after it, if that is one of conditions.
        tests: Option<Vec<Test<'p>>>,
    },
    ExpandMany {
        hop: LaidHop<'p>,
        chain: usize,
        reversed: bool,
        to: End,
        least: usize,
        most: usize,
        properties: Option<Computed<'p>>,
        distinct: Vec<(Slot, Kind)>,
        want: Want,
    },
    /// The number of chains, all of them to be one tuple.
    CountMany {
        hop: LaidHop<'p>,
        least: usize,
        most: usize,
    },
    Filter(Vec<Test<'p>>),
    Project(Vec<Item<'p>>),
    Unwind {
        list: Computed<'p>,
        item: Slot,
    },
    Optional {
        end: usize,
        nulls: Vec<(Slot, Kind)>,
    },
    Found {
        begin: usize,
    },
    Tally {
        end: usize,
        slot: Slot,
        form: Tally,
    },
    Tallied {
        begin: usize,
        factors: Vec<LaidFactor<'p>>,
        form: Tally,
    },
}

/// The nodes that bear a label; none where the graph does not know the label.
#[derive(Debug, Clone, Copy)]
pub(super) struct Among<'p>(Option<&'p NodeSet>);

impl<'p> Among<'p> {
    pub(super) fn contains(self, node: NodePlace) -> bool {
        self.0.is_some_and(|set| set.contains(node))
    }

    pub(super) fn list(self) -> &'p [NodePlace] {
        self.0.map_or(&[], NodeSet::list)
    }
}

/// A slot that is filled from the tuple as it came in.
#[derive(Debug)]
pub(super) enum Item<'p> {
    /// A register under another name.
    Alias(Slot, Slot),
    Value(Slot, Computed<'p>),
}

/// Lists of relationships to follow from a node.
#[derive(Debug)]
pub(super) struct LaidHop<'p> {
    pub(super) from: Slot,
    pub(super) lists: Vec<List<'p>>,
    /// Whether a relationship is met from both its ends.
    pub(super) both: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct List<'p> {
    pub(super) adjacency: &'p Adjacency,
    /// Loops were met in another list already.
    pub(super) skips_loops: bool,
}

#[derive(Debug)]
pub(super) struct LaidFactor<'p> {
    pub(super) hop: LaidHop<'p>,
    pub(super) direction: Direction,
    pub(super) node: Slot,
    pub(super) tests: Vec<Test<'p>>,
    pub(super) inner: Vec<LaidFactor<'p>>,
    pub(super) used: Vec<Used>,
    /// Where the count of each node is remembered; a plain degree is not.
    pub(super) memory: Option<usize>,
}

#[derive(Debug)]
pub(super) enum LaidSink<'p> {
    Aggregate {
        keys: Vec<Source<'p>>,
        /// The node on which alone each key depends, if there is one.
        key_nodes: Vec<Option<Slot>>,
        order: Order,
        /// The node on which alone all keys depend.
        by_node: Option<Slot>,
        /// Whether two nodes never have the same keys.
        node_is_key: bool,
        measures: Vec<Measure<'p>>,
    },
    Top {
        keys: Vec<(Source<'p>, SortDirection)>,
        limit: Computed<'p>,
    },
}

/// Where a value comes from.
#[derive(Debug)]
pub(super) enum Source<'p> {
    Column(Slot, &'p Column),
    Node(Slot),
    Relationship(Slot),
    /// The name of a relationship's type.
    TypeOf(Slot),
    Operand(Operand<'p>),
    Computed(Computed<'p>),
}

/// What is computed of each group.
#[derive(Debug)]
pub(super) enum Measure<'p> {
    Rows,
    NotNull(Source<'p>),
    Distinct(Source<'p>),
    Sum(Source<'p>),
    Average(Source<'p>),
    Least(Source<'p>),
    Most(Source<'p>),
    /// By the accumulators of the row operators, in order.
    Ordered {
        aggregate: Option<(Aggregate, Duplicates)>,
        argument: Option<Source<'p>>,
        parameter: Option<Computed<'p>>,
    },
}

/// Whether the order of tuples may be given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Free,
    Kept,
}

/// `program` laid out on `view`.
pub(super) fn lay_out<'p>(program: &'p Program, view: ReadView<'p>, order: Order) -> Laid<'p> {
    let mut layout = Layout {
        view,
        kinds: &program.kinds,
        memories: 0,
        factor_memories: 0,
    };
    let free = order == Order::Free && program.exact;
    let (walked, factors) = if free {
        layout.counted(program)
    } else {
        (program.steps.len(), &[][..])
    };
    let mut expanded = false;
    let mut steps = Vec::with_capacity(program.steps.len());
    for (at, step) in program.steps.iter().enumerate() {
        expanded |= matches!(step, Step::Expand { .. } | Step::ExpandMany { .. });
        let mut laid = layout.step(step);
        if let LaidStep::Scan { tests, .. } | LaidStep::Expand { tests, .. } = &mut laid
            && at + 1 < walked
            && let Some(Step::Filter { conditions }) = program.steps.get(at + 1)
        {
            *tests = Some(layout.conditions(conditions, Some(step), expanded));
        }
        if let LaidStep::Scan {
            node, own, tests, ..
        } = &mut laid
            && at > 0
            && let Some(tests) = tests
            && let Some(Step::Filter { conditions }) = program.steps.get(at + 1)
        {
            let alone = |condition: &Expression| {
                let reads = Facts::of(condition).reads;
                reads.into_iter().eq([*node])
            };
            let all = std::mem::take(tests).into_iter().zip(conditions);
            for (test, condition) in all {
                if alone(condition) {
                    own.push(test);
                } else {
                    tests.push(test);
                }
            }
        }
        if let LaidStep::Filter(tests) = &mut laid
            && let Step::Filter { conditions } = step
        {
            let before = at.checked_sub(1);
            let before = before.and_then(|before| program.steps.get(before));
            *tests = layout.conditions(conditions, before, expanded);
        }
        steps.push(laid);
    }
    let mut walked = walked;
    if free
        && walked == program.counted
        && let Some(at) = program.number
    {
        let holds = match (program.steps.get(at), program.steps.get(at + 1)) {
            (Some(step), Some(Step::Filter { conditions })) if walked == at + 2 => conditions
                .iter()
                .all(|condition| layout.holds_after(condition, step)),
            _ => true,
        };
        if let (
            true,
            Some(place),
            Some(Step::ExpandMany {
                hop, least, most, ..
            }),
        ) = (holds, steps.get_mut(at), program.steps.get(at))
        {
            *place = LaidStep::CountMany {
                hop: layout.hop(hop),
                least: *least,
                most: *most,
            };
            walked = at + 1;
        }
    }
    let factors = if free {
        layout.factors(factors)
    } else {
        Vec::new()
    };
    let sink = layout.sink(&program.sink, free);
    Laid {
        program,
        view,
        steps,
        walked,
        factors,
        sink,
        memories: layout.memories,
        factor_memories: layout.factor_memories,
    }
}

impl<'p> Layout<'p> {
    fn kind(&self, slot: Slot) -> Kind {
        self.kinds.get(&slot).copied().unwrap_or(Kind::Value)
    }

    fn with_kinds(&self, slots: &[Slot]) -> Vec<(Slot, Kind)> {
        slots.iter().map(|slot| (*slot, self.kind(*slot))).collect()
    }

    fn step(&mut self, step: &'p Step) -> LaidStep<'p> {
        match step {
            Step::Scan { node, labels } => LaidStep::Scan {
                node: *node,
                list: match labels.as_deref() {
                    None => Cow::Borrowed(self.view.nodes()),
                    Some([label]) => {
                        Cow::Borrowed(self.view.labelled(*label).map_or(&[], NodeSet::list))
                    }
                    Some(labels) => Cow::Owned(self.with_any_label(labels)),
                },
                own: Vec::new(),
                tests: None,
            },
            Step::Seek {
                node,
                label,
                key,
                value,
            } => LaidStep::Seek {
                node: *node,
                among: label.map(|label| Among(self.view.labelled(label))),
                key: *key,
                value: self.computed(value),
            },
            Step::NodeById { node, id } => LaidStep::NodeById {
                node: *node,
                id: self.computed(id),
            },
            Step::Expand {
                hop,
                relationship,
                to,
                distinct,
                keeps,
            } => LaidStep::Expand {
                hop: self.hop(hop),
                relationship: keeps.then_some(*relationship),
                to: *to,
                distinct: self.with_kinds(distinct),
                tests: None,
            },
            Step::ExpandMany {
                hop,
                relationships: _,
                reversed,
                chain,
                to,
                least,
                most,
                properties,
                distinct,
                want,
            } => LaidStep::ExpandMany {
                hop: self.hop(hop),
                chain: *chain,
                reversed: *reversed,
                to: *to,
                least: *least,
                most: *most,
                properties: properties.as_ref().map(|map| self.computed(map)),
                distinct: self.with_kinds(distinct),
                want: *want,
            },
            // Filled where the step before it is known.
            Step::Filter { .. } => LaidStep::Filter(Vec::new()),
            Step::Project { items } => LaidStep::Project(
                items
                    .iter()
                    .map(|(slot, value)| match &value.kind {
                        ExpressionKind::Slot(from) if self.kind(*slot) != Kind::Value => {
                            Item::Alias(*slot, *from)
                        }
                        _ => Item::Value(*slot, self.computed(value)),
                    })
                    .collect(),
            ),
            Step::Unwind { list, item } => LaidStep::Unwind {
                list: self.computed(list),
                item: *item,
            },
            Step::Optional { end, nulls } => LaidStep::Optional {
                end: *end,
                nulls: self.with_kinds(nulls),
            },
            Step::Found { begin } => LaidStep::Found { begin: *begin },
            Step::Tally { end, slot, form } => LaidStep::Tally {
                end: *end,
                slot: *slot,
                form: *form,
            },
            Step::Tallied {
                begin,
                factors,
                form,
            } => LaidStep::Tallied {
                begin: *begin,
                factors: self.factors(factors),
                form: *form,
            },
        }
    }

    /// How many steps are walked, and what is counted of the others.
    fn counted(&self, program: &'p Program) -> (usize, &'p [Factor]) {
        let without_loops = |known: &RelType| {
            let adjacency = self.view.adjacency(Some(*known), Side::Start);
            adjacency.is_none_or(|adjacency| !adjacency.has_loops())
        };
        match &program.loopless {
            Some(loopless) if loopless.types.iter().all(without_loops) => {
                (loopless.counted, &loopless.factors)
            }
            Some(_) | None => (program.counted, &program.factors),
        }
    }

    /// The nodes that bear one of some labels, in the order of ids.
    fn with_any_label(&self, labels: &[Label]) -> Vec<NodePlace> {
        let sets: Vec<&NodeSet> = labels
            .iter()
            .filter_map(|label| self.view.labelled(*label))
            .collect();
        let nodes = self.view.nodes().iter().copied();
        nodes
            .filter(|place| sets.iter().any(|set| set.contains(*place)))
            .collect()
    }

    /// The conditions that come after the step `before`, if there is one, less those that hold of all nodes to
    /// which it leads.
    fn conditions(
        &mut self,
        conditions: &'p [Expression],
        before: Option<&Step>,
        again: bool,
    ) -> Vec<Test<'p>> {
        let mut tests = Vec::with_capacity(conditions.len());
        for condition in conditions {
            if before.is_some_and(|before| self.holds_after(condition, before)) {
                continue;
            }
            tests.push(if again {
                self.test_again(condition)
            } else {
                self.test(condition)
            });
        }
        tests
    }

    /// Whether the condition holds of all nodes to which a step leads.
    fn holds_after(&self, condition: &Expression, step: &Step) -> bool {
        match step {
            Step::Expand {
                hop,
                to: End::New(node),
                ..
            } => self.holds_of_all(condition, *node, hop),
            // Chains of none lead to where they start.
            Step::ExpandMany {
                hop,
                to: End::New(node),
                least,
                ..
            } => *least > 0 && self.holds_of_all(condition, *node, hop),
            _ => false,
        }
    }

    /// Whether the condition asks `node` for labels that all nodes bear to which `hop` leads.
    fn holds_of_all(&self, condition: &Expression, node: Slot, hop: &Hop) -> bool {
        let ExpressionKind::HasLabels { of, labels } = &condition.kind else {
            return false;
        };
        let side = match hop.direction {
            Direction::Outgoing => Side::Start,
            Direction::Incoming => Side::End,
            Direction::Both => return false,
        };
        let Types::Only(types) = &hop.types else {
            return false;
        };
        matches!(&of.kind, ExpressionKind::Slot(slot) if *slot == node)
            && labels.iter().all(|name| {
                name.label.is_some_and(|label| {
                    types
                        .iter()
                        .all(|known| self.view.leads_only_to(*known, side, label))
                })
            })
    }

    fn hop(&self, hop: &Hop) -> LaidHop<'p> {
        let types: Vec<_> = match &hop.types {
            Types::Any => vec![None],
            Types::Only(types) => types.iter().copied().map(Some).collect(),
        };
        let mut lists = Vec::new();
        for rel_type in types {
            let mut list = |side, skips_loops| {
                if let Some(adjacency) = self.view.adjacency(rel_type, side)
                    && !adjacency.is_empty()
                {
                    lists.push(List {
                        adjacency,
                        skips_loops: skips_loops && adjacency.has_loops(),
                    });
                }
            };
            match hop.direction {
                Direction::Outgoing => list(Side::Start, false),
                Direction::Incoming => list(Side::End, false),
                Direction::Both => {
                    list(Side::Start, false);
                    list(Side::End, true);
                }
            }
        }
        LaidHop {
            from: hop.from,
            lists,
            both: hop.direction == Direction::Both,
        }
    }

    fn factors(&mut self, factors: &'p [Factor]) -> Vec<LaidFactor<'p>> {
        factors
            .iter()
            .map(|factor| {
                let hop = self.hop(&factor.hop);
                let tests: Vec<Test<'p>> = factor
                    .conditions
                    .iter()
                    .filter(|condition| !self.holds_of_all(condition, factor.node, &factor.hop))
                    .collect::<Vec<_>>()
                    .into_iter()
                    .map(|condition| self.test_again(condition))
                    .collect();
                let inner = self.factors(&factor.inner);
                let plain = tests.is_empty()
                    && inner.is_empty()
                    && hop.lists.iter().all(|list| !list.skips_loops);
                let memory = (!plain).then(|| {
                    self.factor_memories += 1;
                    self.factor_memories - 1
                });
                LaidFactor {
                    hop,
                    direction: factor.hop.direction,
                    node: factor.node,
                    tests,
                    inner,
                    used: factor.used.clone(),
                    memory,
                }
            })
            .collect()
    }

    fn source(&self, expression: &'p Expression) -> Source<'p> {
        if let ExpressionKind::Slot(slot) = &expression.kind {
            match self.kind(*slot) {
                Kind::Node => return Source::Node(*slot),
                Kind::Relationship => return Source::Relationship(*slot),
                Kind::Chain(_) | Kind::Value => {}
            }
        }
        if let ExpressionKind::Function {
            function: Function::Type,
            arguments,
        } = &expression.kind
            && let [argument] = arguments.as_slice()
            && let ExpressionKind::Slot(slot) = &argument.kind
            && self.kind(*slot) == Kind::Relationship
        {
            return Source::TypeOf(*slot);
        }
        match self.operand(expression) {
            Some(Operand::NodeProperty(slot, Some(key))) => match self.view.column(key) {
                Some(column @ Column::Integers { .. }) => Source::Column(slot, column),
                Some(Column::Other) | None => {
                    Source::Operand(Operand::NodeProperty(slot, Some(key)))
                }
            },
            Some(operand) => Source::Operand(operand),
            None => Source::Computed(self.computed(expression)),
        }
    }

    fn sink(&self, sink: &'p Sink, free: bool) -> LaidSink<'p> {
        match sink {
            Sink::Aggregate { keys, aggregations } => {
                let by_node = free.then(|| self.common_node(keys)).flatten();
                LaidSink::Aggregate {
                    by_node,
                    order: if free { Order::Free } else { Order::Kept },
                    node_is_key: keys.iter().any(|(_, key)| {
                        matches!(&key.kind, ExpressionKind::Slot(slot) if by_node == Some(*slot))
                    }),
                    key_nodes: keys
                        .iter()
                        .map(|key| self.common_node(std::slice::from_ref(key)))
                        .collect(),
                    keys: keys.iter().map(|(_, key)| self.source(key)).collect(),
                    measures: aggregations
                        .iter()
                        .map(|(_, aggregation)| self.measure(aggregation, free))
                        .collect(),
                }
            }
            Sink::Top { keys, limit } => LaidSink::Top {
                keys: keys
                    .iter()
                    .map(|key| (self.source(&key.expression), key.direction))
                    .collect(),
                limit: self.computed(limit),
            },
        }
    }

    /// The one node that all keys are computed from.
    fn common_node(&self, keys: &[(Slot, Expression)]) -> Option<Slot> {
        let mut reads = std::collections::BTreeSet::new();
        for (_, key) in keys {
            reads.extend(Facts::of(key).reads);
        }
        let mut reads = reads.into_iter();
        match (reads.next(), reads.next()) {
            (Some(slot), None) if self.kind(slot) == Kind::Node => Some(slot),
            _ => None,
        }
    }

    fn measure(&self, aggregation: &'p Aggregation, free: bool) -> Measure<'p> {
        let Aggregation::Of {
            aggregate,
            duplicates,
            argument,
            parameter,
        } = aggregation
        else {
            return if free {
                Measure::Rows
            } else {
                Measure::Ordered {
                    aggregate: None,
                    argument: None,
                    parameter: None,
                }
            };
        };
        let source = self.source(argument);
        if !free {
            return Measure::Ordered {
                aggregate: Some((*aggregate, *duplicates)),
                argument: Some(source),
                parameter: parameter.as_ref().map(|share| self.computed(share)),
            };
        }
        match (aggregate, duplicates) {
            (Aggregate::Count, Duplicates::Remove) => Measure::Distinct(source),
            (Aggregate::Sum, _) => Measure::Sum(source),
            (Aggregate::Avg, _) => Measure::Average(source),
            (Aggregate::Min, _) => Measure::Least(source),
            (Aggregate::Max, _) => Measure::Most(source),
            // No other aggregate is free of order.
            _ => Measure::NotNull(source),
        }
    }
}
