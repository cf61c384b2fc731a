//! What must hold of any plan: an operator reads only slots that operators before it filled.

use std::collections::BTreeSet;

use super::plan::{End, Operator, Plan};
use crate::base::Id;
use crate::query::checked::{Expression, ExpressionKind, Slot, SubqueryId};
use crate::query::error::RunError;

/// Refuses a plan that contradicts itself.
///
/// # Errors
/// [`RunError::Unsound`].
pub(crate) fn verify(plan: &Plan) -> Result<(), RunError> {
    let filled = filled_by(&plan.root, &BTreeSet::new(), plan)?;
    if plan
        .columns
        .iter()
        .any(|column| !filled.contains(&column.slot))
    {
        return Err(RunError::Unsound("a column is never filled"));
    }
    if filled.iter().any(|slot| slot.index() >= plan.width) {
        return Err(RunError::Unsound("a slot lies outside the row"));
    }
    Ok(())
}

/// The slots that are filled behind `operator`, if `before` are filled where it starts.
fn filled_by(
    operator: &Operator,
    before: &BTreeSet<Slot>,
    plan: &Plan,
) -> Result<BTreeSet<Slot>, RunError> {
    // From the first operator to the last, without recursion along the inputs.
    let mut chain = vec![operator];
    while let Some(input) = chain.last().and_then(|operator| operator.input()) {
        chain.push(input);
    }
    let mut filled = before.clone();
    while let Some(operator) = chain.pop() {
        filled = behind(operator, filled, before, plan)?;
    }
    Ok(filled)
}

fn check_reads<'e>(
    expressions: impl IntoIterator<Item = &'e Expression>,
    filled: &BTreeSet<Slot>,
    plan: &Plan,
) -> Result<(), RunError> {
    expressions
        .into_iter()
        .try_for_each(|expression| check_read(expression, filled, plan))
}

/// Refuses an expression that reads a slot that is neither filled nor one of its own.
fn check_read(
    expression: &Expression,
    filled: &BTreeSet<Slot>,
    plan: &Plan,
) -> Result<(), RunError> {
    if expression.subqueries().is_empty() {
        return if expression.reads().is_subset(filled) {
            Ok(())
        } else {
            Err(RunError::Unsound("an expression reads an empty slot"))
        };
    }
    let mut filled = filled.clone();
    if let ExpressionKind::Exists(id) | ExpressionKind::Count(id) = &expression.kind {
        subquery(*id, &filled, plan)?;
    } else if let ExpressionKind::Collect { subquery: id, .. } = &expression.kind {
        filled = subquery(*id, &filled, plan)?;
    } else if let ExpressionKind::ListComprehension { item, .. }
    | ExpressionKind::Quantifier { item, .. } = &expression.kind
    {
        filled.insert(*item);
    } else if let ExpressionKind::Reduce {
        accumulator, item, ..
    } = &expression.kind
    {
        filled.extend([*accumulator, *item]);
    }
    check_reads(expression.children(), &filled, plan)
}

fn subquery(
    id: SubqueryId,
    filled: &BTreeSet<Slot>,
    plan: &Plan,
) -> Result<BTreeSet<Slot>, RunError> {
    let subquery = plan.subqueries.get(id.index());
    let subquery = subquery.ok_or(RunError::Unsound("a subquery is missing"))?;
    filled_by(subquery, filled, plan)
}

fn check_filled(slots: &[Slot], filled: &BTreeSet<Slot>) -> Result<(), RunError> {
    if slots.iter().all(|slot| filled.contains(slot)) {
        Ok(())
    } else {
        Err(RunError::Unsound("an operator reads an empty slot"))
    }
}

fn fill_end(end: End, filled: &mut BTreeSet<Slot>) -> Result<(), RunError> {
    match end {
        End::Bound(slot) => check_filled(&[slot], filled),
        End::New(slot) if !filled.insert(slot) => {
            Err(RunError::Unsound("a slot is filled a second time"))
        }
        End::New(_) => Ok(()),
    }
}

/// The slots that are filled behind `operator`, if `filled` are filled in the rows it draws, and
/// `before` were when the chain of its inputs was started: those last, whatever the chain does.
fn behind(
    operator: &Operator,
    mut filled: BTreeSet<Slot>,
    before: &BTreeSet<Slot>,
    plan: &Plan,
) -> Result<BTreeSet<Slot>, RunError> {
    // A merge may read what it finds or creates, and the path that its caller makes of that; what
    // is created may read what was created before it. A shortest path is asked when it is there.
    let reads_own = matches!(
        operator,
        Operator::Create { .. } | Operator::Merge { .. } | Operator::ShortestPath(_)
    );
    if !reads_own {
        check_reads(operator.expressions(), &filled, plan)?;
    }
    match operator {
        Operator::Argument
        | Operator::Nothing
        | Operator::Eager { .. }
        | Operator::Skip { .. }
        | Operator::Limit { .. }
        | Operator::Filter { .. }
        | Operator::Sort { .. }
        | Operator::Top { .. }
        | Operator::Set { .. }
        | Operator::Delete { .. } => {}
        Operator::AllNodes { node, .. }
        | Operator::NodesByLabel { node, .. }
        | Operator::NodesByAnyLabel { node, .. }
        | Operator::NodesByProperty { node, .. }
        | Operator::NodeById { node, .. } => {
            fill_end(End::New(*node), &mut filled)?;
        }

        Operator::Lookup { element, .. } => fill_end(End::New(*element), &mut filled)?,
        Operator::Expand(expand) => {
            check_filled(&[expand.from], &filled)?;
            check_filled(&expand.distinct_from, &filled)?;
            fill_end(expand.to, &mut filled)?;
            fill_end(End::New(expand.relationship), &mut filled)?;
        }
        Operator::ExpandMany(expand) => {
            check_filled(&[expand.from], &filled)?;
            check_filled(&expand.distinct_from, &filled)?;
            fill_end(expand.to, &mut filled)?;
            fill_end(End::New(expand.relationships), &mut filled)?;
        }
        Operator::ShortestPath(path) => {
            check_filled(&[path.from], &filled)?;
            check_reads(&path.properties, &filled, plan)?;
            if let Some(test) = &path.test {
                let mut tested = filled.clone();
                tested.extend([test.left, test.relationship, test.right]);
                check_reads([&test.condition], &tested, plan)?;
            }
            fill_end(path.to, &mut filled)?;
            fill_end(End::New(path.relationships), &mut filled)?;
            for slot in path.nodes.iter().flatten().chain(&path.path) {
                fill_end(End::New(*slot), &mut filled)?;
            }
            check_reads(&path.condition, &filled, plan)?;
        }
        Operator::SelectPaths(selection) => {
            filled = filled_by(&selection.find, &filled, plan)?;
            check_filled(&[selection.ends.0, selection.ends.1], &filled)?;
            let steps = selection.steps.iter().map(|step| step.relationship);
            check_filled(&steps.collect::<Vec<_>>(), &filled)?;
        }
        Operator::Ends {
            relationship,
            from,
            to,
            ..
        } => {
            check_filled(&[*relationship], &filled)?;
            fill_end(*from, &mut filled)?;
            fill_end(*to, &mut filled)?;
        }
        Operator::Walk {
            relationships,
            from,
            to,
            ..
        } => {
            check_filled(&[*relationships, *from], &filled)?;
            fill_end(*to, &mut filled)?;
        }
        Operator::Project { items, .. } => {
            filled.extend(items.iter().map(|(slot, _)| *slot));
        }
        Operator::Unwind { item, .. } => {
            fill_end(End::New(*item), &mut filled)?;
        }
        Operator::Repeat(repeat) => {
            check_filled(&[repeat.from], &filled)?;
            check_filled(&repeat.distinct_from, &filled)?;
            let mut started = filled.clone();
            fill_end(End::New(repeat.start), &mut started)?;
            let passed = filled_by(&repeat.pass, &started, plan)?;
            check_filled(&[repeat.end], &passed)?;
            check_filled(&repeat.relationships, &passed)?;
            let elements: Vec<Slot> = repeat.groups.iter().map(|(slot, _)| *slot).collect();
            check_filled(&elements, &passed)?;
            fill_end(repeat.to, &mut filled)?;
            fill_end(End::New(repeat.trail), &mut filled)?;
            for (_, list) in &repeat.groups {
                fill_end(End::New(*list), &mut filled)?;
            }
        }
        Operator::Apply { inner, .. } => filled = filled_by(inner, &filled, plan)?,
        Operator::LoadCsv { record, .. } => {
            fill_end(End::New(*record), &mut filled)?;
        }
        Operator::Perform { inner, .. } => {
            filled_by(inner, &filled, plan)?;
        }
        Operator::ForEach { item, inner, .. } => {
            let mut within = filled.clone();
            fill_end(End::New(*item), &mut within)?;
            filled_by(inner, &within, plan)?;
        }
        Operator::Optional { inner, nulls, .. } => {
            filled = filled_by(inner, &filled, plan)?;
            filled.extend(nulls);
        }
        Operator::Aggregate {
            keys, aggregations, ..
        } => {
            filled = keys
                .iter()
                .map(|(slot, _)| *slot)
                .chain(aggregations.iter().map(|(slot, _)| *slot))
                .chain(before.iter().copied())
                .collect();
        }
        Operator::Distinct { slots, .. } => check_filled(slots, &filled)?,
        Operator::Union { branches, slots } => {
            for (branch, columns) in branches {
                let after = filled_by(branch, &filled, plan)?;
                check_filled(columns, &after)?;
            }
            filled.extend(slots);
        }
        Operator::Create {
            nodes,
            relationships,
            ..
        } => {
            for node in nodes {
                fill_end(End::New(node.node), &mut filled)?;
            }
            for relationship in relationships {
                check_filled(&[relationship.start, relationship.end], &filled)?;
                fill_end(End::New(relationship.relationship), &mut filled)?;
            }
        }
        Operator::Merge {
            find,
            nodes,
            relationships,
            ..
        } => {
            filled = filled_by(find, &filled, plan)?;
            let made = nodes.iter().map(|node| node.node).chain(
                relationships
                    .iter()
                    .map(|relationship| relationship.relationship),
            );
            if made.into_iter().any(|slot| !filled.contains(&slot)) {
                return Err(RunError::Unsound("a merge creates what it does not find"));
            }
        }
        Operator::Call { outputs, .. } => {
            filled.extend(outputs.iter().map(|(_, slot)| *slot));
        }
    }
    if let Operator::Create { .. } = operator {
        check_reads(operator.expressions(), &filled, plan)?;
    }
    Ok(filled)
}
