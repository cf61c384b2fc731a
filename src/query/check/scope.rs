//! What is visible where.

use std::collections::{BTreeMap, BTreeSet};

use super::super::checked::Slot;
use super::kind::Kind;

/// What a name stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Binding {
    /// Where it lies.
    pub(super) slot: Slot,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether it is out of reach here because rows are gathered and it is no key.
    pub(super) ungrouped: bool,
    /// Whether it comes from outside the subquery that this place is in: it is the same for all
    /// its rows, stays in reach behind `WITH`, and its name cannot be given to something else.
    pub(super) lasting: bool,
}

/// The names that can be read at one place of the query.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Scope {
    bindings: BTreeMap<String, Binding>,
    /// Names known around the subquery that this place is in, and not taken into it.
    outside: BTreeSet<String>,
    /// Names that a projection before this place did not pass on.
    dropped: BTreeSet<String>,
}

impl Scope {
    /// What `name` stands for.
    pub(super) fn binding(&self, name: &str) -> Option<&Binding> {
        self.bindings.get(name)
    }

    /// Lets `name` stand for what lies in `slot`.
    pub(super) fn bind(&mut self, name: &str, slot: Slot, kind: Kind) {
        let lasting = self
            .binding(name)
            .is_some_and(|known| known.lasting && known.slot == slot);
        let binding = Binding {
            slot,
            kind,
            ungrouped: false,
            lasting,
        };
        self.bindings.insert(name.to_owned(), binding);
    }

    /// The same, with `name` standing for what lies in `slot`.
    pub(super) fn with(&self, name: &str, slot: Slot, kind: Kind) -> Self {
        let mut scope = self.clone();
        scope.bind(name, slot, kind);
        scope
    }

    /// The same with every name out of reach that is not the same for all rows.
    pub(super) fn ungrouped(&self) -> Self {
        let mut scope = self.clone();
        for binding in scope.bindings.values_mut() {
            binding.ungrouped = binding.ungrouped || !binding.lasting;
        }
        scope
    }

    /// The names as a subquery finds them that sees all of them.
    pub(super) fn lasting(&self) -> Self {
        let mut scope = self.clone();
        for binding in scope.bindings.values_mut() {
            binding.lasting = true;
        }
        scope
    }

    /// The names as a subquery finds them that sees none of them.
    pub(super) fn closed(&self) -> Self {
        Self {
            bindings: BTreeMap::new(),
            outside: self.bindings.keys().chain(&self.outside).cloned().collect(),
            dropped: BTreeSet::new(),
        }
    }

    /// Takes in what `name` stands for around the subquery.
    pub(super) fn import(&mut self, name: &str, binding: Binding) {
        self.outside.remove(name);
        self.bindings.insert(name.to_owned(), binding);
    }

    /// Whether `name` is known only around the subquery that this place is in.
    pub(super) fn is_outside(&self, name: &str) -> bool {
        self.outside.contains(name)
    }

    /// What is left behind a projection without columns.
    pub(super) fn behind_projection(&self) -> Self {
        let mut scope = self.clone();
        scope.dropped.extend(self.bindings.keys().cloned());
        scope.bindings.retain(|_, binding| binding.lasting);
        scope
    }

    /// Whether `name` was known before a projection that did not pass it on.
    pub(super) fn is_dropped(&self, name: &str) -> bool {
        self.dropped.contains(name)
    }

    /// All names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.bindings.keys().map(String::as_str)
    }

    /// All names and what they stand for, in order of name.
    pub(super) fn bindings(&self) -> impl Iterator<Item = (&str, &Binding)> {
        self.bindings
            .iter()
            .map(|(name, binding)| (name.as_str(), binding))
    }

    /// All slots in use.
    pub(super) fn slots(&self) -> Vec<Slot> {
        self.bindings.values().map(|binding| binding.slot).collect()
    }
}
