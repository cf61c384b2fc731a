//! How to compute a query, as a tree of operators whose names are the graph's numbers.

use std::sync::Arc;

use crate::base::Span;
use crate::graph::Direction;
use crate::model::{Label, PropertyKey, RelType, Value, ValueType};
use crate::query::ast::{
    Attachment, BinaryOperator, ComparisonOperator, Duplicates, Headers, LogicalOperator,
    Quantifier, SortDirection, UnaryOperator,
};
use crate::query::checked::{PathStep, SelectionForm, Slot, SubqueryId, Wanted};
use crate::query::logical::{Border, End};
use crate::query::signature::{Aggregate, Function};

/// A whole query, ready for one run.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) root: Step,
    pub(crate) columns: Vec<(String, Slot)>,
    pub(crate) width: usize,
    pub(crate) subqueries: Vec<Step>,
    /// How many operators are numbered; 0 if nobody counts their work.
    pub(crate) numbered: usize,
}

/// An operator, and the number of the logical one that it runs, under which its work is counted.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) number: usize,
    pub(crate) operator: Operator,
}

/// A property key as written, and its number if the graph knows it.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) name: Arc<str>,
    pub(crate) number: Option<PropertyKey>,
}

/// Which types of relationships are wanted.
#[derive(Debug, Clone)]
pub(crate) enum Types {
    /// All.
    Any,
    /// These; those that the graph does not know are left out, so there may be none.
    Only(Vec<RelType>),
}

/// A name that may stand for a label or, behind a relationship, for a type.
#[derive(Debug, Clone)]
pub(crate) struct LabelTest {
    pub(crate) label: Option<Label>,
    pub(crate) rel_type: Option<RelType>,
}

/// An expression, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Expression {
    pub(crate) kind: ExpressionKind,
    pub(crate) span: Span,
}

#[derive(Debug, Clone)]
pub(crate) enum ExpressionKind {
    /// A literal or a parameter.
    Constant(Value),
    Slot(Slot),
    List(Vec<Expression>),
    Map(Vec<(Arc<str>, Expression)>),
    MapProjection {
        of: Box<Expression>,
        items: Vec<MapProjectionItem>,
    },
    Property {
        of: Box<Expression>,
        key: Key,
    },
    HasLabels {
        of: Box<Expression>,
        labels: Vec<LabelTest>,
    },
    HasAnyLabel {
        of: Box<Expression>,
    },
    IsTyped {
        of: Box<Expression>,
        wanted: ValueType,
    },
    Index {
        of: Box<Expression>,
        index: Box<Expression>,
    },
    Slice {
        of: Box<Expression>,
        from: Option<Box<Expression>>,
        to: Option<Box<Expression>>,
    },
    Unary {
        operator: UnaryOperator,
        operand: Box<Expression>,
    },
    Binary {
        operator: BinaryOperator,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    Logical {
        operator: LogicalOperator,
        operands: Vec<Expression>,
    },
    Comparison {
        operator: ComparisonOperator,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    Case {
        operand: Option<Box<Expression>>,
        branches: Vec<(Expression, Expression)>,
        otherwise: Option<Box<Expression>>,
    },
    Function {
        function: Function,
        arguments: Vec<Expression>,
    },
    ListComprehension {
        item: Slot,
        list: Box<Expression>,
        condition: Option<Box<Expression>>,
        result: Option<Box<Expression>>,
    },
    Quantifier {
        quantifier: Quantifier,
        item: Slot,
        list: Box<Expression>,
        condition: Option<Box<Expression>>,
    },
    Reduce {
        accumulator: Slot,
        initial: Box<Expression>,
        item: Slot,
        list: Box<Expression>,
        step: Box<Expression>,
    },
    Path {
        start: Slot,
        steps: Vec<PathStep>,
    },
    Exists(SubqueryId),
    Count(SubqueryId),
    Collect {
        subquery: SubqueryId,
        result: Box<Expression>,
    },
}

#[derive(Debug, Clone)]
pub(crate) enum MapProjectionItem {
    Everything,
    Property(Key),
    Entry(Arc<str>, Expression),
}

#[derive(Debug, Clone)]
pub(crate) enum Aggregation {
    CountAll,
    Of {
        aggregate: Aggregate,
        duplicates: Duplicates,
        argument: Expression,
        parameter: Option<Expression>,
    },
}

#[derive(Debug, Clone)]
pub(crate) struct SortKey {
    pub(crate) expression: Expression,
    pub(crate) direction: SortDirection,
}

/// What one step along relationships asks of them.
#[derive(Debug, Clone)]
pub(crate) struct Expansion {
    pub(crate) from: Slot,
    pub(crate) to: End,
    pub(crate) types: Types,
    pub(crate) direction: Direction,
    pub(crate) distinct_from: Vec<Slot>,
}

/// By what elements are looked up.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sought {
    NodeId,
    RelationshipId,
    /// By a property that has an index.
    Property(PropertyKey),
}

/// The shortest trails from a node along one kind of step.
#[derive(Debug)]
pub(crate) struct ShortestPath {
    pub(crate) input: Box<Step>,
    pub(crate) from: Slot,
    pub(crate) to: End,
    pub(crate) relationships: Slot,
    pub(crate) path: Option<Slot>,
    pub(crate) nodes: [Option<Slot>; 2],
    pub(crate) reversed: bool,
    pub(crate) wanted: Wanted,
    pub(crate) form: SelectionForm,
    pub(crate) types: Types,
    pub(crate) direction: Direction,
    pub(crate) least: usize,
    pub(crate) most: usize,
    pub(crate) properties: Option<Expression>,
    pub(crate) test: Option<StepTest>,
    pub(crate) condition: Option<Expression>,
}

/// What is asked of one step, put into the row.
#[derive(Debug)]
pub(crate) struct StepTest {
    pub(crate) left: Slot,
    pub(crate) relationship: Slot,
    pub(crate) right: Slot,
    pub(crate) condition: Expression,
}

/// The shortest of all finds with the same two ends.
#[derive(Debug)]
pub(crate) struct SelectPaths {
    pub(crate) input: Box<Step>,
    pub(crate) find: Box<Step>,
    pub(crate) ends: (Slot, Slot),
    pub(crate) bound: bool,
    pub(crate) wanted: Wanted,
    pub(crate) steps: Vec<PathStep>,
    pub(crate) border: Border,
}

/// Passes through a quantified part of a path.
#[derive(Debug)]
pub(crate) struct Repeat {
    pub(crate) input: Box<Step>,
    pub(crate) pass: Box<Step>,
    pub(crate) from: Slot,
    pub(crate) to: End,
    /// Where a pass begins, and where it ends.
    pub(crate) start: Slot,
    pub(crate) end: Slot,
    pub(crate) relationships: Vec<Slot>,
    pub(crate) trail: Slot,
    pub(crate) groups: Vec<(Slot, Slot)>,
    pub(crate) reversed: bool,
    pub(crate) least: usize,
    pub(crate) most: usize,
    pub(crate) border: Option<Border>,
    pub(crate) distinct_from: Vec<Slot>,
}

#[derive(Debug)]
pub(crate) struct CreateNode {
    pub(crate) node: Slot,
    pub(crate) labels: Vec<Label>,
    pub(crate) properties: Option<Expression>,
}

#[derive(Debug)]
pub(crate) struct CreateRelationship {
    pub(crate) relationship: Slot,
    pub(crate) start: Slot,
    pub(crate) end: Slot,
    pub(crate) rel_type: RelType,
    pub(crate) properties: Option<Expression>,
}

#[derive(Debug)]
pub(crate) enum SetItem {
    /// A property gets a value; null removes it.
    Property {
        of: Expression,
        key: Key,
        value: Expression,
    },
    Replace {
        of: Slot,
        value: Expression,
    },
    Add {
        of: Slot,
        value: Expression,
    },
    Labels {
        of: Slot,
        labels: Vec<Label>,
    },
    RemoveLabels {
        of: Slot,
        labels: Vec<Label>,
    },
}

#[derive(Debug)]
pub(crate) enum Operator {
    Argument,
    Nothing,
    AllNodes {
        input: Box<Step>,
        node: Slot,
    },
    NodesByLabel {
        input: Box<Step>,
        node: Slot,
        label: Label,
    },
    NodesByAnyLabel {
        input: Box<Step>,
        node: Slot,
        labels: Vec<Label>,
    },
    /// Nodes from the index of a property; the value is compared again.
    NodesByIndex {
        input: Box<Step>,
        node: Slot,
        label: Option<Label>,
        key: PropertyKey,
        value: Expression,
    },
    /// Nodes by a property that has no index: every node, or every one with the label, compared.
    NodesByComparison {
        input: Box<Step>,
        node: Slot,
        label: Option<Label>,
        key: PropertyKey,
        value: Expression,
    },
    Lookup {
        input: Box<Step>,
        element: Slot,
        sought: Sought,
        values: Expression,
    },
    NodeById {
        input: Box<Step>,
        node: Slot,
        id: Expression,
    },
    Expand {
        input: Box<Step>,
        relationship: Slot,
        expansion: Expansion,
    },
    ExpandMany {
        input: Box<Step>,
        border: Option<Border>,
        relationships: Slot,
        reversed: bool,
        expansion: Expansion,
        least: usize,
        most: usize,
        properties: Option<Expression>,
    },
    Repeat(Repeat),
    ShortestPath(ShortestPath),
    SelectPaths(SelectPaths),
    Ends {
        input: Box<Step>,
        relationship: Slot,
        from: End,
        to: End,
        types: Types,
        direction: Direction,
        distinct_from: Vec<Slot>,
    },
    Walk {
        input: Box<Step>,
        relationships: Slot,
        from: Slot,
        to: End,
        types: Types,
        direction: Direction,
        least: usize,
        most: usize,
    },
    Filter {
        input: Box<Step>,
        condition: Expression,
    },
    Project {
        input: Box<Step>,
        items: Vec<(Slot, Expression)>,
    },
    Unwind {
        input: Box<Step>,
        list: Expression,
        item: Slot,
    },
    Apply {
        input: Box<Step>,
        inner: Box<Step>,
    },
    LoadCsv {
        input: Box<Step>,
        source: Expression,
        headers: Headers,
        separator: u8,
        record: Slot,
    },
    /// The row goes on once, whatever `inner` gives.
    Perform {
        input: Box<Step>,
        inner: Box<Step>,
    },
    ForEach {
        input: Box<Step>,
        list: Expression,
        item: Slot,
        inner: Box<Step>,
    },
    Optional {
        input: Box<Step>,
        inner: Box<Step>,
        nulls: Vec<Slot>,
    },
    Aggregate {
        input: Box<Step>,
        keys: Vec<(Slot, Expression)>,
        aggregations: Vec<(Slot, Aggregation)>,
    },
    Distinct {
        input: Box<Step>,
        slots: Vec<Slot>,
    },
    Sort {
        input: Box<Step>,
        keys: Vec<SortKey>,
    },
    Top {
        input: Box<Step>,
        keys: Vec<SortKey>,
        limit: Expression,
    },
    Skip {
        input: Box<Step>,
        count: Expression,
    },
    Limit {
        input: Box<Step>,
        count: Expression,
    },
    Union {
        branches: Vec<(Step, Vec<Slot>)>,
        slots: Vec<Slot>,
    },
    Eager {
        input: Box<Step>,
    },
    Create {
        input: Box<Step>,
        nodes: Vec<CreateNode>,
        relationships: Vec<CreateRelationship>,
    },
    Merge {
        input: Box<Step>,
        find: Box<Step>,
        nodes: Vec<CreateNode>,
        relationships: Vec<CreateRelationship>,
        on_create: Vec<SetItem>,
        on_match: Vec<SetItem>,
    },
    Set {
        input: Box<Step>,
        items: Vec<SetItem>,
    },
    Delete {
        input: Box<Step>,
        targets: Vec<Expression>,
        attachment: Attachment,
    },
    Call {
        input: Box<Step>,
        procedure: Arc<str>,
        arguments: Vec<Expression>,
        outputs: Vec<(usize, Slot)>,
    },
}
