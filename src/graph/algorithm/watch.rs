//! How long work may go on.

use std::cell::Cell;

/// Units of work between two looks at whether to stop: a few tenths of a millisecond.
const UNITS: usize = 1 << 15;

/// Asks now and then whether work should stop. Every thread has its own.
pub struct Watch<'w, E> {
    check: &'w (dyn Fn() -> Result<(), E> + Sync),
    left: Cell<usize>,
}

impl<E> std::fmt::Debug for Watch<'_, E> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Watch").finish_non_exhaustive()
    }
}

impl<E> Clone for Watch<'_, E> {
    fn clone(&self) -> Self {
        Self::new(self.check)
    }
}

impl<'w, E> Watch<'w, E> {
    /// A watch that asks `check`, whose error ends the work.
    pub fn new(check: &'w (dyn Fn() -> Result<(), E> + Sync)) -> Self {
        Self {
            check,
            left: Cell::new(UNITS),
        }
    }

    /// What is asked, to be asked on another thread.
    pub(in crate::graph) fn check(&self) -> &'w (dyn Fn() -> Result<(), E> + Sync) {
        self.check
    }

    /// Says that `units` of work are done: nodes or relationships looked at.
    ///
    /// # Errors
    /// That of the check.
    pub fn step(&self, units: usize) -> Result<(), E> {
        if let Some(left) = self.left.get().checked_sub(units) {
            self.left.set(left);
            return Ok(());
        }
        self.left.set(UNITS);
        (self.check)()
    }
}
