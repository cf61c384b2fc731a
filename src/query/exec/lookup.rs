//! The elements that a value, or one of a list of values, names.

use std::collections::BTreeSet;

use crate::model::{Node, NodeId, PropertyKey, RelId, Relationship, Value};
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::evaluate;
use crate::query::physical::{Expression, Sought};

use super::{BoxOperator, Context, Operator, Row};

/// For each row the elements that its values name, in the order of their ids, each once. These are
/// candidates: a filter that follows decides.
pub(super) struct Lookup {
    input: BoxOperator,
    element: Slot,
    sought: Sought,
    values: Expression,
    candidates: std::vec::IntoIter<Value>,
}

impl Lookup {
    pub(super) fn new(
        input: BoxOperator,
        element: Slot,
        sought: Sought,
        values: Expression,
    ) -> Self {
        Self {
            input,
            element,
            sought,
            values,
            candidates: Vec::new().into_iter(),
        }
    }

    fn candidates(&self, values: &Value, context: &Context<'_, '_>) -> Vec<Value> {
        let items = values.as_list().unwrap_or(std::slice::from_ref(values));
        let graph = context.graph();
        match self.sought {
            Sought::NodeId => {
                let ids: BTreeSet<i64> = items.iter().filter_map(number).collect();
                let ids = ids.into_iter().map(NodeId::new);
                ids.filter(|id| graph.node(*id).is_some())
                    .map(|id| Value::Node(Node::bare(id)))
                    .collect()
            }
            Sought::RelationshipId => {
                let ids: BTreeSet<i64> = items.iter().filter_map(number).collect();
                let ids = ids.into_iter().map(RelId::new);
                ids.filter(|id| graph.relationship(*id).is_some())
                    .map(|id| Value::Relationship(Relationship::bare(id)))
                    .collect()
            }
            Sought::Property(key) => named(items, key, context)
                .into_iter()
                .map(|id| Value::Node(Node::bare(id)))
                .collect(),
        }
    }
}

/// The nodes whose property may equal one of the items.
fn named(items: &[Value], key: PropertyKey, context: &Context<'_, '_>) -> BTreeSet<NodeId> {
    let graph = context.graph();
    let mut nodes = BTreeSet::new();
    for item in items.iter().filter(|item| !item.is_null()) {
        match graph.nodes_with_value(key, item) {
            Some(found) => nodes.extend(found),
            // No index covers such values.
            None => nodes.extend(graph.node_ids_from(NodeId::new(0))),
        }
    }
    nodes
}

/// The id that a number, or the text of one, names.
fn number(value: &Value) -> Option<i64> {
    if let Some(text) = value.as_str() {
        return text.parse().ok();
    }
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
    let whole = value
        .as_float()
        .filter(|number| number.fract() == 0.0)
        .map(|number| number as i64);
    value.as_integer().or(whole)
}

impl Operator for Lookup {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.candidates = Vec::new().into_iter();
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            context.tick()?;
            if let Some(found) = self.candidates.next() {
                row.set(self.element, found);
                return Ok(true);
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            let values = evaluate(&self.values, row, context)?;
            self.candidates = self.candidates(&values, context).into_iter();
        }
    }
}
