//! The server: every feature of the framework, over any store.

use std::collections::HashMap;

use oauth_core::jose::KeySet;
use oauth_core::openid::{BackChannel, IdTokenKeys, PairwiseKey};
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{
    CodeStore, ConsentStore, DeviceStore, PushedRequestStore, RefreshToken, ReplayStore, SessionStore,
    TokenStore,
};

use crate::calendar::Calendar;
use crate::tokens::AccessTokens;

/// The records that are kept beyond the two files.
pub(crate) trait Store:
    CodeStore
    + TokenStore
    + DeviceStore
    + SessionStore
    + ConsentStore
    + PushedRequestStore
    + ReplayStore
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
        + ReplayStore
        + 'static
{
}

/// Clients and users are those of the files, and of no earlier run; the rest is in the store.
#[validator(custom)]
pub(crate) struct Accounts<S: Store> {
    #[clients]
    pub(crate) clients: MemoryStore,
    #[users]
    pub(crate) users: MemoryStore,
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

    /// A refresh token is worth nothing once its user is not in the file.
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

#[authorization_server(
    issuer = self.issuer,
    // Of OAuth 2.0, for clients that cannot change: `implicit` and `password`.
    profile = "oauth2.0",
    grants(authorization_code, refresh_token, client_credentials, device_code, jwt_bearer, implicit, password),
    scopes(
        "openid" = "Know who you are",
        "profile" = "Know your name",
        "email" = "Know your e-mail address",
        "address" = "Know your postal address",
        "phone" = "Know your telephone number",
        "offline_access" = "Go on when you are away",
        Calendar,
    ),
    response_types(
        "code",
        "token",
        "id_token",
        "id_token token",
        "code id_token",
        "code token",
        "code id_token token",
        "none",
    ),
    // For clients whose registration has `require_pkce: false`: OpenID Connect alone knows a nonce, and no PKCE.
    danger_pkce_optional,
    // For clients that send a proof, or registered `dpop_bound_access_tokens`.
    dpop,
    pushed_authorization_requests,
)]
pub(crate) struct AuthServer<S: Store> {
    pub(crate) issuer: String,
    #[validator]
    pub(crate) accounts: Accounts<S>,
    #[access_token]
    pub(crate) tokens: AccessTokens,
    #[id_token]
    pub(crate) id_tokens: IdTokenKeys,
    #[pairwise_key]
    pub(crate) pairwise_key: PairwiseKey,
    #[back_channel]
    pub(crate) back_channel: BackChannel,
    #[interaction]
    pub(crate) pages: LoginPages,
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::arguments::Format;
    use crate::keys::Keys;

    // Making an RSA key takes long.
    static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::generate().expect("keys"));

    oauth_core::conformance!(AuthServer<MemoryStore>, |fixture| {
        let (clients, users, store) =
            (MemoryStore::default(), MemoryStore::default(), MemoryStore::default());
        users.save_user(fixture.user()?).await?;
        let issuer = "http://127.0.0.1:9000".to_owned();
        AuthServer {
            accounts: Accounts { clients, users, store, secrets: ClientSecrets::new() },
            tokens: AccessTokens::new(Format::Jwt, issuer.clone(), KEYS.access_tokens.clone()),
            id_tokens: KEYS.id_tokens.clone(),
            pairwise_key: KEYS.pairwise.clone(),
            back_channel: fixture.back_channel(),
            pages: LoginPages::new(),
            issuer,
        }
    });
}
