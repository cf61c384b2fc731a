//! Which nodes a breadth-first search has reached, and whether it came back to its start.

use crate::graph::{NodePlace, RelPlace};

/// A breadth-first search from one node, used again for the next one without being cleared.
#[derive(Debug, Default)]
pub(super) struct Reached {
    visits: Vec<Visit>,
    /// The number of the present search; visits with other numbers are of earlier ones.
    search: u32,
    start: NodePlace,
    queue: Vec<NodePlace>,
    at: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Visit {
    search: u32,
    depth: u32,
    /// The first relationship on the way from the start.
    branch: RelPlace,
}

impl Reached {
    /// Begins a search.
    pub(super) fn begin(&mut self, start: NodePlace, bound: usize) {
        if self.visits.len() < bound || self.search == u32::MAX {
            self.visits = vec![Visit::default(); bound];
            self.search = 0;
        }
        self.search += 1;
        self.start = start;
        self.queue.clear();
        self.queue.push(start);
        self.at = 0;
        self.mark(start, 0, RelPlace::MAX);
    }

    fn visit_of(&self, node: NodePlace) -> Option<Visit> {
        self.visits
            .get(node as usize)
            .copied()
            .filter(|visit| visit.search == self.search)
    }

    fn mark(&mut self, node: NodePlace, depth: u32, branch: RelPlace) {
        if let Some(visit) = self.visits.get_mut(node as usize) {
            *visit = Visit {
                search: self.search,
                depth,
                branch,
            };
        }
    }

    /// The next node to go on from that is nearer than `most`.
    pub(super) fn next_before(&mut self, most: usize) -> Option<NodePlace> {
        let node = *self.queue.get(self.at)?;
        self.at += 1;
        let depth = self.visit_of(node).map_or(0, |visit| visit.depth);
        ((depth as usize) < most).then_some(node)
    }

    /// Whether `node`, beside the one last given, is met for the first time.
    #[inline]
    pub(super) fn visit(&mut self, node: NodePlace) -> bool {
        let from = self.at.checked_sub(1).and_then(|at| self.queue.get(at));
        match from {
            Some(from) => self.visit_by(*from, node, 0),
            None => false,
        }
    }

    /// Whether `node` is met for the first time, from `from` by a relationship.
    #[inline]
    pub(super) fn visit_by(&mut self, from: NodePlace, node: NodePlace, link: RelPlace) -> bool {
        let search = self.search;
        let Some(visit) = self.visits.get(node as usize) else {
            return false;
        };
        if visit.search == search {
            return false;
        }
        let origin = self.visit_of(from).unwrap_or_default();
        let branch = if from == self.start {
            link
        } else {
            origin.branch
        };
        self.mark(node, origin.depth + 1, branch);
        self.queue.push(node);
        true
    }

    /// Whether the relationship from `from` to a node met before closes a way back to the start,
    /// of at most `most` relationships, none of them taken twice.
    ///
    /// Where each relationship has one direction, any way back will do. Where it may be followed
    /// from both ends, the way out and the way back must have begun differently: the shortest
    /// circle through the start consists of two branches of the search tree and one link.
    pub(super) fn closes(
        &self,
        from: NodePlace,
        node: NodePlace,
        link: RelPlace,
        most: usize,
        both: bool,
    ) -> bool {
        let (Some(origin), Some(other)) = (self.visit_of(from), self.visit_of(node)) else {
            return false;
        };
        if node == self.start {
            return !both || from == self.start || origin.branch != link;
        }
        let length = origin.depth as usize + other.depth as usize + 1;
        both && from != self.start && origin.branch != other.branch && length <= most
    }
}
