//! The cheapest path between two nodes, and how far all nodes are from one.
//!
//! E. W. Dijkstra, "A Note on Two Problems in Connexion with Graphs", 1959; with a lower bound
//! of what remains it is the search of P. E. Hart, N. J. Nilsson, B. Raphael, "A Formal Basis
//! for the Heuristic Determination of Minimum Cost Paths", 1968.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap, HashSet};

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
    let search = Search {
        adjacency: projection.forward(),
        remaining: None,
        closed: &HashSet::new(),
        barred: &HashSet::new(),
    };
    search.run(start, goal, watch)
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

/// A search for one cheapest path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Search<'s> {
    pub(super) adjacency: &'s Adjacency,
    /// At least what remains to the goal from each place; nothing known if `None`.
    pub(super) remaining: Option<&'s PerPlace<f64>>,
    /// Places that the path may not touch.
    pub(super) closed: &'s HashSet<Place>,
    /// Relationships that may not be its first.
    pub(super) barred: &'s HashSet<RelId>,
}

/// How a search came to a place.
#[derive(Debug, Clone, Copy)]
struct Reached {
    cost: f64,
    steps: u32,
    /// The place before it and the relationship from there; `None` for the start.
    before: Option<(Place, RelId)>,
}

impl Search<'_> {
    pub(super) fn run<E>(
        self,
        start: Place,
        goal: Place,
        watch: &Watch<'_, E>,
    ) -> Result<Option<Route>, E> {
        let remaining = |place: Place| self.remaining.map_or(0.0, |costs| costs.at(place));
        let mut reached: HashMap<Place, Reached> = HashMap::new();
        let first = Reached {
            cost: 0.0,
            steps: 0,
            before: None,
        };
        reached.insert(start, first);
        let mut open = BinaryHeap::from([Reverse((Cost(remaining(start)), 0, start))]);
        while let Some(Reverse((bound, steps, place))) = open.pop() {
            if place == goal {
                return Ok(route(&reached, start, goal));
            }
            let Some(known) = reached.get(&place).copied() else {
                continue;
            };
            if (bound, steps) > (Cost(known.cost + remaining(place)), known.steps) {
                continue;
            }
            watch.step(4 + 4 * self.adjacency.degree(place))?;
            for edge in self.adjacency.edges(place) {
                let rest = remaining(edge.target);
                let is_barred = place == start && self.barred.contains(&edge.relationship());
                if is_barred || rest.is_infinite() || self.closed.contains(&edge.target) {
                    continue;
                }
                let cost = known.cost + edge.weight;
                let steps = known.steps + 1;
                let better = reached
                    .get(&edge.target)
                    .is_none_or(|other| (Cost(cost), steps) < (Cost(other.cost), other.steps));
                if better {
                    let before = Some((place, edge.relationship()));
                    let now = Reached {
                        cost,
                        steps,
                        before,
                    };
                    reached.insert(edge.target, now);
                    open.push(Reverse((Cost(cost + rest), steps, edge.target)));
                }
            }
        }
        Ok(None)
    }
}

fn route(reached: &HashMap<Place, Reached>, start: Place, goal: Place) -> Option<Route> {
    let mut steps = Vec::new();
    let mut place = goal;
    while let Some((before, relationship)) = reached.get(&place)?.before {
        steps.push((relationship, place));
        place = before;
    }
    steps.reverse();
    let cost = reached.get(&goal)?.cost;
    Some(Route { start, steps, cost })
}
