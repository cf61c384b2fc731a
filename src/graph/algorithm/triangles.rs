//! Triangles: three nodes, each connected with the two others.
//!
//! M. Latapy, "Main-Memory Triangle Computations for Very Large (Sparse (Power-Law)) Graphs",
//! 2008 ("forward"); the clustering coefficient is that of D. J. Watts and S. H. Strogatz,
//! "Collective Dynamics of 'Small-World' Networks", 1998.

use crate::base::Id as _;

use super::projection::{PerPlace, Place, Projection};
use super::watch::Watch;

/// The triangles at a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triangles {
    /// How many.
    pub count: u64,
    /// Their share of the pairs of neighbours, 0 to 1; 0 with fewer than two neighbours.
    pub coefficient: f64,
}

/// The triangles at each place. The projection must follow relationships both ways; parallel
/// ones count as one.
///
/// Time O(E^1.5) at worst, memory O(V + E).
///
/// # Errors
/// That of the watch.
pub fn triangles<E>(projection: &Projection, watch: &Watch<'_, E>) -> Result<Vec<Triangles>, E> {
    let adjacency = projection.forward().simple(watch)?;
    // Steps only from the place with fewer neighbours to the one with more, so that no list is
    // longer than the square root of the number of steps.
    let rank = |place: Place| (adjacency.degree(place), place);
    let mut starts = vec![0];
    let mut ahead: Vec<Place> = Vec::new();
    for place in projection.places() {
        let targets = adjacency.targets(place);
        watch.step(1 + targets.len())?;
        let own = rank(place);
        ahead.extend(targets.iter().filter(|target| rank(**target) > own));
        starts.push(ahead.len());
    }
    let list = |place: Place| {
        let border = |at: usize| starts.get(at).copied().unwrap_or(0);
        ahead
            .get(border(place.index())..border(place.index() + 1))
            .unwrap_or_default()
    };
    let mut counts = PerPlace::filled(projection.len(), 0_u64);
    let mut near = PerPlace::filled(projection.len(), false);
    for first in projection.places() {
        let seconds = list(first);
        watch.step(1 + seconds.len())?;
        for second in seconds {
            near.put(*second, true);
        }
        for second in seconds {
            let thirds = list(*second);
            watch.step(1 + thirds.len())?;
            let mut found = 0;
            for third in thirds.iter().filter(|third| near.at(**third)) {
                counts.change(*third, |count| *count += 1);
                found += 1;
            }
            counts.change(*second, |count| *count += found);
            counts.change(first, |count| *count += found);
        }
        for second in seconds {
            near.put(*second, false);
        }
    }
    let places = projection.places();
    Ok(places
        .map(|place| {
            let count = counts.at(place);
            let degree = adjacency.degree(place);
            #[expect(clippy::cast_precision_loss, reason = "a share, not an exact count")]
            let coefficient = if degree < 2 {
                0.0
            } else {
                2.0 * count as f64 / (degree as f64 * (degree - 1) as f64)
            };
            Triangles { count, coefficient }
        })
        .collect())
}
