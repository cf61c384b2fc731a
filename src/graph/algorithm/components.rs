//! Components: nodes that are connected with one another.
//!
//! Weak ones by union and find (R. E. Tarjan, "Efficiency of a Good But Not Linear Set Union
//! Algorithm", 1975), strong ones by two walks in depth (S. R. Kosaraju; M. Sharir, "A
//! Strong-Connectivity Algorithm", 1981); union-find and walks are the graph library's.

use petgraph::unionfind::UnionFind;
use petgraph::visit::{Dfs, DfsPostOrder};

use crate::base::Id as _;

use super::projection::{PerPlace, Place, Projection};
use super::watch::Watch;

/// For each place the number of its group, from 0; two places are in one group if some path
/// joins them, whichever way its relationships go.
///
/// Time O((V + E) · inverse Ackermann).
///
/// # Errors
/// That of the watch.
pub fn weak_components<E>(projection: &Projection, watch: &Watch<'_, E>) -> Result<Vec<u32>, E> {
    let mut sets: UnionFind<u32> = UnionFind::new(projection.len());
    for (number, place) in (0_u32..).zip(projection.places()) {
        let targets = projection.forward().targets(place);
        watch.step(1 + targets.len())?;
        for target in targets {
            sets.union(number, u32::try_from(target.index()).unwrap_or(u32::MAX));
        }
    }
    Ok(sets.into_labeling())
}

/// For each place the number of its group, from 0; two places are in one group if paths lead
/// both ways between them.
///
/// Time O(V + E).
///
/// # Errors
/// That of the watch.
pub fn strong_components<E>(projection: &Projection, watch: &Watch<'_, E>) -> Result<Vec<u32>, E> {
    let forward = projection.forward();
    let backward = projection.backward(watch)?;
    let mut finished: Vec<Place> = Vec::with_capacity(projection.len());
    let mut walk = DfsPostOrder::empty(backward);
    for place in projection.places() {
        walk.move_to(place);
        while let Some(place) = walk.next(backward) {
            watch.step(1 + backward.degree(place))?;
            finished.push(place);
        }
    }
    let mut groups = PerPlace::filled(projection.len(), 0_u32);
    let mut group = 0;
    let mut walk = Dfs::empty(forward);
    for place in finished.into_iter().rev() {
        walk.move_to(place);
        let mut found = false;
        while let Some(place) = walk.next(forward) {
            watch.step(1 + forward.degree(place))?;
            groups.put(place, group);
            found = true;
        }
        group += u32::from(found);
    }
    Ok(groups.into_values())
}
