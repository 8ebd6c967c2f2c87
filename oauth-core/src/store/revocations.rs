//! Revocations of what no store keeps.

use std::fmt;
use std::pin::Pin;

use super::{Authorization, Marks, Result, TokenStore};
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// Tells of tokens that it does not keep whether they are revoked: of access tokens that are
/// [self-contained](crate::token::JwtProfile::self_contained). The store of the role `#[tokens]` does, whose
/// [`revoke`](TokenStore::revoke) keeps the markers.
pub trait RevocationStore: TokenStore {
    /// Tells whether a marker under one of these keys means what was granted at this moment: its own moment is the same or later.
    ///
    /// Whoever was told that a revocation is kept finds it here, at every instance.
    fn is_revoked(&self, marks: &Marks, granted_at: UnixTime) -> impl Future<Output = Result<bool>> + Send;

    /// Tells whether a marker ends the token with this [hash](super::AccessToken::hash) that was issued from this authorization: this is what a
    /// server asks. Default: [`is_revoked`](Self::is_revoked) for its [`Marks`], which are several hashes. A store that needs none of them
    /// while nothing is revoked has its own.
    fn is_ended(
        &self,
        token: &TokenHash,
        authorization: &Authorization,
    ) -> impl Future<Output = Result<bool>> + Send {
        async move { self.is_revoked(&Marks::of(token, authorization), authorization.granted_at).await }
    }
}

/// A [`RevocationStore`] without its type, so that a server asks for one only where its tokens need it:
/// [`StoreRoles::revocations`](crate::store::StoreRoles::revocations). Every one is.
pub trait AnyRevocationStore: Send + Sync {
    /// See [`RevocationStore::is_ended`].
    fn ask<'a>(
        &'a self,
        token: &'a TokenHash,
        authorization: &'a Authorization,
    ) -> Pin<Box<dyn Future<Output = Result<bool>> + Send + 'a>>;
}

impl<T: RevocationStore> AnyRevocationStore for T {
    fn ask<'a>(
        &'a self,
        token: &'a TokenHash,
        authorization: &'a Authorization,
    ) -> Pin<Box<dyn Future<Output = Result<bool>> + Send + 'a>> {
        Box::pin(self.is_ended(token, authorization))
    }
}

impl fmt::Debug for dyn AnyRevocationStore + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a store of revocations")
    }
}
