//! Room on the stack for long and deep queries.
//!
//! Operators draw their rows from one another by calls, so a query of thousands of clauses needs
//! thousands of frames; so does an expression for its levels. Such a query runs on a thread of its
//! own, whose stack fits it; the others, which are nearly all, run where they are.

use super::ast::{
    Branch, Clause, Expression, ExpressionKind, PathPattern, Query, RemoveItem, SetItem,
    SubqueryBody, Yield,
};
use super::check::children;
use super::error::{ParseError, QueryError, RunError};
use super::parse::DEEPEST_TREE;

/// How many clauses run on the stack that is there.
const FEW_CLAUSES: usize = 20;

/// How many levels of an expression are worked on with the stack that is there.
const FEW_LEVELS: usize = 30;

/// How many clauses a query may have.
pub(super) const MOST_CLAUSES: usize = 20_000;

/// How many levels of an expression take as much stack as a query inside a query.
const LEVELS_OF_A_QUERY: usize = 3;

/// Stack for what does not grow with the query.
const STACK_BYTES: usize = 8 << 20;

/// Stack for one clause: it may become a handful of operators. Without optimization frames are
/// large.
const STACK_BYTES_PER_CLAUSE: usize = if cfg!(debug_assertions) {
    80 << 10
} else {
    32 << 10
};

/// Stack for one level of an expression.
const STACK_BYTES_PER_LEVEL: usize = 64 << 10;

/// What `work` gives, on a stack large enough for `query`.
///
/// # Errors
/// Those of `work`; [`ParseError::TooManyClauses`] and [`ParseError::TooDeep`], the latter for
/// queries built by hand; [`RunError::TooDeep`] when there is no memory for the stack.
pub(super) fn with_stack_for<T: Send>(
    query: &Query,
    work: impl FnOnce() -> Result<T, QueryError> + Send,
) -> Result<T, QueryError> {
    let (clauses, levels) = extent(query);
    if clauses > MOST_CLAUSES {
        return Err(ParseError::TooManyClauses {
            clauses,
            most: MOST_CLAUSES,
        }
        .into());
    }
    if levels > 2 * DEEPEST_TREE {
        return Err(ParseError::TooDeep {
            most: DEEPEST_TREE,
            span: query.span,
        }
        .into());
    }
    if clauses <= FEW_CLAUSES && levels <= FEW_LEVELS {
        return work();
    }
    let bytes = STACK_BYTES + clauses * STACK_BYTES_PER_CLAUSE + levels * STACK_BYTES_PER_LEVEL;
    on_stack(bytes, work).unwrap_or_else(|| Err(RunError::TooDeep.into()))
}

/// What `work` gives on a thread with so large a stack; `None` when there is no memory for it.
pub(super) fn on_stack<T: Send>(bytes: usize, work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(bytes)
            .spawn_scoped(scope, work)
            .ok()?;
        thread.join().ok()
    })
}

/// What is still to be looked at: part of a query, with the level it stands on.
enum Part<'q> {
    Branch(&'q Branch),
    Clause(&'q Clause),
    Path(&'q PathPattern),
    Expression(&'q Expression),
}

/// How many clauses a query has, and how many levels its deepest expression. Found without
/// recursion, as the query may be built by hand and deeper than any text could be.
fn extent(query: &Query) -> (usize, usize) {
    let mut clauses = 0;
    let mut deepest = 0;
    let mut open: Vec<(Part<'_>, usize)> = query
        .branches()
        .map(|branch| (Part::Branch(branch), 0))
        .collect();
    while let Some((part, level)) = open.pop() {
        deepest = deepest.max(level);
        match part {
            Part::Branch(branch) => {
                let parts = branch.clauses.iter();
                open.extend(parts.map(|clause| (Part::Clause(clause), level)));
            }
            Part::Clause(clause) => {
                clauses += 1;
                add_clause(clause, level, &mut open);
            }
            Part::Path(path) => {
                let inside = path.expressions().into_iter();
                open.extend(inside.map(|part| (Part::Expression(part), level + 1)));
            }
            Part::Expression(expression) => {
                let inner = level + 1;
                if let ExpressionKind::Pattern(path)
                | ExpressionKind::PatternComprehension { pattern: path, .. } = &expression.kind
                {
                    open.push((Part::Path(path), inner));
                } else if let ExpressionKind::Subquery { body, .. } = &expression.kind {
                    match body {
                        SubqueryBody::Patterns {
                            patterns,
                            condition,
                        } => {
                            open.extend(patterns.iter().map(|path| (Part::Path(path), inner)));
                            let condition = condition.as_deref();
                            open.extend(condition.map(|part| (Part::Expression(part), inner)));
                        }
                        SubqueryBody::Query(query) => add_query(query, inner, &mut open),
                    }
                }
                let parts = children(expression).into_iter();
                open.extend(parts.map(|part| (Part::Expression(part), inner)));
            }
        }
    }
    (clauses, deepest)
}

fn add_query<'q>(query: &'q Query, level: usize, open: &mut Vec<(Part<'q>, usize)>) {
    let inner = level + LEVELS_OF_A_QUERY;
    open.extend(query.branches().map(|branch| (Part::Branch(branch), inner)));
}

fn add_clause<'q>(clause: &'q Clause, level: usize, open: &mut Vec<(Part<'q>, usize)>) {
    let mut paths: Vec<&PathPattern> = Vec::new();
    let mut expressions: Vec<&Expression> = Vec::new();
    match clause {
        Clause::Match(clause) => {
            paths.extend(&clause.patterns);
            expressions.extend(&clause.condition);
        }
        Clause::Unwind(clause) => expressions.push(&clause.list),
        Clause::With(clause) => {
            expressions.extend(clause.projection.items.iter().map(|item| &item.expression));
            expressions.extend(clause.projection.order.iter().map(|item| &item.expression));
            expressions.extend(&clause.condition);
        }
        Clause::Return(clause) => {
            expressions.extend(clause.projection.items.iter().map(|item| &item.expression));
            expressions.extend(clause.projection.order.iter().map(|item| &item.expression));
        }
        Clause::Create(clause) => paths.extend(&clause.patterns),
        Clause::Merge(clause) => {
            paths.push(&clause.pattern);
            for item in clause.on_create.iter().chain(&clause.on_match) {
                expressions.extend(set_values(item));
            }
        }
        Clause::Set(clause) => expressions.extend(clause.items.iter().flat_map(set_values)),
        Clause::Remove(clause) => {
            expressions.extend(clause.items.iter().filter_map(|item| match item {
                RemoveItem::Property { of, .. } => Some(of),
                RemoveItem::Labels { .. } => None,
            }));
        }
        Clause::Delete(clause) => expressions.extend(&clause.expressions),
        Clause::Call(clause) => {
            expressions.extend(clause.arguments.iter().flatten());
            if let Yield::Items { condition, .. } = &clause.yields {
                expressions.extend(condition);
            }
        }
        Clause::LoadCsv(clause) => expressions.push(&clause.source),
        Clause::Subquery(clause) => add_query(&clause.query, level, open),
        Clause::ForEach(clause) => {
            expressions.push(&clause.list);
            let parts = clause.clauses.iter();
            open.extend(parts.map(|clause| (Part::Clause(clause), level + LEVELS_OF_A_QUERY)));
        }
    }
    open.extend(paths.into_iter().map(|path| (Part::Path(path), level)));
    open.extend(
        expressions
            .into_iter()
            .map(|part| (Part::Expression(part), level)),
    );
}

fn set_values(item: &SetItem) -> Vec<&Expression> {
    match item {
        SetItem::Property { of, value, .. } => vec![of, value],
        SetItem::Replace { value, .. } | SetItem::Add { value, .. } => vec![value],
        SetItem::Labels { .. } => Vec::new(),
    }
}
