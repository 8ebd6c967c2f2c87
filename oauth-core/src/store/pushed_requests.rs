//! Role `pushed_requests`.

use std::fmt;
use std::pin::Pin;

use super::{Attempt, CodeRedemption, LoadedRequest, PushedRequest, Result};
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// Keeps pushed authorization requests (RFC 9126). Role `#[pushed_requests]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep pushed authorization requests, which `pushed_authorization_requests` needs",
    label = "no store plays the role `pushed_requests`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[pushed_requests] pushed_requests: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `PushedRequestStore`"
)]
pub trait PushedRequestStore: Send + Sync {
    /// Keeps a request until `request.kept_until`. `reference` is the hash of what its `request_uri` ends with.
    ///
    /// # Errors
    ///
    /// Also if there is one under this reference: a used one must not come back to life.
    fn save_pushed_request(
        &self,
        reference: TokenHash,
        request: PushedRequest,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Loads a request of this client, in **one atomic step** that remembers when it was loaded first, and changes nothing else.
    ///
    /// `None` if there is none, it is another client's, it was taken or is revoked; at `load_until` or later if it was never
    /// loaded before; and at `kept_until` or later.
    fn load_pushed_request(
        &self,
        reference: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> impl Future<Output = Result<Option<LoadedRequest>>> + Send;

    /// Uses a request up, in **one atomic step**. RFC 9126 §4: "Authorization servers SHOULD treat `request_uri` values as one-time
    /// use".
    ///
    /// Of any number of concurrent attempts one gets [`CodeRedemption::Redeemed`], and gets it again if it asks again; others get
    /// [`CodeRedemption::Taken`] until `kept_until`. From then on, and where it is revoked, it is [`CodeRedemption::Unknown`].
    fn take_pushed_request(
        &self,
        reference: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> impl Future<Output = Result<CodeRedemption>> + Send;
}

type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A [`PushedRequestStore`] without its type, so that a server asks for one only where it has the feature:
/// [`StoreRoles::pushed_requests`](crate::store::StoreRoles::pushed_requests). Every one is.
pub trait AnyPushedRequestStore: Send + Sync {
    /// See [`PushedRequestStore::save_pushed_request`].
    fn save(&self, reference: TokenHash, request: PushedRequest) -> Pending<'_, ()>;

    /// See [`PushedRequestStore::load_pushed_request`].
    fn load<'a>(
        &'a self,
        reference: &'a TokenHash,
        client_id: &'a str,
        now: UnixTime,
    ) -> Pending<'a, Option<LoadedRequest>>;

    /// See [`PushedRequestStore::take_pushed_request`].
    fn take<'a>(
        &'a self,
        reference: &'a TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> Pending<'a, CodeRedemption>;
}

impl<T: PushedRequestStore> AnyPushedRequestStore for T {
    fn save(&self, reference: TokenHash, request: PushedRequest) -> Pending<'_, ()> {
        Box::pin(self.save_pushed_request(reference, request))
    }

    fn load<'a>(
        &'a self,
        reference: &'a TokenHash,
        client_id: &'a str,
        now: UnixTime,
    ) -> Pending<'a, Option<LoadedRequest>> {
        Box::pin(self.load_pushed_request(reference, client_id, now))
    }

    fn take<'a>(
        &'a self,
        reference: &'a TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> Pending<'a, CodeRedemption> {
        Box::pin(self.take_pushed_request(reference, attempt, now))
    }
}

impl fmt::Debug for dyn AnyPushedRequestStore + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a store of pushed requests")
    }
}
