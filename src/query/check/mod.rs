//! Checks a query: gives every name its slot, and refuses what cannot mean anything.
//!
//! This is the last stage that looks a variable up by name. It works on the query alone and never
//! sees the graph, so a label nobody bears is no fault here.

mod aggregate;
mod call;
mod clause;
mod expression;
mod function;
mod kind;
mod pattern;
mod project;
mod scope;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::nearest;

use super::ast::{self, Duplicates};
use super::checked::{Aggregation, Branch, Checked, Slot, Slots, Subquery, SubqueryId};
use super::error::{CheckError, CheckFault};
use super::signature::ProcedureCatalog;

use self::scope::Scope;

pub(super) use self::aggregate::children;

/// What a query may refer to besides its own names.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'s> {
    /// The procedures that may be called.
    pub procedures: &'s ProcedureCatalog,
    /// The names of the parameters given.
    pub parameters: &'s BTreeSet<String>,
}

/// `query` with every name resolved.
///
/// # Errors
/// [`CheckError`]: the first fault found.
pub fn check(query: &ast::Query, surroundings: Surroundings<'_>) -> Result<Checked, CheckError> {
    let mut checker = Checker {
        surroundings,
        slots: Slots::default(),
        subqueries: Vec::new(),
        gathered: Vec::new(),
        names: BTreeMap::new(),
    };
    let (branches, duplicates) = checker.query(query, &Scope::default())?;
    Ok(Checked {
        branches,
        duplicates,
        slots: checker.slots,
        subqueries: checker.subqueries,
        names: checker.names,
    })
}

/// What is known while a query is checked.
struct Checker<'s> {
    surroundings: Surroundings<'s>,
    slots: Slots,
    subqueries: Vec<Subquery>,
    /// The aggregates of the projection that is being checked, and where their results go.
    gathered: Vec<(Slot, Aggregation)>,
    /// The names of slots, for people.
    names: BTreeMap<Slot, String>,
}

impl Checker<'_> {
    /// The branches of `query`, each started in `scope`.
    fn query(
        &mut self,
        query: &ast::Query,
        scope: &Scope,
    ) -> Result<(Vec<Branch>, Duplicates), CheckError> {
        let duplicates = query
            .unions
            .first()
            .map_or(Duplicates::Keep, |union| union.duplicates);
        for union in &query.unions {
            if union.duplicates != duplicates {
                let fault = CheckFault::InvalidClauseComposition(
                    "UNION and UNION ALL cannot be mixed in one query",
                );
                return Err(CheckError::new(fault, union.span));
            }
        }
        let alone = query.unions.is_empty();
        let mut branches: Vec<Branch> = Vec::new();
        for branch in query.branches() {
            let checked = self.branch(branch, scope.clone(), alone)?;
            if let Some(first) = branches.first() {
                let names = |branch: &Branch| -> Vec<String> {
                    branch
                        .columns
                        .iter()
                        .map(|(name, _)| name.clone())
                        .collect()
                };
                if names(first) != names(&checked) {
                    return Err(
                        CheckError::new(CheckFault::DifferentColumnsInUnion, branch.span)
                            .with_help(format!(
                                "the first branch gives {}",
                                names(first).join(", ")
                            )),
                    );
                }
            }
            branches.push(checked);
        }
        Ok((branches, duplicates))
    }

    /// Remembers what the slots in `scope` are called.
    fn remember_names(&mut self, scope: &Scope) {
        for (name, binding) in scope.bindings() {
            self.names
                .entry(binding.slot)
                .or_insert_with(|| name.to_owned());
        }
    }

    /// Keeps `subquery` and names it.
    fn add_subquery(&mut self, subquery: Subquery) -> SubqueryId {
        let id = crate::base::Id::from_index(self.subqueries.len());
        self.subqueries.push(subquery);
        id
    }
}

/// The complaint that `name` is not in `scope`.
fn undefined(name: &str, span: crate::base::Span, scope: &Scope) -> CheckError {
    let error = CheckError::new(CheckFault::UndefinedVariable(name.to_owned()), span);
    if let Some(near) = nearest(name, scope.names()) {
        return error.with_help(format!("did you mean `{near}`?"));
    }
    let known: Vec<&str> = scope.names().take(8).collect();
    match known.as_slice() {
        [] => error.with_help("no variable is in scope here; a string stands in quotes"),
        [only] => error.with_help(format!("a variable named `{only}` is in scope")),
        _ => error.with_help(format!("in scope are {}", known.join(", "))),
    }
}
