//! Chains of relationships: each of them, their number, or their ends.

use crate::graph::{NodePlace, RelPlace};
use crate::model::Value;
use crate::query::eval::{is_equal, wrong_type};

use super::super::Stop;
use super::super::layout::{LaidHop, LaidStep};
use super::super::test::NONE;
use super::{Links, Worker};

impl<'p> Worker<'p> {
    /// Chains of relationships, depth first.
    pub(super) fn many(&mut self, at: usize, step: &'p LaidStep<'p>) -> Result<(), Stop> {
        let LaidStep::ExpandMany {
            hop,
            chain,
            reversed,
            to,
            least,
            most,
            properties,
            distinct,
            ..
        } = step
        else {
            return Ok(());
        };
        let from = self.cursor.register(hop.from);
        if from == NONE {
            return Ok(());
        }
        let wanted = match properties {
            Some(properties) => Some(self.cursor.compute(properties)?),
            None => None,
        };
        if let Some(chain) = self.cursor.chains.get_mut(*chain) {
            chain.links.clear();
            chain.missing = false;
            chain.reversed = *reversed;
        }
        if *least == 0 && self.arrives(*to, from) {
            self.pass(at)?;
        }
        if *most == 0 {
            return Ok(());
        }
        let mut levels = vec![(self.links(hop, from), 0)];
        while let Some((links, next)) = levels.last_mut() {
            let Some((node, link)) = links.link(*next) else {
                levels.pop();
                if let Some(chain) = self.cursor.chains.get_mut(*chain) {
                    chain.links.pop();
                }
                continue;
            };
            *next += 1;
            self.cursor.context.tick()?;
            let repeats = self
                .cursor
                .chains
                .get(*chain)
                .is_some_and(|chain| chain.links.contains(&link));
            if repeats || self.is_used(distinct, link) || !self.has_all(link, wanted.as_ref())? {
                continue;
            }
            let mut length = 0;
            if let Some(chain) = self.cursor.chains.get_mut(*chain) {
                chain.links.push(link);
                length = chain.links.len();
            }
            if length >= *least && self.arrives(*to, node) {
                self.pass(at)?;
            }
            if length < *most {
                levels.push((self.links(hop, node), 0));
            } else if let Some(chain) = self.cursor.chains.get_mut(*chain) {
                chain.links.pop();
            }
        }
        Ok(())
    }

    /// The number of chains, the last relationship of each not walked: of those at its node, all
    /// count but the ones by which the chain has left this node before.
    pub(super) fn number(
        &mut self,
        at: usize,
        hop: &LaidHop<'p>,
        least: usize,
        most: usize,
    ) -> Result<(), Stop> {
        let start = self.cursor.register(hop.from);
        if start == NONE {
            return Ok(());
        }
        if least > most {
            return Ok(());
        }
        let mut count = u64::from(least == 0);
        // The nodes that the chain has left, each with what can still be followed from it.
        let mut left: Vec<(NodePlace, Links<'p>, usize)> = Vec::new();
        let mut links: Vec<RelPlace> = Vec::new();
        let mut arrived = (most > 0).then_some(start);
        loop {
            if let Some(node) = arrived.take() {
                if links.len() + 1 == most {
                    let degree: usize = hop
                        .lists
                        .iter()
                        .map(|list| list.adjacency.degree(node))
                        .sum();
                    let before = left.iter().filter(|(other, _, _)| *other == node).count();
                    count = count.saturating_add((degree - before) as u64);
                    links.pop();
                } else {
                    left.push((node, self.links(hop, node), 0));
                }
                continue;
            }
            let Some((_, row, next)) = left.last_mut() else {
                break;
            };
            let Some((node, link)) = row.link(*next) else {
                left.pop();
                links.pop();
                continue;
            };
            *next += 1;
            self.cursor.context.tick()?;
            if links.contains(&link) {
                continue;
            }
            links.push(link);
            count = count.saturating_add(u64::from(links.len() >= least));
            arrived = Some(node);
        }
        if let Some(passed) = self.passed.get_mut(at) {
            *passed = passed.saturating_add(count);
        }
        if count > 0 {
            self.arrive_as(count)?;
        }
        Ok(())
    }

    /// Whether a relationship has all the properties of a map.
    fn has_all(&self, link: RelPlace, wanted: Option<&Value>) -> Result<bool, Stop> {
        let Some(wanted) = wanted else {
            return Ok(true);
        };
        let Value::Map(map) = wanted else {
            let error = wrong_type("the properties of a pattern", "a map", wanted);
            return Err(error.into());
        };
        let Some(relationship) = self.laid.view.relationship(link) else {
            return Ok(false);
        };
        Ok(map.iter().all(|(key, value)| {
            relationship
                .property_named(key)
                .is_some_and(|found| is_equal(found, value))
        }))
    }

    /// The ends of chains, each once, breadth first.
    pub(super) fn reach(&mut self, at: usize, step: &'p LaidStep<'p>) -> Result<(), Stop> {
        let LaidStep::ExpandMany {
            hop,
            to,
            least,
            most,
            ..
        } = step
        else {
            return Ok(());
        };
        let start = self.cursor.register(hop.from);
        if start == NONE {
            return Ok(());
        }
        let Some(place) = self.reached.get_mut(at) else {
            return Ok(());
        };
        let mut reached = std::mem::take(place);
        reached.begin(start, self.laid.view.node_bound());
        let outcome = (|| {
            if *least == 0 && self.arrives(*to, start) {
                self.pass(at)?;
            }
            let mut start_is_end = *least == 0;
            while let Some(node) = reached.next_before(*most) {
                self.cursor.context.tick()?;
                if let ([list], false) = (hop.lists.as_slice(), hop.both) {
                    for neighbour in list.adjacency.neighbours(node) {
                        if reached.visit(*neighbour) {
                            if self.arrives(*to, *neighbour) {
                                self.pass(at)?;
                            }
                        } else if *neighbour == start && !start_is_end {
                            start_is_end = true;
                            if self.arrives(*to, start) {
                                self.pass(at)?;
                            }
                        }
                    }
                    continue;
                }
                let links = self.links(hop, node);
                let mut next = 0;
                while let Some((neighbour, link)) = links.link(next) {
                    next += 1;
                    if reached.visit_by(node, neighbour, link) {
                        if self.arrives(*to, neighbour) {
                            self.pass(at)?;
                        }
                    } else if !start_is_end
                        && reached.closes(node, neighbour, link, *most, hop.both)
                    {
                        start_is_end = true;
                        if self.arrives(*to, start) {
                            self.pass(at)?;
                        }
                    }
                }
            }
            Ok(())
        })();
        if let Some(place) = self.reached.get_mut(at) {
            *place = reached;
        }
        outcome
    }
}
