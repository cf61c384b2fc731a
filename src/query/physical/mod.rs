//! The physical plan: how to compute it, against one graph and one set of parameters.
//!
//! Names have become the graph's own numbers and parameters have become values, so a physical
//! plan serves one run.

mod facts;
mod map;
mod plan;

pub(crate) use self::facts::Facts;
pub(crate) use self::map::physical_plan;
pub(crate) use self::plan::{
    Aggregation, CreateNode, CreateRelationship, Expansion, Expression, ExpressionKind, Key,
    LabelTest, MapProjectionItem, Operator, Plan, Repeat, SetItem, SortKey, Sought, Step, StepTest,
    Types,
};
