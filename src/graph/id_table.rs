//! From lasting ids to places in the graph library, in steady time.
//!
//! Ids are handed out in order, and so are the places of a graph that only grew: most stretches
//! of the table are runs in which both count up together, and a run costs nothing to hold. The
//! table is kept in pages, so that one large id in a damaged file costs one page.

use std::ops::Range;

const PAGE: usize = 4096;
const FREE: u32 = u32::MAX;

/// A map from id numbers to indexes.
#[derive(Debug, Clone, Default)]
pub(super) struct IdTable {
    pages: Vec<Page>,
    len: usize,
}

/// The indexes of `PAGE` numbers in a row.
#[derive(Debug, Clone, Default)]
enum Page {
    /// None of the numbers is in use.
    #[default]
    Free,
    /// `length` numbers from slot `first` on are in use; the index of the first is `index`, and
    /// the others follow it.
    Run { first: u16, length: u16, index: u32 },
    /// An index for each number, or [`FREE`].
    Table(Box<[u32]>),
}

impl Page {
    fn index(&self, slot: usize) -> Option<u32> {
        match self {
            Self::Free => None,
            Self::Run {
                first,
                length,
                index,
            } => {
                let offset = u32::try_from(slot.checked_sub(usize::from(*first))?).ok()?;
                (offset < u32::from(*length)).then_some(index + offset)
            }
            Self::Table(indexes) => indexes.get(slot).copied().filter(|index| *index != FREE),
        }
    }

    /// The slots that may be in use.
    fn slots(&self) -> Range<usize> {
        match self {
            Self::Free => 0..0,
            Self::Run { first, length, .. } => {
                usize::from(*first)..usize::from(*first) + usize::from(*length)
            }
            Self::Table(_) => 0..PAGE,
        }
    }

    /// Sets the index of a slot that is free.
    fn insert(&mut self, slot: usize, index: u32) {
        match self {
            Self::Free => {
                *self = Self::Run {
                    first: u16::try_from(slot).unwrap_or_default(),
                    length: 1,
                    index,
                };
                return;
            }
            Self::Run {
                first,
                length,
                index: start,
            } => {
                let follows = usize::from(*first) + usize::from(*length) == slot
                    && start.checked_add(u32::from(*length)) == Some(index);
                if follows {
                    *length += 1;
                    return;
                }
            }
            Self::Table(_) => {}
        }
        if let Some(entry) = self.table().get_mut(slot) {
            *entry = index;
        }
    }

    /// Frees a slot that is in use.
    fn remove(&mut self, slot: usize) {
        if let Self::Run {
            first,
            length,
            index,
        } = self
        {
            if *length == 1 {
                *self = Self::Free;
                return;
            }
            if usize::from(*first) + usize::from(*length) == slot + 1 {
                *length -= 1;
                return;
            }
            if usize::from(*first) == slot {
                *first += 1;
                *length -= 1;
                *index += 1;
                return;
            }
        }
        if let Some(entry) = self.table().get_mut(slot) {
            *entry = FREE;
        }
    }

    /// The page as a table, whatever it was.
    fn table(&mut self) -> &mut [u32] {
        if !matches!(self, Self::Table(_)) {
            let indexes = (0..PAGE).map(|slot| self.index(slot).unwrap_or(FREE));
            *self = Self::Table(indexes.collect());
        }
        match self {
            Self::Table(indexes) => indexes,
            Self::Free | Self::Run { .. } => &mut [],
        }
    }
}

impl IdTable {
    pub(super) fn is_in_range(number: i64) -> bool {
        (0..i64::from(u32::MAX)).contains(&number)
    }

    fn place(number: i64) -> Option<(usize, usize)> {
        let number = u32::try_from(number).ok()? as usize;
        Some((number / PAGE, number % PAGE))
    }

    pub(super) fn index(&self, number: i64) -> Option<u32> {
        let (page, slot) = Self::place(number)?;
        self.pages.get(page)?.index(slot)
    }

    /// Sets the index of `number`, which must be in range and free.
    pub(super) fn insert(&mut self, number: i64, index: u32) {
        let Some((page, slot)) = Self::place(number) else {
            return;
        };
        if self.pages.len() <= page {
            self.pages.resize_with(page + 1, Page::default);
        }
        if let Some(page) = self.pages.get_mut(page) {
            page.insert(slot, index);
            self.len += 1;
        }
    }

    /// Frees `number`.
    pub(super) fn remove(&mut self, number: i64) {
        let Some((page, slot)) = Self::place(number) else {
            return;
        };
        if let Some(page) = self.pages.get_mut(page)
            && page.index(slot).is_some()
        {
            page.remove(slot);
            self.len -= 1;
        }
    }

    /// The numbers in use from `start` on, in order.
    pub(super) fn numbers_from(&self, start: i64) -> impl Iterator<Item = i64> + '_ {
        let (first_page, first_slot) = Self::place(start.max(0)).unwrap_or((usize::MAX, 0));
        self.pages
            .iter()
            .enumerate()
            .skip(first_page)
            .flat_map(move |(at, page)| {
                let least = if at == first_page { first_slot } else { 0 };
                let slots = page.slots();
                (slots.start.max(least)..slots.end)
                    .filter(|slot| page.index(*slot).is_some())
                    .map(move |slot| i64::try_from(at * PAGE + slot).unwrap_or(i64::MAX))
            })
    }

    /// How many numbers are in use.
    pub(super) fn len(&self) -> usize {
        self.len
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::{IdTable, PAGE, Page};

    #[test]
    fn numbers_come_back_in_order() {
        let mut table = IdTable::default();
        for number in [9000, 3, 4096, 4_000_000_000] {
            table.insert(number, 7);
        }
        table.remove(4096);
        let all: Vec<i64> = table.numbers_from(0).collect();
        assert_eq!(all, [3, 9000, 4_000_000_000]);
        let some: Vec<i64> = table.numbers_from(4).collect();
        assert_eq!(some, [9000, 4_000_000_000]);
        assert_eq!(
            (table.index(3), table.index(4), table.len()),
            (Some(7), None, 3)
        );
    }

    #[test]
    fn ids_given_in_order_need_no_table() {
        let mut table = IdTable::default();
        for number in 1..20_000 {
            table.insert(number, u32::try_from(number).unwrap() - 1);
        }
        for number in (15_000..20_000).rev() {
            table.remove(number);
        }
        let is_table = |page: &&Page| matches!(page, Page::Table(_));
        assert_eq!(table.pages.iter().filter(is_table).count(), 0);
        assert_eq!((table.len(), table.index(14_999)), (14_999, Some(14_998)));
    }

    proptest! {
        #[test]
        fn it_is_a_map(steps in prop::collection::vec((0..40_i64, 0..30_u32, any::<bool>()), 0..80)) {
            let mut table = IdTable::default();
            let mut map = BTreeMap::new();
            for (near, index, present) in steps {
                // Numbers about the border of two pages.
                let number = i64::try_from(PAGE).unwrap() - 20 + near;
                if !present {
                    table.remove(number);
                    map.remove(&number);
                } else if let std::collections::btree_map::Entry::Vacant(free) = map.entry(number) {
                    // Half of them follow the number before, as runs do.
                    let index = table.index(number - 1).filter(|_| index % 2 == 0).map_or(index, |index| index + 1);
                    free.insert(index);
                    table.insert(number, index);
                }
            }
            prop_assert_eq!(table.len(), map.len());
            let found: BTreeMap<i64, u32> = table
                .numbers_from(0)
                .map(|number| (number, table.index(number).unwrap()))
                .collect();
            prop_assert_eq!(found, map);
        }
    }
}
