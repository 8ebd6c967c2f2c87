//! The test whether a store keeps sessions, and with them which clients must hear of their ends, which not every store does.

use std::marker::PhantomData;

use crate::store::{AnyLogoutStore, SessionStore};

/// Names find items of the type itself, where its bound holds, before those of a trait: [`NoLogouts`] has the other.
#[derive(Debug)]
pub struct Logouts<T>(PhantomData<T>);

impl<T: SessionStore> Logouts<T> {
    /// Lends the outbox of the store, if it has one.
    pub fn lend(store: &T) -> Option<&dyn AnyLogoutStore> {
        store.logouts()
    }
}

/// The answer for every type that keeps no sessions.
pub trait NoLogouts<T> {
    /// Lends nothing.
    fn lend(_: &T) -> Option<&dyn AnyLogoutStore> {
        None
    }
}

impl<T> NoLogouts<T> for Logouts<T> {}
