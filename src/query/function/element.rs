//! Functions of nodes, relationships, paths and maps.

use std::sync::Arc;

use crate::model::{Node, Relationship, Value};
use crate::query::error::RunError;
use crate::query::eval::properties_of;
use crate::query::exec::Context;
use crate::query::signature::Function;

use super::{unusable_argument, wrong_argument};

pub(super) fn call(
    function: Function,
    of: &Value,
    context: &Context<'_, '_>,
) -> Result<Value, RunError> {
    if function == Function::Exists {
        return Ok((!of.is_null()).into());
    }
    if of.is_null() {
        return Ok(Value::Null);
    }
    match (function, of) {
        (Function::Id, Value::Node(node)) => Ok(Value::Integer(node.id().number())),
        (Function::Id, Value::Relationship(relationship)) => {
            Ok(Value::Integer(relationship.id().number()))
        }
        (Function::ElementId, Value::Node(node)) => Ok(Value::from(node.id().number().to_string())),
        (Function::ElementId, Value::Relationship(relationship)) => {
            Ok(Value::from(relationship.id().number().to_string()))
        }
        (Function::Labels, Value::Node(node)) => labels(node, context),
        (Function::Type, Value::Relationship(relationship)) => rel_type(relationship, context),
        (Function::Labels | Function::Type, other) => Err(unusable_argument(function, other)),
        (Function::Keys, of) => {
            let keys = properties_of(of, context)?;
            Ok(Value::list(keys.into_keys().map(Value::String)))
        }
        (Function::Properties, of) => properties_of(of, context).map(Value::from),
        (Function::StartNode | Function::EndNode, Value::Relationship(relationship)) => {
            let Some(view) = context.graph().relationship(relationship.id()) else {
                return Err(RunError::DeletedEntityAccess {
                    what: "the relationship",
                });
            };
            let id = if function == Function::StartNode {
                view.start()
            } else {
                view.end()
            };
            Ok(Value::Node(Node::bare(id)))
        }
        (Function::Nodes, Value::Path(path)) => {
            Ok(Value::list(path.nodes().cloned().map(Value::Node)))
        }
        (Function::Relationships, Value::Path(path)) => Ok(Value::list(
            path.relationships().cloned().map(Value::Relationship),
        )),
        (Function::Length, Value::Path(path)) => Ok(Value::Integer(
            i64::try_from(path.length()).unwrap_or(i64::MAX),
        )),
        (Function::Nodes | Function::Relationships | Function::Length, other) => {
            Err(wrong_argument(function, "a path", other))
        }
        (Function::StartNode | Function::EndNode, other) => {
            Err(wrong_argument(function, "a relationship", other))
        }
        (_, other) => Err(wrong_argument(function, "a node or a relationship", other)),
    }
}

fn labels(node: &Node, context: &Context<'_, '_>) -> Result<Value, RunError> {
    let Some(view) = context.graph().node(node.id()) else {
        return Err(RunError::DeletedEntityAccess { what: "the node" });
    };
    Ok(Value::list(
        view.label_names().into_iter().map(Value::String),
    ))
}

/// The type, which may still be asked for after the relationship is deleted.
fn rel_type(relationship: &Relationship, context: &Context<'_, '_>) -> Result<Value, RunError> {
    let name: Option<Arc<str>> = match context.graph().relationship(relationship.id()) {
        Some(view) => Some(view.type_name()),
        None => context.removed_type(relationship.id()),
    };
    name.map(Value::String)
        .ok_or(RunError::DeletedEntityAccess {
            what: "the relationship",
        })
}
