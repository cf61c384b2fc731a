//! Similarity: nodes with the same neighbours.
//!
//! The share of the neighbours of two nodes that they have in common: P. Jaccard, "Étude
//! comparative de la distribution florale", 1901; for graphs, D. Liben-Nowell and J. Kleinberg,
//! "The Link Prediction Problem for Social Networks", 2003.

use std::collections::BTreeMap;

use super::projection::{Place, Projection};
use super::watch::Watch;

/// How similar a node is to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Similar {
    /// The other.
    pub place: Place,
    /// How many neighbours they have in common.
    pub shared: usize,
    /// Their share of all neighbours of the two, above 0 and up to 1.
    pub score: f64,
}

/// The nodes that have a neighbour in common with `place`, the most similar first, then by the
/// ids of nodes. Neighbours are those to which a step leads; parallel relationships are one.
///
/// Time O(relationships at the neighbours and at theirs, sorted).
///
/// # Errors
/// That of the watch.
pub fn similar<E>(
    projection: &Projection,
    place: Place,
    watch: &Watch<'_, E>,
) -> Result<Vec<Similar>, E> {
    let (forward, backward) = (projection.forward(), projection.backward(watch)?);
    let own = forward.distinct(place);
    let mut shared: BTreeMap<Place, usize> = BTreeMap::new();
    for middle in &own {
        watch.step(1 + 8 * backward.degree(*middle))?;
        for other in backward.distinct(*middle) {
            if other != place {
                *shared.entry(other).or_default() += 1;
            }
        }
    }
    let mut similar = Vec::with_capacity(shared.len());
    for (other, shared) in shared {
        watch.step(1 + 4 * forward.degree(other))?;
        let all = own.len() + forward.distinct(other).len() - shared;
        #[expect(
            clippy::cast_precision_loss,
            reason = "there are fewer than 2^32 places"
        )]
        let score = shared as f64 / all as f64;
        similar.push(Similar {
            place: other,
            shared,
            score,
        });
    }
    similar.sort_by(|one: &Similar, other| other.score.total_cmp(&one.score));
    Ok(similar)
}
