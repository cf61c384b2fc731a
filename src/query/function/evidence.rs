//! Functions of what stands behind relationships: the quote, its place, its documents.
//!
//! A relationship made from text holds its sentence and where that stands; the document is named
//! by its source, as its node is. Of nodes, what stands behind the relationships between them is
//! meant, whichever way they go.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::graph::{Direction, PropertyGraph, RelationshipView};
use crate::model::{Node, NodeId, RelId, RelType, Relationship, Value, label, property};
use crate::query::error::RunError;
use crate::query::exec::Context;
use crate::query::signature::Function;

use super::{argument, wrong_argument};

/// What the functions of several relationships take.
const BEHIND: &str = "a relationship, a list of relationships, a path or two nodes";

/// `quote` and `place`, which are of one relationship.
pub(super) fn of_one(
    function: Function,
    given: &Value,
    context: &Context<'_, '_>,
) -> Result<Value, RunError> {
    if given.is_null() {
        return Ok(Value::Null);
    }
    let Some(id) = given.as_relationship() else {
        return Err(wrong_argument(function, "a relationship", given));
    };
    let relationship = context.graph().relationship(id).ok_or(DELETED)?;
    if function == Function::Place {
        return Ok(place(relationship));
    }
    let quote = relationship.property_named(property::EVIDENCE);
    Ok(quote.cloned().unwrap_or_default())
}

/// `sources`, `documents` and `support`, which are of several relationships.
pub(super) fn of_several(
    function: Function,
    arguments: &[Value],
    context: &Context<'_, '_>,
) -> Result<Value, RunError> {
    if argument(arguments, 0).is_null() {
        return Ok(Value::Null);
    }
    let graph = context.graph();
    let Some(behind) = relationships(function, arguments, graph)? else {
        return Ok(Value::Null);
    };
    let sources = sources(&behind, graph);
    Ok(if function == Function::Sources {
        Value::list(sources.into_iter().map(Value::String))
    } else if function == Function::Documents {
        documents(&sources, graph)
    } else {
        Value::Integer(support(&sources, graph))
    })
}

const DELETED: RunError = RunError::DeletedEntityAccess {
    what: "the relationship",
};

/// Document, start and end; null if nothing is known of them.
fn place(relationship: RelationshipView<'_>) -> Value {
    let parts = [property::DOCUMENT, property::START, property::END];
    let known = parts.map(|key| (key, relationship.property_named(key)));
    if known.iter().all(|(_, value)| value.is_none()) {
        return Value::Null;
    }
    let entries = known.into_iter();
    Value::map(entries.map(|(key, value)| (key, value.cloned().unwrap_or_default())))
}

/// The relationships that are meant; `None` if null is among the nodes.
fn relationships<'g>(
    function: Function,
    arguments: &[Value],
    graph: &'g PropertyGraph,
) -> Result<Option<Vec<RelationshipView<'g>>>, RunError> {
    let first = argument(arguments, 0);
    if let Some(from) = first.as_node() {
        let second = argument(arguments, 1);
        let types = argument(arguments, 2);
        if arguments.len() < 2 {
            return Err(wrong_argument(function, BEHIND, first));
        }
        if second.is_null() {
            return Ok(None);
        }
        let Some(to) = second.as_node() else {
            return Err(wrong_argument(function, BEHIND, second));
        };
        let types = if arguments.len() < 3 {
            None
        } else if types.is_null() {
            return Ok(None);
        } else {
            Some(rel_types(function, types, graph)?)
        };
        return Ok(Some(between(from, to, types.as_deref(), graph)));
    }
    let mut ids: Vec<RelId> = Vec::new();
    gather(function, first, &mut ids)?;
    if arguments.len() > 1 {
        return Err(wrong_argument(function, "two nodes and types", first));
    }
    let found: Option<Vec<_>> = ids.into_iter().map(|id| graph.relationship(id)).collect();
    found.map(Some).ok_or(DELETED)
}

/// The relationships in a value; null in a list is passed over.
fn gather(function: Function, given: &Value, found: &mut Vec<RelId>) -> Result<(), RunError> {
    if let Some(id) = given.as_relationship() {
        found.push(id);
    } else if let Value::Path(path) = given {
        found.extend(path.relationships().map(Relationship::id));
    } else if let Some(items) = given.as_list() {
        for item in items.iter().filter(|item| !item.is_null()) {
            gather(function, item, found)?;
        }
    } else {
        return Err(wrong_argument(function, BEHIND, given));
    }
    Ok(())
}

fn rel_types(
    function: Function,
    names: &Value,
    graph: &PropertyGraph,
) -> Result<Vec<RelType>, RunError> {
    let items = names.as_list().unwrap_or(std::slice::from_ref(names));
    let mut types = Vec::new();
    for item in items {
        let Some(name) = item.as_str() else {
            return Err(wrong_argument(function, "a type or a list of types", names));
        };
        types.extend(graph.rel_type(name));
    }
    Ok(types)
}

/// The relationships between two nodes, looked up at the one with fewer.
fn between<'g>(
    from: NodeId,
    to: NodeId,
    types: Option<&[RelType]>,
    graph: &'g PropertyGraph,
) -> Vec<RelationshipView<'g>> {
    if types.is_some_and(<[RelType]>::is_empty) {
        return Vec::new();
    }
    let degree = |node| graph.degree(node, Direction::Both);
    let (few, other) = if degree(from) <= degree(to) {
        (from, to)
    } else {
        (to, from)
    };
    let found = graph.neighbours(few, Direction::Both, types.unwrap_or_default());
    let between = found.into_iter().filter(|found| found.node == other);
    between
        .filter_map(|found| graph.relationship(found.relationship))
        .collect()
}

/// The sources of the documents behind relationships, in the order of the alphabet.
fn sources(behind: &[RelationshipView<'_>], graph: &PropertyGraph) -> BTreeSet<Arc<str>> {
    let Some(key) = graph.property_key(property::DOCUMENT) else {
        return BTreeSet::new();
    };
    let documents = behind.iter().filter_map(|behind| behind.property(key));
    documents
        .filter_map(|document| {
            if let Value::String(source) = document {
                Some(Arc::clone(source))
            } else {
                None
            }
        })
        .collect()
}

/// The nodes of documents, in the order of their sources.
fn documents(sources: &BTreeSet<Arc<str>>, graph: &PropertyGraph) -> Value {
    let nodes = sources.iter().flat_map(|source| nodes_of(source, graph));
    Value::list(nodes.map(|node| Value::Node(Node::bare(node))))
}

fn nodes_of(source: &Arc<str>, graph: &PropertyGraph) -> Vec<NodeId> {
    let (Some(key), Some(label)) = (
        graph.property_key(property::SOURCE),
        graph.label(label::DOCUMENT),
    ) else {
        return Vec::new();
    };
    let found = graph.nodes_with_value(key, &Value::String(Arc::clone(source)));
    let documents = found.into_iter().flatten().filter(|id| {
        let node = graph.node(*id);
        node.is_some_and(|node| node.has_label(label))
    });
    documents.collect()
}

/// How many documents there are, those with the same bytes counted once.
fn support(sources: &BTreeSet<Arc<str>>, graph: &PropertyGraph) -> i64 {
    let mut hashes: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut without_hash = 0;
    for source in sources {
        let hash = nodes_of(source, graph).into_iter().find_map(|id| {
            let hash = graph.node(id)?.property_named(property::HASH)?;
            hash.as_str().map(Arc::from)
        });
        if let Some(hash) = hash {
            hashes.insert(hash);
        } else {
            without_hash += 1;
        }
    }
    without_hash + i64::try_from(hashes.len()).unwrap_or(i64::MAX)
}
