//! From lasting ids to places in the graph library, in steady time.
//!
//! Ids are handed out in order, so most of the table is full. It is kept in pages, so that one
//! large id in a damaged file costs one page.

const PAGE: usize = 4096;
const FREE: u32 = u32::MAX;

/// A map from id numbers to indexes.
#[derive(Debug, Clone, Default)]
pub(super) struct IdTable {
    pages: Vec<Option<Box<[u32]>>>,
    len: usize,
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
        let index = *self.pages.get(page)?.as_ref()?.get(slot)?;
        (index != FREE).then_some(index)
    }

    /// Sets the index of `number`, which must be in range.
    pub(super) fn insert(&mut self, number: i64, index: u32) {
        let Some((page, slot)) = Self::place(number) else {
            return;
        };
        if self.pages.len() <= page {
            self.pages.resize(page + 1, None);
        }
        let Some(page) = self.pages.get_mut(page) else {
            return;
        };
        let page = page.get_or_insert_with(|| vec![FREE; PAGE].into_boxed_slice());
        if let Some(entry) = page.get_mut(slot) {
            self.len += usize::from(*entry == FREE);
            *entry = index;
        }
    }

    pub(super) fn remove(&mut self, number: i64) {
        let Some((page, slot)) = Self::place(number) else {
            return;
        };
        let entry = self
            .pages
            .get_mut(page)
            .and_then(Option::as_mut)
            .and_then(|page| page.get_mut(slot));
        if let Some(entry) = entry {
            self.len -= usize::from(*entry != FREE);
            *entry = FREE;
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
                let skipped = if at == first_page { first_slot } else { 0 };
                page.iter()
                    .flat_map(|page| page.iter().enumerate())
                    .skip(skipped)
                    .filter(|(_, index)| **index != FREE)
                    .map(move |(slot, _)| i64::try_from(at * PAGE + slot).unwrap_or(i64::MAX))
            })
    }

    /// How many numbers are in use.
    pub(super) fn len(&self) -> usize {
        self.len
    }
}

#[cfg(test)]
mod tests {
    use super::IdTable;

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
}
