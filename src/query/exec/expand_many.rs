//! Chains of relationships from a node.

use crate::graph::Neighbour;
use crate::model::{NodeId, Relationship, Value};
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::logical::Border;
use crate::query::physical::{Expansion, Expression};

use super::expand::{Wanted, arrive, collect, is_used, node_in};
use super::{BoxOperator, Context, Operator, Row};

/// How long a chain may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lengths {
    pub(super) least: usize,
    pub(super) most: usize,
}

/// How many passes the border allows at present.
pub(super) fn border_of(border: Option<Border>, row: &Row) -> usize {
    let limit = border.and_then(|border| row.value(border.limit).as_integer());
    limit.map_or(usize::MAX, |limit| {
        usize::try_from(limit).unwrap_or(usize::MAX)
    })
}

/// Whether something was held back by the border already.
pub(super) fn is_cut(border: Option<Border>, row: &Row) -> bool {
    border.is_some_and(|border| *row.value(border.cut) == Value::Boolean(true))
}

/// Says that something is held back by the border.
pub(super) fn set_cut(border: Option<Border>, row: &mut Row) {
    if let Some(border) = border {
        row.set(border.cut, Value::Boolean(true));
    }
}

/// The chains that fit from the node of each row, depth first.
pub(super) struct ExpandMany {
    input: BoxOperator,
    relationships: Slot,
    reversed: bool,
    expansion: Expansion,
    lengths: Lengths,
    border: Option<Border>,
    properties: Option<Expression>,
    wanted: Wanted,
    /// The start, while the empty chain is still to be given.
    start: Option<NodeId>,
    chain: Vec<Neighbour>,
    /// What can still be tried after each part of the chain; one more than the chain is long.
    levels: Vec<Level>,
    spare: Vec<Level>,
}

#[derive(Debug, Default)]
struct Level {
    found: Vec<Neighbour>,
    at: usize,
}

impl ExpandMany {
    pub(super) fn new(
        input: BoxOperator,
        (relationships, reversed): (Slot, bool),
        expansion: Expansion,
        (lengths, border): (Lengths, Option<Border>),
        properties: Option<Expression>,
    ) -> Self {
        Self {
            input,
            relationships,
            reversed,
            expansion,
            lengths,
            border,
            properties,
            wanted: Wanted::default(),
            start: None,
            chain: Vec::new(),
            levels: Vec::new(),
            spare: Vec::new(),
        }
    }

    fn push_level(&mut self, node: NodeId, row: &mut Row, context: &Context<'_, '_>) {
        let mut level = self.spare.pop().unwrap_or_default();
        level.at = 0;
        let within = self.chain.len() < border_of(self.border, row);
        if self.chain.len() < self.lengths.most && (within || !is_cut(self.border, row)) {
            let Expansion {
                types, direction, ..
            } = &self.expansion;
            collect(node, *direction, types, &mut level.found, context);
            if !within {
                let found = std::mem::take(&mut level.found);
                if found.iter().any(|next| self.admits(*next, row, context)) {
                    set_cut(self.border, row);
                }
            }
        } else {
            level.found.clear();
        }
        self.levels.push(level);
    }

    /// Whether the relationship may come next.
    fn admits(&self, neighbour: Neighbour, row: &Row, context: &Context<'_, '_>) -> bool {
        let id = neighbour.relationship;
        !self.chain.iter().any(|step| step.relationship == id)
            && !is_used(row, &self.expansion.distinct_from, id)
            && self.wanted.fits(id, context)
    }

    /// Fills the row with the chain, if it is long enough and ends where it should.
    fn give(&self, end: NodeId, row: &mut Row) -> bool {
        if self.chain.len() < self.lengths.least || !arrive(self.expansion.to, end, row) {
            return false;
        }
        let steps = self
            .chain
            .iter()
            .map(|step| Value::Relationship(Relationship::bare(step.relationship)));
        let list = if self.reversed {
            Value::list(steps.rev())
        } else {
            Value::list(steps)
        };
        row.set(self.relationships, list);
        true
    }

    fn clear(&mut self) {
        self.start = None;
        self.chain.clear();
        self.spare.append(&mut self.levels);
    }
}

impl Operator for ExpandMany {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.clear();
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            if let Some(start) = self.start.take() {
                self.push_level(start, row, context);
                if self.give(start, row) {
                    return Ok(true);
                }
            }
            if let Some(level) = self.levels.last_mut() {
                let Some(neighbour) = level.found.get(level.at).copied() else {
                    self.spare.extend(self.levels.pop());
                    self.chain.pop();
                    continue;
                };
                level.at += 1;
                context.tick()?;
                if self.admits(neighbour, row, context) {
                    self.chain.push(neighbour);
                    self.push_level(neighbour.node, row, context);
                    if self.give(neighbour.node, row) {
                        return Ok(true);
                    }
                }
                continue;
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.clear();
            self.start = node_in(row, self.expansion.from)?;
            if self.start.is_some() {
                self.wanted = Wanted::new(self.properties.as_ref(), row, context)?;
            }
        }
    }
}
