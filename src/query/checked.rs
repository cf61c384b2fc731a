//! Expressions in which every name is a number: what the checker hands on.
//!
//! A [`Slot`] is a place in a row. Each variable of a query has a slot of its own for the whole
//! query, so a row is a list of fixed width and passing a variable on costs nothing. Items of
//! comprehensions, and nodes and relationships without a name, have slots too.

use std::sync::Arc;

use crate::base::{Id, Span, define_ids};

use super::ast;
use super::signature::{Aggregate, Function};

define_ids! {
    /// A numbered place in a row.
    Slot,
    /// Names a subquery of a plan: [`super::logical::Plan::subqueries`].
    SubqueryId,
}

/// A label, a relationship type, a property key or a parameter, as written.
pub type Name = Arc<str>;

/// An expression, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where it stands in the query; empty where nothing was written.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum ExpressionKind {
    /// A value written down.
    Literal(ast::Literal),
    /// A value given from outside.
    Parameter(Name),
    /// The value in a slot.
    Slot(Slot),
    /// A list.
    List(Vec<Expression>),
    /// A map.
    Map(Vec<(Name, Expression)>),
    /// Parts of a map, node or relationship as a map; null of null.
    MapProjection {
        /// The map, node or relationship.
        of: Box<Expression>,
        /// What is taken; later ones win.
        items: Vec<MapProjectionItem>,
    },
    /// A property of a node, relationship, map or time.
    Property {
        /// The node, relationship, map or time.
        of: Box<Expression>,
        /// Which property.
        key: Name,
    },
    /// Whether a node bears all these labels, or a relationship has this type.
    HasLabels {
        /// The node or relationship.
        of: Box<Expression>,
        /// The labels.
        labels: Vec<Name>,
    },
    /// An item of a list or an entry of a map.
    Index {
        /// The list or map.
        of: Box<Expression>,
        /// The number or key.
        index: Box<Expression>,
    },
    /// Part of a list.
    Slice {
        /// The list.
        of: Box<Expression>,
        /// The first item.
        from: Option<Box<Expression>>,
        /// The item after the last.
        to: Option<Box<Expression>>,
    },
    /// An operator with one operand.
    Unary {
        /// The operator.
        operator: ast::UnaryOperator,
        /// The operand.
        operand: Box<Expression>,
    },
    /// An operator with two operands.
    Binary {
        /// The operator.
        operator: ast::BinaryOperator,
        /// What stands left.
        left: Box<Expression>,
        /// What stands right.
        right: Box<Expression>,
    },
    /// Truth values joined; at least two.
    Logical {
        /// The operator.
        operator: ast::LogicalOperator,
        /// What it joins.
        operands: Vec<Expression>,
    },
    /// One comparison. A chain `a < b < c` is both comparisons joined by `AND`.
    Comparison {
        /// The operator.
        operator: ast::ComparisonOperator,
        /// What stands left.
        left: Box<Expression>,
        /// What stands right.
        right: Box<Expression>,
    },
    /// The first branch that holds.
    Case {
        /// What each condition is compared with; without it each condition is a truth value.
        operand: Option<Box<Expression>>,
        /// Conditions and results.
        branches: Vec<(Expression, Expression)>,
        /// The result if none holds; null without it.
        otherwise: Option<Box<Expression>>,
    },
    /// A function of one row; the number of arguments is right.
    Function {
        /// Which.
        function: Function,
        /// The arguments.
        arguments: Vec<Expression>,
    },
    /// The items of a list that fulfil a condition, and what is made of each.
    ListComprehension {
        /// Where each item lies while it is looked at.
        item: Slot,
        /// The list.
        list: Box<Expression>,
        /// The condition.
        condition: Option<Box<Expression>>,
        /// What is made of each; the item itself without it.
        result: Option<Box<Expression>>,
    },
    /// Whether all, any, none or one of the items of a list fulfil a condition.
    Quantifier {
        /// How many must.
        quantifier: ast::Quantifier,
        /// Where each item lies while it is looked at.
        item: Slot,
        /// The list.
        list: Box<Expression>,
        /// The condition; the item itself without it.
        condition: Option<Box<Expression>>,
    },
    /// A list rolled up into one value.
    Reduce {
        /// Where the result so far lies.
        accumulator: Slot,
        /// What it is at first.
        initial: Box<Expression>,
        /// Where each item lies while it is looked at.
        item: Slot,
        /// The list.
        list: Box<Expression>,
        /// The next result.
        step: Box<Expression>,
    },
    /// The path that starts at a node and takes these steps; null if a part is null.
    Path {
        /// Where the first node lies.
        start: Slot,
        /// The steps.
        steps: Vec<PathStep>,
    },
    /// Whether a subquery, started on the present row, gives any row.
    Exists(SubqueryId),
    /// The list of what a subquery, started on the present row, gives: `result` of each row.
    Collect {
        /// The subquery.
        subquery: SubqueryId,
        /// What is made of each of its rows.
        result: Box<Expression>,
    },
}

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PathStep {
    /// Where the relationship lies, or the list of them.
    pub relationship: Slot,
    /// Whether it is a list.
    pub many: bool,
}

/// One part of a map projection.
#[derive(Debug, Clone, PartialEq)]
pub enum MapProjectionItem {
    /// All properties.
    Everything,
    /// The property of that name, under that name.
    Property(Name),
    /// A value under a name.
    Entry(Name, Expression),
}

/// Something computed from many rows.
#[derive(Debug, Clone, PartialEq)]
pub enum Aggregation {
    /// `count(*)`
    CountAll,
    /// An aggregate of what an expression gives in each row; nulls are passed by.
    Of {
        /// Which.
        aggregate: Aggregate,
        /// Whether equal values count once.
        duplicates: ast::Duplicates,
        /// The value of each row.
        argument: Expression,
        /// The share, for percentiles.
        parameter: Option<Expression>,
    },
}

impl Expression {
    /// The expression `kind`, written at `span`.
    pub fn new(kind: ExpressionKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// The value in `slot`.
    pub fn slot(slot: Slot, span: Span) -> Self {
        Self::new(ExpressionKind::Slot(slot), span)
    }

    /// All of `operands`; true where there is none.
    pub fn all(mut operands: Vec<Self>) -> Self {
        if operands.len() > 1 {
            let span = operands
                .iter()
                .map(|operand| operand.span)
                .reduce(Span::join)
                .unwrap_or_default();
            let operator = ast::LogicalOperator::And;
            return Self::new(ExpressionKind::Logical { operator, operands }, span);
        }
        operands.pop().unwrap_or_else(|| {
            let truth = ast::Literal::Boolean(true);
            Self::new(ExpressionKind::Literal(truth), Span::default())
        })
    }
}

/// How many slots rows have, and how new ones are handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Slots {
    count: usize,
}

impl Slots {
    /// A slot that nobody has.
    pub fn fresh(&mut self) -> Slot {
        let slot = Slot::from_index(self.count);
        self.count += 1;
        slot
    }

    /// How many there are: the width of a row.
    pub fn width(self) -> usize {
        self.count
    }
}
