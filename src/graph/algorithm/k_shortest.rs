//! The k cheapest paths between two nodes that come by no node twice.
//!
//! J. Y. Yen, "Finding the K Shortest Loopless Paths in a Network", 1971, with the saving of
//! E. L. Lawler, "A Procedure for Computing the K Best Solutions to Discrete Optimization
//! Problems", 1972. Each search knows what remains to the goal from one search backwards.

use std::collections::{BTreeMap, HashSet};

use crate::model::RelId;

use super::projection::{Place, Projection};
use super::shortest_path::{Cost, Route, Search, costs_from};
use super::watch::Watch;

/// By cost, then by length, then by the relationships: each path once.
type Key = (Cost, usize, Vec<RelId>);

/// Up to `k` paths from `start` to `goal`, the cheapest first; of equally cheap ones those with
/// fewer relationships first. Parallel relationships make paths of their own.
///
/// Time O(k · n · (V + E) log V) at worst for paths of n relationships, memory O(V + E + k · n).
///
/// # Errors
/// That of the watch.
pub fn k_shortest_paths<E>(
    projection: &Projection,
    (start, goal): (Place, Place),
    k: usize,
    watch: &Watch<'_, E>,
) -> Result<Vec<Route>, E> {
    let adjacency = projection.forward();
    let remaining = costs_from(projection.backward(watch)?, goal, watch)?;
    let mut found: Vec<Route> = Vec::new();
    // What may come next, each with the step from which on it differs from the path it came from.
    let mut candidates: BTreeMap<Key, (Route, usize)> = BTreeMap::new();
    let search = |from: Place, closed: &HashSet<Place>, barred: &HashSet<RelId>| {
        let search = Search {
            adjacency,
            remaining: &remaining,
            closed,
            barred,
        };
        search.run(from, goal, watch)
    };
    if let Some(first) = search(start, &HashSet::new(), &HashSet::new())? {
        candidates.insert(key(&first), (first, 0));
    }
    while found.len() < k
        && let Some((_, (route, differs))) = candidates.pop_first()
    {
        let mut closed: HashSet<Place> = HashSet::new();
        let mut cost = 0.0;
        let mut place = start;
        let mut root: Vec<(RelId, Place)> = Vec::new();
        for (at, (relationship, next)) in route.steps.iter().copied().enumerate() {
            let edge = adjacency
                .edges(place)
                .find(|edge| edge.relationship() == relationship && edge.target == next);
            if at >= differs {
                let mut barred = HashSet::from([relationship]);
                for other in &found {
                    if other.steps.get(..at) == Some(root.as_slice())
                        && let Some((other, _)) = other.steps.get(at)
                    {
                        barred.insert(*other);
                    }
                }
                if let Some(tail) = search(place, &closed, &barred)? {
                    let mut steps = root.clone();
                    steps.extend(tail.steps);
                    let candidate = Route {
                        start,
                        steps,
                        cost: cost + tail.cost,
                    };
                    candidates.insert(key(&candidate), (candidate, at));
                }
            }
            closed.insert(place);
            cost += edge.map_or(1.0, |edge| edge.weight);
            root.push((relationship, next));
            place = next;
        }
        found.push(route);
    }
    Ok(found)
}

fn key(route: &Route) -> Key {
    let relationships = route.steps.iter().map(|(relationship, _)| *relationship);
    (Cost(route.cost), route.steps.len(), relationships.collect())
}
