//! What the graph holds, as its data shows it, and what can be called.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::graph::NodeView;
use crate::model::{Label, PropertyKey, RelType, Value};
use crate::query::error::RunError;
use crate::query::reference::{Callable, CallableKind, callables};

use super::{Call, Procedures, Table, integer};

/// `db.labels`
pub(super) fn labels(call: &Call<'_, '_, '_>) -> Table {
    counted(call.graph().labels_in_use())
}

/// `db.relationshipTypes`
pub(super) fn relationship_types(call: &Call<'_, '_, '_>) -> Table {
    counted(call.graph().types_in_use())
}

fn counted(names: BTreeMap<Arc<str>, usize>) -> Table {
    let rows = names.into_iter();
    rows.map(|(name, count)| vec![Value::String(name), integer(count)])
        .collect()
}

/// `db.propertyKeys`
pub(super) fn property_keys(call: &Call<'_, '_, '_>) -> Table {
    let keys = call.graph().property_keys_in_use().into_iter();
    keys.map(|key| vec![Value::String(key)]).collect()
}

/// How many elements of one kind there are, and what properties they have.
#[derive(Default)]
struct Kind {
    count: usize,
    properties: BTreeMap<PropertyKey, (usize, BTreeSet<&'static str>)>,
}

impl Kind {
    fn add<'v>(&mut self, properties: impl Iterator<Item = (PropertyKey, &'v Value)>) {
        self.count += 1;
        for (key, value) in properties {
            let (count, types) = self.properties.entry(key).or_default();
            *count += 1;
            types.insert(type_name(value));
        }
    }

    /// A row for each property, or one without: name, types, whether all have it, how many.
    fn rows(&self, key_name: impl Fn(PropertyKey) -> Arc<str>) -> Table {
        let mut named: Vec<_> = self
            .properties
            .iter()
            .map(|(key, found)| (key_name(*key), found))
            .collect();
        named.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        if named.is_empty() {
            let none = vec![Value::Null, Value::Null, false.into(), integer(self.count)];
            return vec![none];
        }
        named
            .into_iter()
            .map(|(name, (count, types))| {
                vec![
                    Value::String(name),
                    Value::list(types.iter().map(|name| Value::from(*name))),
                    (*count == self.count).into(),
                    integer(*count),
                ]
            })
            .collect()
    }
}

/// `db.schema.nodeTypeProperties`: nodes with the same labels are of one kind.
pub(super) fn node_type_properties(call: &Call<'_, '_, '_>) -> Result<Table, RunError> {
    let graph = call.graph();
    let mut kinds: BTreeMap<&[Label], Kind> = BTreeMap::new();
    for node in graph.nodes() {
        call.context.tick()?;
        kinds
            .entry(node.labels())
            .or_default()
            .add(node.properties());
    }
    let mut named: Vec<(Vec<Arc<str>>, Kind)> = kinds
        .into_iter()
        .map(|(labels, kind)| (label_names(call, labels), kind))
        .collect();
    named.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let mut rows = Vec::new();
    for (labels, kind) in named {
        let mut name = String::new();
        for label in &labels {
            name.push_str(":`");
            name.push_str(label);
            name.push('`');
        }
        let labels = Value::list(labels.into_iter().map(Value::String));
        for properties in kind.rows(|key| graph.key_name(key)) {
            let mut row = vec![Value::from(name.as_str()), labels.clone()];
            row.extend(properties);
            rows.push(row);
        }
    }
    Ok(rows)
}

/// `db.schema.relTypeProperties`
pub(super) fn rel_type_properties(call: &Call<'_, '_, '_>) -> Result<Table, RunError> {
    let graph = call.graph();
    let mut kinds: BTreeMap<RelType, Kind> = BTreeMap::new();
    for relationship in graph.relationships() {
        call.context.tick()?;
        let kind = kinds.entry(relationship.rel_type()).or_default();
        kind.add(relationship.properties());
    }
    let mut named: Vec<(Arc<str>, Kind)> = kinds
        .into_iter()
        .map(|(rel_type, kind)| (graph.type_name(rel_type), kind))
        .collect();
    named.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    let mut rows = Vec::new();
    for (name, kind) in named {
        for properties in kind.rows(|key| graph.key_name(key)) {
            let mut row = vec![Value::from(format!(":`{name}`"))];
            row.extend(properties);
            rows.push(row);
        }
    }
    Ok(rows)
}

/// `db.schema.patterns`: the most frequent first.
pub(super) fn patterns(call: &Call<'_, '_, '_>) -> Result<Table, RunError> {
    let graph = call.graph();
    let labels = |id| graph.node(id).map_or(&[][..], NodeView::labels);
    let mut counts: BTreeMap<(&[Label], RelType, &[Label]), usize> = BTreeMap::new();
    for relationship in graph.relationships() {
        call.context.tick()?;
        let (start, end) = (labels(relationship.start()), labels(relationship.end()));
        *counts
            .entry((start, relationship.rel_type(), end))
            .or_default() += 1;
    }
    let mut patterns: Vec<_> = counts
        .into_iter()
        .map(|((start, rel_type, end), count)| {
            let (start, end) = (label_names(call, start), label_names(call, end));
            (
                std::cmp::Reverse(count),
                start,
                graph.type_name(rel_type),
                end,
            )
        })
        .collect();
    patterns.sort_unstable();
    let rows = patterns.into_iter().map(|(count, start, rel_type, end)| {
        vec![
            Value::list(start.into_iter().map(Value::String)),
            Value::String(rel_type),
            Value::list(end.into_iter().map(Value::String)),
            integer(count.0),
        ]
    });
    Ok(rows.collect())
}

fn label_names(call: &Call<'_, '_, '_>, labels: &[Label]) -> Vec<Arc<str>> {
    let graph = call.graph();
    let mut names: Vec<Arc<str>> = labels
        .iter()
        .map(|label| graph.label_name(*label))
        .collect();
    names.sort_unstable();
    names
}

/// The type of a stored value, as the query language writes it.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "NULL",
        Value::Boolean(_) => "BOOLEAN",
        Value::Integer(_) => "INTEGER",
        Value::Float(_) => "FLOAT",
        Value::String(_) => "STRING",
        Value::List(_) => "LIST",
        Value::Map(_) => "MAP",
        Value::Node(_) => "NODE",
        Value::Relationship(_) => "RELATIONSHIP",
        Value::Path(_) => "PATH",
        Value::Date(_) => "DATE",
        Value::LocalTime(_) => "LOCAL TIME",
        Value::Time(_) => "ZONED TIME",
        Value::LocalDateTime(_) => "LOCAL DATETIME",
        Value::DateTime(_) => "ZONED DATETIME",
        Value::Duration(_) => "DURATION",
    }
}

/// `db.procedures`
pub(super) fn procedures(procedures: &Procedures) -> Table {
    let all = callables(procedures).into_iter();
    all.filter(|callable| callable.kind == CallableKind::Procedure)
        .map(described)
        .collect()
}

/// `db.functions`
pub(super) fn functions(procedures: &Procedures) -> Table {
    let all = callables(procedures).into_iter();
    all.filter(|callable| callable.kind != CallableKind::Procedure)
        .map(|callable| {
            let aggregating = callable.kind == CallableKind::Aggregate;
            let mut row = described(callable);
            row.push(aggregating.into());
            row
        })
        .collect()
}

fn described(callable: Callable) -> Vec<Value> {
    let texts = [callable.name, callable.signature, callable.description];
    texts.map(Value::from).to_vec()
}
