//! Makes a plan cheaper without changing its rows.
//!
//! Which end a match starts at, and where its conditions are tested, is decided when the plan is
//! built, because only then the pattern is still whole. What is left are rewrites of the finished
//! plan, in this order:
//!
//! 1. `fold_constant`: what needs no row is computed once, so that conditions that always or
//!    never hold can be seen.
//! 2. `drop_filter`: those conditions go.
//! 3. `top_k`: a sort that is cut keeps only what is left of it; last, because the rules before
//!    may bring sort and limit together.

mod drop_filter;
mod fold_constant;
mod top_k;

use super::error::RunError;
use super::logical::{Operator, Plan, verify};
use super::tuning::Planning;

/// A rewrite of one operator, its inputs not yet rewritten.
type Rule = fn(&mut Operator);

/// The rules, in the order in which they are applied.
const RULES: &[Rule] = &[fold_constant::apply, drop_filter::apply, top_k::apply];

/// `plan`, improved; of one that is to stay as written only its soundness is checked.
///
/// # Errors
/// [`RunError::Unsound`], in debug builds, when a rule broke the plan.
pub(super) fn optimize(mut plan: Plan, planning: Planning) -> Result<Plan, RunError> {
    check(&plan)?;
    if planning == Planning::AsWritten {
        return Ok(plan);
    }
    for rule in RULES {
        let mut apply = *rule;
        plan.root.transform(&mut apply);
        for subquery in &mut plan.subqueries {
            subquery.transform(&mut apply);
        }
        check(&plan)?;
    }
    Ok(plan)
}

fn check(plan: &Plan) -> Result<(), RunError> {
    if cfg!(debug_assertions) {
        verify(plan)
    } else {
        Ok(())
    }
}
