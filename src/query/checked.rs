//! The query with every name a number: what the checker hands on.
//!
//! A [`Slot`] is a place in a row. Each variable of a query has a slot of its own for the whole
//! query, so a row is a list of fixed width and passing a variable on costs nothing. Items of
//! comprehensions, and nodes and relationships without a name, have slots too.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::{Id, Span, define_ids};

use crate::model::ValueType;

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

/// A query that means something: every name resolved, every kind fitting.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// The query itself.
    pub query: Query,
    /// The slots handed out.
    pub slots: Slots,
    /// The subqueries of expressions, by [`SubqueryId`].
    pub subqueries: Vec<Subquery>,
    /// The names of the slots that have one, for people.
    pub names: BTreeMap<Slot, String>,
}

/// Branches joined by `UNION`, or the only one.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// The branches.
    pub branches: Vec<Branch>,
    /// What the union does with rows that are equal.
    pub duplicates: ast::Duplicates,
    /// The columns, with their names: those of the only branch, or those to which the columns of
    /// all branches are moved.
    pub columns: Vec<(String, Slot)>,
}

/// Clauses in a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// The columns it returns, with their names; none if it returns nothing.
    pub columns: Vec<(String, Slot)>,
}

/// A query inside an expression. It reads the slots of the row the expression works on.
#[derive(Debug, Clone, PartialEq)]
pub enum Subquery {
    /// Patterns that are looked for.
    Match(Match),
    /// A whole query.
    Query(Query),
}

/// One clause.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// `MATCH` and `OPTIONAL MATCH`.
    Match(Match),
    /// `UNWIND`.
    Unwind {
        /// The list.
        list: Expression,
        /// Where each item goes.
        item: Slot,
    },
    /// `WITH` and `RETURN`.
    Project(Projection),
    /// `CREATE`.
    Create(Vec<Path>),
    /// `MERGE`.
    Merge {
        /// What is found or created.
        path: Path,
        /// What is set when it had to be created.
        on_create: Vec<SetItem>,
        /// What is set when it was found.
        on_match: Vec<SetItem>,
    },
    /// `SET` and `REMOVE`.
    Set(Vec<SetItem>),
    /// `DELETE`.
    Delete {
        /// What is deleted.
        targets: Vec<Expression>,
        /// What happens to the relationships of a node.
        attachment: ast::Attachment,
    },
    /// `CALL { … }`. Without columns its rows are dropped and the row goes on once.
    Subquery {
        /// Whether a row goes on for which it gives nothing.
        necessity: ast::Necessity,
        /// What is done for each row.
        query: Query,
    },
    /// `LOAD CSV`.
    LoadCsv {
        /// The path of the file, or its `file:` URL.
        source: Expression,
        /// Whether the file names its columns.
        headers: ast::Headers,
        /// What stands between the cells of a record.
        separator: u8,
        /// Where each record goes.
        record: Slot,
    },
    /// `FOREACH`.
    ForEach {
        /// The list.
        list: Expression,
        /// Where each item lies while it is worked on.
        item: Slot,
        /// What is done for each item.
        clauses: Vec<Clause>,
    },
    /// `CALL` of a procedure.
    Call {
        /// Whether a row goes on for which it gives nothing.
        necessity: ast::Necessity,
        /// The procedure.
        procedure: Name,
        /// One for each input.
        arguments: Vec<Expression>,
        /// The outputs that are taken: which, and where it goes.
        outputs: Vec<(usize, Slot)>,
        /// Which rows are taken.
        condition: Option<Expression>,
    },
}

/// Patterns that are looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Whether a row goes on without a find.
    pub necessity: ast::Necessity,
    /// The patterns.
    pub paths: Vec<Path>,
    /// The condition.
    pub condition: Option<Expression>,
    /// Slots that are filled before.
    pub known: Vec<Slot>,
}

/// A chain of nodes and relationships.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Where the whole path goes, if it has a name.
    pub path: Option<Slot>,
    /// Which of the paths with the same two ends are wanted; all where nothing is said.
    pub selection: Option<Selection>,
    /// The first node.
    pub start: Node,
    /// What comes after it.
    pub steps: Vec<(Link, Node)>,
}

/// Which of the paths with the same two ends are wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// How many.
    pub wanted: Wanted,
    /// How it is written.
    pub form: SelectionForm,
    /// With a selector: what is asked of a path before it can be selected.
    pub condition: Option<Expression>,
    /// A slot for how far a search goes.
    pub limit: Slot,
    /// A slot for whether a search could have gone further.
    pub cut: Slot,
}

/// How many of the paths between two nodes are wanted, short ones first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// So many.
    Paths(u64),
    /// All of so many lengths.
    Groups(u64),
}

/// How a selection of paths is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectionForm {
    /// `shortestPath(…)`: what the match asks of the path is asked before it is selected, and no
    /// path leads back to its start.
    Function,
    /// `ANY SHORTEST …`: what the match asks is asked of those selected.
    Selector,
}

/// What leads from one node of a pattern to the next.
#[derive(Debug, Clone, PartialEq)]
pub enum Link {
    /// One relationship, or several in a row.
    Relationship(Relationship),
    /// A quantified part.
    Repeated(Box<Repeated>),
}

impl Link {
    /// Where its relationship lies, or the list of them.
    pub fn slot(&self) -> Slot {
        match self {
            Self::Relationship(relationship) => relationship.slot,
            Self::Repeated(repeated) => repeated.trail,
        }
    }

    /// Whether a list lies there.
    pub fn is_list(&self) -> bool {
        match self {
            Self::Relationship(relationship) => relationship.length.is_some(),
            Self::Repeated(_) => true,
        }
    }
}

/// A part of a path, several times in a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeated {
    /// One pass.
    pub pass: Path,
    /// What is asked of each pass besides.
    pub condition: Option<Expression>,
    /// Where the relationships of all passes go, in order.
    pub trail: Slot,
    /// Where an element of one pass lies, and where the list of those of all passes goes.
    pub groups: Vec<(Slot, Slot)>,
    /// At least so many passes.
    pub least: u64,
    /// At most so many.
    pub most: Option<u64>,
}

impl Repeated {
    /// The relationship, where a pass is one.
    pub fn single_step(&self) -> Option<(&Relationship, &Node)> {
        let [(Link::Relationship(relationship), end)] = self.pass.steps.as_slice() else {
            return None;
        };
        (self.pass.start.slot != end.slot).then_some((relationship, end))
    }

    /// The relationship, where a pass is one relationship and nothing else is asked of it.
    pub fn only_relationship(&self) -> Option<&Relationship> {
        let (relationship, end) = self.single_step()?;
        let bare = |node: &Node| node.labels.is_empty() && node.properties.is_none();
        let plain = bare(&self.pass.start)
            && bare(end)
            && self.condition.is_none()
            && self.groups.is_empty()
            && relationship.length.is_none();
        plain.then_some(relationship)
    }
}

/// A node of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it lies.
    pub slot: Slot,
    /// In `CREATE` and `MERGE`: whether it is there already.
    pub bound: bool,
    /// Its labels.
    pub labels: Vec<Name>,
    /// Its properties: a map, or in `CREATE` also a parameter.
    pub properties: Option<Expression>,
}

/// A relationship of a pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Relationship {
    /// Where it lies, or the list of them.
    pub slot: Slot,
    /// The types, one of which it must have.
    pub types: Vec<Name>,
    /// Which way it goes, from left to right.
    pub direction: ast::Direction,
    /// For several in a row, how many: at least, at most.
    pub length: Option<(u64, Option<u64>)>,
    /// Its properties: a map, or in `CREATE` also a parameter.
    pub properties: Option<Expression>,
}

/// What `WITH` and `RETURN` do, in order: compute or gather, make distinct, sort, skip, limit,
/// filter.
#[derive(Debug, Clone, PartialEq)]
pub struct Projection {
    /// Whether rows are gathered: by which keys, and what is computed of each group.
    pub grouping: Option<Grouping>,
    /// Values of each row (or group), and where they go.
    pub items: Vec<(Slot, Expression)>,
    /// All slots that go on.
    pub slots: Vec<Slot>,
    /// Whether equal rows stay.
    pub duplicates: ast::Duplicates,
    /// By what rows are sorted.
    pub order: Vec<(Expression, ast::SortDirection)>,
    /// How many rows are left out.
    pub skip: Option<Expression>,
    /// How many rows there are at most.
    pub limit: Option<Expression>,
    /// Which rows go on.
    pub condition: Option<Expression>,
}

/// How rows are gathered.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouping {
    /// What the rows of a group have in common, and where it goes.
    pub keys: Vec<(Slot, Expression)>,
    /// What is computed of each group, and where it goes.
    pub aggregations: Vec<(Slot, Aggregation)>,
}

/// A node to be created.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateNode {
    /// Where it goes.
    pub node: Slot,
    /// Its labels.
    pub labels: Vec<Name>,
    /// Its properties: a map or a parameter that is one.
    pub properties: Option<Expression>,
}

/// A relationship to be created.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateRelationship {
    /// Where it goes.
    pub relationship: Slot,
    /// Where its start node lies.
    pub start: Slot,
    /// Where its end node lies.
    pub end: Slot,
    /// Its type.
    pub rel_type: Name,
    /// Its properties: a map or a parameter that is one.
    pub properties: Option<Expression>,
}

/// One thing that is set or removed. A target that is null is passed by.
#[derive(Debug, Clone, PartialEq)]
pub enum SetItem {
    /// One property gets a value; null removes it.
    Property {
        /// The node or relationship.
        of: Expression,
        /// Which property.
        key: Name,
        /// The value.
        value: Expression,
    },
    /// All properties are replaced by a map, or by another element's properties.
    Replace {
        /// Where the node or relationship lies.
        of: Slot,
        /// The new properties.
        value: Expression,
    },
    /// Properties are added from a map, or from another element's properties; null removes one.
    Add {
        /// Where the node or relationship lies.
        of: Slot,
        /// The new properties.
        value: Expression,
    },
    /// Labels are added.
    Labels {
        /// Where the node lies.
        of: Slot,
        /// The labels.
        labels: Vec<Name>,
    },
    /// Labels are removed.
    RemoveLabels {
        /// Where the node lies.
        of: Slot,
        /// The labels.
        labels: Vec<Name>,
    },
    /// A property is removed.
    RemoveProperty {
        /// The node or relationship.
        of: Expression,
        /// Which property.
        key: Name,
    },
}

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
    /// Whether a node bears any label at all; a relationship always has its type.
    HasAnyLabel {
        /// The node or relationship.
        of: Box<Expression>,
    },
    /// Whether a value has a type.
    IsTyped {
        /// The value.
        of: Box<Expression>,
        /// The type.
        wanted: ValueType,
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
    /// How many rows a subquery, started on the present row, gives.
    Count(SubqueryId),
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
