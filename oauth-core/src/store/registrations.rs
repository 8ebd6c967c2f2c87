//! Registrations of clients that came by themselves: what the store of the role `clients` keeps beside them.

use std::pin::Pin;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{ClientStore, Record, Result};
use crate::client::Client;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The most of those that have expired which whoever registers removes: more than one, so that they become fewer.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "valkey"))]
pub(super) const FEW: u32 = 10;

/// The record of a registration, RFC 7591 §3 and RFC 7592.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Registration {
    /// The hash of the registration access token (RFC 7592 §3).
    pub token: TokenHash,
    /// `client_id_issued_at`.
    pub issued_at: UnixTime,
    /// The time when the client is forgotten, unless it is used before.
    pub expires_at: UnixTime,
    /// Members of its metadata that change nothing here, as they were registered.
    pub members: Map<String, Value>,
    /// True if the client came with an initial access token (RFC 7591 §3), whatever the server asks of clients by now.
    #[serde(default)]
    pub is_vouched_for: bool,
}

impl Record for Registration {}

/// Keeps clients that came by themselves, where dynamic registration is on. The store of the role `clients` plays it, for that is
/// where they are found.
///
/// Each operation is **one atomic step**.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep clients that register themselves, which `registration(…)` needs",
    label = "no store keeps registrations",
    note = "the store of the role `clients` is `SqliteStore`, `MemoryStore`, or a type of yours that implements `RegistrationStore`"
)]
pub trait RegistrationStore: ClientStore {
    /// Adds a client, unless that many are registered already: `false`. Those that have expired at `now` do not count, and some of them
    /// are removed.
    fn register_client(
        &self,
        client: Client,
        registration: Registration,
        most: u64,
        now: UnixTime,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// The client with this identifier, if it registered itself.
    fn registration(
        &self,
        client_id: &str,
    ) -> impl Future<Output = Result<Option<(Arc<Client>, Registration)>>> + Send;

    /// Replaces a client, if the hash of its registration access token is still this one; `false`: it is not.
    fn replace_registration(
        &self,
        token: &TokenHash,
        client: Client,
        registration: Registration,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// Removes a client, if the hash of its registration access token is still this one; `false`: it is not.
    fn delete_registration(
        &self,
        client_id: &str,
        token: &TokenHash,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// Keeps a client that registered itself until this time, for it is in use. Nothing happens to one that is kept as long, about,
    /// or is none of these.
    fn keep_registration(&self, client_id: &str, until: UnixTime) -> impl Future<Output = Result<()>> + Send;
}

/// An operation under way.
type Kept<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// [`RegistrationStore`] without its type: a validator that has one lends it by this.
pub trait AnyRegistrationStore: Send + Sync {
    /// As [`RegistrationStore::register_client`].
    fn register(
        &self,
        client: Client,
        registration: Registration,
        most: u64,
        now: UnixTime,
    ) -> Kept<'_, bool>;
    /// As [`RegistrationStore::registration`].
    fn registration<'a>(&'a self, client_id: &'a str) -> Kept<'a, Option<(Arc<Client>, Registration)>>;
    /// As [`RegistrationStore::replace_registration`].
    fn replace<'a>(
        &'a self,
        token: &'a TokenHash,
        client: Client,
        registration: Registration,
    ) -> Kept<'a, bool>;
    /// As [`RegistrationStore::delete_registration`].
    fn delete<'a>(&'a self, client_id: &'a str, token: &'a TokenHash) -> Kept<'a, bool>;
    /// As [`RegistrationStore::keep_registration`].
    fn keep<'a>(&'a self, client_id: &'a str, until: UnixTime) -> Kept<'a, ()>;
}

impl<T: RegistrationStore> AnyRegistrationStore for T {
    fn register(
        &self,
        client: Client,
        registration: Registration,
        most: u64,
        now: UnixTime,
    ) -> Kept<'_, bool> {
        Box::pin(self.register_client(client, registration, most, now))
    }

    fn registration<'a>(&'a self, client_id: &'a str) -> Kept<'a, Option<(Arc<Client>, Registration)>> {
        Box::pin(RegistrationStore::registration(self, client_id))
    }

    fn replace<'a>(
        &'a self,
        token: &'a TokenHash,
        client: Client,
        registration: Registration,
    ) -> Kept<'a, bool> {
        Box::pin(self.replace_registration(token, client, registration))
    }

    fn delete<'a>(&'a self, client_id: &'a str, token: &'a TokenHash) -> Kept<'a, bool> {
        Box::pin(self.delete_registration(client_id, token))
    }

    fn keep<'a>(&'a self, client_id: &'a str, until: UnixTime) -> Kept<'a, ()> {
        Box::pin(self.keep_registration(client_id, until))
    }
}
