//! Reading parts: properties, labels, items, slices.

use std::sync::Arc;

use crate::model::{Map, Value};
use crate::query::error::RunError;
use crate::query::exec::Context;
use crate::query::function::component;
use crate::query::physical::{Key, LabelTest};

use super::{short, wrong_type};

static NULL: Value = Value::Null;

/// The property of a node or relationship that is there, where it lies; `None` for all others.
pub(super) fn stored_property<'v>(
    of: &'v Value,
    key: &Key,
    context: &'v Context<'_, '_>,
) -> Option<&'v Value> {
    match of {
        Value::Null => Some(&NULL),
        Value::Node(node) => {
            let node = context.graph().node(node.id())?;
            Some(
                key.number
                    .and_then(|key| node.property(key))
                    .unwrap_or(&NULL),
            )
        }
        Value::Relationship(relationship) => {
            let relationship = context.graph().relationship(relationship.id())?;
            Some(
                key.number
                    .and_then(|key| relationship.property(key))
                    .unwrap_or(&NULL),
            )
        }
        Value::Map(map) => Some(map.get(&key.name).unwrap_or(&NULL)),
        Value::Boolean(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::String(_)
        | Value::List(_)
        | Value::Path(_)
        | Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => None,
    }
}

/// The property of a node, relationship, map or time.
pub(crate) fn property(
    of: &Value,
    key: &Key,
    context: &Context<'_, '_>,
) -> Result<Value, RunError> {
    if let Some(value) = stored_property(of, key, context) {
        return Ok(value.clone());
    }
    match of {
        Value::Node(_) => Err(RunError::DeletedEntityAccess { what: "the node" }),
        Value::Relationship(_) => Err(RunError::DeletedEntityAccess {
            what: "the relationship",
        }),
        Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => Ok(component(of, &key.name)),
        Value::Null
        | Value::Map(_)
        | Value::Boolean(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::String(_)
        | Value::List(_)
        | Value::Path(_) => Err(wrong_type(
            format!("what has the property `{}`", key.name),
            "a node, a relationship, a map or a time",
            of,
        )),
    }
}

/// All properties of a node, a relationship or a map.
pub(crate) fn properties_of(of: &Value, context: &Context<'_, '_>) -> Result<Map, RunError> {
    match of {
        Value::Node(node) => context
            .graph()
            .node(node.id())
            .map(crate::graph::NodeView::property_map)
            .ok_or(RunError::DeletedEntityAccess { what: "the node" }),
        Value::Relationship(relationship) => context
            .graph()
            .relationship(relationship.id())
            .map(crate::graph::RelationshipView::property_map)
            .ok_or(RunError::DeletedEntityAccess {
                what: "the relationship",
            }),
        Value::Map(map) => Ok(Map::clone(map)),
        Value::Null
        | Value::Boolean(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::String(_)
        | Value::List(_)
        | Value::Path(_)
        | Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => Err(wrong_type(
            "what has properties",
            "a node, a relationship or a map",
            of,
        )),
    }
}

pub(super) fn has_labels(
    of: &Value,
    labels: &[LabelTest],
    context: &Context<'_, '_>,
) -> Result<Value, RunError> {
    if let Value::Node(node) = of {
        let Some(node) = context.graph().node(node.id()) else {
            return Err(RunError::DeletedEntityAccess { what: "the node" });
        };
        let has_all = labels
            .iter()
            .all(|test| test.label.is_some_and(|label| node.has_label(label)));
        return Ok(has_all.into());
    }
    if let Value::Relationship(relationship) = of {
        let Some(relationship) = context.graph().relationship(relationship.id()) else {
            return Err(RunError::DeletedEntityAccess {
                what: "the relationship",
            });
        };
        let rel_type = relationship.rel_type();
        let has_all = labels.iter().all(|test| test.rel_type == Some(rel_type));
        return Ok(has_all.into());
    }
    if of.is_null() {
        return Ok(Value::Null);
    }
    Err(wrong_type("what bears a label", "a node", of))
}

pub(super) fn has_any_label(of: &Value, context: &Context<'_, '_>) -> Result<Value, RunError> {
    if let Value::Node(node) = of {
        return match context.graph().node(node.id()) {
            Some(node) => Ok((!node.labels().is_empty()).into()),
            None => Err(RunError::DeletedEntityAccess { what: "the node" }),
        };
    }
    if let Value::Relationship(_) = of {
        return Ok(true.into());
    }
    if of.is_null() {
        return Ok(Value::Null);
    }
    Err(wrong_type("what bears a label", "a node", of))
}

pub(super) fn index(
    of: &Value,
    index: &Value,
    context: &Context<'_, '_>,
) -> Result<Value, RunError> {
    match (of, index) {
        (Value::List(items), Value::Integer(at)) => {
            let item = place(items.len(), *at).and_then(|at| items.get(at));
            Ok(item.cloned().unwrap_or_default())
        }
        (Value::Null, _) => Ok(Value::Null),
        (Value::List(_) | Value::Map(_) | Value::Node(_) | Value::Relationship(_), Value::Null) => {
            Ok(Value::Null)
        }
        (Value::List(_), other) => Err(RunError::ListElementAccessByNonInteger {
            given: short(other),
        }),
        (Value::Map(map), Value::String(key)) => Ok(map.get(&**key).cloned().unwrap_or_default()),
        (Value::Node(_) | Value::Relationship(_), Value::String(name)) => {
            let key = Key {
                name: Arc::clone(name),
                number: context.graph().property_key(name),
            };
            property(of, &key, context)
        }
        (Value::Map(_) | Value::Node(_) | Value::Relationship(_), other) => {
            Err(RunError::MapElementAccessByNonString {
                given: short(other),
            })
        }
        (other, _) => Err(wrong_type(
            "what is read with [ ]",
            "a list, a map, a node or a relationship",
            other,
        )),
    }
}

/// The place that `at` names in a list: from the front, or from the back if negative.
fn place(len: usize, at: i64) -> Option<usize> {
    if at < 0 {
        len.checked_sub(usize::try_from(at.unsigned_abs()).ok()?)
    } else {
        usize::try_from(at).ok()
    }
}

pub(super) fn slice(
    of: &Value,
    from: Option<&Value>,
    to: Option<&Value>,
) -> Result<Value, RunError> {
    let Value::List(items) = of else {
        return if of.is_null() {
            Ok(Value::Null)
        } else {
            Err(wrong_type("what is read with [..]", "a list", of))
        };
    };
    let border = |bound: Option<&Value>, default: usize| match bound {
        None => Ok(Some(default)),
        Some(Value::Null) => Ok(None),
        Some(Value::Integer(at)) => {
            let held = if *at < 0 {
                place(items.len(), *at).unwrap_or(0)
            } else {
                usize::try_from(*at).unwrap_or(usize::MAX)
            };
            Ok(Some(held.min(items.len())))
        }
        Some(other) => Err(RunError::ListElementAccessByNonInteger {
            given: short(other),
        }),
    };
    let (Some(from), Some(to)) = (border(from, 0)?, border(to, items.len())?) else {
        return Ok(Value::Null);
    };
    let part = items.get(from..to).unwrap_or_default();
    Ok(Value::list(part.iter().cloned()))
}
