//! New nodes and relationships.

use crate::graph::{GraphError, Transaction};
use crate::model::{Map, Node, NodeId, PropertyKey, Relationship, Value};
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::{evaluate, properties_of, short, wrong_type};
use crate::query::physical::{CreateNode, CreateRelationship, Expression};

use super::eager::Kept;
use super::{BoxOperator, Context, Operator, Row};

/// What is created for a row.
#[derive(Debug)]
pub(super) struct Creation {
    pub(super) nodes: Vec<CreateNode>,
    pub(super) relationships: Vec<CreateRelationship>,
}

/// What a null among the properties means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nulls {
    /// The property is left out.
    LeftOut,
    /// It could never be found again.
    Refused,
}

impl Creation {
    /// Creates everything and fills the slots.
    pub(super) fn run(
        &self,
        nulls: Nulls,
        context: &mut Context<'_, '_>,
        row: &mut Row,
    ) -> Result<(), RunError> {
        for node in &self.nodes {
            let properties = properties(node.properties.as_ref(), nulls, context, row)?;
            let transaction = context.transaction()?;
            let properties = keyed(transaction, properties);
            let id = transaction
                .create_node(&node.labels, &properties)
                .map_err(refused)?;
            row.set(node.node, Value::Node(Node::bare(id)));
        }
        for relationship in &self.relationships {
            let expression = relationship.properties.as_ref();
            let properties = properties(expression, nulls, context, row)?;
            let start = end_in(row, relationship.start)?;
            let end = end_in(row, relationship.end)?;
            let transaction = context.transaction()?;
            let properties = keyed(transaction, properties);
            let id = transaction
                .create_relationship(relationship.rel_type, start, end, &properties)
                .map_err(refused)?;
            let made = Value::Relationship(Relationship::bare(id));
            row.set(relationship.relationship, made);
        }
        Ok(())
    }
}

fn end_in(row: &Row, slot: Slot) -> Result<NodeId, RunError> {
    let value = row.value(slot);
    value
        .as_node()
        .ok_or_else(|| wrong_type("the end of a new relationship", "a node", value))
}

fn properties(
    expression: Option<&Expression>,
    nulls: Nulls,
    context: &mut Context<'_, '_>,
    row: &mut Row,
) -> Result<Map, RunError> {
    let Some(expression) = expression else {
        return Ok(Map::new());
    };
    let value = evaluate(expression, row, context)?;
    if value.is_null() {
        return Ok(Map::new());
    }
    let map = properties_of(&value, context)?;
    if nulls == Nulls::Refused
        && let Some((key, _)) = map.iter().find(|(_, value)| value.is_null())
    {
        return Err(RunError::MergeReadOwnWrites {
            key: key.to_string(),
        });
    }
    for (key, value) in &map {
        check_storable(key, value)?;
    }
    Ok(map)
}

/// Fails if no property can hold the value.
pub(super) fn check_storable(key: &str, value: &Value) -> Result<(), RunError> {
    if value.is_null() || value.is_storable() {
        return Ok(());
    }
    Err(RunError::InvalidPropertyType {
        key: key.to_owned(),
        given: short(value),
    })
}

fn keyed(transaction: &mut Transaction<'_>, map: Map) -> Vec<(PropertyKey, Value)> {
    map.into_iter()
        .map(|(key, value)| (transaction.property_key(&key), value))
        .collect()
}

/// What the refusal of a change means to a query.
pub(super) fn refused(error: GraphError) -> RunError {
    match error {
        GraphError::NodeNotFound(_) => RunError::DeletedEntityAccess { what: "the node" },
        GraphError::RelationshipNotFound(_) => RunError::DeletedEntityAccess {
            what: "the relationship",
        },
        GraphError::NodeStillConnected(id) => RunError::DeleteConnectedNode {
            id: id.number().to_string(),
        },
        GraphError::NotStorable { key, kind } => RunError::InvalidPropertyType {
            key: key.to_string(),
            given: format!("a value of type {kind}"),
        },
        GraphError::NodeIdTaken(_)
        | GraphError::RelationshipIdTaken(_)
        | GraphError::IdOutOfRange(_) => RunError::Unsound("the graph has no id left"),
    }
}

/// Creates for each row.
pub(super) struct Create {
    input: BoxOperator,
    creation: Creation,
    kept: Kept,
}

impl Create {
    pub(super) fn new(input: BoxOperator, creation: Creation) -> Self {
        Self {
            input,
            creation,
            kept: Kept::default(),
        }
    }
}

impl Operator for Create {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.kept.clear(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        if !self.kept.is_gathered() {
            let mut rows = Kept::all_rows(&mut self.input, context, row)?;
            for row in &mut rows {
                context.tick()?;
                self.creation.run(Nulls::LeftOut, context, row)?;
            }
            self.kept.keep(rows);
        }
        Ok(self.kept.pass_on(row))
    }
}
