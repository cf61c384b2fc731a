//! A quantified part of a path: pass after pass, no relationship twice.

use crate::model::{Node, NodeId, RelId, Relationship, Value};
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::wrong_type;
use crate::query::logical::{Border, End};

use super::expand::{arrive, is_used, node_in};
use super::expand_many::{Lengths, border_of, is_cut, set_cut};
use super::{BoxOperator, Context, Operator, Row};

/// Where everything lies, and how many passes there may be.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) from: Slot,
    pub(super) to: End,
    pub(super) start: Slot,
    pub(super) end: Slot,
    pub(super) relationships: Vec<Slot>,
    pub(super) trail: Slot,
    pub(super) groups: Vec<(Slot, Slot)>,
    pub(super) reversed: bool,
    pub(super) lengths: Lengths,
    pub(super) border: Option<Border>,
    pub(super) distinct_from: Vec<Slot>,
}

/// The courses through a quantified part from the node of each row, depth first.
pub(super) struct Repeat {
    input: BoxOperator,
    pass: BoxOperator,
    course: Course,
    /// The start, while the course without a pass is still to be given.
    start: Option<NodeId>,
    /// The passes of the present course.
    chain: Vec<Pass>,
    /// What can still be tried after each part of the course, the last first; one more than the
    /// course has passes.
    levels: Vec<Vec<Pass>>,
    /// How many values are kept in the levels.
    held: usize,
}

/// One pass.
#[derive(Debug)]
struct Pass {
    relationships: Vec<RelId>,
    /// The elements that are gathered.
    elements: Vec<Value>,
    end: NodeId,
}

impl Repeat {
    pub(super) fn new(input: BoxOperator, pass: BoxOperator, course: Course) -> Self {
        Self {
            input,
            pass,
            course,
            start: None,
            chain: Vec::new(),
            levels: Vec::new(),
            held: 0,
        }
    }

    /// How many values a pass keeps.
    fn values_per_pass(&self) -> usize {
        1 + self.course.relationships.len() + self.course.groups.len()
    }

    /// Finds the passes that may follow from `node`.
    fn push_level(
        &mut self,
        node: NodeId,
        row: &mut Row,
        context: &mut Context<'_, '_>,
    ) -> Result<(), RunError> {
        let mut passes = Vec::new();
        let within = self.chain.len() < border_of(self.course.border, row);
        if self.chain.len() < self.course.lengths.most
            && (within || !is_cut(self.course.border, row))
        {
            row.set(self.course.start, Value::Node(Node::bare(node)));
            self.pass.reset(context);
            while self.pass.next(context, row)? {
                context.tick()?;
                let Some(pass) = self.passed(row)? else {
                    continue;
                };
                context.hold(self.values_per_pass())?;
                self.held += self.values_per_pass();
                passes.push(pass);
            }
            passes.reverse();
            if !within && !passes.is_empty() {
                set_cut(self.course.border, row);
                context.release(passes.len() * self.values_per_pass());
                self.held = self
                    .held
                    .saturating_sub(passes.len() * self.values_per_pass());
                passes.clear();
            }
        }
        self.levels.push(passes);
        Ok(())
    }

    /// The pass in the row; `None` if it takes a relationship again.
    fn passed(&self, row: &Row) -> Result<Option<Pass>, RunError> {
        let mut relationships = Vec::with_capacity(self.course.relationships.len());
        for slot in &self.course.relationships {
            let value = row.value(*slot);
            let id = value
                .as_relationship()
                .ok_or_else(|| wrong_type("what a pattern names", "a relationship", value))?;
            let taken = self
                .chain
                .iter()
                .any(|pass| pass.relationships.contains(&id));
            if taken || is_used(row, &self.course.distinct_from, id) {
                return Ok(None);
            }
            relationships.push(id);
        }
        let Some(end) = node_in(row, self.course.end)? else {
            return Ok(None);
        };
        let elements = self.course.groups.iter();
        let elements = elements.map(|(slot, _)| row.value(*slot).clone()).collect();
        Ok(Some(Pass {
            relationships,
            elements,
            end,
        }))
    }

    /// Fills the row with the course, if it is long enough and ends where it should.
    fn give(&self, end: NodeId, row: &mut Row) -> bool {
        let course = &self.course;
        if self.chain.len() < course.lengths.least || !arrive(course.to, end, row) {
            return false;
        }
        let ordered = || -> Box<dyn Iterator<Item = &Pass> + '_> {
            if course.reversed {
                Box::new(self.chain.iter().rev())
            } else {
                Box::new(self.chain.iter())
            }
        };
        let trail = ordered()
            .flat_map(|pass| &pass.relationships)
            .map(|id| Value::Relationship(Relationship::bare(*id)));
        row.set(course.trail, Value::list(trail));
        for (index, (_, list)) in course.groups.iter().enumerate() {
            let elements = ordered().filter_map(|pass| pass.elements.get(index).cloned());
            row.set(*list, Value::list(elements));
        }
        true
    }

    fn clear(&mut self, context: &Context<'_, '_>) {
        self.start = None;
        self.chain.clear();
        self.levels.clear();
        context.release(self.held);
        self.held = 0;
    }
}

impl Operator for Repeat {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.clear(context);
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            if let Some(start) = self.start.take() {
                self.push_level(start, row, context)?;
                if self.give(start, row) {
                    return Ok(true);
                }
            }
            if let Some(level) = self.levels.last_mut() {
                context.tick()?;
                let Some(pass) = level.pop() else {
                    self.levels.pop();
                    self.chain.pop();
                    continue;
                };
                context.release(self.values_per_pass());
                self.held = self.held.saturating_sub(self.values_per_pass());
                let end = pass.end;
                self.chain.push(pass);
                self.push_level(end, row, context)?;
                if self.give(end, row) {
                    return Ok(true);
                }
                continue;
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.clear(context);
            self.start = node_in(row, self.course.from)?;
        }
    }
}
