//! The test whether the store of clients keeps registrations, which not every store does.

use std::marker::PhantomData;

use crate::store::{AnyRegistrationStore, RegistrationStore};

/// Names find items of the type itself, where its bound holds, before those of a trait: [`NoRegistrations`] has the others.
#[derive(Debug)]
pub struct Registrations<T>(PhantomData<T>);

impl<T: RegistrationStore> Registrations<T> {
    /// True, as the type keeps them.
    pub const ARE_KEPT: bool = true;

    /// Lends the store.
    pub fn lend(store: &T) -> Option<&dyn AnyRegistrationStore> {
        Some(store)
    }
}

/// The answers for every type that does not keep them.
pub trait NoRegistrations<T> {
    /// False, as the type does not keep them.
    const ARE_KEPT: bool = false;

    /// Lends nothing.
    fn lend(_: &T) -> Option<&dyn AnyRegistrationStore> {
        None
    }
}

impl<T> NoRegistrations<T> for Registrations<T> {}
