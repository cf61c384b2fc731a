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
mod repeated;
mod scope;
mod subquery;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{Span, nearest};

use super::ast::{self, Duplicates};
use super::checked::{Aggregation, Checked, Query, Slot, Slots, Subquery, SubqueryId};
use super::error::{CheckError, CheckFault};
use super::faults::Faults;
use super::signature::ProcedureCatalog;

use self::kind::Kind;
use self::scope::Scope;
use self::subquery::Nesting;

pub(super) use self::aggregate::children;

/// What a query may refer to besides its own names.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'s> {
    /// The procedures that may be called.
    pub procedures: &'s ProcedureCatalog,
    /// The names of the parameters given.
    pub parameters: &'s BTreeSet<String>,
}

/// The most faults that are told at once.
const MOST_FAULTS: usize = 10;

/// `query` with every name resolved.
///
/// # Errors
/// [`CheckError`]: all faults that were found. Behind one the check goes on with what is known,
/// so that a fault that only follows from another is not told.
pub fn check(
    query: &ast::Query,
    surroundings: Surroundings<'_>,
) -> Result<Checked, Faults<CheckError>> {
    let mut checker = Checker {
        surroundings,
        slots: Slots::default(),
        subqueries: Vec::new(),
        gathered: Vec::new(),
        names: BTreeMap::new(),
        faults: Vec::new(),
        lost: false,
    };
    let result = checker.query(query, &Scope::default(), Nesting::Whole);
    let result = result.map_err(|error| checker.complain(error));
    if let Some(faults) = Faults::of(std::mem::take(&mut checker.faults)) {
        return Err(faults);
    }
    let Ok((query, _)) = result else {
        let fault = CheckFault::UnexpectedSyntax("this query has a fault without a name");
        return Err(CheckError::new(fault, query.span).into());
    };
    Ok(Checked {
        query,
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
    /// What is wrong, as far as the check went on behind it.
    faults: Vec<CheckError>,
    /// Whether a whole clause could not be checked, so that names and columns may be missing.
    lost: bool,
}

impl Checker<'_> {
    /// Keeps `error`, unless it may only follow from one before it.
    fn complain(&mut self, error: CheckError) {
        let fault = &error.fault;
        let follows = if matches!(fault, CheckFault::UndefinedVariable(_)) {
            self.lost || self.faults.iter().any(|told| told.fault == *fault)
        } else if matches!(
            fault,
            CheckFault::DifferentColumnsInUnion | CheckFault::NoVariablesInScope
        ) {
            !self.faults.is_empty()
        } else {
            self.faults.contains(&error)
        };
        let follows = follows || self.faults.len() >= MOST_FAULTS;
        if !follows {
            self.faults.push(error);
        }
    }

    /// `query`, each branch started in `scope`, and the kinds of its columns.
    fn query(
        &mut self,
        query: &ast::Query,
        scope: &Scope,
        nesting: Nesting<'_>,
    ) -> Result<(Query, Vec<Kind>), CheckError> {
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
        let alone = query.unions.is_empty() && matches!(nesting, Nesting::Whole);
        let mut branches = Vec::new();
        let mut columns: Vec<(String, Slot)> = Vec::new();
        let mut kinds: Vec<Kind> = Vec::new();
        let (before, mut lost) = (self.lost, self.lost);
        for written in query.branches() {
            self.lost = before;
            let (branch, scope) = self.branch(written, scope.clone(), nesting, alone)?;
            let of_branch = branch.columns.iter().map(|(name, _)| {
                let known = scope.binding(name);
                known.map_or(Kind::Any, |binding| binding.kind.clone())
            });
            if branches.is_empty() {
                kinds = of_branch.collect();
                columns.clone_from(&branch.columns);
            } else {
                check_same_columns(&columns, &branch.columns, written.span)?;
                let joined = kinds.into_iter().zip(of_branch);
                kinds = joined.map(|(one, other)| one.joined(other)).collect();
            }
            branches.push(branch);
            lost |= self.lost;
        }
        self.lost = lost;
        if !query.unions.is_empty() {
            for (name, slot) in &mut columns {
                *slot = self.slots.fresh();
                self.names.insert(*slot, name.clone());
            }
        }
        let checked = Query {
            branches,
            duplicates,
            columns,
        };
        Ok((checked, kinds))
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

/// Refuses a branch of a union whose columns differ from those of the first.
fn check_same_columns(
    first: &[(String, Slot)],
    other: &[(String, Slot)],
    span: Span,
) -> Result<(), CheckError> {
    let names = |columns: &[(String, Slot)]| -> Vec<String> {
        columns.iter().map(|(name, _)| name.clone()).collect()
    };
    if names(first) == names(other) {
        return Ok(());
    }
    let error = CheckError::new(CheckFault::DifferentColumnsInUnion, span);
    Err(error.with_help(format!(
        "the first branch gives {}",
        names(first).join(", ")
    )))
}

/// The complaint that `name` is not in `scope`.
fn undefined(name: &str, span: Span, scope: &Scope) -> CheckError {
    let error = CheckError::new(CheckFault::UndefinedVariable(name.to_owned()), span);
    if scope.is_outside(name) {
        return error.with_help(format!(
            "`{name}` is known outside the subquery: CALL ({name}) {{ … }} takes it in"
        ));
    }
    if scope.is_dropped(name) {
        return error.with_help(format!(
            "`{name}` ends at WITH, which passes on only what it names: WITH {name}, …"
        ));
    }
    // Any letter is near to any other.
    let near = nearest(name, scope.names()).filter(|_| name.chars().count() > 1);
    if let Some(near) = near {
        return error.with_help(format!("did you mean `{near}`?"));
    }
    let known: Vec<&str> = scope.names().take(8).collect();
    let known = match known.as_slice() {
        [] => "no variable is in scope here".to_owned(),
        [only] => format!("a variable named `{only}` is in scope"),
        _ => format!("in scope are {}", known.join(", ")),
    };
    if name.chars().count() > 1 {
        error.with_help(format!("{known}; a string stands in quotes: '{name}'"))
    } else {
        error.with_help(known)
    }
}

/// The complaint that `name` is read beside an aggregate and is no key.
fn ungrouped(name: &str, span: Span) -> CheckError {
    let fault = CheckFault::AmbiguousAggregationExpression(name.to_owned());
    CheckError::new(fault, span).with_help("return it as a column of its own to group by it")
}
