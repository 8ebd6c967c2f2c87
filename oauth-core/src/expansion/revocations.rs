//! The test whether the store of tokens tells what is revoked of what it does not keep, which not every store does.

use std::marker::PhantomData;

use crate::frame::AuthorizationServer;
use crate::store::{AnyRevocationStore, RevocationStore, StoreRoles};

/// Names find items of the type itself, where its bound holds, before those of a trait: [`NoRevocations`] has the others.
#[derive(Debug)]
pub struct Revocations<T>(PhantomData<T>);

impl<T: RevocationStore> Revocations<T> {
    /// Lends the store.
    pub const fn lend(store: &T) -> Option<&dyn AnyRevocationStore> {
        Some(store)
    }
}

/// The answers for every type that does not tell.
pub trait NoRevocations<T> {
    /// Lends nothing.
    fn lend(_: &T) -> Option<&dyn AnyRevocationStore> {
        None
    }
}

impl<T> NoRevocations<T> for Revocations<T> {}

/// A store of tokens, by whether revocations are asked of it.
pub trait Asked<const IS_ASKED: bool> {}

impl<T> Asked<false> for T {}

#[diagnostic::do_not_recommend]
impl<T: RevocationStore> Asked<true> for T {}

/// RFC 7009 §3: a server of self-contained tokens can tell which of them are revoked.
pub const fn require_revocations<S, const IS_ASKED: bool>()
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Tokens: Asked<IS_ASKED>,
{
}
