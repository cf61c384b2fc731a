//! A long list of values most of which may be the default, kept in pages: a page of nothing but
//! defaults that was never written costs nothing.

const PAGE: usize = 1024;

/// Values by their place.
#[derive(Debug, Clone)]
pub(super) struct Pages<T>(Vec<Option<Box<[T]>>>);

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Default> Pages<T> {
    /// The value at `place`; `None` where no page is.
    pub(super) fn get(&self, place: usize) -> Option<&T> {
        self.0.get(place / PAGE)?.as_ref()?.get(place % PAGE)
    }

    /// The value at `place`, to be changed.
    pub(super) fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        let page = place / PAGE;
        if self.0.len() <= page {
            self.0.resize_with(page + 1, || None);
        }
        let page = self.0.get_mut(page)?;
        let values = page.get_or_insert_with(|| (0..PAGE).map(|_| T::default()).collect());
        values.get_mut(place % PAGE)
    }

    /// The value at `place`, in whose stead the default stands from now on.
    pub(super) fn take(&mut self, place: usize) -> T {
        let page = self.0.get_mut(place / PAGE).and_then(Option::as_mut);
        let value = page.and_then(|values| values.get_mut(place % PAGE));
        value.map_or_else(T::default, std::mem::take)
    }

    /// All values where a page is, in order.
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().flatten().flatten()
    }
}
