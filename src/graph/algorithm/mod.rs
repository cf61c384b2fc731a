//! Measures of a graph and ways through it, over a compact [`Projection`].
//!
//! Each file is one algorithm with the paper it comes from. All of them give the same result
//! for the same graph, on any number of threads, and end within milliseconds of a [`Watch`]
//! that says so. The graph library lends the union-find and the walks in depth; its own
//! centralities, shortest and simple paths cannot be stopped, forget which of two parallel
//! relationships they took, or cost more than linear memory, so those are written here.

mod betweenness;
mod breadth;
mod closeness;
mod communities;
mod components;
mod degree;
mod k_shortest;
mod page_rank;
mod projection;
mod shortest_path;
mod similarity;
mod simple_paths;
mod triangles;
mod watch;

pub use self::betweenness::betweenness;
pub use self::breadth::pivots;
pub use self::closeness::closeness;
pub use self::communities::communities;
pub use self::components::{strong_components, weak_components};
pub use self::degree::degrees;
pub use self::k_shortest::k_shortest_paths;
pub use self::page_rank::{PageRank, page_rank};
pub use self::projection::{Place, Projection, ProjectionError, Reading, Selection};
pub use self::shortest_path::{Route, distances, shortest_path};
pub use self::similarity::{Similar, similar};
pub use self::simple_paths::SimplePaths;
pub use self::triangles::{Triangles, triangles};
pub use self::watch::Watch;

#[cfg(test)]
mod tests;
