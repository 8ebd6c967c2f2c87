//! Ours with what the works need, as its users write it: people, an OpenID provider, tokens that are bound to keys, and an API.

use std::path::Path;

use axum::body::Bytes;
use axum::routing::get;
use axum::{Json, Router, http};
use oauth_core::http::{HttpClient, HttpError};
use oauth_core::jose::SigningKeys as _;
use oauth_core::prelude::*;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::ours::{Accounts, OpaqueTokens, SignedTokens};
use super::{CLIENT, SECRET};
use crate::Result;

/// The issuer, which is the audience of its tokens.
pub(crate) const ISSUER: &str = "https://auth.example.com";
/// The resource that an API calls itself.
pub(crate) const API: &str = "https://api.example.com";
/// The redirect URI of the client.
pub(crate) const REDIRECT_URI: &str = "https://app.example/callback";
/// The person.
pub(crate) const PERSON: &str = "alice";

/// A server of a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Provider {
    /// An authorization server with opaque tokens that are kept in memory.
    Opaque,
    /// One with tokens that are signed with ES256 and kept nowhere.
    Signed,
    /// An API that verifies such tokens by its issuer's keys.
    Api,
}

impl Provider {
    pub(crate) const ALL: [Self; 3] = [Self::Opaque, Self::Signed, Self::Api];

    /// The word of the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Opaque => "opaque",
            Self::Signed => "signed",
            Self::Api => "api",
        }
    }

    /// Answers what comes, with the keys in a folder.
    pub(crate) async fn answer(self, listener: TcpListener, keys: &Path) -> Result {
        match self {
            Self::Opaque => serve(listener, OpaqueTokens, keys).await,
            Self::Signed => serve(listener, SignedTokens { key: token_keys(keys)?.active() }, keys).await,
            Self::Api => serve_api(listener, keys).await,
        }
    }
}

/// The keys of signed access tokens.
pub(crate) fn token_keys(folder: &Path) -> Result<KeyRing> {
    Ok(KeyRing::load_or_generate(folder.join("tokens.pem"), Algorithm::ES256)?)
}

/// The keys of ID tokens. RSA keys take as long as chance has it to be made: no server that is measured makes one.
pub(crate) fn id_token_keys(folder: &Path) -> Result<IdTokenKeys> {
    let rsa = KeyRing::load_or_generate(folder.join("id_tokens.pem"), Algorithm::RS256)?;
    Ok(IdTokenKeys::new(rsa).and(token_keys(folder)?)?)
}

/// The person agrees to everything.
struct Agreeing;

impl<V: Sync> Interaction<V> for Agreeing {
    async fn decide(
        &self,
        _: &Context<'_, V>,
        _: &AuthorizationRequest,
        _: &Request,
    ) -> oauth_core::error::Result<Decision> {
        Ok(Decision::approve(PERSON))
    }
}

/// Codes live as long as they may: those of the last requests wait for the others.
#[authorization_server(
    issuer = "https://auth.example.com",
    grants(client_credentials, authorization_code, refresh_token),
    scopes("jobs", "openid", "profile"),
    code_lifetime = "10m",
    dpop
)]
struct Server<G: TokenGenerator + 'static> {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: G,
    #[id_token]
    id_tokens: IdTokenKeys,
    #[interaction]
    person: Agreeing,
}

async fn serve<G: TokenGenerator + 'static>(listener: TcpListener, tokens: G, keys: &Path) -> Result {
    let client = Client::confidential(CLIENT, &ClientSecret::new(SECRET)?)
        .redirect_uri(REDIRECT_URI)
        .grant_type(GrantType::CLIENT_CREDENTIALS)
        .grant_type(GrantType::AUTHORIZATION_CODE)
        .grant_type(GrantType::REFRESH_TOKEN)
        .scope("jobs openid profile")
        .id_token_signed_response_alg(Algorithm::ES256)
        .introspects(ISSUER);
    let accounts = Accounts::with(client.build()?).await?;
    let mut user = User::new(PERSON, PERSON);
    user.claims.insert("name".to_owned(), "Alice Liddell".into());
    accounts.store.save_user(user).await?;
    let server = Server { accounts, tokens, id_tokens: id_token_keys(keys)?, person: Agreeing }.start()?;
    let app = server.clone().into_router();
    Ok(oauth_core::serve(listener, app).maintain(&server).await?)
}

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://auth.example.com",
    resource = "https://api.example.com",
    jwks = "https://auth.example.com/jwks"
)]
struct Api {
    #[http_client]
    issuer: Keys,
}

/// The issuer's keys, wherever they are asked for.
#[derive(Clone)]
struct Keys(Bytes);

impl HttpClient for Keys {
    async fn send(&self, _: http::Request<Bytes>) -> std::result::Result<http::Response<Bytes>, HttpError> {
        Ok(http::Response::new(self.0.clone()))
    }
}

async fn serve_api(listener: TcpListener, keys: &Path) -> Result {
    let keys = serde_json::to_vec(&json!({ "keys": token_keys(keys)?.jwks() }))?;
    let api = Api { issuer: Keys(keys.into()) }.into_resource()?;
    let app = Router::new().route("/me", get(me)).with_state(api);
    Ok(oauth_core::serve(listener, app).await?)
}

async fn me(token: Bearer<()>) -> Json<Value> {
    Json(json!({ "sub": token.subject() }))
}
