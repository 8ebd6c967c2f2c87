//! The test whether the type of a `#[store]` plays the role `pushed_requests`, which not every store does.

use std::marker::PhantomData;

use crate::store::{AnyPushedRequestStore, PushedRequestStore};

/// Names find items of the type itself, where its bound holds, before those of a trait: [`NoPushedRequests`] has the others.
#[derive(Debug)]
pub struct PushedRequests<T>(PhantomData<T>);

impl<T: PushedRequestStore> PushedRequests<T> {
    /// True, as the type plays the role.
    pub const ARE_KEPT: bool = true;

    /// Lends the store.
    pub const fn lend(store: &T) -> Option<&dyn AnyPushedRequestStore> {
        Some(store)
    }
}

/// The answers for every type without the role.
pub trait NoPushedRequests<T> {
    /// False, as the type does not play the role.
    const ARE_KEPT: bool = false;

    /// Lends nothing.
    fn lend(_: &T) -> Option<&dyn AnyPushedRequestStore> {
        None
    }
}

impl<T> NoPushedRequests<T> for PushedRequests<T> {}
