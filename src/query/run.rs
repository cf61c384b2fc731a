//! Runs a logical plan on a graph: the back half of the engine in one place.

use std::sync::Arc;

use crate::base::{Cancel, Clock};
use crate::graph::{PropertyGraph, Transaction};
use crate::model::{Map, Node, Path, Relationship, Value};

use super::error::QueryError;
use super::exec::{Access, Context, Limits, Row, build};
use super::logical;
use super::physical::physical_plan;
use super::procedure::Procedures;

/// What a run is given beside the plan and the graph.
#[derive(Debug, Clone)]
pub struct Settings<'s> {
    /// The values of parameters.
    pub parameters: &'s Map,
    /// What can be called.
    pub procedures: &'s Procedures,
    /// How much the query may use.
    pub limits: Limits,
    /// Stops the query from another thread.
    pub cancel: Cancel,
    /// What the time functions ask.
    pub clock: Clock,
}

/// The result of a query.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, as wide as there are columns. Nodes, relationships and paths have their content.
    pub rows: Vec<Vec<Value>>,
}

/// The rows of a plan that only reads.
///
/// # Errors
/// [`QueryError::Run`].
pub fn read(
    plan: &logical::Plan,
    graph: &PropertyGraph,
    settings: &Settings<'_>,
) -> Result<Rows, QueryError> {
    let physical = physical_plan(plan, settings.parameters, &mut &*graph)?;
    run(physical, Access::Read(graph), settings)
}

/// The rows of a plan that may write. The changes are in the transaction; when the query fails,
/// it must not be committed.
///
/// # Errors
/// [`QueryError::Run`].
pub fn write(
    plan: &logical::Plan,
    transaction: &mut Transaction<'_>,
    settings: &Settings<'_>,
) -> Result<Rows, QueryError> {
    let physical = physical_plan(plan, settings.parameters, transaction)?;
    run(physical, Access::Write(transaction), settings)
}

fn run(
    plan: super::physical::Plan,
    access: Access<'_, '_>,
    settings: &Settings<'_>,
) -> Result<Rows, QueryError> {
    let subqueries = plan.subqueries.into_iter().map(build).collect();
    let mut context = Context::new(
        access,
        settings.procedures,
        settings.clock,
        settings.cancel.clone(),
        settings.limits,
        subqueries,
    );
    let mut root = build(plan.root);
    let mut row = Row::new(plan.width);
    let (names, slots): (Vec<_>, Vec<_>) = plan.columns.into_iter().unzip();
    let mut result = Rows {
        columns: names,
        rows: Vec::new(),
    };
    let failed = |error, context: &Context<'_, '_>| QueryError::Run {
        error,
        span: context.fault,
    };
    loop {
        match root.next(&mut context, &mut row) {
            Ok(true) => {}
            Ok(false) => return Ok(result),
            Err(error) => return Err(failed(error, &context)),
        }
        if slots.is_empty() {
            continue;
        }
        let graph = context.graph();
        let values = slots
            .iter()
            .map(|slot| with_content(row.value(*slot), graph))
            .collect();
        result.rows.push(values);
        context
            .check_rows(result.rows.len() as u64)
            .and_then(|()| context.hold(slots.len()))
            .map_err(|error| failed(error, &context))?;
    }
}

/// The value with the labels, types and properties of all elements in it, as they are now.
fn with_content(value: &Value, graph: &PropertyGraph) -> Value {
    match value {
        Value::Node(node) => Value::Node(full_node(node, graph)),
        Value::Relationship(relationship) => {
            Value::Relationship(full_relationship(relationship, graph))
        }
        Value::Path(path) => {
            let steps = path
                .steps()
                .iter()
                .map(|(relationship, node)| {
                    let relationship = full_relationship(relationship, graph);
                    (relationship, full_node(node, graph))
                })
                .collect();
            Value::Path(Arc::new(Path::new(full_node(path.start(), graph), steps)))
        }
        Value::List(items) => {
            if items.iter().all(is_plain) {
                return value.clone();
            }
            Value::list(items.iter().map(|item| with_content(item, graph)))
        }
        Value::Map(map) => {
            if map.values().all(is_plain) {
                return value.clone();
            }
            Value::map(
                map.iter()
                    .map(|(key, value)| (Arc::clone(key), with_content(value, graph))),
            )
        }
        Value::Null
        | Value::Boolean(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::String(_)
        | Value::Date(_)
        | Value::LocalTime(_)
        | Value::Time(_)
        | Value::LocalDateTime(_)
        | Value::DateTime(_)
        | Value::Duration(_) => value.clone(),
    }
}

/// Whether the value holds no element, at the first look.
fn is_plain(value: &Value) -> bool {
    !matches!(
        value,
        Value::Node(_) | Value::Relationship(_) | Value::Path(_) | Value::List(_) | Value::Map(_)
    )
}

fn full_node(node: &Node, graph: &PropertyGraph) -> Node {
    graph
        .node(node.id())
        .map_or_else(|| node.clone(), crate::graph::NodeView::to_node)
}

fn full_relationship(relationship: &Relationship, graph: &PropertyGraph) -> Relationship {
    graph.relationship(relationship.id()).map_or_else(
        || relationship.clone(),
        crate::graph::RelationshipView::to_relationship,
    )
}
