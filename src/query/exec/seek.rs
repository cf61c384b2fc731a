//! Nodes looked up: by a property, by id.

use crate::model::{Label, Node, NodeId, PropertyKey, Value};
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::{evaluate, is_equal};
use crate::query::physical::Expression;

use super::{BoxOperator, Context, Operator, Row};

/// The nodes whose property equals a value, for each row.
pub(super) struct Seek {
    input: BoxOperator,
    node: Slot,
    label: Option<Label>,
    key: PropertyKey,
    value: Expression,
    wanted: Value,
    candidates: Vec<NodeId>,
    at: usize,
}

impl Seek {
    pub(super) fn new(
        input: BoxOperator,
        node: Slot,
        label: Option<Label>,
        key: PropertyKey,
        value: Expression,
    ) -> Self {
        Self {
            input,
            node,
            label,
            key,
            value,
            wanted: Value::Null,
            candidates: Vec::new(),
            at: 0,
        }
    }

    /// Finds the candidates: from the index if there is one for such values, else all nodes.
    fn collect(&mut self, context: &Context<'_, '_>) {
        self.candidates.clear();
        self.at = 0;
        if self.wanted.is_null() {
            return;
        }
        let graph = context.graph();
        if let Some(found) = graph.nodes_with_value(self.key, &self.wanted) {
            self.candidates.extend(found);
        } else if let Some(label) = self.label {
            self.candidates.extend(graph.nodes_with_label(label));
        } else {
            self.candidates.extend(graph.node_ids_from(NodeId::new(0)));
        }
    }

    fn fits(&self, id: NodeId, context: &Context<'_, '_>) -> bool {
        let Some(node) = context.graph().node(id) else {
            return false;
        };
        self.label.is_none_or(|label| node.has_label(label))
            && node
                .property(self.key)
                .is_some_and(|value| is_equal(value, &self.wanted))
    }
}

impl Operator for Seek {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.candidates.clear();
        self.at = 0;
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            while let Some(id) = self.candidates.get(self.at).copied() {
                self.at += 1;
                context.tick()?;
                if self.fits(id, context) {
                    row.set(self.node, Value::Node(Node::bare(id)));
                    return Ok(true);
                }
            }
            context.tick()?;
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.wanted = evaluate(&self.value, row, context)?;
            self.collect(context);
        }
    }
}

/// The node of an id, for each row.
pub(super) struct NodeById {
    input: BoxOperator,
    node: Slot,
    id: Expression,
}

impl NodeById {
    pub(super) fn new(input: BoxOperator, node: Slot, id: Expression) -> Self {
        Self { input, node, id }
    }
}

impl Operator for NodeById {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        while self.input.next(context, row)? {
            context.tick()?;
            let id = evaluate(&self.id, row, context)?;
            #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
            let whole = id
                .as_float()
                .filter(|number| number.fract() == 0.0)
                .map(|number| number as i64);
            if let Some(id) = id.as_integer().or(whole).map(NodeId::new)
                && context.has_node(id)
            {
                row.set(self.node, Value::Node(Node::bare(id)));
                return Ok(true);
            }
        }
        Ok(false)
    }
}
