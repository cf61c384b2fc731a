//! Degree: how many relationships a node has, or how much they weigh together.

use super::projection::Projection;
use super::watch::Watch;

/// The sum of the weights of the relationships at each place. One from a node to itself counts
/// once, as in a pattern.
///
/// Time O(V + E).
///
/// # Errors
/// That of the watch.
pub fn degrees<E>(projection: &Projection, watch: &Watch<'_, E>) -> Result<Vec<f64>, E> {
    let forward = projection.forward();
    let places = projection.places();
    places
        .map(|place| {
            watch.step(1 + forward.degree(place))?;
            Ok(forward.edges(place).map(|edge| edge.weight).sum())
        })
        .collect()
}
