//! Does less where less is asked: counts instead of walking, looks for ends instead of chains,
//! forgets relationships that nobody asks for.

use std::collections::BTreeSet;

use crate::graph::Direction;
use crate::model::RelType;
use crate::query::ast::Duplicates;
use crate::query::checked::Slot;
use crate::query::logical::End;
use crate::query::physical::{Aggregation, Expression, Facts};
use crate::query::signature::Aggregate;

use super::program::{Factor, Hop, Loopless, Program, Sink, Step, Tally, Used, Want};

/// The slots that a step reads, beside the node it starts from.
fn step_reads(step: &Step) -> BTreeSet<Slot> {
    let of = |expressions: &mut dyn Iterator<Item = &Expression>| {
        let mut reads = BTreeSet::new();
        for expression in expressions {
            reads.extend(Facts::of(expression).reads);
        }
        reads
    };
    match step {
        Step::Scan { .. } | Step::Optional { .. } | Step::Found { .. } | Step::Tally { .. } => {
            BTreeSet::new()
        }
        Step::Tallied { factors, .. } => factors.iter().flat_map(factor_reads).collect(),
        Step::Seek { value, .. } => of(&mut std::iter::once(value)),
        Step::NodeById { id, .. } => of(&mut std::iter::once(id)),
        Step::Expand { distinct, .. } => distinct.iter().copied().collect(),
        Step::ExpandMany {
            properties,
            distinct,
            ..
        } => {
            let mut reads = of(&mut properties.iter());
            reads.extend(distinct);
            reads
        }
        Step::Filter { conditions } => of(&mut conditions.iter()),
        Step::Project { items } => of(&mut items.iter().map(|(_, value)| value)),
        Step::Unwind { list, .. } => of(&mut std::iter::once(list)),
    }
}

/// The slots that a factor reads, beside the node it starts from.
fn factor_reads(factor: &Factor) -> BTreeSet<Slot> {
    let mut reads = BTreeSet::from([factor.hop.from]);
    for used in &factor.used {
        reads.extend([used.relationship, used.start, used.end]);
    }
    for inner in &factor.inner {
        reads.extend(factor_reads(inner));
    }
    reads
}

/// Finds the chains of relationships of which only the ends are wanted, once each.
///
/// A walk of at most so many relationships to another node holds a chain to it in which none
/// occurs twice; so a breadth-first search finds the same ends.
pub(super) fn mark_reach(steps: &mut [Step], sink: &Sink, sink_reads: &BTreeSet<Slot>) {
    let of_sink = ignores_multiplicity(sink);
    // The subqueries around a step, the innermost last, seen from the end.
    let mut around = Vec::new();
    let mut later = sink_reads.clone();
    for step in steps.iter_mut().rev() {
        let reads = step_reads(step);
        match step {
            Step::Tallied { form, .. } => around.push(*form),
            Step::Tally { .. } => {
                around.pop();
            }
            Step::ExpandMany {
                relationships,
                least,
                properties,
                distinct,
                want,
                ..
            } => {
                let once = around.last().map_or(of_sink, |form| *form == Tally::Exists);
                let only_ends = once
                    && *least <= 1
                    && properties.is_none()
                    && distinct.is_empty()
                    && !later.contains(relationships);
                if only_ends {
                    *want = Want::Ends;
                }
            }
            Step::Scan { .. }
            | Step::Seek { .. }
            | Step::NodeById { .. }
            | Step::Expand { .. }
            | Step::Filter { .. }
            | Step::Project { .. }
            | Step::Unwind { .. }
            | Step::Optional { .. }
            | Step::Found { .. } => {}
        }
        later.extend(reads);
    }
}

/// Finds the relationships that nobody asks for.
pub(super) fn mark_kept(steps: &mut [Step], sink_reads: &BTreeSet<Slot>) {
    let mut later = sink_reads.clone();
    for step in steps.iter_mut().rev() {
        let reads = step_reads(step);
        if let Step::Expand {
            relationship,
            keeps,
            ..
        } = step
        {
            *keeps = later.contains(relationship);
        }
        later.extend(reads);
    }
}

/// The last step that is walked, but for conditions on its ends, if only the number of its chains
/// is wanted.
pub(super) fn only_number(program: &Program, sink_reads: &BTreeSet<Slot>) -> Option<usize> {
    let mut at = program.counted.checked_sub(1)?;
    let mut conditions: &[Expression] = &[];
    if let Step::Filter { conditions: last } = program.steps.get(at)? {
        at = at.checked_sub(1)?;
        conditions = last;
    }
    let Step::ExpandMany {
        hop,
        relationships,
        to: End::New(to),
        properties: None,
        distinct,
        want: Want::Chains,
        ..
    } = program.steps.get(at)?
    else {
        return None;
    };
    let of_end = |condition: &Expression| Facts::of(condition).reads.into_iter().eq([*to]);
    let mut later = sink_reads.clone();
    later.extend(program.factors.iter().flat_map(factor_reads));
    let number = hop.only_type().is_some()
        && hop.direction != Direction::Both
        && distinct.is_empty()
        && conditions.iter().all(of_end)
        && !later.contains(relationships)
        && !later.contains(to);
    number.then_some(at)
}

/// Turns the last steps into factors, as far as only the number of their tuples matters.
pub(super) fn factorize(program: &mut Program, sink_reads: &BTreeSet<Slot>) {
    factorize_from(program, 0, sink_reads);
}

/// The same, but leaves the steps before `begin` as they are.
pub(super) fn factorize_from(program: &mut Program, begin: usize, sink_reads: &BTreeSet<Slot>) {
    while let Some((from, factors)) = factor_before(
        program,
        (program.counted, &program.factors),
        sink_reads,
        None,
    ) && from >= begin
    {
        program.counted = from;
        program.factors = factors;
    }
}

/// More steps as factors where relationships of certain types are never loops: one that leads to a
/// node is then none of those that lead on from there, and need not be known. `None` where that
/// changes nothing.
pub(super) fn factorize_without_loops(
    program: &Program,
    sink_reads: &BTreeSet<Slot>,
) -> Option<Loopless> {
    let mut types = BTreeSet::new();
    let (mut counted, mut factors) = (program.steps.len(), Vec::new());
    while let Some((from, more)) =
        factor_before(program, (counted, &factors), sink_reads, Some(&mut types))
    {
        (counted, factors) = (from, more);
    }
    (counted < program.counted).then(|| Loopless {
        counted,
        factors,
        types: types.into_iter().collect(),
    })
}

/// The step before the counted ones and the conditions after it as a factor: where it begins,
/// and all factors then.
fn factor_before(
    program: &Program,
    (counted, factors): (usize, &[Factor]),
    sink_reads: &BTreeSet<Slot>,
    loopless: Option<&mut BTreeSet<RelType>>,
) -> Option<(usize, Vec<Factor>)> {
    let mut at = counted;
    let mut conditions = Vec::new();
    while let Some(Step::Filter { conditions: more }) =
        at.checked_sub(1).and_then(|last| program.steps.get(last))
    {
        at -= 1;
        conditions.extend(more.iter().cloned());
    }
    let begin = at.checked_sub(1)?;
    let Step::Expand {
        hop,
        relationship,
        to: End::New(node),
        distinct,
        ..
    } = program.steps.get(begin)?
    else {
        return None;
    };
    let only_of_node = conditions
        .iter()
        .all(|condition| Facts::of(condition).reads.iter().all(|slot| slot == node));
    if !only_of_node || sink_reads.contains(node) || sink_reads.contains(relationship) {
        return None;
    }
    let (inner, mut factors): (Vec<Factor>, Vec<Factor>) = factors
        .iter()
        .cloned()
        .partition(|factor| factor.hop.from == *node);
    let leans = |factor: &Factor| {
        factor
            .used
            .iter()
            .any(|used| used.relationship == *relationship)
    };
    if inner.iter().any(|factor| !factor.used.is_empty()) || factors.iter().any(leans) {
        return None;
    }
    let mut used = distinct
        .iter()
        .map(|slot| used_before(program, *slot, hop))
        .collect::<Option<Vec<_>>>()?;
    if let Some(types) = loopless {
        let before = used.len();
        used.retain(|used| {
            let arrived = match hop.direction {
                Direction::Outgoing => used.end,
                Direction::Incoming => used.start,
                Direction::Both => return true,
            };
            arrived != hop.from
        });
        if used.len() < before {
            types.extend(hop.only_type());
        }
    }
    factors.push(Factor {
        hop: hop.clone(),
        node: *node,
        conditions,
        inner,
        used,
    });
    Some((begin, factors))
}

/// The relationship in `slot` by its ends, where one type and one direction say which they are.
fn used_before(program: &Program, slot: Slot, hop: &Hop) -> Option<Used> {
    program.steps.iter().find_map(|step| {
        let Step::Expand {
            hop: made,
            relationship,
            to,
            ..
        } = step
        else {
            return None;
        };
        if *relationship != slot || made.only_type()? != hop.only_type()? {
            return None;
        }
        let (start, end) = match made.direction {
            Direction::Outgoing => (made.from, to.slot()),
            Direction::Incoming => (to.slot(), made.from),
            Direction::Both => return None,
        };
        Some(Used {
            relationship: slot,
            start,
            end,
        })
    })
}

/// Whether the sink gives the same however often a tuple comes.
fn ignores_multiplicity(sink: &Sink) -> bool {
    let Sink::Aggregate { aggregations, .. } = sink else {
        return false;
    };
    aggregations
        .iter()
        .all(|(_, aggregation)| match aggregation {
            Aggregation::CountAll => false,
            Aggregation::Of {
                aggregate,
                duplicates,
                ..
            } => match aggregate {
                Aggregate::Min | Aggregate::Max => true,
                Aggregate::Count => *duplicates == Duplicates::Remove,
                Aggregate::Sum
                | Aggregate::Avg
                | Aggregate::Collect
                | Aggregate::StDev
                | Aggregate::StDevP
                | Aggregate::PercentileCont
                | Aggregate::PercentileDisc => false,
            },
        })
}
