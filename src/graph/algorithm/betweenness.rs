//! Betweenness: how many shortest paths between others run through a node.
//!
//! U. Brandes, "A Faster Algorithm for Betweenness Centrality", 2001; from a sample of places,
//! U. Brandes and C. Pich, "Centrality Estimation in Large Networks", 2007.

use super::breadth::summed;
use super::projection::{Adjacency, PerPlace, Place, Projection};
use super::watch::Watch;

const UNREACHED: u32 = u32::MAX;

/// The betweenness of each place over the shortest paths from `pivots`, scaled up to all places;
/// exact if the pivots are all places. Relationships count 1, parallel ones as one. Where they
/// are followed both ways, a pair counts once.
///
/// Time O(pivots · (V + E)), memory O(V + E); on all cores.
///
/// # Errors
/// That of the watch.
pub fn betweenness<E: Send>(
    projection: &Projection,
    pivots: &[Place],
    watch: &Watch<'_, E>,
) -> Result<Vec<f64>, E> {
    let adjacency = projection.forward().simple(watch)?;
    let check = watch.check();
    let mut scores = summed(pivots, projection.len(), |pivots| {
        let watch = Watch::new(check);
        let mut part = Part::new(adjacency.len());
        for pivot in pivots {
            part.add(&adjacency, *pivot, &watch)?;
        }
        Ok(part.scores.into_values())
    })?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "there are fewer than 2^32 places"
    )]
    let mut scale = projection.len() as f64 / pivots.len().max(1) as f64;
    if projection.is_undirected() {
        scale /= 2.0;
    }
    for score in &mut scores {
        *score *= scale;
    }
    Ok(scores)
}

/// What one thread keeps: of the present pivot the distance of each place, the number of
/// shortest paths to it and what of the paths behind it falls to each of those; and the sums.
struct Part {
    distances: PerPlace<u32>,
    paths: PerPlace<f64>,
    shares: PerPlace<f64>,
    order: Vec<Place>,
    scores: PerPlace<f64>,
}

impl Part {
    fn new(len: usize) -> Self {
        Self {
            distances: PerPlace::filled(len, UNREACHED),
            paths: PerPlace::filled(len, 0.0),
            shares: PerPlace::filled(len, 0.0),
            order: Vec::new(),
            scores: PerPlace::filled(len, 0.0),
        }
    }

    fn add<E>(
        &mut self,
        adjacency: &Adjacency,
        pivot: Place,
        watch: &Watch<'_, E>,
    ) -> Result<(), E> {
        self.distances.put(pivot, 0);
        self.paths.put(pivot, 1.0);
        self.order.push(pivot);
        let mut next = 0;
        while let Some(place) = self.order.get(next).copied() {
            next += 1;
            let distance = self.distances.at(place) + 1;
            let paths = self.paths.at(place);
            let targets = adjacency.targets(place);
            watch.step(1 + targets.len())?;
            for target in targets {
                let known = self.distances.at(*target);
                if known == UNREACHED {
                    self.distances.put(*target, distance);
                    self.paths.put(*target, paths);
                    self.order.push(*target);
                } else if known == distance {
                    self.paths.change(*target, |count| *count += paths);
                }
            }
        }
        // Backwards: what depends on a place is what depends on those behind it, shared out by
        // the number of shortest paths.
        for place in self.order.iter().rev() {
            let distance = self.distances.at(*place) + 1;
            let targets = adjacency.targets(*place);
            watch.step(1 + targets.len())?;
            let behind = targets
                .iter()
                .filter(|target| self.distances.at(**target) == distance);
            let sum: f64 = behind.map(|target| self.shares.at(*target)).sum();
            let paths = self.paths.at(*place);
            let dependency = sum * paths;
            self.shares.put(*place, (1.0 + dependency) / paths);
            if *place != pivot {
                self.scores.change(*place, |score| *score += dependency);
            }
        }
        for place in self.order.drain(..) {
            self.distances.put(place, UNREACHED);
        }
        Ok(())
    }
}
