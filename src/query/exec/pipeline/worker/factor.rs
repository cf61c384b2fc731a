//! In how many ways a tuple can be completed, without walking them.

use crate::graph::{Direction, NodePlace};

use super::super::Stop;
use super::super::layout::LaidFactor;
use super::super::program::Used;
use super::super::test::NONE;
use super::Worker;

impl<'p> Worker<'p> {
    /// For how many tuples the present one stands.
    #[inline]
    pub(super) fn product(&mut self, factors: &'p [LaidFactor<'p>]) -> Result<u64, Stop> {
        let mut product = 1_u64;
        for factor in factors {
            product = product.saturating_mul(self.factor(factor)?);
            if product == 0 {
                break;
            }
        }
        Ok(product)
    }

    /// The count of a factor at the node in its register.
    fn factor(&mut self, factor: &'p LaidFactor<'p>) -> Result<u64, Stop> {
        let from = self.cursor.register(factor.hop.from);
        if from == NONE {
            return Ok(0);
        }
        let mut count = self.count(factor, from)?;
        for used in &factor.used {
            count = count.saturating_sub(self.counted_of(factor, from, *used)?);
        }
        Ok(count)
    }

    /// What the relationship `used` adds to the count of a factor.
    fn counted_of(
        &mut self,
        factor: &'p LaidFactor<'p>,
        from: NodePlace,
        used: Used,
    ) -> Result<u64, Stop> {
        let (start, end) = (
            self.cursor.register(used.start),
            self.cursor.register(used.end),
        );
        if start == from && factor.direction != Direction::Incoming {
            self.ways(factor, end)
        } else if end == from && factor.direction != Direction::Outgoing {
            self.ways(factor, start)
        } else {
            Ok(0)
        }
    }

    /// The sum over the neighbours of a node, remembered unless it is the number of them.
    fn count(&mut self, factor: &'p LaidFactor<'p>, from: NodePlace) -> Result<u64, Stop> {
        let Some(memory) = factor.memory else {
            let degrees = factor.hop.lists.iter();
            return Ok(degrees.map(|list| list.adjacency.degree(from) as u64).sum());
        };
        let known = self
            .counts
            .get(memory)
            .and_then(|counts| counts.get(from as usize));
        if let Some(known) = known
            && *known > 0
        {
            return Ok(*known - 1);
        }
        self.cursor.context.tick()?;
        let mut sum = 0_u64;
        for list in &factor.hop.lists {
            for neighbour in list.adjacency.neighbours(from) {
                if list.skips_loops && *neighbour == from {
                    continue;
                }
                sum = sum.saturating_add(self.ways(factor, *neighbour)?);
            }
        }
        let bound = self.laid.view.node_bound();
        if let Some(counts) = self.counts.get_mut(memory) {
            if counts.is_empty() {
                *counts = vec![0; bound];
            }
            if let Some(entry) = counts.get_mut(from as usize) {
                *entry = sum.saturating_add(1);
            }
        }
        Ok(sum)
    }

    /// In how many ways a tuple goes on from the node at the other end.
    #[inline]
    fn ways(&mut self, factor: &'p LaidFactor<'p>, node: NodePlace) -> Result<u64, Stop> {
        self.cursor.set_register(factor.node, node);
        if !self.cursor.passes(&factor.tests)? {
            return Ok(0);
        }
        let mut product = 1_u64;
        for inner in &factor.inner {
            product = product.saturating_mul(self.count(inner, node)?);
            if product == 0 {
                break;
            }
        }
        Ok(product)
    }
}
