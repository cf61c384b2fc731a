//! A number for each operator of a plan, under which its work is counted.

use std::collections::HashMap;

use super::plan::{Operator, Plan};

/// The numbers of a plan's operators: from 0, each before what it starts anew and before its
/// input, and the subqueries after the root. That is the order in which a plan is shown.
#[derive(Debug, Default)]
pub(crate) struct Numbers(HashMap<*const Operator, usize>);

impl Numbers {
    /// The numbers of `plan`, which must not move while they are used.
    pub(crate) fn of(plan: &Plan) -> Self {
        let mut numbers = Self::default();
        numbers.add(&plan.root);
        for subquery in &plan.subqueries {
            numbers.add(subquery);
        }
        numbers
    }

    fn add(&mut self, last: &Operator) {
        // Long queries make long chains of inputs, so these are walked without recursion.
        let mut at = Some(last);
        while let Some(operator) = at {
            self.0.insert(std::ptr::from_ref(operator), self.0.len());
            for inner in operator.inner() {
                self.add(inner);
            }
            at = operator.input();
        }
    }

    /// The number of `operator`; 0 if it was given none, as when nothing is counted.
    pub(crate) fn number(&self, operator: &Operator) -> usize {
        let number = self.0.get(&std::ptr::from_ref(operator));
        number.copied().unwrap_or_default()
    }

    /// How many operators have a number.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}
