//! The test whether a store can be swept and says whether it is ready, which not every store does.

use std::marker::PhantomData;

use crate::store::{AnyUpkeep, Ready, Sweep};

/// Names find items of the type itself, where its bound holds, before those of a trait: [`NoUpkeep`] has the other.
#[derive(Debug)]
pub struct Upkeep<T>(PhantomData<T>);

impl<T: Sweep + Ready> Upkeep<T> {
    /// Lends the store.
    pub fn lend(store: &T) -> Option<&dyn AnyUpkeep> {
        Some(store)
    }
}

/// The answer for every type that does neither.
pub trait NoUpkeep<T> {
    /// Lends nothing.
    fn lend(_: &T) -> Option<&dyn AnyUpkeep> {
        None
    }
}

impl<T> NoUpkeep<T> for Upkeep<T> {}

/// The stores that were lent.
pub fn upkeep<const N: usize>(lent: [Option<&dyn AnyUpkeep>; N]) -> Vec<&dyn AnyUpkeep> {
    lent.into_iter().flatten().collect()
}
