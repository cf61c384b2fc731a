//! Queries inside the query: where they stand decides what they see and how they may end.

use crate::base::Span;

use super::super::ast::{self, Clause, Duplicates, Necessity, SubqueryBody, SubqueryQuestion};
use super::super::checked::{Expression, ExpressionKind, Match, Subquery, SubqueryId};
use super::super::error::{CheckError, CheckFault};
use super::Checker;
use super::expression::Place;
use super::kind::Kind;
use super::pattern::Purpose;

/// Where a query stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nesting {
    /// It is the whole query.
    Whole,
    /// It stands in an expression, which asks something of its rows.
    Asked(SubqueryQuestion),
}

impl Checker<'_> {
    /// `EXISTS { … }`, `COUNT { … }`, `COLLECT { … }`.
    pub(super) fn subquery(
        &mut self,
        question: SubqueryQuestion,
        body: &SubqueryBody,
        span: Span,
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let (id, columns) = match body {
            SubqueryBody::Patterns {
                patterns,
                condition,
            } => {
                let patterns: Vec<&ast::PathPattern> = patterns.iter().collect();
                let condition = condition.as_deref();
                let id = self.find(&patterns, condition, Purpose::Match, place)?;
                (id, Vec::new())
            }
            SubqueryBody::Query(query) => {
                refuse_changes(query)?;
                let scope = place.scope.lasting();
                let (checked, kinds) = self.query(query, &scope, Nesting::Asked(question))?;
                let slots = checked.columns.iter().map(|(_, slot)| *slot);
                let columns: Vec<_> = slots.zip(kinds).collect();
                let counted_once = !query.unions.is_empty()
                    && checked.duplicates == Duplicates::Remove
                    && columns.is_empty();
                if question == SubqueryQuestion::Count && counted_once {
                    let fault = CheckFault::InvalidClauseComposition(
                        "UNION in COUNT { } counts different rows, so its branches need RETURN",
                    );
                    return Err(CheckError::new(fault, span)
                        .with_help("UNION ALL counts the rows of all branches"));
                }
                (self.add_subquery(Subquery::Query(checked)), columns)
            }
        };
        match question {
            SubqueryQuestion::Exists => Ok((ExpressionKind::Exists(id), Kind::Boolean)),
            SubqueryQuestion::Count => Ok((ExpressionKind::Count(id), Kind::Integer)),
            SubqueryQuestion::Collect => {
                let [(slot, kind)] = columns.as_slice() else {
                    let fault = CheckFault::CollectedColumns(columns.len());
                    return Err(CheckError::new(fault, span)
                        .with_help("COLLECT { MATCH … RETURN one.value }"));
                };
                let collect = ExpressionKind::Collect {
                    subquery: id,
                    result: Box::new(Expression::slot(*slot, span)),
                };
                Ok((collect, Kind::list(kind.clone())))
            }
        }
    }

    /// The subquery that looks for `patterns`.
    pub(super) fn find(
        &mut self,
        patterns: &[&ast::PathPattern],
        condition: Option<&ast::Expression>,
        purpose: Purpose,
        place: &Place<'_>,
    ) -> Result<SubqueryId, CheckError> {
        let mut scope = place.scope.clone();
        let known = place.scope.slots();
        let found = self.patterns(patterns, &mut scope, purpose)?;
        let condition = condition
            .map(|condition| self.condition(condition, &place.within(scope)))
            .transpose()?;
        Ok(self.add_subquery(Subquery::Match(Match {
            necessity: Necessity::Required,
            condition: found.condition(condition),
            paths: found.paths,
            known,
        })))
    }

    /// `[pattern WHERE condition | result]`
    pub(super) fn pattern_comprehension(
        &mut self,
        pattern: &ast::PathPattern,
        condition: Option<&ast::Expression>,
        result: &ast::Expression,
        place: &Place<'_>,
    ) -> Result<(ExpressionKind, Kind), CheckError> {
        let mut scope = place.scope.clone();
        let known = place.scope.slots();
        let found = self.patterns(&[pattern], &mut scope, Purpose::Match)?;
        let inner = place.within(scope);
        let condition = condition
            .map(|condition| self.condition(condition, &inner))
            .transpose()?;
        let (result, kind) = self.boxed(result, &inner)?;
        let subquery = self.add_subquery(Subquery::Match(Match {
            necessity: Necessity::Required,
            condition: found.condition(condition),
            paths: found.paths,
            known,
        }));
        let collect = ExpressionKind::Collect { subquery, result };
        Ok((collect, Kind::list(kind)))
    }
}

/// A subquery in an expression is asked, perhaps often and in any order, so it must not change
/// anything.
fn refuse_changes(query: &ast::Query) -> Result<(), CheckError> {
    let clauses = query.branches().flat_map(|branch| &branch.clauses);
    for clause in clauses {
        match clause {
            Clause::Create(_)
            | Clause::Merge(_)
            | Clause::Set(_)
            | Clause::Remove(_)
            | Clause::Delete(_) => {
                let fault = CheckFault::InvalidClauseComposition(
                    "a subquery in an expression cannot change the graph",
                );
                return Err(CheckError::new(fault, clause.span())
                    .with_help("CALL (…) { … } can: it is a clause of its own"));
            }
            Clause::Match(_)
            | Clause::Unwind(_)
            | Clause::With(_)
            | Clause::Return(_)
            | Clause::Call(_) => {}
        }
    }
    Ok(())
}
