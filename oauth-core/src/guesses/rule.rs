//! One rule: a policy, and where it counts.

use crate::limits::{Attempt, Buckets, Counted, LimitKey, Policy};

/// A limit on guesses.
#[derive(Debug)]
pub(super) struct Rule {
    name: &'static str,
    pub(super) is_shared: bool,
    pub(super) buckets: Buckets,
}

impl Rule {
    /// One that the store counts as well. `name` is part of what it keeps, for other versions of this program too.
    pub(super) fn new(name: &'static str, policy: Policy) -> Self {
        Self { name, is_shared: true, buckets: Buckets::new(policy) }
    }

    /// One that protects this instance and its store, and is counted by this instance alone.
    pub(super) fn of_instance(name: &'static str, policy: Policy) -> Self {
        Self { is_shared: false, ..Self::new(name, policy) }
    }

    /// The attempts of whoever is meant by these words.
    pub(super) fn of<'r, 'w>(&'r self, who: impl IntoIterator<Item = &'w str>) -> Counter<'r> {
        Counter { rule: self, key: LimitKey::of(self.name, who) }
    }
}

/// The attempts of one key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counter<'a> {
    pub(super) rule: &'a Rule,
    pub(super) key: LimitKey,
}

/// An attempt that was counted for one key.
#[derive(Debug)]
pub(super) struct Begun<'a> {
    pub(super) counter: Counter<'a>,
    pub(super) here: Attempt<'a>,
    /// The same in the store, where that counted it.
    pub(super) there: Option<Counted>,
}

/// An attempt in the store that is to be taken back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leftover {
    pub(super) key: LimitKey,
    pub(super) counted: Counted,
}
