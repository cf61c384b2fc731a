//! Room to work in, kept from one use to the next.

/// Where a register's worth of numbers may begin without lying across two lines of the cache.
const LINE: usize = 64;

/// A list of numbers that begins at a line of the cache.
#[derive(Debug, Default)]
pub(super) struct Room<T> {
    numbers: Vec<T>,
}

impl<T: Copy + Default> Room<T> {
    /// Room for `count` numbers; they are whatever was there before.
    pub(super) fn of(&mut self, count: usize) -> &mut [T] {
        let most = LINE / size_of::<T>().max(1);
        if self.numbers.len() < count + most {
            self.numbers.resize(count + most, T::default());
        }
        let start = self.start();
        self.numbers
            .get_mut(start..start + count)
            .unwrap_or_default()
    }

    /// The first `count` numbers.
    pub(super) fn first(&self, count: usize) -> &[T] {
        let start = self.start();
        self.numbers.get(start..start + count).unwrap_or_default()
    }

    fn start(&self) -> usize {
        let start = self.numbers.as_ptr().align_offset(LINE);
        // Nothing but speed depends on it.
        if start < LINE { start } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::Room;

    #[test]
    fn room_begins_at_a_line_and_keeps_what_is_written() {
        let mut room = Room::default();
        for count in [0_u8, 1, 100, 10] {
            let length = usize::from(count);
            let numbers: &mut [u32] = room.of(length);
            assert_eq!(numbers.len(), length);
            assert!(count == 0 || numbers.as_ptr().addr().is_multiple_of(64));
            numbers.fill(u32::from(count));
            assert_eq!(room.first(length), vec![u32::from(count); length]);
        }
    }
}
