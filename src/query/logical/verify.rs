//! What must hold of any plan: an operator reads only slots that operators before it filled.

use std::collections::BTreeSet;

use super::plan::{End, Operator, Plan};
use crate::base::Id;
use crate::query::checked::{Expression, Slot};
use crate::query::error::RunError;

/// Refuses a plan that contradicts itself.
///
/// # Errors
/// [`RunError::Unsound`].
pub(crate) fn verify(plan: &Plan) -> Result<(), RunError> {
    let filled = filled_by(&plan.root, BTreeSet::new())?;
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
fn filled_by(operator: &Operator, before: BTreeSet<Slot>) -> Result<BTreeSet<Slot>, RunError> {
    // From the first operator to the last, without recursion along the inputs.
    let mut chain = vec![operator];
    while let Some(input) = chain.last().and_then(|operator| operator.input()) {
        chain.push(input);
    }
    let mut filled = before;
    while let Some(operator) = chain.pop() {
        filled = behind(operator, filled)?;
    }
    Ok(filled)
}

fn check_reads(expressions: &[&Expression], filled: &BTreeSet<Slot>) -> Result<(), RunError> {
    let sound = expressions.iter().all(|expression| {
        expression.reads().is_subset(filled) || !expression.subqueries().is_empty()
    });
    if sound {
        Ok(())
    } else {
        Err(RunError::Unsound("an expression reads an empty slot"))
    }
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

fn behind(operator: &Operator, mut filled: BTreeSet<Slot>) -> Result<BTreeSet<Slot>, RunError> {
    match operator {
        Operator::Argument
        | Operator::Nothing
        | Operator::Eager { .. }
        | Operator::Skip { .. }
        | Operator::Limit { .. }
        | Operator::Set { .. }
        | Operator::Delete { .. } => {}
        Operator::AllNodes { node, .. } | Operator::NodesByLabel { node, .. } => {
            fill_end(End::New(*node), &mut filled)?;
        }
        Operator::NodesByProperty { node, value, .. } => {
            check_reads(&[value], &filled)?;
            fill_end(End::New(*node), &mut filled)?;
        }
        Operator::NodeById { node, id, .. } => {
            check_reads(&[id], &filled)?;
            fill_end(End::New(*node), &mut filled)?;
        }
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
            check_filled(&[path.from, path.to], &filled)?;
            fill_end(End::New(path.relationships), &mut filled)?;
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
        Operator::Filter { condition, .. } => check_reads(&[condition], &filled)?,
        Operator::Project { items, .. } => {
            let values: Vec<&Expression> = items.iter().map(|(_, value)| value).collect();
            check_reads(&values, &filled)?;
            filled.extend(items.iter().map(|(slot, _)| *slot));
        }
        Operator::Unwind { list, item, .. } => {
            check_reads(&[list], &filled)?;
            fill_end(End::New(*item), &mut filled)?;
        }
        Operator::Apply { inner, .. } => filled = filled_by(inner, filled)?,
        Operator::Optional { inner, nulls, .. } => {
            filled = filled_by(inner, filled)?;
            filled.extend(nulls);
        }
        Operator::Aggregate {
            keys, aggregations, ..
        } => {
            let values: Vec<&Expression> = keys.iter().map(|(_, value)| value).collect();
            check_reads(&values, &filled)?;
            filled = keys
                .iter()
                .map(|(slot, _)| *slot)
                .chain(aggregations.iter().map(|(slot, _)| *slot))
                .collect();
        }
        Operator::Distinct { slots, .. } => check_filled(slots, &filled)?,
        Operator::Sort { keys, .. } | Operator::Top { keys, .. } => {
            let values: Vec<&Expression> = keys.iter().map(|key| &key.expression).collect();
            check_reads(&values, &filled)?;
        }
        Operator::Union { branches, slots } => {
            for (branch, columns) in branches {
                let after = filled_by(branch, filled.clone())?;
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
            filled = filled_by(find, filled)?;
            let made = nodes.iter().map(|node| node.node).chain(
                relationships
                    .iter()
                    .map(|relationship| relationship.relationship),
            );
            if made.into_iter().any(|slot| !filled.contains(&slot)) {
                return Err(RunError::Unsound("a merge creates what it does not find"));
            }
        }
        Operator::Call {
            arguments, outputs, ..
        } => {
            let values: Vec<&Expression> = arguments.iter().collect();
            check_reads(&values, &filled)?;
            filled.extend(outputs.iter().map(|(_, slot)| *slot));
        }
    }
    Ok(filled)
}
