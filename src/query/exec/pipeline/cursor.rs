//! The tuple that a worker is at: registers, chains, and a row for what is computed.

use crate::base::Id as _;
use crate::graph::{Column, NodePlace, ReadView, RelPlace};
use crate::model::{Node, Relationship, Value};
use crate::query::ast::LogicalOperator;
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::eval::{comparison, evaluate, truth};
use crate::query::exec::{Context, Row};

use super::layout::Source;
use super::program::Kind;
use super::test::{Computed, NONE, Operand, Test, number_fits};

static NULL: Value = Value::Null;

/// The state of one tuple, and what is needed to compute with it.
pub(super) struct Cursor<'p> {
    pub(super) view: ReadView<'p>,
    pub(super) context: Context<'p, 'p>,
    pub(super) row: Row,
    /// Places of nodes and relationships by slot.
    registers: Vec<NodePlace>,
    /// The relationships of each chain, from its start.
    pub(super) chains: Vec<Chain>,
    /// What tests of one node gave, by memory and node: 0 not known, 1 false, 2 true, 3 null.
    memories: Vec<Vec<u8>>,
}

/// The relationships of a pattern of several.
#[derive(Debug, Clone, Default)]
pub(super) struct Chain {
    pub(super) links: Vec<RelPlace>,
    /// Whether the list goes from the last to the first.
    pub(super) reversed: bool,
    /// Whether an optional match found none.
    pub(super) missing: bool,
}

impl<'p> Cursor<'p> {
    pub(super) fn new(
        view: ReadView<'p>,
        context: Context<'p, 'p>,
        width: usize,
        chains: usize,
        memories: usize,
    ) -> Self {
        Self {
            view,
            context,
            row: Row::new(width),
            registers: vec![NONE; width],
            chains: vec![Chain::default(); chains],
            memories: vec![Vec::new(); memories],
        }
    }

    #[inline]
    pub(super) fn register(&self, slot: Slot) -> NodePlace {
        self.registers.get(slot.index()).copied().unwrap_or(NONE)
    }

    #[inline]
    pub(super) fn set_register(&mut self, slot: Slot, place: NodePlace) {
        if let Some(register) = self.registers.get_mut(slot.index()) {
            *register = place;
        }
    }

    pub(super) fn registers(&self) -> &[NodePlace] {
        &self.registers
    }

    pub(super) fn load_registers(&mut self, registers: &[NodePlace]) {
        self.registers.copy_from_slice(registers);
    }

    /// The value of a slot.
    pub(super) fn value_of(&self, slot: Slot, kind: Kind) -> Value {
        match kind {
            Kind::Node => self.node_value(self.register(slot)),
            Kind::Relationship => self.relationship_value(self.register(slot)),
            Kind::Chain(chain) => self.chains.get(chain).map_or(Value::Null, |chain| {
                if chain.missing {
                    return Value::Null;
                }
                let links = chain
                    .links
                    .iter()
                    .map(|place| self.relationship_value(*place));
                if chain.reversed {
                    Value::list(links.rev())
                } else {
                    Value::list(links)
                }
            }),
            Kind::Value => self.row.value(slot).clone(),
        }
    }

    fn node_value(&self, place: NodePlace) -> Value {
        self.view
            .node(place)
            .map_or(Value::Null, |node| Value::Node(Node::bare(node.id())))
    }

    fn relationship_value(&self, place: RelPlace) -> Value {
        self.view
            .relationship(place)
            .map_or(Value::Null, |relationship| {
                Value::Relationship(Relationship::bare(relationship.id()))
            })
    }

    /// Puts slots into the row.
    pub(super) fn fill_row(&mut self, slots: &[(Slot, Kind)]) {
        for (slot, kind) in slots {
            let value = self.value_of(*slot, *kind);
            self.row.set(*slot, value);
        }
    }

    pub(super) fn compute(&mut self, computed: &Computed<'p>) -> Result<Value, RunError> {
        self.fill_row(&computed.fills);
        evaluate(computed.expression, &mut self.row, &mut self.context)
    }

    /// A value where it lies.
    #[inline]
    fn operand<'c>(&'c self, operand: &'c Operand<'p>) -> &'c Value {
        match operand {
            Operand::Constant(value) => value,
            Operand::NodeProperty(slot, key) => key
                .and_then(|key| self.view.property(self.register(*slot), key))
                .unwrap_or(&NULL),
            Operand::RelationshipProperty(slot, key) => key
                .and_then(|key| self.view.relationship(self.register(*slot))?.property(key))
                .unwrap_or(&NULL),
            Operand::Slot(slot) => self.row.value(*slot),
        }
    }

    pub(super) fn source(&mut self, source: &Source<'p>) -> Result<Value, RunError> {
        Ok(match source {
            Source::Column(slot, column) => column
                .integer(self.register(*slot))
                .map_or(Value::Null, Value::Integer),
            Source::Node(slot) => self.node_value(self.register(*slot)),
            Source::Relationship(slot) => self.relationship_value(self.register(*slot)),
            Source::TypeOf(slot) => self
                .view
                .relationship(self.register(*slot))
                .map_or(Value::Null, |found| Value::String(found.type_name())),
            Source::Operand(operand) => self.operand(operand).clone(),
            Source::Computed(computed) => self.compute(computed)?,
        })
    }

    /// Whether the value is null.
    #[inline]
    pub(super) fn is_null(&mut self, source: &Source<'p>) -> Result<bool, RunError> {
        Ok(match source {
            Source::Column(slot, column) => column.integer(self.register(*slot)).is_none(),
            Source::Node(slot) | Source::Relationship(slot) | Source::TypeOf(slot) => {
                self.register(*slot) == NONE
            }
            Source::Operand(operand) => self.operand(operand).is_null(),
            Source::Computed(computed) => self.compute(computed)?.is_null(),
        })
    }

    /// Whether all tests are true.
    #[inline]
    pub(super) fn passes(&mut self, tests: &[Test<'p>]) -> Result<bool, RunError> {
        for test in tests {
            if self.test(test)? != Some(true) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The outcome of a test; `None` is null.
    #[inline]
    pub(super) fn test(&mut self, test: &Test<'p>) -> Result<Option<bool>, RunError> {
        Ok(match test {
            Test::Number {
                slot,
                column,
                operator,
                constant,
            } => column
                .integer(self.register(*slot))
                .map(|number| number_fits(*operator, number, *constant)),
            Test::Numbers {
                left,
                operator,
                right,
            } => {
                let number = |(slot, column): (Slot, &Column)| column.integer(self.register(slot));
                match (number(*left), number(*right)) {
                    (Some(left), Some(right)) => Some(number_fits(*operator, left, right)),
                    (None, _) | (_, None) => None,
                }
            }
            Test::Labels { slot, sets } => {
                let place = self.register(*slot);
                (place != NONE).then(|| {
                    sets.iter()
                        .all(|set| set.is_some_and(|set| set.contains(place)))
                })
            }
            Test::Remembered { slot, memory, test } => {
                return self.remembered(*slot, *memory, test);
            }
            Test::SameNode { left, right, same } => {
                let (left, right) = (self.register(*left), self.register(*right));
                (left != NONE && right != NONE).then_some((left == right) == *same)
            }
            Test::Compare {
                operator,
                left,
                right,
            } => comparison(*operator, self.operand(left), self.operand(right)),
            Test::Null { operand, is } => Some(self.operand(operand).is_null() == *is),
            Test::Several { operator, tests } => return self.several(*operator, tests),
            Test::Computed(computed) => {
                let value = self.compute(computed)?;
                truth(&value, "a condition")?
            }
        })
    }

    fn several(
        &mut self,
        operator: LogicalOperator,
        tests: &[Test<'p>],
    ) -> Result<Option<bool>, RunError> {
        let decides = operator == LogicalOperator::Or;
        let mut answer = Some(!decides);
        for test in tests {
            match self.test(test)? {
                Some(truth) if truth == decides => return Ok(Some(decides)),
                Some(_) => {}
                None => answer = None,
            }
        }
        Ok(answer)
    }

    fn remembered(
        &mut self,
        slot: Slot,
        memory: usize,
        test: &Test<'p>,
    ) -> Result<Option<bool>, RunError> {
        let place = self.register(slot);
        if place == NONE {
            return self.test(test);
        }
        let known = self
            .memories
            .get(memory)
            .and_then(|memory| memory.get(place as usize));
        match known {
            Some(1) => return Ok(Some(false)),
            Some(2) => return Ok(Some(true)),
            Some(3) => return Ok(None),
            Some(_) | None => {}
        }
        let answer = self.test(test)?;
        let bound = self.view.node_bound();
        if let Some(memory) = self.memories.get_mut(memory) {
            if memory.is_empty() {
                *memory = vec![0; bound];
            }
            if let Some(entry) = memory.get_mut(place as usize) {
                *entry = match answer {
                    Some(false) => 1,
                    Some(true) => 2,
                    None => 3,
                };
            }
        }
        Ok(answer)
    }
}
