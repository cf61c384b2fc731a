//! A set of ids in order, packed: a long run of ids, as a load makes, costs a bit each or less.

use roaring::RoaringBitmap;

/// Numbers of ids, all of them in the range that the graph admits.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct IdSet(RoaringBitmap);

impl IdSet {
    /// Adds `number`; yields whether it is new. A number out of range is none of ours.
    pub(super) fn insert(&mut self, number: i64) -> bool {
        u32::try_from(number).is_ok_and(|number| self.0.insert(number))
    }

    /// Takes `number` out; yields whether it was there.
    pub(super) fn remove(&mut self, number: i64) -> bool {
        u32::try_from(number).is_ok_and(|number| self.0.remove(number))
    }

    /// The numbers from `start` on, in order.
    pub(super) fn numbers_from(&self, start: i64) -> impl Iterator<Item = i64> + '_ {
        u32::try_from(start.max(0))
            .ok()
            .into_iter()
            .flat_map(|start| self.0.range(start..))
            .map(i64::from)
    }

    /// How many numbers; time O(size / 65,536).
    /// The number at a place in the order, the first at 0.
    pub(super) fn at(&self, place: usize) -> Option<i64> {
        self.0.select(u32::try_from(place).ok()?).map(i64::from)
    }

    pub(super) fn len(&self) -> usize {
        usize::try_from(self.0.len()).unwrap_or(usize::MAX)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<i64> for IdSet {
    fn from_iter<I: IntoIterator<Item = i64>>(numbers: I) -> Self {
        let mut set = Self::default();
        for number in numbers {
            set.insert(number);
        }
        set
    }
}
