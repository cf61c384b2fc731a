//! Communities: groups of nodes with more relationships inside than chance would give.
//!
//! V. D. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast Unfolding of Communities in
//! Large Networks", 2008, in a fixed order of nodes and with a queue instead of rounds over all
//! of them, as V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden", 2019, have it.
//! A group that is not connected, which the former can leave, is taken apart at the end.

use std::collections::VecDeque;

use crate::base::Id as _;

use super::projection::{PerPlace, Place, Projection};
use super::watch::Watch;

/// A gain that is no more than an error of rounding.
const LEAST_GAIN: f64 = 1e-12;

/// For each place the number of its community. The projection must follow relationships both
/// ways; parallel ones weigh together. A `resolution` above 1 gives more and smaller communities.
///
/// Time about O(rounds · (V + E)), with few rounds; memory O(V + E).
///
/// # Errors
/// That of the watch.
pub fn communities<E>(
    projection: &Projection,
    resolution: f64,
    watch: &Watch<'_, E>,
) -> Result<Vec<u32>, E> {
    let mut level = Level::new(projection, watch)?;
    let mut community: PerPlace<Place> = projection.places().collect();
    loop {
        let (groups, count) = level.groups(resolution, watch)?;
        for place in projection.places() {
            community.change(place, |group| *group = groups.at(*group));
        }
        if count == level.loops.values().len() {
            break;
        }
        level = level.condensed(&groups, count, watch)?;
    }
    connected_parts(projection, &community, watch)
}

/// A graph whose nodes are groups of the level before.
struct Level {
    starts: Vec<u32>,
    targets: Vec<Place>,
    weights: Vec<f64>,
    /// The weight of the relationships inside each node.
    loops: PerPlace<f64>,
}

impl Level {
    fn new<E>(projection: &Projection, watch: &Watch<'_, E>) -> Result<Self, E> {
        let forward = projection.forward();
        let mut gathering = Gathering::new(projection.len());
        let mut level = Self::empty(projection.len());
        for place in projection.places() {
            watch.step(1 + 2 * forward.degree(place))?;
            for edge in forward.edges(place) {
                if edge.target == place {
                    level.loops.change(place, |sum| *sum += edge.weight);
                } else {
                    gathering.add(edge.target, edge.weight);
                }
            }
            level.push(&mut gathering);
        }
        Ok(level)
    }

    fn empty(len: usize) -> Self {
        Self {
            starts: vec![0],
            targets: Vec::new(),
            weights: Vec::new(),
            loops: PerPlace::filled(len, 0.0),
        }
    }

    /// Adds the steps of the next node.
    fn push(&mut self, gathering: &mut Gathering) {
        gathering.places.sort_unstable();
        for place in gathering.places.iter().copied() {
            self.targets.push(place);
            self.weights.push(gathering.weights.at(place));
        }
        gathering.clear();
        let end = u32::try_from(self.targets.len()).unwrap_or(u32::MAX);
        self.starts.push(end);
    }

    fn places(&self) -> impl Iterator<Item = Place> + use<> {
        (0..self.loops.values().len()).map(Place::from_index)
    }

    fn edges(&self, place: Place) -> impl ExactSizeIterator<Item = (Place, f64)> + '_ {
        let border = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        let range = border(place.index())..border(place.index() + 1);
        let targets = self.targets.get(range.clone()).unwrap_or_default();
        let weights = self.weights.get(range).unwrap_or_default();
        targets.iter().copied().zip(weights.iter().copied())
    }

    /// Moves nodes between groups while that gains; the group of each, numbered from 0, and how
    /// many groups there are.
    fn groups<E>(
        &self,
        resolution: f64,
        watch: &Watch<'_, E>,
    ) -> Result<(PerPlace<Place>, usize), E> {
        let len = self.loops.values().len();
        let strengths: PerPlace<f64> = self
            .places()
            .map(|place| {
                let others: f64 = self.edges(place).map(|(_, weight)| weight).sum();
                others + 2.0 * self.loops.at(place)
            })
            .collect();
        let total: f64 = strengths.values().iter().sum();
        let mut group: PerPlace<Place> = self.places().collect();
        if total > 0.0 {
            let mut sums = strengths.clone();
            let mut queue: VecDeque<Place> = self.places().collect();
            let mut queued = PerPlace::filled(len, true);
            let mut gathering = Gathering::new(len);
            while let Some(place) = queue.pop_front() {
                queued.put(place, false);
                let edges = self.edges(place);
                watch.step(1 + 2 * edges.len())?;
                for (target, weight) in edges {
                    gathering.add(group.at(target), weight);
                }
                let strength = strengths.at(place);
                let own = group.at(place);
                sums.change(own, |sum| *sum -= strength);
                let share = resolution * strength / total;
                let gain =
                    |to: Place, weights: &PerPlace<f64>| weights.at(to) - share * sums.at(to);
                let stay = gain(own, &gathering.weights);
                let mut best = (own, stay + LEAST_GAIN * total);
                // Of groups that gain the same, the first by number: the order of gathering
                // is that of the neighbours and would do as well, but shows nothing.
                for to in gathering.places.iter().copied() {
                    let gained = gain(to, &gathering.weights);
                    if gained > best.1 || (gained >= best.1 && best.0 != own && to < best.0) {
                        best = (to, gained);
                    }
                }
                gathering.clear();
                let (new, _) = best;
                sums.change(new, |sum| *sum += strength);
                if new == own {
                    continue;
                }
                group.put(place, new);
                for (target, _) in self.edges(place) {
                    if group.at(target) != new && !queued.at(target) {
                        queued.put(target, true);
                        queue.push_back(target);
                    }
                }
            }
        }
        Ok(numbered(&group))
    }

    /// The graph of the groups.
    fn condensed<E>(
        &self,
        groups: &PerPlace<Place>,
        count: usize,
        watch: &Watch<'_, E>,
    ) -> Result<Self, E> {
        let mut members: Vec<(Place, Place)> = self
            .places()
            .map(|place| (groups.at(place), place))
            .collect();
        members.sort_unstable();
        let mut gathering = Gathering::new(count);
        let mut level = Self::empty(count);
        for members in members.chunk_by(|(one, _), (other, _)| one == other) {
            let mut inside = 0.0;
            for (group, member) in members {
                let edges = self.edges(*member);
                watch.step(1 + 2 * edges.len())?;
                inside += 2.0 * self.loops.at(*member);
                for (target, weight) in edges {
                    let other = groups.at(target);
                    if other == *group {
                        inside += weight;
                    } else {
                        gathering.add(other, weight);
                    }
                }
            }
            if let Some((group, _)) = members.first() {
                level.loops.put(*group, inside / 2.0);
            }
            level.push(&mut gathering);
        }
        Ok(level)
    }
}

/// Weights summed up by place.
struct Gathering {
    weights: PerPlace<f64>,
    places: Vec<Place>,
    known: PerPlace<bool>,
}

impl Gathering {
    fn new(len: usize) -> Self {
        Self {
            weights: PerPlace::filled(len, 0.0),
            places: Vec::new(),
            known: PerPlace::filled(len, false),
        }
    }

    fn add(&mut self, place: Place, weight: f64) {
        if !self.known.at(place) {
            self.known.put(place, true);
            self.places.push(place);
        }
        self.weights.change(place, |sum| *sum += weight);
    }

    fn clear(&mut self) {
        for place in self.places.drain(..) {
            self.weights.put(place, 0.0);
            self.known.put(place, false);
        }
    }
}

/// The same groups, numbered from 0 in the order of their first members, and how many they are.
fn numbered(group: &PerPlace<Place>) -> (PerPlace<Place>, usize) {
    let mut numbers: PerPlace<Option<Place>> = PerPlace::filled(group.values().len(), None);
    let mut count = 0;
    let groups = group
        .values()
        .iter()
        .map(|group| {
            numbers.at(*group).unwrap_or_else(|| {
                let number = Place::from_index(count);
                count += 1;
                numbers.put(*group, Some(number));
                number
            })
        })
        .collect();
    (groups, count)
}

/// The connected parts of each community, each with a number of its own.
fn connected_parts<E>(
    projection: &Projection,
    community: &PerPlace<Place>,
    watch: &Watch<'_, E>,
) -> Result<Vec<u32>, E> {
    const NONE: u32 = u32::MAX;
    let forward = projection.forward();
    let mut parts = PerPlace::filled(projection.len(), NONE);
    let mut open = Vec::new();
    let mut part = 0;
    for first in projection.places() {
        if parts.at(first) != NONE {
            continue;
        }
        let own = community.at(first);
        parts.put(first, part);
        open.push(first);
        while let Some(place) = open.pop() {
            let targets = forward.targets(place);
            watch.step(1 + targets.len())?;
            for target in targets.iter().copied() {
                if parts.at(target) == NONE && community.at(target) == own {
                    parts.put(target, part);
                    open.push(target);
                }
            }
        }
        part += 1;
    }
    Ok(parts.into_values())
}
