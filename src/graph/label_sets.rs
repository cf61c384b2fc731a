//! The sets of labels that nodes bear, each kept once: a graph has many nodes and few such sets.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::Label;

/// Names a set of labels in its graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LabelSetId(u32);

/// Sets of labels by number.
#[derive(Debug, Clone, Default)]
pub(super) struct LabelSets {
    sets: Vec<Arc<[Label]>>,
    numbers: HashMap<Arc<[Label]>, LabelSetId>,
}

impl LabelSets {
    /// The set of `labels`, in whatever order they come.
    pub(super) fn intern(&mut self, labels: &[Label]) -> LabelSetId {
        if let Some(known) = self.numbers.get(labels) {
            return *known;
        }
        let mut sorted = labels.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        if let Some(known) = self.numbers.get(sorted.as_slice()) {
            return *known;
        }
        let set: Arc<[Label]> = sorted.into();
        let id = LabelSetId(u32::try_from(self.sets.len()).unwrap_or(u32::MAX));
        self.sets.push(Arc::clone(&set));
        self.numbers.insert(set, id);
        id
    }

    /// The labels of a set, in the order of their numbers.
    pub(super) fn labels(&self, set: LabelSetId) -> &[Label] {
        self.sets.get(set.0 as usize).map_or(&[], |labels| labels)
    }
}
