//! The parts of the server, over any store, and its decisions.

use std::collections::HashMap;

use oauth_core::binding::NonceKey;
use oauth_core::jose::KeySet;
use oauth_core::keys::StoredKeys;
use oauth_core::openid::{BackChannel, IdTokenKeys, PairwiseKey};
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{
    AuditTable, CodeStore, ConsentStore, DeviceStore, PushedRequestStore, Ready, RefreshToken,
    RegistrationStore, ReplayStore, SessionStore, Sweep, TokenStore,
};

use crate::people::People;
use crate::registered::Clients;
use crate::tokens::AccessTokens;

/// The records that are kept beyond the two files.
pub(crate) trait Store:
    CodeStore
    + TokenStore
    + DeviceStore
    + SessionStore
    + ConsentStore
    + PushedRequestStore
    + RegistrationStore
    + ReplayStore
    + UserStore
    + Sweep
    + Ready
    + 'static
{
}

impl<S> Store for S where
    S: CodeStore
        + TokenStore
        + DeviceStore
        + SessionStore
        + ConsentStore
        + PushedRequestStore
        + RegistrationStore
        + ReplayStore
        + UserStore
        + Sweep
        + Ready
        + 'static
{
}

/// Clients and users of the files are of this run; those that were added by `provider admin` are in the store, with clients that
/// registered themselves and the rest.
#[validator(custom)]
pub(crate) struct Accounts<S: Store> {
    #[clients]
    pub(crate) clients: Clients<S>,
    #[users]
    pub(crate) users: People<S>,
    #[store]
    pub(crate) store: S,
    pub(crate) secrets: ClientSecrets,
}

/// The secrets of clients that sign with them (`client_secret_jwt`), by client identifier: a hash verifies no signature.
pub(crate) type ClientSecrets = HashMap<String, SecretString>;

#[validator]
impl<S: Store> Accounts<S> {
    fn get_client_secret(&self, client: &Client, _: &mut Request) -> Result<Option<SecretString>> {
        Ok(self.secrets.get(&client.client_id).cloned())
    }

    /// A refresh token is worth nothing once its user is neither in the file nor in the store.
    async fn validate_refresh_token(
        &self,
        token: &str,
        _: &Client,
        request: &mut Request,
    ) -> Result<RefreshToken> {
        let dead = || Error::invalid_grant("the refresh token is expired, revoked or unknown");
        let record =
            self.store.refresh_token(&TokenHash::of(token), request.now()).await?.ok_or_else(dead)?;
        let subject = record.subject().unwrap_or_default();
        // A client that speaks for itself is in the other file.
        if subject == record.client_id() || self.users.user(subject).await?.is_some() {
            Ok(record)
        } else {
            Err(dead())
        }
    }

    /// A client with keys may speak for itself, and one that is the operator's own (`first_party`) for every user.
    async fn validate_jwt_bearer_token(
        &self,
        assertion: &UnverifiedAssertion<'_>,
        request: &mut Request,
    ) -> Result<AcceptedAssertion> {
        let untrusted = || Error::invalid_grant("the issuer may not speak for the subject");
        let client = request.client.as_deref().ok_or_else(untrusted)?;
        let keys = client.jwks.as_ref().filter(|_| assertion.issuer() == Some(&client.client_id));
        let keys = serde_json::to_vec(keys.ok_or_else(untrusted)?).map_err(Error::server)?;
        let verified = assertion.verify(&KeySet::from_json(&keys).map_err(Error::server)?)?;
        if verified.subject == client.client_id {
            return Ok(verified.for_client());
        }
        // Clients of the operator's own know people by the names that they have here.
        let subject = verified.subject.clone();
        match self.users.user(&subject).await? {
            Some(_) if client.first_party => Ok(verified.for_subject(subject)),
            _ => Err(untrusted()),
        }
    }
}

/// The parts that the servers of all profiles have.
pub(crate) struct Parts<S: Store> {
    pub(crate) issuer: String,
    pub(crate) accounts: Accounts<S>,
    pub(crate) tokens: AccessTokens,
    pub(crate) id_tokens: IdTokenKeys,
    pub(crate) pairwise_key: PairwiseKey,
    pub(crate) nonce_key: Option<NonceKey>,
    /// The keys that are kept up with, where they are in the store.
    pub(crate) stored_keys: Option<StoredKeys>,
    /// The table of events, where the store has one: what `provider admin … events tail` shows.
    pub(crate) audit: Option<AuditTable>,
    pub(crate) back_channel: BackChannel,
    pub(crate) pages: LoginPages,
}
