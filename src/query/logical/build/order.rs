//! In which order the steps of a path are taken.

use super::Builder;
use super::read::{Search, nodes};
use crate::query::ast::Direction;
use crate::query::checked::{Link, Node, Path, Relationship};
use crate::query::tuning::Planning;

impl Builder<'_> {
    /// Which of the steps `left` of a path is taken next, and whether it goes from right to left:
    /// the one that multiplies the rows least.
    pub(super) fn next_step(
        &self,
        path: &Path,
        first: usize,
        left: &[usize],
        search: &Search,
    ) -> Option<(usize, bool)> {
        let in_turn = (0, *left.first()? < first);
        let plain = path.steps.iter().all(|(link, _)| match link {
            Link::Relationship(relationship) => {
                relationship.length.is_none() && !search.fills(relationship.slot)
                    || search.taken.contains(&relationship.slot)
            }
            Link::Repeated(_) => false,
        });
        if !plain || self.planning == Planning::AsWritten {
            return Some(in_turn);
        }
        let ways = left.iter().enumerate().flat_map(|(at, step)| {
            let (from, to) = (nodes(path).nth(*step), nodes(path).nth(*step + 1));
            [(from, to, false), (to, from, true)]
                .into_iter()
                .filter_map(move |(from, to, backwards)| Some((at, *step, from?, to?, backwards)))
        });
        let ways: Vec<_> = ways
            .filter(|(_, _, from, _, _)| search.fills(from.slot))
            .collect();
        if let [(at, _, _, _, backwards)] = ways.as_slice() {
            return Some((*at, *backwards));
        }
        let best = ways
            .into_iter()
            .filter_map(|(at, step, from, to, backwards)| {
                let (Link::Relationship(relationship), _) = path.steps.get(step)? else {
                    return None;
                };
                // A step between two nodes that are known only leaves rows out.
                let known = search.fills(to.slot);
                Some((
                    !known,
                    self.fanout(from, relationship, backwards),
                    at,
                    backwards,
                ))
            })
            .min();
        best.map(|(_, _, at, backwards)| (at, backwards))
            .or(Some(in_turn))
    }

    /// About how many relationships that fit a node has, in hundredths.
    fn fanout(&self, from: &Node, relationship: &Relationship, backwards: bool) -> usize {
        let direction = if backwards {
            relationship.direction.reversed()
        } else {
            relationship.direction
        };
        let sides: &[bool] = match direction {
            Direction::Outgoing => &[true],
            Direction::Incoming => &[false],
            Direction::Either => &[true, false],
        };
        let sampled = relationship
            .types
            .iter()
            .flat_map(|known| sides.iter().map(move |side| (known, *side)))
            .map(|(known, outgoing)| self.estimates.degree(known, outgoing))
            .sum::<Option<usize>>();
        if let Some(degree) = sampled
            && !relationship.types.is_empty()
        {
            return degree;
        }
        let nodes = from
            .labels
            .iter()
            .map(|label| self.estimates.nodes_with_label(label))
            .min()
            .unwrap_or_else(|| self.estimates.nodes());
        let relationships = if relationship.types.is_empty() {
            self.estimates.relationships()
        } else {
            let sizes = relationship.types.iter();
            sizes
                .map(|known| self.estimates.relationships_of_type(known))
                .sum()
        };
        relationships.saturating_mul(100) / nodes.max(1)
    }
}
