//! The logical plan: what to compute, before it is decided how.
//!
//! A plan names no index structure and no join method, and never sees the graph.

mod plan;

pub use self::plan::{Column, End, Expand, ExpandMany, Operator, Plan, ShortestPath, SortKey};
pub use super::checked::{CreateNode, CreateRelationship, SetItem};
