//! Paths, put together from what a pattern matched.

use std::sync::Arc;

use crate::model::{Node, NodeId, Path, Relationship, Value};
use crate::query::checked::{PathStep, Slot};
use crate::query::error::RunError;
use crate::query::exec::{Context, Row};

use super::wrong_type;

/// The path that starts at a node and takes these steps; null if a part is null.
pub(super) fn path(
    start: Slot,
    steps: &[PathStep],
    row: &Row,
    context: &Context<'_, '_>,
) -> Result<Value, RunError> {
    let start = match row.value(start) {
        Value::Node(node) => node.clone(),
        Value::Null => return Ok(Value::Null),
        other => return Err(wrong_type("the start of a path", "a node", other)),
    };
    let mut at = start.id();
    let mut walked = Vec::with_capacity(steps.len());
    for step in steps {
        match row.value(step.relationship) {
            Value::Null => return Ok(Value::Null),
            Value::Relationship(relationship) => {
                walk(&mut walked, &mut at, relationship, context)?;
            }
            Value::List(items) => {
                for item in items.iter() {
                    let Value::Relationship(relationship) = item else {
                        return Err(wrong_type("a step of a path", "a relationship", item));
                    };
                    walk(&mut walked, &mut at, relationship, context)?;
                }
            }
            other => return Err(wrong_type("a step of a path", "a relationship", other)),
        }
    }
    Ok(Value::Path(Arc::new(Path::new(start, walked))))
}

/// Takes one step from the node `at` to the other end of `relationship`.
fn walk(
    walked: &mut Vec<(Relationship, Node)>,
    at: &mut NodeId,
    relationship: &Relationship,
    context: &Context<'_, '_>,
) -> Result<(), RunError> {
    let Some(view) = context.graph().relationship(relationship.id()) else {
        return Err(RunError::DeletedEntityAccess {
            what: "the relationship",
        });
    };
    let next = if view.start() == *at {
        view.end()
    } else {
        view.start()
    };
    walked.push((relationship.clone(), Node::bare(next)));
    *at = next;
    Ok(())
}
