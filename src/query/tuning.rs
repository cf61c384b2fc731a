//! Which shortcuts the engine may take.

/// Which shortcuts the engine may take. None of them changes the rows of a query, only their
/// order where the query leaves that open; so tests run queries with and without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tuning {
    /// How a query is laid out.
    pub planning: Planning,
    /// How a plan that only reads is run.
    pub running: Running,
}

/// How a query is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planning {
    /// Patterns start where fewest elements fit, conditions are tested early, plans are rewritten.
    Cheapest,
    /// Patterns are walked from left to right from every node, conditions are tested at the end,
    /// and nothing is rewritten.
    AsWritten,
}

/// How a plan that only reads is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Running {
    /// Chains of operators as one, by several workers, over the graph laid out for reading.
    Pipelines,
    /// Every operator by itself, row by row.
    RowByRow,
}

impl Tuning {
    /// Every shortcut.
    pub const ALL: Self = Self {
        planning: Planning::Cheapest,
        running: Running::Pipelines,
    };
    /// No shortcut.
    pub const NONE: Self = Self {
        planning: Planning::AsWritten,
        running: Running::RowByRow,
    };
}

impl Default for Tuning {
    /// Every shortcut.
    fn default() -> Self {
        Self::ALL
    }
}
