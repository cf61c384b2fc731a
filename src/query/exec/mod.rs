//! Operators that pull rows from one another, one per file.
//!
//! All operators of a plan fill one and the same row: each asks its input for the next row and
//! writes its own slots into it. Only those that must see all rows first keep copies.

mod aggregate;
mod apply;
mod build;
mod call;
mod context;
mod create;
mod delete;
mod distinct;
mod eager;
mod ends;
mod expand;
mod expand_many;
mod filter;
mod limit;
mod load_csv;
mod lookup;
mod merge;
mod perform;
mod pipeline;
mod profile;
mod project;
mod repeat;
mod row;
mod scan;
mod seek;
mod select_paths;
mod set;
mod shortest_path;
mod sort;
mod union;
mod unwind;
mod walk;

use crate::query::error::RunError;

pub(crate) use self::build::{Manner, Mode, Watch, build};
pub use self::context::Limits;
pub(crate) use self::context::{Access, Context};
pub use self::profile::Measure;
pub(crate) use self::profile::Profile;
pub(crate) use self::row::Row;

/// One step of a running query.
pub(crate) trait Operator: Send {
    /// Begins anew, on whatever row it is next given.
    fn reset(&mut self, context: &Context<'_, '_>);

    /// Fills `row` with the next result; false if there is none.
    fn next(&mut self, context: &mut Context<'_, '_>, row: &mut Row) -> Result<bool, RunError>;
}

pub(crate) type BoxOperator = Box<dyn Operator>;
