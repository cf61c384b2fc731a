//! Properties and labels, set and removed.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{NodeId, PropertyKey, Value};
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::{evaluate, properties_of, wrong_type};
use crate::query::physical::{Expression, SetItem};

use super::create::{check_storable, refused};
use super::eager::Kept;
use super::{BoxOperator, Context, Operator, Row};

/// Sets and removes for each row.
pub(super) struct Set {
    input: BoxOperator,
    items: Vec<SetItem>,
    kept: Kept,
}

impl Set {
    pub(super) fn new(input: BoxOperator, items: Vec<SetItem>) -> Self {
        Self {
            input,
            items,
            kept: Kept::default(),
        }
    }
}

impl Operator for Set {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.kept.clear(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        if !self.kept.is_gathered() {
            let mut rows = Kept::all_rows(&mut self.input, context, row)?;
            for row in &mut rows {
                context.tick()?;
                set_all(&self.items, context, row)?;
            }
            self.kept.keep(rows);
        }
        Ok(self.kept.pass_on(row))
    }
}

/// Sets and removes, in order.
pub(super) fn set_all(
    items: &[SetItem],
    context: &mut Context<'_, '_>,
    row: &mut Row,
) -> Result<(), RunError> {
    for item in items {
        match item {
            SetItem::Property { of, key, value } => {
                let of = evaluate(of, row, context)?;
                let value = evaluate(value, row, context)?;
                let number = match key.number {
                    Some(number) => number,
                    None => context.transaction()?.property_key(&key.name),
                };
                set_property(&of, (&key.name, number), value, context)?;
            }
            SetItem::Replace { of, value } => set_many(*of, value, Others::Removed, context, row)?,
            SetItem::Add { of, value } => set_many(*of, value, Others::Kept, context, row)?,
            SetItem::Labels { of, labels } => {
                for label in labels {
                    if let Some(node) = node_in(row, *of)? {
                        let added = context.transaction()?.add_label(node, *label);
                        added.map_err(refused)?;
                    }
                }
            }
            SetItem::RemoveLabels { of, labels } => {
                for label in labels {
                    if let Some(node) = node_in(row, *of)? {
                        let removed = context.transaction()?.remove_label(node, *label);
                        removed.map_err(refused)?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn node_in(row: &Row, slot: Slot) -> Result<Option<NodeId>, RunError> {
    let value = row.value(slot);
    let node = value.as_node();
    if node.is_none() && !value.is_null() {
        return Err(wrong_type("what gets a label", "a node", value));
    }
    Ok(node)
}

/// What happens to the properties that a map does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Others {
    Kept,
    Removed,
}

fn set_many(
    of: Slot,
    value: &Expression,
    others: Others,
    context: &mut Context<'_, '_>,
    row: &mut Row,
) -> Result<(), RunError> {
    let value = evaluate(value, row, context)?;
    let target = row.value(of).clone();
    if target.is_null() {
        return Ok(());
    }
    if value.is_null() {
        return Err(wrong_type(
            "what properties are set to",
            "a map, a node or a relationship",
            &value,
        ));
    }
    let new = properties_of(&value, context)?;
    if others == Others::Removed {
        let old: BTreeSet<Arc<str>> = properties_of(&target, context)?.into_keys().collect();
        for name in old.into_iter().filter(|name| !new.contains_key(name)) {
            let key = context.transaction()?.property_key(&name);
            set_property(&target, (&name, key), Value::Null, context)?;
        }
    }
    for (name, value) in new {
        let key = context.transaction()?.property_key(&name);
        set_property(&target, (&name, key), value, context)?;
    }
    Ok(())
}

fn set_property(
    of: &Value,
    (name, key): (&str, PropertyKey),
    value: Value,
    context: &mut Context<'_, '_>,
) -> Result<(), RunError> {
    if of.is_null() {
        return Ok(());
    }
    check_storable(name, &value)?;
    let transaction = context.transaction()?;
    if let Some(node) = of.as_node() {
        let set = transaction.set_node_property(node, key, value);
        return set.map_err(refused);
    }
    if let Some(relationship) = of.as_relationship() {
        let set = transaction.set_relationship_property(relationship, key, value);
        return set.map_err(refused);
    }
    Err(wrong_type(
        "what gets a property",
        "a node or a relationship",
        of,
    ))
}
