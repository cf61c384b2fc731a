//! Which shortcuts the engine may take.

/// Which shortcuts the engine may take. None of them changes the rows of a query, only their
/// order where the query leaves that open; so tests run queries with and without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tuning {
    /// How a query is laid out.
    pub planning: Planning,
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

impl Tuning {
    /// Every shortcut.
    pub const ALL: Self = Self {
        planning: Planning::Cheapest,
    };
    /// No shortcut.
    pub const NONE: Self = Self {
        planning: Planning::AsWritten,
    };
}

impl Default for Tuning {
    /// Every shortcut.
    fn default() -> Self {
        Self::ALL
    }
}
