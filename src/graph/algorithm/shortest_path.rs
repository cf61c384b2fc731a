//! The cheapest path between two nodes, and how far all nodes are from one.
//!
//! E. W. Dijkstra, "A Note on Two Problems in Connexion with Graphs", 1959; between two nodes
//! from both ends at once (I. Pohl, "Bi-directional Search", 1971); with a lower bound of what
//! remains it is the search of P. E. Hart, N. J. Nilsson, B. Raphael, "A Formal Basis
//! for the Heuristic Determination of Minimum Cost Paths", 1968.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use crate::model::RelId;

use super::projection::{Adjacency, PerPlace, Place, Projection};
use super::watch::Watch;

/// A path, cheaper than or as cheap as all that come after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Where it starts.
    pub start: Place,
    /// The relationships, each with the place it leads to.
    pub steps: Vec<(RelId, Place)>,
    /// The sum of their weights.
    pub cost: f64,
}

/// A number that can be put in order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cost(pub(super) f64);

impl Eq for Cost {}

impl PartialOrd for Cost {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cost {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The cheapest path from `start` to `goal`; of equally cheap ones the one with the fewest
/// relationships. `None` if there is no path.
///
/// Time O((V + E) log V), memory O(V).
///
/// # Errors
/// That of the watch.
pub fn shortest_path<E>(
    projection: &Projection,
    (start, goal): (Place, Place),
    watch: &Watch<'_, E>,
) -> Result<Option<Route>, E> {
    let mut ahead = Side::new(projection.forward(), start);
    let mut behind = Side::new(projection.backward(watch)?, goal);
    let mut best: Option<(Length, Place)> = (start == goal).then_some((Length::ZERO, start));
    while let (Some(from), Some(to)) = (ahead.least(), behind.least()) {
        if best.is_some_and(|(known, _)| from.plus(to) >= known) {
            break;
        }
        if ahead.open.len() <= behind.open.len() {
            ahead.advance(&behind, &mut best, watch)?;
        } else {
            behind.advance(&ahead, &mut best, watch)?;
        }
    }
    Ok(best.and_then(|(_, middle)| joined(&ahead, &behind, start, middle)))
}

/// The path that the two searches found over `middle`.
fn joined(ahead: &Side<'_>, behind: &Side<'_>, start: Place, middle: Place) -> Option<Route> {
    let mut route = route(&ahead.reached, start, middle)?;
    let mut place = middle;
    while let Some((next, relationship, weight)) = behind.reached.get(&place)?.before {
        route.steps.push((relationship, next));
        route.cost += weight;
        place = next;
    }
    Some(route)
}

/// How far it is: by cost, then by the number of relationships.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Length(Cost, u32);

impl Length {
    const ZERO: Self = Self(Cost(0.0), 0);

    fn plus(self, other: Self) -> Self {
        Self(Cost(self.0.0 + other.0.0), self.1.saturating_add(other.1))
    }
}

/// One of two searches that meet, one from each end.
struct Side<'s> {
    adjacency: &'s Adjacency,
    reached: ReachedPlaces,
    open: BinaryHeap<Reverse<(Length, Place)>>,
}

impl<'s> Side<'s> {
    fn new(adjacency: &'s Adjacency, end: Place) -> Self {
        let mut reached = ReachedPlaces::default();
        reached.insert(end, Reached::START);
        Self {
            adjacency,
            reached,
            open: BinaryHeap::from([Reverse((Length::ZERO, end))]),
        }
    }

    /// How far the nearest open place is.
    fn least(&mut self) -> Option<Length> {
        while let Some(Reverse((length, place))) = self.open.peek() {
            let known = self.reached.get(place);
            if known.is_some_and(|known| known.length == *length) {
                return Some(*length);
            }
            self.open.pop();
        }
        None
    }

    /// Goes on from the nearest open place; `best` is the best place to meet so far.
    fn advance<E>(
        &mut self,
        other: &Self,
        best: &mut Option<(Length, Place)>,
        watch: &Watch<'_, E>,
    ) -> Result<(), E> {
        let Some(Reverse((length, place))) = self.open.pop() else {
            return Ok(());
        };
        watch.step(4 + 4 * self.adjacency.degree(place))?;
        for edge in self.adjacency.edges(place) {
            let longer = length.plus(Length(Cost(edge.weight), 1));
            let known = self.reached.get(&edge.target);
            if known.is_some_and(|known| known.length <= longer) {
                continue;
            }
            let before = Some((place, edge.relationship(), edge.weight));
            let now = Reached {
                length: longer,
                before,
            };
            self.reached.insert(edge.target, now);
            self.open.push(Reverse((longer, edge.target)));
            if let Some(rest) = other.reached.get(&edge.target) {
                let whole = (longer.plus(rest.length), edge.target);
                if best.is_none_or(|known| whole < known) {
                    *best = Some(whole);
                }
            }
        }
        Ok(())
    }
}

/// The cost of the cheapest path from `start` to each place; `None` where there is no path.
///
/// Time O((V + E) log V), memory O(V).
///
/// # Errors
/// That of the watch.
pub fn distances<E>(
    projection: &Projection,
    start: Place,
    watch: &Watch<'_, E>,
) -> Result<Vec<Option<f64>>, E> {
    let costs = costs_from(projection.forward(), start, watch)?;
    let values = costs.values().iter();
    Ok(values
        .map(|cost| cost.is_finite().then_some(*cost))
        .collect())
}

/// The cost of the cheapest path from `start` to each place; infinite where there is no path.
pub(super) fn costs_from<E>(
    adjacency: &Adjacency,
    start: Place,
    watch: &Watch<'_, E>,
) -> Result<PerPlace<f64>, E> {
    let mut costs = PerPlace::filled(adjacency.len(), f64::INFINITY);
    costs.put(start, 0.0);
    let mut open = BinaryHeap::from([Reverse((Cost(0.0), start))]);
    while let Some(Reverse((Cost(cost), place))) = open.pop() {
        if cost > costs.at(place) {
            continue;
        }
        watch.step(4 + 2 * adjacency.degree(place))?;
        for edge in adjacency.edges(place) {
            let longer = cost + edge.weight;
            if longer < costs.at(edge.target) {
                costs.put(edge.target, longer);
                open.push(Reverse((Cost(longer), edge.target)));
            }
        }
    }
    Ok(costs)
}

/// A search for one cheapest path that knows what remains.
#[derive(Debug, Clone, Copy)]
pub(super) struct Search<'s> {
    pub(super) adjacency: &'s Adjacency,
    /// At least what remains to the goal from each place; infinite where no path leads there.
    pub(super) remaining: &'s PerPlace<f64>,
    /// Places that the path may not touch.
    pub(super) closed: &'s HashSet<Place>,
    /// Relationships that may not be its first.
    pub(super) barred: &'s HashSet<RelId>,
}

/// How a search came to a place.
#[derive(Debug, Clone, Copy)]
struct Reached {
    length: Length,
    /// The place before it, and the relationship from there with its weight; `None` for the start.
    before: Option<(Place, RelId, f64)>,
}

impl Reached {
    const START: Self = Self {
        length: Length::ZERO,
        before: None,
    };
}

/// Places are small numbers that nobody chooses, so a hash of one multiplication does.
#[derive(Debug, Default)]
struct PlaceHasher(u64);

impl Hasher for PlaceHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        let mixed = self.0.rotate_left(5) ^ u64::from(number);
        self.0 = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }
}

type ReachedPlaces = HashMap<Place, Reached, BuildHasherDefault<PlaceHasher>>;

impl Search<'_> {
    pub(super) fn run<E>(
        self,
        start: Place,
        goal: Place,
        watch: &Watch<'_, E>,
    ) -> Result<Option<Route>, E> {
        let mut reached = ReachedPlaces::default();
        reached.insert(start, Reached::START);
        let bound = |length: Length, place: Place| {
            let Length(Cost(cost), steps) = length;
            Length(Cost(cost + self.remaining.at(place)), steps)
        };
        let mut open = BinaryHeap::from([Reverse((bound(Length::ZERO, start), start))]);
        while let Some(Reverse((least, place))) = open.pop() {
            if place == goal {
                return Ok(route(&reached, start, goal));
            }
            let Some(known) = reached.get(&place).copied() else {
                continue;
            };
            if least > bound(known.length, place) {
                continue;
            }
            watch.step(4 + 4 * self.adjacency.degree(place))?;
            for edge in self.adjacency.edges(place) {
                let is_barred = place == start && self.barred.contains(&edge.relationship());
                let is_lost = self.remaining.at(edge.target).is_infinite();
                if is_barred || is_lost || self.closed.contains(&edge.target) {
                    continue;
                }
                let length = known.length.plus(Length(Cost(edge.weight), 1));
                let other = reached.get(&edge.target);
                if other.is_none_or(|other| length < other.length) {
                    let before = Some((place, edge.relationship(), edge.weight));
                    reached.insert(edge.target, Reached { length, before });
                    open.push(Reverse((bound(length, edge.target), edge.target)));
                }
            }
        }
        Ok(None)
    }
}

/// The path by which a search came to `goal`.
fn route(reached: &ReachedPlaces, start: Place, goal: Place) -> Option<Route> {
    let mut steps = Vec::new();
    let mut place = goal;
    while let Some((before, relationship, _)) = reached.get(&place)?.before {
        steps.push((relationship, place));
        place = before;
    }
    steps.reverse();
    let Length(Cost(cost), _) = reached.get(&goal)?.length;
    Some(Route { start, steps, cost })
}
