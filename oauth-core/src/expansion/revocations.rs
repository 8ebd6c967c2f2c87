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

/// A store of tokens that tells what is revoked, if it is asked.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot tell what is revoked, which self-contained access tokens need",
    label = "the store of the role `tokens` is no `RevocationStore`",
    note = "the store of the role `tokens` is `SqliteStore`, `MemoryStore`, or a type of yours that implements `RevocationStore`",
    note = "or let it keep the access tokens: remove `self_contained` from their `#[token_generator(jwt, …)]`"
)]
pub trait TellsRevocations<const IS_ASKED: bool> {}

impl<T> TellsRevocations<false> for T {}

#[diagnostic::do_not_recommend]
impl<T: RevocationStore> TellsRevocations<true> for T {}

/// RFC 7009 §3: a server of self-contained tokens can tell which of them are revoked.
pub const fn require_revocations<S, const IS_ASKED: bool>()
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Tokens: TellsRevocations<IS_ASKED>,
{
}
