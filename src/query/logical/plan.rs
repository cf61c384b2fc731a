//! What to compute, as a tree of operators that pass rows on.
//!
//! A row is a list of values, [`Plan::width`] wide; an operator passes on the row it was given
//! with more slots filled. Slots not filled yet hold null. Each operator with an `input` works on
//! every row of it, in order. A scan with an input is a scan for each of its rows, so two scans
//! make all pairs.

use crate::query::ast::{Attachment, Direction, Headers, SortDirection};
use crate::query::checked::{
    Aggregation, CreateNode, CreateRelationship, Expression, Name, PathStep, SelectionForm,
    SetItem, Slot, Wanted,
};

/// A whole query, ready to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The last operator; it pulls from the others.
    pub root: Operator,
    /// The columns of the result, in order. None: the query returns nothing, and its rows are
    /// drawn and dropped.
    pub columns: Vec<Column>,
    /// How many slots a row has.
    pub width: usize,
    /// The subqueries of expressions, by [`crate::query::checked::SubqueryId`]. Their rows are
    /// as wide; [`Operator::Argument`] in them gives the row on which the expression works.
    pub subqueries: Vec<Operator>,
    /// Whether it changes the graph.
    pub writes: bool,
}

/// A column of the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name, as the query gives it.
    pub name: String,
    /// Where its values lie.
    pub slot: Slot,
}

/// Whether a pattern's end is already known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The operator fills the slot.
    New(Slot),
    /// The slot is filled; only relationships that end in that node count. A null there gives
    /// no row.
    Bound(Slot),
}

impl End {
    /// Where the node lies.
    pub fn slot(self) -> Slot {
        match self {
            Self::New(slot) | Self::Bound(slot) => slot,
        }
    }
}

/// One step in computing a query.
#[derive(Debug, Clone, PartialEq)]
pub enum Operator {
    /// One row: of a whole query an empty one, of a subquery, an optional match, an apply or a
    /// merge the row it is asked for.
    Argument,
    /// No row.
    Nothing,
    /// Every node, in order of id.
    AllNodes {
        /// The rows it is done for.
        input: Box<Operator>,
        /// Where the node goes.
        node: Slot,
    },
    /// Every node that bears a label, in order of id.
    NodesByLabel {
        /// The rows it is done for.
        input: Box<Operator>,
        /// Where the node goes.
        node: Slot,
        /// The label.
        label: Name,
    },
    /// Every node that bears one of some labels, in order of id, each once.
    NodesByAnyLabel {
        /// The rows it is done for.
        input: Box<Operator>,
        /// Where the node goes.
        node: Slot,
        /// The labels.
        labels: Vec<Name>,
    },
    /// Every node whose property equals a value, in order of id. The labels it must bear
    /// besides are filtered afterwards, except `label`.
    NodesByProperty {
        /// The rows it is done for.
        input: Box<Operator>,
        /// Where the node goes.
        node: Slot,
        /// The label it must bear.
        label: Option<Name>,
        /// The property.
        key: Name,
        /// The value; does not read `node`.
        value: Expression,
    },
    /// The node of a given id, if it exists.
    NodeById {
        /// The rows it is done for.
        input: Box<Operator>,
        /// Where the node goes.
        node: Slot,
        /// The id; does not read `node`.
        id: Expression,
    },
    /// The elements that a value, or one of a list of values, may name, in order of id, each once;
    /// what they are asked is filtered afterwards.
    Lookup {
        /// The rows it is done for.
        input: Box<Operator>,
        /// Where the element goes.
        element: Slot,
        /// By what it is looked up.
        sought: Sought,
        /// The value or the list; does not read `element`.
        values: Expression,
    },
    /// The relationships at a node.
    Expand(Expand),
    /// Chains of relationships from a node.
    ExpandMany(ExpandMany),
    /// A quantified part of a path, pass after pass.
    Repeat(Repeat),
    /// The shortest paths from a node along one kind of step.
    ShortestPath(ShortestPath),
    /// The shortest of all finds with the same two ends.
    SelectPaths(SelectPaths),
    /// A relationship that is already in a slot: fills or checks its two ends.
    Ends {
        /// The rows it is done for.
        input: Box<Operator>,
        /// Where the relationship lies.
        relationship: Slot,
        /// The node left of it in the pattern.
        from: End,
        /// The node right of it in the pattern.
        to: End,
        /// Its types, one of which it must have; any where there are none.
        types: Vec<Name>,
        /// Which way it must go from `from` to `to`; with `Either` each way is a row (one row for
        /// a loop).
        direction: Direction,
        /// Relationships (or lists of them) of the same match, which must be others.
        distinct_from: Vec<Slot>,
    },
    /// A list of relationships that is already in a slot: walks along it from `from`.
    Walk {
        /// The rows it is done for.
        input: Box<Operator>,
        /// Where the list lies.
        relationships: Slot,
        /// The node at the start, already filled.
        from: Slot,
        /// The node at the end.
        to: End,
        /// The types, one of which each must have; any where there are none.
        types: Vec<Name>,
        /// Which way each must go.
        direction: Direction,
        /// At least so many relationships.
        least: u64,
        /// At most so many.
        most: Option<u64>,
    },
    /// Rows for which a condition is true; not false, not null.
    Filter {
        /// The rows.
        input: Box<Operator>,
        /// The condition.
        condition: Expression,
    },
    /// Rows with more slots filled. All expressions read the row as it came in.
    Project {
        /// The rows.
        input: Box<Operator>,
        /// Where each value goes.
        items: Vec<(Slot, Expression)>,
    },
    /// A row for each item of a list; none for null, one for what is no list.
    Unwind {
        /// The rows.
        input: Box<Operator>,
        /// The list.
        list: Expression,
        /// Where each item goes.
        item: Slot,
    },
    /// A row for each record of a file of comma-separated values.
    LoadCsv {
        /// The rows.
        input: Box<Operator>,
        /// The path of the file, or its `file:` URL.
        source: Expression,
        /// Whether the first record names the columns.
        headers: Headers,
        /// What stands between the cells of a record.
        separator: u8,
        /// Where each record goes.
        record: Slot,
    },
    /// For each row the rows of `inner` started on it.
    Apply {
        /// The rows.
        input: Box<Operator>,
        /// What is done for each.
        inner: Box<Operator>,
    },
    /// Each row, once `inner` was started on it and all its rows were drawn and dropped.
    Perform {
        /// The rows.
        input: Box<Operator>,
        /// What is done for each.
        inner: Box<Operator>,
    },
    /// Each row, once for each item of a list `inner` was started on it and all its rows were
    /// drawn and dropped. Null is a list without items.
    ForEach {
        /// The rows.
        input: Box<Operator>,
        /// The list.
        list: Expression,
        /// Where each item lies while `inner` works.
        item: Slot,
        /// What is done for each item.
        inner: Box<Operator>,
    },
    /// For each row the rows of `inner` started on it, or, if there are none, the row itself with
    /// `nulls` set to null.
    Optional {
        /// The rows.
        input: Box<Operator>,
        /// What is done for each.
        inner: Box<Operator>,
        /// The slots that `inner` would have filled.
        nulls: Vec<Slot>,
    },
    /// One row for each group of rows with equal keys, in the order in which the groups first
    /// came. Without keys there is one group, even of no rows.
    Aggregate {
        /// The rows.
        input: Box<Operator>,
        /// What the rows of a group have in common, and where it goes.
        keys: Vec<(Slot, Expression)>,
        /// What is computed of each group, and where it goes.
        aggregations: Vec<(Slot, Aggregation)>,
    },
    /// The first of all rows that are equal in `slots`.
    Distinct {
        /// The rows.
        input: Box<Operator>,
        /// What is compared.
        slots: Vec<Slot>,
    },
    /// All rows, sorted; equal ones stay in order.
    Sort {
        /// The rows.
        input: Box<Operator>,
        /// By what, the most important first.
        keys: Vec<SortKey>,
    },
    /// The first `limit` rows of a sort.
    Top {
        /// The rows.
        input: Box<Operator>,
        /// By what, the most important first.
        keys: Vec<SortKey>,
        /// How many rows; reads no slot.
        limit: Expression,
    },
    /// All rows but the first `count`; `count` reads no slot.
    Skip {
        /// The rows.
        input: Box<Operator>,
        /// How many.
        count: Expression,
    },
    /// The first `count` rows; `count` reads no slot. Writes below it are still all done.
    Limit {
        /// The rows.
        input: Box<Operator>,
        /// How many.
        count: Expression,
    },
    /// The rows of one branch after another's, their columns moved to common slots.
    Union {
        /// Each branch with the slots of its columns.
        branches: Vec<(Operator, Vec<Slot>)>,
        /// Where the columns go.
        slots: Vec<Slot>,
    },
    /// All rows of the input before the first is passed on, so that what is written later does
    /// not change what is read here.
    Eager {
        /// The rows.
        input: Box<Operator>,
    },
    /// Creates nodes and relationships for each row.
    Create {
        /// The rows.
        input: Box<Operator>,
        /// Nodes, created first.
        nodes: Vec<CreateNode>,
        /// Relationships between nodes that lie in slots.
        relationships: Vec<CreateRelationship>,
    },
    /// For each row the rows of `find` started on it; if there are none, creates.
    Merge {
        /// The rows.
        input: Box<Operator>,
        /// How the pattern is found.
        find: Box<Operator>,
        /// Nodes created if it is not. A property that is null is an error.
        nodes: Vec<CreateNode>,
        /// Relationships created if it is not. A property that is null is an error.
        relationships: Vec<CreateRelationship>,
        /// What is set in each row that was created.
        on_create: Vec<SetItem>,
        /// What is set in each row that was found.
        on_match: Vec<SetItem>,
    },
    /// Sets and removes properties and labels for each row, in order.
    Set {
        /// The rows.
        input: Box<Operator>,
        /// What is set.
        items: Vec<SetItem>,
    },
    /// Deletes for each row.
    Delete {
        /// The rows.
        input: Box<Operator>,
        /// Nodes, relationships and paths; null is passed by.
        targets: Vec<Expression>,
        /// What happens to the relationships of a node.
        attachment: Attachment,
    },
    /// For each row the rows that a procedure gives; a procedure without outputs gives the row.
    Call {
        /// The rows.
        input: Box<Operator>,
        /// The procedure.
        procedure: Name,
        /// One for each input.
        arguments: Vec<Expression>,
        /// The outputs that are taken: which, and where it goes.
        outputs: Vec<(usize, Slot)>,
    },
}

/// By what elements are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// Nodes by their ids.
    NodeId,
    /// Relationships by their ids.
    RelationshipId,
    /// Nodes by a property.
    Property(Name),
}

/// The relationships at a node that fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Expand {
    /// The rows it is done for.
    pub input: Box<Operator>,
    /// Where the node lies from which it goes; a null there gives no row.
    pub from: Slot,
    /// Where the relationship goes.
    pub relationship: Slot,
    /// The node at the other end.
    pub to: End,
    /// The types, one of which it must have; any where there are none.
    pub types: Vec<Name>,
    /// Which way it goes, seen from `from`. A loop counts once.
    pub direction: Direction,
    /// Relationships (or lists of them) of the same match, which must be others.
    pub distinct_from: Vec<Slot>,
}

/// The chains of relationships from a node that fit; no relationship occurs twice in a chain.
#[derive(Debug, Clone, PartialEq)]
pub struct ExpandMany {
    /// The rows it is done for.
    pub input: Box<Operator>,
    /// Where the node lies from which it goes; a null there gives no row.
    pub from: Slot,
    /// Where the list of relationships goes.
    pub relationships: Slot,
    /// Whether the list goes from the last relationship to the first, because the pattern was
    /// turned round.
    pub reversed: bool,
    /// The node at the other end.
    pub to: End,
    /// The types, one of which each must have; any where there are none.
    pub types: Vec<Name>,
    /// Which way each goes, seen from `from`.
    pub direction: Direction,
    /// At least so many; with 0 the node itself is an end.
    pub least: u64,
    /// At most so many.
    pub most: Option<u64>,
    /// Properties that each relationship must have: a map or a parameter that is one.
    pub properties: Option<Expression>,
    /// How far it goes at present.
    pub border: Option<Border>,
    /// Relationships (or lists of them) of the same match, which must be others.
    pub distinct_from: Vec<Slot>,
}

/// How far parts of variable length go, where a [`SelectPaths`] seeks short paths first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Border {
    /// Where the greatest number of passes lies.
    pub limit: Slot,
    /// Gets true where there would have been more.
    pub cut: Slot,
}

/// Passes through a part of a path, one after the other; no relationship is taken twice.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeat {
    /// The rows it is done for.
    pub input: Box<Operator>,
    /// Where the node lies from which it goes; a null there gives no row.
    pub from: Slot,
    /// The node behind the last pass; with no pass, the node itself.
    pub to: End,
    /// One pass: started on the row with `start` filled.
    pub pass: Box<Operator>,
    /// Where a pass finds the node it starts from.
    pub start: Slot,
    /// Where a pass leaves the node it comes to.
    pub end: Slot,
    /// Where the relationships of a pass lie, from left to right.
    pub relationships: Vec<Slot>,
    /// Where the list of all relationships goes, from left to right.
    pub trail: Slot,
    /// Where an element of a pass lies, and where the list of those of all passes goes, from left
    /// to right.
    pub groups: Vec<(Slot, Slot)>,
    /// Whether it goes from right to left.
    pub reversed: bool,
    /// At least so many passes.
    pub least: u64,
    /// At most so many.
    pub most: Option<u64>,
    /// How far it goes at present.
    pub border: Option<Border>,
    /// Relationships (or lists of them) of the same match, which must be others.
    pub distinct_from: Vec<Slot>,
}

/// The shortest trails from a node, to another or to all it leads to, along steps that are all
/// asked the same.
#[derive(Debug, Clone, PartialEq)]
pub struct ShortestPath {
    /// The rows it is done for.
    pub input: Box<Operator>,
    /// Where the node lies from which it goes.
    pub from: Slot,
    /// The node to which it goes.
    pub to: End,
    /// Where the list of relationships goes.
    pub relationships: Slot,
    /// Where the path goes.
    pub path: Option<Slot>,
    /// Where the lists go of the nodes that steps start from, and of those that they end in, from
    /// left to right.
    pub nodes: [Option<Slot>; 2],
    /// Whether it goes from right to left; lists and paths still go from left to right.
    pub reversed: bool,
    /// How many are wanted for each pair of ends.
    pub wanted: Wanted,
    /// Whether a path may lead back to its start.
    pub form: SelectionForm,
    /// The types, one of which each must have; any where there are none.
    pub types: Vec<Name>,
    /// Which way each goes, seen from `from`.
    pub direction: Direction,
    /// At least so many.
    pub least: u64,
    /// At most so many.
    pub most: Option<u64>,
    /// Properties that each relationship must have: a map or a parameter that is one.
    pub properties: Option<Expression>,
    /// What is asked of each step besides.
    pub test: Option<StepTest>,
    /// What is asked of each path before it counts.
    pub condition: Option<Expression>,
}

/// What is asked of one step, put into the row.
#[derive(Debug, Clone, PartialEq)]
pub struct StepTest {
    /// Where the node left of it is put.
    pub left: Slot,
    /// Where the relationship is put.
    pub relationship: Slot,
    /// Where the node right of it is put.
    pub right: Slot,
    /// The condition.
    pub condition: Expression,
}

/// Of the finds of a pattern those that are shortest among all with the same two ends.
///
/// Where both ends are known before, the parts of variable length are let go further step by
/// step, until enough finds are there.
#[derive(Debug, Clone, PartialEq)]
pub struct SelectPaths {
    /// The rows it is done for.
    pub input: Box<Operator>,
    /// How the pattern is found.
    pub find: Box<Operator>,
    /// Where the two ends lie; whether both are known before.
    pub ends: (Slot, Slot),
    /// Whether both ends are filled before.
    pub bound: bool,
    /// How many are wanted for each pair of ends.
    pub wanted: Wanted,
    /// Where the relationships of a find lie.
    pub steps: Vec<PathStep>,
    /// How far the parts of variable length go.
    pub border: Border,
}

/// By what rows are sorted.
#[derive(Debug, Clone, PartialEq)]
pub struct SortKey {
    /// What is compared.
    pub expression: Expression,
    /// Which way.
    pub direction: SortDirection,
}
