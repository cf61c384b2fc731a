//! Nodes, relationships and paths, deleted.

use std::collections::BTreeSet;

use crate::model::{Node, NodeId, RelId, Relationship, Value};
use crate::query::ast::Attachment;
use crate::query::error::RunError;
use crate::query::eval::{evaluate, wrong_type};
use crate::query::physical::Expression;

use super::create::refused;
use super::eager::Kept;
use super::{BoxOperator, Context, Operator, Row};

/// Deletes what all rows name: first the relationships, so that the nodes come free.
pub(super) struct Delete {
    input: BoxOperator,
    targets: Vec<Expression>,
    attachment: Attachment,
    kept: Kept,
}

#[derive(Debug, Default)]
struct Doomed {
    nodes: BTreeSet<NodeId>,
    relationships: BTreeSet<RelId>,
}

impl Doomed {
    fn add(&mut self, value: &Value) -> Result<(), RunError> {
        if let Some(node) = value.as_node() {
            self.nodes.insert(node);
        } else if let Some(relationship) = value.as_relationship() {
            self.relationships.insert(relationship);
        } else if let Value::Path(path) = value {
            self.nodes.extend(path.nodes().map(Node::id));
            let steps = path.relationships().map(Relationship::id);
            self.relationships.extend(steps);
        } else if !value.is_null() {
            let wanted = "a node, a relationship or a path";
            return Err(wrong_type("what is deleted", wanted, value));
        }
        Ok(())
    }

    fn delete(self, attachment: Attachment, context: &mut Context<'_, '_>) -> Result<(), RunError> {
        for id in self.relationships {
            context.tick()?;
            if context.graph().relationship(id).is_some() {
                let removed = context.transaction()?.remove_relationship(id);
                removed.map_err(refused)?;
            }
        }
        for id in self.nodes {
            context.tick()?;
            if !context.has_node(id) {
                continue;
            }
            let transaction = context.transaction()?;
            let removed = match attachment {
                Attachment::Detach => transaction.detach_node(id),
                Attachment::Keep => transaction.remove_node(id),
            };
            removed.map_err(refused)?;
        }
        Ok(())
    }
}

impl Delete {
    pub(super) fn new(
        input: BoxOperator,
        targets: Vec<Expression>,
        attachment: Attachment,
    ) -> Self {
        Self {
            input,
            targets,
            attachment,
            kept: Kept::default(),
        }
    }
}

impl Operator for Delete {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.kept.clear(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        if !self.kept.is_gathered() {
            let mut rows = Kept::all_rows(&mut self.input, context, row)?;
            let mut doomed = Doomed::default();
            for row in &mut rows {
                for target in &self.targets {
                    doomed.add(&evaluate(target, row, context)?)?;
                }
            }
            doomed.delete(self.attachment, context)?;
            self.kept.keep(rows);
        }
        Ok(self.kept.pass_on(row))
    }
}
