//! Closeness: how near a node is to the others.
//!
//! The harmonic form, which means something in graphs that fall apart: M. Marchiori and
//! V. Latora, "Harmony in the Small-World", 2000. Sixty-four searches run at a time, each a bit:
//! M. Then et al., "The More the Merrier: Efficient Multi-Source Graph Traversal", 2014.

use super::breadth::summed;
use super::projection::{Adjacency, PerPlace, Place, Projection};
use super::watch::Watch;

/// The mean of 1 / distance from each place to all pivots but itself, 0 where there is no path;
/// exact if the pivots are all places. Relationships count 1.
///
/// Time O(pivots / 64 · diameter · (V + E)) at worst, memory O(V + E); on all cores.
///
/// # Errors
/// That of the watch.
pub fn closeness<E: Send>(
    projection: &Projection,
    pivots: &[Place],
    watch: &Watch<'_, E>,
) -> Result<Vec<f64>, E> {
    // The distance from everywhere to a pivot is that from the pivot over all steps turned round.
    let towards = projection.backward(watch)?.simple(watch)?;
    let check = watch.check();
    let mut scores = summed(pivots, projection.len(), |pivots| {
        let watch = Watch::new(check);
        let mut part = Part::new(towards.len());
        for batch in pivots.chunks(64) {
            part.add(&towards, batch, &watch)?;
        }
        Ok(part.scores.into_values())
    })?;
    for (score, place) in scores.iter_mut().zip(projection.places()) {
        let others = pivots.len() - usize::from(pivots.binary_search(&place).is_ok());
        #[expect(
            clippy::cast_precision_loss,
            reason = "there are fewer than 2^32 places"
        )]
        let others = others.max(1) as f64;
        *score /= others;
    }
    Ok(scores)
}

/// What one thread keeps: for each place the searches that have seen it, those that stand there,
/// and those that come to it next; and the sums.
struct Part {
    seen: PerPlace<u64>,
    here: PerPlace<u64>,
    next: PerPlace<u64>,
    scores: PerPlace<f64>,
}

impl Part {
    fn new(len: usize) -> Self {
        Self {
            seen: PerPlace::filled(len, 0),
            here: PerPlace::filled(len, 0),
            next: PerPlace::filled(len, 0),
            scores: PerPlace::filled(len, 0.0),
        }
    }

    fn add<E>(
        &mut self,
        adjacency: &Adjacency,
        pivots: &[Place],
        watch: &Watch<'_, E>,
    ) -> Result<(), E> {
        self.seen.fill(0);
        let mut frontier = pivots.to_vec();
        for (bit, pivot) in pivots.iter().enumerate() {
            self.seen.put(*pivot, 1 << bit);
            self.here.put(*pivot, 1 << bit);
        }
        let mut distance = 0.0;
        let mut reached = Vec::new();
        while !frontier.is_empty() {
            distance += 1.0;
            for place in frontier.drain(..) {
                let searches = self.here.at(place);
                self.here.put(place, 0);
                let targets = adjacency.targets(place);
                watch.step(1 + targets.len())?;
                for target in targets {
                    let fresh = searches & !self.seen.at(*target);
                    if fresh == 0 {
                        continue;
                    }
                    let next = self.next.at(*target);
                    if next == 0 {
                        reached.push(*target);
                    }
                    self.next.put(*target, next | fresh);
                }
            }
            for place in reached.drain(..) {
                let fresh = self.next.at(place);
                self.next.put(place, 0);
                self.seen.change(place, |seen| *seen |= fresh);
                self.here.put(place, fresh);
                let searches = f64::from(fresh.count_ones());
                self.scores
                    .change(place, |score| *score += searches / distance);
                frontier.push(place);
            }
        }
        Ok(())
    }
}
