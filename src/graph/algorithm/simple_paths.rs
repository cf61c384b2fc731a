//! All paths between two nodes that come by no node twice, the shortest first.
//!
//! A search in depth that is let go one step deeper each time (R. E. Korf, "Depth-First
//! Iterative-Deepening", 1985) and never to where the goal is too far.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::model::RelId;

use super::projection::{PerPlace, Place, Projection};
use super::shortest_path::Route;
use super::watch::Watch;

const UNREACHED: u32 = u32::MAX;

/// A search that gives one path after the other: by length, then by the ids of relationships.
#[derive(Debug)]
pub struct SimplePaths {
    projection: Arc<Projection>,
    start: Place,
    goal: Place,
    /// How many relationships it is at least from each place to the goal.
    remaining: PerPlace<u32>,
    /// How long the paths of this round are, and how long they may become.
    length: u32,
    longest: u32,
    /// The places of the path so far.
    open: Vec<Open>,
    on_path: PerPlace<bool>,
    steps: Vec<(RelId, Place)>,
}

/// A place of a path, how many of its steps have been tried, and the cost of the way there.
#[derive(Debug, Clone, Copy)]
struct Open {
    place: Place,
    tried: usize,
    cost: f64,
}

impl SimplePaths {
    /// A search for the paths from `start` to `goal` of `shortest` to `longest` relationships.
    ///
    /// Time and memory O(V + E).
    ///
    /// # Errors
    /// That of the watch.
    pub fn new<E>(
        projection: Arc<Projection>,
        (start, goal): (Place, Place),
        (shortest, longest): (u32, u32),
        watch: &Watch<'_, E>,
    ) -> Result<Self, E> {
        let towards = projection.backward(watch)?;
        let mut remaining = PerPlace::filled(projection.len(), UNREACHED);
        remaining.put(goal, 0);
        let mut queue = VecDeque::from([goal]);
        while let Some(place) = queue.pop_front() {
            let distance = remaining.at(place) + 1;
            let targets = towards.targets(place);
            watch.step(1 + targets.len())?;
            if distance > longest {
                break;
            }
            for target in targets {
                if remaining.at(*target) == UNREACHED {
                    remaining.put(*target, distance);
                    queue.push_back(*target);
                }
            }
        }
        let on_path = PerPlace::filled(projection.len(), false);
        let mut paths = Self {
            projection,
            start,
            goal,
            remaining,
            length: shortest,
            longest,
            open: Vec::new(),
            on_path,
            steps: Vec::new(),
        };
        // A path that comes by no node twice has fewer relationships than there are nodes.
        let most = u32::try_from(paths.projection.len()).unwrap_or(u32::MAX);
        paths.longest = longest.min(most.saturating_sub(1));
        let least = paths.remaining.at(start);
        paths.length = shortest.max(least);
        paths.begin();
        Ok(paths)
    }

    fn begin(&mut self) {
        if self.length <= self.longest {
            self.open.push(Open {
                place: self.start,
                tried: 0,
                cost: 0.0,
            });
            self.on_path.put(self.start, true);
        }
    }

    /// The next path; its cost is the sum of the weights.
    ///
    /// Time at most O(degree · length) between two paths, as long as each way to a place from
    /// which the goal is near enough leads to it without coming by a node twice.
    ///
    /// # Errors
    /// That of the watch.
    pub fn next<E>(&mut self, watch: &Watch<'_, E>) -> Result<Option<Route>, E> {
        loop {
            let depth = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
            let Some(open) = self.open.last_mut() else {
                if self.length >= self.longest {
                    return Ok(None);
                }
                self.length += 1;
                self.begin();
                continue;
            };
            watch.step(1)?;
            let left = self.length.saturating_sub(depth);
            let edge = if open.place == self.goal {
                None
            } else {
                self.projection.forward().edge(open.place, open.tried)
            };
            open.tried += 1;
            let Open { place, cost, .. } = *open;
            if let Some(edge) = edge {
                // The goal ends a path: it is entered with the last step alone.
                let fits = match self.remaining.at(edge.target) {
                    0 => left == 1,
                    UNREACHED => false,
                    remaining => remaining < left,
                };
                if fits && !self.on_path.at(edge.target) {
                    self.on_path.put(edge.target, true);
                    self.open.push(Open {
                        place: edge.target,
                        tried: 0,
                        cost: cost + edge.weight,
                    });
                    self.steps.push((edge.relationship(), edge.target));
                }
                continue;
            }
            let found = (place == self.goal && left == 0).then(|| Route {
                start: self.start,
                steps: self.steps.clone(),
                cost,
            });
            self.open.pop();
            self.steps.pop();
            self.on_path.put(place, false);
            if found.is_some() {
                return Ok(found);
            }
        }
    }
}
