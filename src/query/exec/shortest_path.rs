//! The shortest chains of relationships between two nodes.

use crate::graph::{Direction, Neighbour, PathSearch, Paths};
use crate::model::{Relationship, Value};
use crate::query::ast::Shortest;
use crate::query::checked::Slot;
use crate::query::error::RunError;
use crate::query::physical::{Expression, Types};

use super::expand::{Wanted, node_in};
use super::expand_many::Lengths;
use super::{BoxOperator, Context, Operator, Row};

/// As how many values a node counts that a search has come to.
const VALUES_PER_VISIT: usize = 4;

/// The shortest chains between the two nodes of each row.
pub(super) struct ShortestPath {
    input: BoxOperator,
    from: Slot,
    to: Slot,
    relationships: Slot,
    wanted: Shortest,
    types: Types,
    direction: Direction,
    lengths: Lengths,
    properties: Option<Expression>,
    found: std::vec::IntoIter<Vec<Neighbour>>,
}

impl ShortestPath {
    pub(super) fn new(
        input: BoxOperator,
        (from, to, relationships): (Slot, Slot, Slot),
        wanted: Shortest,
        types: Types,
        direction: Direction,
        lengths: Lengths,
        properties: Option<Expression>,
    ) -> Self {
        Self {
            input,
            from,
            to,
            relationships,
            wanted,
            types,
            direction,
            lengths,
            properties,
            found: Vec::new().into_iter(),
        }
    }

    fn search(
        &self,
        row: &mut Row,
        context: &mut Context<'_, '_>,
    ) -> Result<Vec<Vec<Neighbour>>, RunError> {
        let (Some(start), Some(goal)) = (node_in(row, self.from)?, node_in(row, self.to)?) else {
            return Ok(Vec::new());
        };
        if start == goal {
            // Only the empty chain leads from a node to itself without repeating anything.
            let empty = (self.lengths.least == 0).then(Vec::new);
            return Ok(empty.into_iter().collect());
        }
        let types: &[_] = match &self.types {
            Types::Any => &[],
            Types::Only(types) if types.is_empty() => return Ok(Vec::new()),
            Types::Only(types) => types,
        };
        let wanted = Wanted::new(self.properties.as_ref(), row, context)?;
        let search = PathSearch {
            direction: self.direction,
            types,
            max_length: self.lengths.most,
            paths: match self.wanted {
                Shortest::One => Paths::One,
                Shortest::All => Paths::All,
            },
        };
        let context = &*context;
        let mut held = 0;
        let found = search.find(
            context.graph(),
            (start, goal),
            &mut |neighbour| {
                context.tick()?;
                Ok(wanted.fits(neighbour.relationship, context))
            },
            &mut || {
                held += VALUES_PER_VISIT;
                context.hold(VALUES_PER_VISIT)
            },
        );
        context.release(held);
        found
    }
}

impl Operator for ShortestPath {
    fn reset(&mut self, context: &Context<'_, '_>) {
        self.input.reset(context);
        self.found = Vec::new().into_iter();
    }

    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError> {
        loop {
            for chain in self.found.by_ref() {
                if chain.len() < self.lengths.least {
                    continue;
                }
                let steps = chain
                    .iter()
                    .map(|step| Value::Relationship(Relationship::bare(step.relationship)));
                row.set(self.relationships, Value::list(steps));
                return Ok(true);
            }
            if !self.input.next(context, row)? {
                return Ok(false);
            }
            self.found = self.search(row, context)?.into_iter();
        }
    }
}
