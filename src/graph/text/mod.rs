//! Full-text search over the texts of nodes and relationships.
//!
//! A [`TextIndex`] is an inverted index in memory over some properties, made from the graph when
//! it is first asked for and dropped by the next change. So a search sees exactly what its
//! transaction sees, and nothing has to be kept in step on disk.

mod index;
mod query;
mod words;

use std::sync::{Arc, Mutex, PoisonError};

use crate::model::PropertyKey;

use super::algorithm::Watch;
use super::property_graph::PropertyGraph;

pub use self::index::{TextId, TextIndex, WordId};
pub use self::query::{TextMatch, TextQuery, Wanted};

/// Whose texts are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owners {
    /// Those of nodes.
    Nodes,
    /// Those of relationships.
    Relationships,
}

/// The indexes that have been asked for since the last change.
#[derive(Debug, Default)]
pub(super) struct TextIndexes(Mutex<Vec<Arc<TextIndex>>>);

impl Clone for TextIndexes {
    fn clone(&self) -> Self {
        let indexes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Self(Mutex::new(indexes.clone()))
    }
}

impl TextIndexes {
    /// Forgets all.
    pub(super) fn clear(&mut self) {
        let indexes = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        indexes.clear();
    }

    /// The index over the properties `keys`, made if it is not there.
    pub(super) fn index<E: Send>(
        &self,
        graph: &PropertyGraph,
        owners: Owners,
        keys: &[PropertyKey],
        watch: &Watch<'_, E>,
    ) -> Result<Arc<TextIndex>, E> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = lock().iter().find(|index| index.is_over(owners, keys)) {
            return Ok(Arc::clone(index));
        }
        // Made without the lock, since it is made on several threads.
        let index = Arc::new(TextIndex::new(graph, owners, keys, watch)?);
        lock().push(Arc::clone(&index));
        Ok(index)
    }
}
