//! The properties of relationships, in pages by id: most relationships of a plain graph have none,
//! and those of a graph with a file are read from it, a page at a time, when one is asked for.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::model::{PropertyKey, Value};

use super::record::Properties;

/// How many relationships share a page: few, because those of one node lie far apart in a file.
const PAGE: usize = 64;

/// What a relationship's properties are, by the number of its id.
pub(crate) type StoredProperties = Vec<(i64, Vec<(PropertyKey, Value)>)>;

/// The key of a name, if the graph knows it.
pub(crate) type KeyOf<'g> = dyn Fn(&str) -> Option<PropertyKey> + 'g;

/// Reads the properties of the relationships whose numbers lie in a range. What cannot be read
/// is left out; whoever gave the reader knows of it.
pub(crate) type ReadProperties = dyn Fn(Range<i64>, &KeyOf<'_>) -> StoredProperties + Send + Sync;

/// No properties at all, or those of `PAGE` relationships.
type Page = Option<Box<[Properties]>>;

/// Properties by the number of their relationship.
#[derive(Clone, Default)]
pub(super) struct RelationshipProperties {
    pages: Vec<OnceLock<Page>>,
    reader: Option<Arc<ReadProperties>>,
    /// The keys of what is read.
    listed_keys: Vec<PropertyKey>,
}

impl RelationshipProperties {
    /// From now on the properties of relationships below `bound` are read with `reader` where
    /// they are not known; it knows no keys but these.
    pub(super) fn read_with(
        &mut self,
        reader: Arc<ReadProperties>,
        bound: i64,
        keys: Vec<PropertyKey>,
    ) {
        self.listed_keys = keys;
        let bound = usize::try_from(bound).unwrap_or(0);
        self.pages.resize_with(bound.div_ceil(PAGE), OnceLock::new);
        self.reader = Some(reader);
    }

    fn place(number: i64) -> Option<(usize, usize)> {
        let number = usize::try_from(number).ok()?;
        Some((number / PAGE, number % PAGE))
    }

    /// The properties of a relationship; `None` if it certainly has none.
    pub(super) fn get(&self, number: i64, key_of: &KeyOf<'_>) -> Option<&Properties> {
        let (page, slot) = Self::place(number)?;
        let values = self
            .pages
            .get(page)?
            .get_or_init(|| self.read(page, key_of));
        values.as_ref()?.get(slot)
    }

    /// Sets the properties of a relationship.
    pub(super) fn set(&mut self, number: i64, properties: Properties, key_of: &KeyOf<'_>) {
        if properties.is_empty() && self.get(number, key_of).is_none() {
            return;
        }
        if let Some(own) = self.get_mut(number, key_of) {
            *own = properties;
        }
    }

    /// The properties of a relationship, to be changed.
    pub(super) fn get_mut(&mut self, number: i64, key_of: &KeyOf<'_>) -> Option<&mut Properties> {
        let (page, slot) = Self::place(number)?;
        if self.pages.len() <= page {
            self.pages.resize_with(page + 1, || OnceLock::from(None));
        }
        self.pages
            .get(page)?
            .get_or_init(|| self.read(page, key_of));
        let values = self.pages.get_mut(page)?.get_mut()?;
        let values = values.get_or_insert_with(|| vec![Properties::default(); PAGE].into());
        values.get_mut(slot)
    }

    /// All properties that are known without reading.
    pub(super) fn known(&self) -> impl Iterator<Item = &Properties> {
        self.pages
            .iter()
            .filter_map(OnceLock::get)
            .flatten()
            .flatten()
    }

    /// The keys of what is read from elsewhere.
    pub(super) fn listed_keys(&self) -> impl Iterator<Item = PropertyKey> + '_ {
        self.listed_keys.iter().copied()
    }

    /// Whether some properties have not been read yet.
    pub(super) fn has_unread(&self) -> bool {
        self.reader.is_some() && self.pages.iter().any(|page| page.get().is_none())
    }

    fn read(&self, page: usize, key_of: &KeyOf<'_>) -> Page {
        let reader = self.reader.as_ref()?;
        let first = i64::try_from(page * PAGE).ok()?;
        let past = i64::try_from((page + 1) * PAGE).ok()?;
        let found = reader(first..past, key_of);
        if found.is_empty() {
            return None;
        }
        let mut values = vec![Properties::default(); PAGE];
        for (number, properties) in found {
            let slot = usize::try_from(number - first).ok();
            if let Some(own) = slot.and_then(|slot| values.get_mut(slot)) {
                *own = Properties::new(properties);
            }
        }
        Some(values.into())
    }
}

impl fmt::Debug for RelationshipProperties {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.pages.iter().filter(|page| page.get().is_some());
        out.debug_struct("RelationshipProperties")
            .field("pages", &self.pages.len())
            .field("known", &known.count())
            .field("has_reader", &self.reader.is_some())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use crate::base::Symbol;
    use crate::model::{PropertyKey, Value};

    use super::{Properties, RelationshipProperties};

    #[test]
    fn a_page_is_read_when_it_is_needed_and_once() {
        let reads = Arc::new(AtomicUsize::new(0));
        let key = PropertyKey::from_symbol(Symbol::from_index(0));
        let mut properties = RelationshipProperties::default();
        let counter = Arc::clone(&reads);
        let reader = Arc::new(
            move |range: std::ops::Range<i64>, key_of: &super::KeyOf<'_>| {
                counter.fetch_add(1, Ordering::Relaxed);
                let even = range.filter(|number| number % 2 == 0);
                even.map(|number| (number, vec![(key_of("k").unwrap(), Value::from(number))]))
                    .collect()
            },
        );
        properties.read_with(reader, 200, vec![key]);
        let key_of = |_: &str| Some(key);
        let value = |properties: &RelationshipProperties, number| {
            let own = properties.get(number, &key_of)?;
            own.value(key).cloned()
        };
        assert_eq!(reads.load(Ordering::Relaxed), 0);
        assert_eq!(value(&properties, 70), Some(70.into()));
        assert_eq!(value(&properties, 71), None);
        assert_eq!(reads.load(Ordering::Relaxed), 1);
        // A change keeps what else is on its page, read or not.
        properties.set(2, Properties::new(vec![(key, "new".into())]), &key_of);
        properties.set(4, Properties::default(), &key_of);
        properties.set(5000, Properties::new(vec![(key, "far".into())]), &key_of);
        assert_eq!(value(&properties, 2), Some("new".into()));
        assert_eq!(value(&properties, 4), None);
        assert_eq!(value(&properties, 6), Some(6.into()));
        assert_eq!(value(&properties, 5000), Some("far".into()));
        assert_eq!(reads.load(Ordering::Relaxed), 2);
        let known = properties.known().filter(|own| !own.is_empty());
        assert_eq!(known.count(), 31 + 32 + 1);
        assert!(properties.has_unread());
    }
}
