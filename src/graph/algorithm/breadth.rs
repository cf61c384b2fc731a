//! What the measures over shortest paths share: the places they start from.

use crate::base::Id as _;

use super::projection::Place;

/// `most` of the places below `len`, drawn without pattern but always the same, in order; all
/// of them if they are no more.
pub fn pivots(len: usize, most: usize) -> Vec<Place> {
    let mut all: Vec<Place> = (0..len).map(Place::from_index).collect();
    if len <= most {
        return all;
    }
    // R. Fisher and F. Yates's shuffle, as far as it is needed, over the sequence of
    // G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
    let mut state = 0_u64;
    for at in 0..most {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let left = (len - at) as u64;
        let other = at + usize::try_from(mixed % left).unwrap_or(0);
        all.swap(at, other);
    }
    all.truncate(most);
    all.sort_unstable();
    all
}

/// Into how many parts the pivots are divided, whatever the number of threads: sums of floats
/// depend on their order.
const PARTS: usize = 8;

/// The sum over all pivots of what `work` gives for a part of them, computed on all cores.
///
/// # Errors
/// The first of `work`.
pub(super) fn summed<E: Send>(
    pivots: &[Place],
    len: usize,
    work: impl Fn(&[Place]) -> Result<Vec<f64>, E> + Sync + Send,
) -> Result<Vec<f64>, E> {
    use rayon::prelude::*;

    let size = pivots.len().div_ceil(PARTS).max(1);
    let parts: Result<Vec<Vec<f64>>, E> = pivots.par_chunks(size).map(work).collect();
    let mut sums = vec![0.0; len];
    for part in parts? {
        for (sum, value) in sums.iter_mut().zip(part) {
            *sum += value;
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::pivots;
    use crate::base::Id as _;

    #[test]
    fn pivots_are_distinct_and_always_the_same() {
        let drawn = pivots(1000, 100);
        assert_eq!(drawn, pivots(1000, 100));
        assert_eq!(drawn.len(), 100);
        assert!(drawn.is_sorted_by(|one, other| one < other));
        assert!(drawn.iter().any(|place| place.index() > 900));
        assert_eq!(pivots(3, 100).len(), 3);
        assert!(pivots(0, 5).is_empty());
    }
}
