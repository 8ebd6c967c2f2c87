//! The test whether the store of tokens counts attempts for all instances, which not every store does.

use std::marker::PhantomData;

use crate::store::{AnyLimitStore, LimitStore};

/// Names find items of the type itself, where its bound holds, before those of a trait: [`NoLimits`] has the other.
#[derive(Debug)]
pub struct Limits<T>(PhantomData<T>);

impl<T: LimitStore> Limits<T> {
    /// Lends the store.
    pub fn lend(store: &T) -> Option<&dyn AnyLimitStore> {
        Some(store)
    }
}

/// The answer for every type that does not count them.
pub trait NoLimits<T> {
    /// Lends nothing.
    fn lend(_: &T) -> Option<&dyn AnyLimitStore> {
        None
    }
}

impl<T> NoLimits<T> for Limits<T> {}
