//! The logical plan: what to compute, before it is decided how.
//!
//! A plan names no index structure and no join method, and never sees the graph.

mod build;
mod cardinality;
mod estimate;
mod number;
mod plan;
mod verify;
mod walk;

pub use self::build::build;
pub(crate) use self::cardinality::cardinalities;
pub use self::estimate::{Estimates, Guess};
pub(crate) use self::number::Numbers;
pub use self::plan::{
    Border, Column, End, Expand, ExpandMany, Operator, Plan, Repeat, SelectPaths, ShortestPath,
    SortKey, Sought, StepTest,
};
pub(crate) use self::verify::verify;
pub use super::checked::{CreateNode, CreateRelationship, SetItem};
