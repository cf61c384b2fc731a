//! A checked query as a plan, clause by clause.
//!
//! A clause sees all changes of the clauses before it and none of those after it. Operators work
//! row by row, so where a clause writes what an earlier one reads, or reads what an earlier one
//! writes, an [`Operator::Eager`] stands between them.

mod order;
mod project;
mod read;
mod repeat;
mod select;
mod write;

use std::collections::BTreeSet;

use super::estimate::Estimates;
use super::plan::{Column, Operator, Plan};
use crate::base::Id;
use crate::query::ast::{Duplicates, Necessity};
use crate::query::checked::{Checked, Clause, Expression, Query, Slot, Subquery};
use crate::query::tuning::Planning;

/// The plan of `checked`.
pub fn build(checked: &Checked, estimates: &dyn Estimates, planning: Planning) -> Plan {
    let mut builder = Builder {
        estimates,
        planning,
        gathered_by: BTreeSet::new(),
        mentioned: Vec::new(),
        writes: false,
    };
    let mut subqueries = Vec::with_capacity(checked.subqueries.len());
    for subquery in &checked.subqueries {
        let subquery = builder.subquery(subquery);
        let mentioned = builder.mentioned_in(&subquery);
        builder.mentioned.push(mentioned);
        subqueries.push(subquery);
    }
    let (root, _) = builder.query(&checked.query);
    let columns = checked
        .query
        .columns
        .iter()
        .map(|(name, slot)| Column {
            name: name.clone(),
            slot: *slot,
        })
        .collect();
    Plan {
        root,
        columns,
        width: checked.slots.width(),
        subqueries,
        writes: builder.writes,
    }
}

struct Builder<'b> {
    estimates: &'b dyn Estimates,
    planning: Planning,
    /// The slots by which the rows of the present clause are gathered right after it: where it is
    /// as good to start a pattern there, the rows of a group come together.
    gathered_by: BTreeSet<Slot>,
    /// The slots that each subquery reads, and perhaps fills itself.
    mentioned: Vec<BTreeSet<Slot>>,
    writes: bool,
}

/// What operators do with the graph.
#[derive(Debug, Clone, Copy, Default)]
struct Effects {
    reads: bool,
    writes: bool,
}

impl Effects {
    fn joined(self, other: Self) -> Self {
        Self {
            reads: self.reads || other.reads,
            writes: self.writes || other.writes,
        }
    }
}

/// A chain of operators in the making, with what it has done since all its rows were last there
/// at once, and what it has done at all.
struct Chain {
    root: Operator,
    reads: bool,
    writes: bool,
    all: Effects,
}

impl Chain {
    fn new() -> Self {
        Self {
            root: Operator::Argument,
            reads: false,
            writes: false,
            all: Effects::default(),
        }
    }

    /// Puts an operator on top.
    fn wrap(&mut self, make: impl FnOnce(Box<Operator>) -> Operator) {
        let input = std::mem::replace(&mut self.root, Operator::Argument);
        self.root = make(Box::new(input));
    }

    /// All rows are there at once.
    fn settle(&mut self) {
        self.reads = false;
        self.writes = false;
    }

    fn eager(&mut self) {
        self.wrap(|input| Operator::Eager { input });
        self.settle();
    }

    /// Says that what follows reads the graph.
    fn before_reading(&mut self) {
        self.before(Effects {
            reads: true,
            writes: false,
        });
    }

    /// Says that what follows computes `expressions`.
    fn before_computing<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expression>) {
        if expressions.into_iter().any(Expression::reads_graph) {
            self.before_reading();
        }
    }

    /// Says that what follows changes the graph.
    fn before_writing(&mut self) {
        self.before(Effects {
            reads: false,
            writes: true,
        });
    }

    /// Says that what follows does this, for each row all of it.
    fn before(&mut self, effects: Effects) {
        if (effects.reads && self.writes) || (effects.writes && self.reads) {
            self.eager();
        }
        self.note(effects);
    }

    /// Remembers what was done.
    fn note(&mut self, effects: Effects) {
        self.reads |= effects.reads;
        self.writes |= effects.writes;
        self.all = self.all.joined(effects);
    }
}

/// The slots that the keys of a clause's groups are computed from.
fn gathered_by(clause: &Clause) -> BTreeSet<Slot> {
    let Clause::Project(projection) = clause else {
        return BTreeSet::new();
    };
    let keys = projection.grouping.iter().flat_map(|groups| &groups.keys);
    keys.flat_map(|(_, key)| key.reads()).collect()
}

impl Builder<'_> {
    /// The slots that `expression` reads, also in subqueries.
    fn reads(&self, expression: &Expression) -> BTreeSet<Slot> {
        let mut slots = expression.reads();
        for subquery in expression.subqueries() {
            slots.extend(self.mentioned.get(subquery.index()).into_iter().flatten());
        }
        slots
    }

    /// The slots that the expressions of `last` and of all operators before it read.
    fn mentioned_in(&self, last: &Operator) -> BTreeSet<Slot> {
        let mut slots = BTreeSet::new();
        let mut open = vec![last];
        while let Some(operator) = open.pop() {
            for expression in operator.expressions() {
                slots.append(&mut self.reads(expression));
            }
            if let Operator::Walk { relationships, .. } = operator {
                slots.insert(*relationships);
            }
            open.extend(operator.inner());
            open.extend(operator.input());
        }
        slots
    }

    fn query(&mut self, query: &Query) -> (Operator, Effects) {
        let mut effects = Effects::default();
        let mut built: Vec<(Operator, Vec<Slot>)> = query
            .branches
            .iter()
            .map(|branch| {
                let slots = branch.columns.iter().map(|(_, slot)| *slot).collect();
                let chain = self.clauses(&branch.clauses);
                effects = effects.joined(chain.all);
                (chain.root, slots)
            })
            .collect();
        if built.len() <= 1 {
            let root = built.pop().map_or(Operator::Argument, |(root, _)| root);
            return (root, effects);
        }
        let slots: Vec<Slot> = query.columns.iter().map(|(_, slot)| *slot).collect();
        let mut root = Operator::Union {
            branches: built,
            slots: slots.clone(),
        };
        if query.duplicates == Duplicates::Remove {
            let input = Box::new(root);
            root = Operator::Distinct { input, slots };
        }
        (root, effects)
    }

    fn clauses(&mut self, clauses: &[Clause]) -> Chain {
        let mut chain = Chain::new();
        for (at, clause) in clauses.iter().enumerate() {
            self.gathered_by = clauses.get(at + 1).map(gathered_by).unwrap_or_default();
            self.clause(clause, &mut chain);
        }
        chain
    }

    fn subquery(&mut self, subquery: &Subquery) -> Operator {
        match subquery {
            Subquery::Match(found) => self.find(Operator::Argument, found),
            Subquery::Query(query) => self.query(query).0,
        }
    }

    fn clause(&mut self, clause: &Clause, chain: &mut Chain) {
        match clause {
            Clause::Match(found) => {
                chain.before_reading();
                match found.necessity {
                    Necessity::Required => chain.wrap(|input| self.find(*input, found)),
                    Necessity::Optional => {
                        let inner = Box::new(self.find(Operator::Argument, found));
                        let known: BTreeSet<Slot> = found.known.iter().copied().collect();
                        let nulls = read::slots_of(&found.paths)
                            .into_iter()
                            .filter(|slot| !known.contains(slot))
                            .collect();
                        chain.wrap(|input| Operator::Optional {
                            input,
                            inner,
                            nulls,
                        });
                    }
                }
            }
            Clause::Unwind { list, item } => {
                chain.before_computing([list]);
                let (list, item) = (list.clone(), *item);
                chain.wrap(|input| Operator::Unwind { input, list, item });
            }
            Clause::Project(projection) => project::project(projection, chain),
            Clause::Create(paths) => {
                self.writes = true;
                write::create(paths, chain);
            }
            Clause::Merge {
                path,
                on_create,
                on_match,
            } => {
                self.writes = true;
                self.merge(path, on_create, on_match, chain);
            }
            Clause::Set(items) => {
                self.writes = true;
                write::set(items, chain);
            }
            Clause::Delete {
                targets,
                attachment,
            } => {
                self.writes = true;
                write::delete(targets, *attachment, chain);
            }
            Clause::LoadCsv {
                source,
                headers,
                separator,
                record,
            } => {
                chain.before_computing([source]);
                chain.wrap(|input| Operator::LoadCsv {
                    input,
                    source: source.clone(),
                    headers: *headers,
                    separator: *separator,
                    record: *record,
                });
            }
            Clause::Subquery { necessity, query } => {
                let (inner, effects) = self.query(query);
                let inner = Box::new(inner);
                chain.before(effects);
                let columns: Vec<Slot> = query.columns.iter().map(|(_, slot)| *slot).collect();
                if columns.is_empty() {
                    chain.wrap(|input| Operator::Perform { input, inner });
                } else {
                    chain.wrap(|input| started(input, inner, *necessity, columns));
                }
            }
            Clause::ForEach {
                list,
                item,
                clauses,
            } => {
                chain.before_computing([list]);
                let done = self.clauses(clauses);
                chain.before(done.all);
                let (list, item) = (list.clone(), *item);
                chain.wrap(|input| Operator::ForEach {
                    input,
                    list,
                    item,
                    inner: Box::new(done.root),
                });
            }
            Clause::Call {
                necessity,
                procedure,
                arguments,
                outputs,
                condition,
            } => {
                chain.before_reading();
                let call = |input| {
                    let call = Operator::Call {
                        input,
                        procedure: procedure.clone(),
                        arguments: arguments.clone(),
                        outputs: outputs.clone(),
                    };
                    match condition.clone() {
                        None => call,
                        Some(condition) => Operator::Filter {
                            input: Box::new(call),
                            condition,
                        },
                    }
                };
                match necessity {
                    Necessity::Required => chain.wrap(call),
                    Necessity::Optional => {
                        let inner = Box::new(call(Box::new(Operator::Argument)));
                        let nulls = outputs.iter().map(|(_, slot)| *slot).collect();
                        chain.wrap(|input| started(input, inner, *necessity, nulls));
                    }
                }
            }
        }
    }
}

/// For each row of `input` the rows of `inner`, which fills `slots`.
fn started(
    input: Box<Operator>,
    inner: Box<Operator>,
    necessity: Necessity,
    slots: Vec<Slot>,
) -> Operator {
    match necessity {
        Necessity::Required => Operator::Apply { input, inner },
        Necessity::Optional => Operator::Optional {
            input,
            inner,
            nulls: slots,
        },
    }
}
