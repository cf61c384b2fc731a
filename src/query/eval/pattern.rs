//! Paths, put together from what a pattern matched.

use std::sync::Arc;

use crate::model::{Node, NodeId, Path, RelId, Relationship, Value};
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
    let value = row.value(start);
    if value.is_null() {
        return Ok(Value::Null);
    }
    let mut at = value
        .as_node()
        .ok_or_else(|| wrong_type("the start of a path", "a node", value))?;
    let start = Node::bare(at);
    let mut walked = Vec::with_capacity(steps.len());
    for step in steps {
        let value = row.value(step.relationship);
        if value.is_null() {
            return Ok(Value::Null);
        }
        for item in value.as_list().unwrap_or(std::slice::from_ref(value)) {
            let relationship = item
                .as_relationship()
                .ok_or_else(|| wrong_type("a step of a path", "a relationship", item))?;
            walk(&mut walked, &mut at, relationship, context)?;
        }
    }
    Ok(Value::Path(Arc::new(Path::new(start, walked))))
}

/// Takes one step from the node `at` to the other end of `relationship`.
fn walk(
    walked: &mut Vec<(Relationship, Node)>,
    at: &mut NodeId,
    relationship: RelId,
    context: &Context<'_, '_>,
) -> Result<(), RunError> {
    let Some(view) = context.graph().relationship(relationship) else {
        return Err(RunError::DeletedEntityAccess {
            what: "the relationship",
        });
    };
    let next = if view.start() == *at {
        view.end()
    } else {
        view.start()
    };
    walked.push((Relationship::bare(relationship), Node::bare(next)));
    *at = next;
    Ok(())
}
