//! What a pipeline does: steps in a row, factors that count instead of walking, and where the
//! rows go.

use std::collections::BTreeMap;

use crate::graph::Direction;
use crate::model::{Label, PropertyKey, RelType};
use crate::query::checked::Slot;
use crate::query::logical::End;
use crate::query::physical::{Aggregation, Expression, SortKey, Types};

use super::census::Census;

/// What a slot holds while a pipeline runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The place of a node, in a register.
    Node,
    /// The place of a relationship, in a register.
    Relationship,
    /// Places of relationships, in a chain of the worker's.
    Chain(usize),
    /// Any value, in the row.
    Value,
}

/// The kinds of all slots that the steps fill.
pub(super) type Kinds = BTreeMap<Slot, Kind>;

/// A pipeline, ready to be run on any graph whose names it was made with.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    /// The operator of the plan that each step stands for.
    pub(super) numbers: Vec<usize>,
    /// The steps from here on need not be walked where the factors are taken instead.
    pub(super) counted: usize,
    pub(super) factors: Vec<Factor>,
    /// The same where no relationship leads from a node to itself: less must be walked then.
    pub(super) loopless: Option<Loopless>,
    /// The step of which only the number of chains is wanted, if it is the last one walked but for
    /// conditions that always hold.
    pub(super) number: Option<usize>,
    /// What the graph knows the answer to, without anything being walked.
    pub(super) census: Option<Census>,
    /// Whether the sink gives the same whatever the order of tuples, so that several workers may
    /// fill it.
    pub(super) exact: bool,
    pub(super) sink: Sink,
    pub(super) kinds: Kinds,
    /// How many chains a worker keeps.
    pub(super) chains: usize,
    /// How wide a row is.
    pub(super) width: usize,
}

/// One step: for each tuple it is given it passes on some.
#[derive(Debug)]
pub(super) enum Step {
    /// Every node, or every one with one of some labels, in the order of ids.
    Scan {
        node: Slot,
        labels: Option<Vec<Label>>,
    },
    /// Nodes whose property equals a value.
    Seek {
        node: Slot,
        label: Option<Label>,
        key: PropertyKey,
        value: Expression,
    },
    /// The node of an id.
    NodeById { node: Slot, id: Expression },
    /// The relationships at a node.
    Expand {
        hop: Hop,
        relationship: Slot,
        to: End,
        distinct: Vec<Slot>,
        /// Whether anybody asks which relationship it was.
        keeps: bool,
    },
    /// Chains of relationships from a node.
    ExpandMany {
        hop: Hop,
        relationships: Slot,
        reversed: bool,
        /// Which of the worker's chains it keeps.
        chain: usize,
        to: End,
        least: usize,
        most: usize,
        properties: Option<Expression>,
        distinct: Vec<Slot>,
        /// What is wanted of the chains.
        want: Want,
    },
    /// Conditions, all of which must be true.
    Filter { conditions: Vec<Expression> },
    /// Slots computed from the tuple as it came in.
    Project { items: Vec<(Slot, Expression)> },
    /// A tuple for each item of a list.
    Unwind { list: Expression, item: Slot },
    /// The steps up to `end` for each tuple, or the tuple with nulls if they pass none on.
    Optional { end: usize, nulls: Vec<Slot> },
    /// The end of the steps of the `Optional` at `begin`.
    Found { begin: usize },
    /// The number of tuples that pass the steps up to `end`, or whether there is one.
    Tally { end: usize, slot: Slot, form: Tally },
    /// The end of the steps of the `Tally` at `begin`; each tuple counts as the product of the
    /// factors.
    Tallied {
        begin: usize,
        factors: Vec<Factor>,
        form: Tally,
    },
}

/// What is wanted of chains of relationships.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// Each chain.
    Chains,
    /// Each end once, whatever the number of chains to it.
    Ends,
}

/// What is asked of the steps of a subquery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tally {
    Count,
    Exists,
}

/// Which relationships a step follows from a node.
#[derive(Debug, Clone)]
pub(super) struct Hop {
    pub(super) from: Slot,
    pub(super) direction: Direction,
    pub(super) types: Types,
}

impl Hop {
    /// The one type that it follows, if it is one.
    pub(super) fn only_type(&self) -> Option<RelType> {
        match &self.types {
            Types::Any => None,
            Types::Only(types) => match types.as_slice() {
                [only] => Some(*only),
                _ => None,
            },
        }
    }

    /// Whether a relationship may be followed by both.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        match (&self.types, &other.types) {
            (Types::Any, _) | (_, Types::Any) => true,
            (Types::Only(one), Types::Only(other)) => one.iter().any(|known| other.contains(known)),
        }
    }
}

/// How many ways a tuple can be completed: the number of relationships at a node whose other end
/// passes the conditions, each times the product of `inner` there.
///
/// A chain of such factors is counted once for each node, so paths are counted without walking
/// them: a sum of products of degrees.
#[derive(Debug, Clone)]
pub(super) struct Factor {
    pub(super) hop: Hop,
    /// The slot that stands for the other end in the conditions.
    pub(super) node: Slot,
    pub(super) conditions: Vec<Expression>,
    pub(super) inner: Vec<Self>,
    /// Relationships that may not be counted again.
    pub(super) used: Vec<Used>,
}

/// What is walked and what is counted where relationships of some types never lead from a node to
/// itself.
#[derive(Debug)]
pub(super) struct Loopless {
    pub(super) counted: usize,
    pub(super) factors: Vec<Factor>,
    pub(super) types: Vec<RelType>,
}

/// A relationship that was walked before, known by its two ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Used {
    pub(super) relationship: Slot,
    pub(super) start: Slot,
    pub(super) end: Slot,
}

/// Where tuples go.
#[derive(Debug)]
pub(super) enum Sink {
    /// Into groups.
    Aggregate {
        keys: Vec<(Slot, Expression)>,
        aggregations: Vec<(Slot, Aggregation)>,
    },
    /// The first of a sort.
    Top {
        keys: Vec<SortKey>,
        limit: Expression,
    },
}
