//! Queries inside the query: where they stand decides what they see and how they may end.

use crate::base::Span;

use super::super::ast::{
    self, Clause, Duplicates, ExpressionKind as Written, Imports, Necessity, Reach, SubqueryBody,
    SubqueryQuestion,
};
use super::super::checked::{
    Clause as Checked, Expression, ExpressionKind, Match, Slot, Subquery, SubqueryId,
};
use super::super::error::{CheckError, CheckFault};
use super::clause::already_bound;
use super::expression::{Place, wrong_kind};
use super::kind::Kind;
use super::pattern::Purpose;
use super::project::Origin;
use super::scope::Scope;
use super::{Checker, undefined};

/// Where a query stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Nesting<'n> {
    /// It is the whole query.
    Whole,
    /// It stands in an expression, which asks something of its rows.
    Asked(SubqueryQuestion),
    /// It is a clause: its columns are new variables of the query around it.
    Called {
        /// The names around it.
        around: &'n Scope,
        /// Which of those it sees.
        imports: &'n Imports,
    },
}

impl Nesting<'_> {
    /// What its `RETURN` is.
    pub(super) fn origin(self) -> Origin {
        match self {
            Self::Whole | Self::Asked(_) => Origin::Return,
            Self::Called { .. } => Origin::Subquery,
        }
    }
}

impl Checker<'_> {
    /// `CALL { … }`
    pub(super) fn called(
        &mut self,
        written: &ast::SubqueryCall,
        scope: &mut Scope,
    ) -> Result<Checked, CheckError> {
        self.remember_names(scope);
        let inner = match &written.imports {
            Imports::Unsaid => scope.closed(),
            Imports::Everything => scope.lasting(),
            Imports::Variables(names) => {
                let mut inner = scope.closed();
                for name in names {
                    let Some(binding) = scope.binding(&name.text) else {
                        return Err(undefined(&name.text, name.span, scope));
                    };
                    if inner.binding(&name.text).is_some() {
                        return Err(already_bound(name));
                    }
                    inner.import(&name.text, binding.clone());
                }
                inner.lasting()
            }
        };
        let nesting = Nesting::Called {
            around: scope,
            imports: &written.imports,
        };
        let (query, kinds) = self.query(&written.query, &inner, nesting)?;
        for ((name, slot), kind) in query.columns.iter().zip(kinds) {
            scope.bind(name, *slot, kind);
        }
        Ok(Checked::Subquery {
            necessity: written.necessity,
            query,
        })
    }

    /// `FOREACH (… | …)`
    pub(super) fn for_each(
        &mut self,
        written: &ast::ForEach,
        scope: &Scope,
    ) -> Result<Checked, CheckError> {
        let (list, kind) = self.value(&written.list, &Place::plain(scope))?;
        if !kind.may_be_list() {
            let what = "what FOREACH goes through";
            return Err(wrong_kind(what, "a list", &kind, written.list.span));
        }
        if scope.binding(&written.variable.text).is_some() {
            return Err(already_bound(&written.variable));
        }
        let item = self.slots.fresh();
        let mut inner = scope.with(&written.variable.text, item, kind.item());
        let mut clauses = Vec::with_capacity(written.clauses.len());
        for clause in &written.clauses {
            match clause {
                Clause::Create(_)
                | Clause::Merge(_)
                | Clause::Set(_)
                | Clause::Remove(_)
                | Clause::Delete(_)
                | Clause::ForEach(_) => clauses.push(self.clause(clause, &mut inner)?),
                Clause::Match(_)
                | Clause::Unwind(_)
                | Clause::With(_)
                | Clause::Return(_)
                | Clause::Call(_)
                | Clause::Subquery(_)
                | Clause::LoadCsv(_) => {
                    let fault = CheckFault::InvalidClauseComposition(
                        "FOREACH takes only clauses that change the graph",
                    );
                    return Err(CheckError::new(fault, clause.span()).with_help(
                        "UNWIND list AS item CALL (item) { … } does anything for each item",
                    ));
                }
            }
        }
        self.remember_names(&inner);
        Ok(Checked::ForEach {
            list,
            item,
            clauses,
        })
    }

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

/// The scope behind `first`, the first clause of a subquery, if all it does is to take in variables
/// known `around` it.
pub(super) fn imported(first: &ast::With, around: &Scope) -> Result<Option<Scope>, CheckError> {
    let projection = &first.projection;
    let plain = projection.duplicates == Duplicates::Keep
        && projection.order.is_empty()
        && projection.skip.is_none()
        && projection.limit.is_none()
        && first.condition.is_none()
        && projection.items.iter().all(
            |item| matches!(&item.expression.kind, Written::Variable(name) if name == item.name()),
        );
    if !plain {
        return Ok(None);
    }
    let mut scope = around.closed();
    if projection.reach == Reach::Everything {
        for (name, binding) in around.bindings() {
            scope.import(name, binding.clone());
        }
    }
    for item in &projection.items {
        let Some(binding) = around.binding(item.name()) else {
            return Err(undefined(item.name(), item.span, around));
        };
        scope.import(item.name(), binding.clone());
    }
    Ok(Some(scope))
}

/// Refuses columns of a subquery whose names are taken around it.
pub(super) fn check_new(
    projection: &ast::Projection,
    columns: &[(String, Slot)],
    around: &Scope,
) -> Result<(), CheckError> {
    let taken = columns
        .iter()
        .find(|(name, _)| around.binding(name).is_some());
    let Some((name, _)) = taken else {
        return Ok(());
    };
    let item = projection.items.iter().find(|item| item.name() == name);
    let span = item.map_or(projection.span, |item| item.span);
    let fault = CheckFault::VariableAlreadyBound(name.clone());
    Err(CheckError::new(fault, span).with_help(format!(
        "the query around the subquery has it: RETURN {name} AS …"
    )))
}

/// A subquery in an expression is asked, perhaps often and in any order, so it must not change
/// anything.
fn refuse_changes(query: &ast::Query) -> Result<(), CheckError> {
    let clauses = query.branches().flat_map(|branch| &branch.clauses);
    for clause in clauses {
        match clause {
            Clause::Subquery(call) => refuse_changes(&call.query)?,
            Clause::Create(_)
            | Clause::Merge(_)
            | Clause::Set(_)
            | Clause::Remove(_)
            | Clause::Delete(_)
            | Clause::ForEach(_) => {
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
            | Clause::Call(_)
            | Clause::LoadCsv(_) => {}
        }
    }
    Ok(())
}
