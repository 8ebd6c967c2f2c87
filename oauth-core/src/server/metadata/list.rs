//! Lists that are made while the compiler evaluates constants, where there is no `Vec`.

/// At most `N` items.
#[derive(Clone, Copy)]
pub(super) struct List<T, const N: usize> {
    items: [T; N],
    len: usize,
}

impl<T: Copy + 'static, const N: usize> List<T, N> {
    /// No items; `filler` is in the places that no item takes.
    pub(super) const fn new(filler: T) -> Self {
        Self { items: [filler; N], len: 0 }
    }

    /// One more item. More than `N` do not compile: a bound that is too small is a mistake of ours.
    pub(super) const fn with(mut self, item: T) -> Self {
        assert!(self.len < N, "the list is full");
        let (_, free) = self.items.split_at_mut(self.len);
        if let [place, ..] = free {
            *place = item;
        }
        self.len += 1;
        self
    }

    /// One more item, if the condition holds.
    pub(super) const fn with_if(self, holds: bool, item: T) -> Self {
        if holds { self.with(item) } else { self }
    }

    /// All of these, too.
    pub(super) const fn with_all(mut self, mut items: &[T]) -> Self {
        while let [item, rest @ ..] = items {
            self = self.with(*item);
            items = rest;
        }
        self
    }

    pub(super) const fn as_slice(&'static self) -> &'static [T] {
        self.items.split_at(self.len).0
    }
}
