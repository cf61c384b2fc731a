//! The relationships at a node.

use crate::graph::{Direction, Neighbour};
use crate::model::{Node, NodeId, PropertyKey, RelId, Relationship, Value};
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::{evaluate, is_equal, wrong_type};
use crate::query::logical::End;
use crate::query::physical::{Expansion, Expression, Types};

use super::{BoxOperator, Context, Operator, Row};

/// The relationships that fit at the node of each row.
pub(super) struct Expand {
    input: BoxOperator,
    relationship: Slot,
    expansion: Expansion,
    found: Vec<Neighbour>,
    at: usize,
}

impl Expand {
    pub(super) fn new(input: BoxOperator, relationship: Slot, expansion: Expansion) -> Self {
        Self {
            input,
            relationship,
            expansion,
            found: Vec::new(),
            at: 0,
        }
    }
}

impl Operator for Expand {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.found.clear();
        self.at = 0;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            while let Some(neighbour) = self.found.get(self.at).copied() {
                self.at += 1;
                context.tick()?;
                let id = neighbour.relationship;
                if is_used(row, &self.expansion.distinct_from, id) {
                    continue;
                }
                if arrive(self.expansion.to, neighbour.node, row) {
                    let relationship = Relationship::bare(id);
                    row.set(self.relationship, Value::Relationship(relationship));
                    return Ok(true);
                }
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.at = 0;
            self.found.clear();
            if let Some(node) = node_in(row, self.expansion.from)? {
                let Expansion {
                    types, direction, ..
                } = &self.expansion;
                collect(node, *direction, types, &mut self.found, context);
            }
        }
    }
}

/// The node in a slot; `None` for null.
pub(super) fn node_in(row: &Row, slot: Slot) -> Result<Option<NodeId>, RunError> {
    let value = row.value(slot);
    let node = value.as_node();
    if node.is_none() && !value.is_null() {
        return Err(wrong_type("the node of a pattern", "a node", value));
    }
    Ok(node)
}

/// Collects the neighbours of a node whose relationships have one of `types`.
pub(super) fn collect(
    node: NodeId,
    direction: Direction,
    types: &Types,
    found: &mut Vec<Neighbour>,
    context: &Context<'_, '_>,
) {
    match types {
        Types::Any => context
            .graph()
            .collect_neighbours(node, direction, &[], found),
        Types::Only(types) if types.is_empty() => found.clear(),
        Types::Only(types) => context
            .graph()
            .collect_neighbours(node, direction, types, found),
    }
}

/// Whether the relationship lies in one of the slots, alone or in a list.
pub(super) fn is_used(row: &Row, slots: &[Slot], id: RelId) -> bool {
    let is_it = |value: &Value| value.as_relationship() == Some(id);
    slots.iter().any(|slot| {
        let value = row.value(*slot);
        is_it(value) || value.as_list().is_some_and(|items| items.iter().any(is_it))
    })
}

/// Fills or checks the end of a pattern; false if it is another node.
pub(super) fn arrive(end: End, node: NodeId, row: &mut Row) -> bool {
    match end {
        End::New(slot) => {
            row.set(slot, Value::Node(Node::bare(node)));
            true
        }
        End::Bound(slot) => row.value(slot).as_node() == Some(node),
    }
}

/// What each relationship of a chain must have, for the present row.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    properties: Vec<(Option<PropertyKey>, Value)>,
}

impl Wanted {
    /// The properties that `expression`, a map, asks for.
    pub(super) fn new(
        expression: Option<&Expression>,
        row: &mut Row,
        context: &mut Context<'_, '_>,
    ) -> Result<Self, RunError> {
        let Some(expression) = expression else {
            return Ok(Self::default());
        };
        let value = evaluate(expression, row, context)?;
        let Value::Map(map) = &value else {
            return Err(wrong_type("the properties of a pattern", "a map", &value));
        };
        let graph = context.graph();
        let properties = map
            .iter()
            .map(|(key, value)| (graph.property_key(key), value.clone()))
            .collect();
        Ok(Self { properties })
    }

    /// Whether a relationship has them all.
    pub(super) fn fits(&self, id: RelId, context: &Context<'_, '_>) -> bool {
        if self.properties.is_empty() {
            return true;
        }
        let Some(relationship) = context.graph().relationship(id) else {
            return false;
        };
        self.properties.iter().all(|(key, wanted)| {
            key.and_then(|key| relationship.property(key))
                .is_some_and(|value| is_equal(value, wanted))
        })
    }
}
