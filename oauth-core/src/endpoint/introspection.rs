//! The introspection endpoint, RFC 7662.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Endpoint, authenticate, metadata};
use crate::binding;
use crate::error::{Error, Result};
use crate::grant::GrantSet;
use crate::http::{self as wire, Response};
use crate::openid::subject_identifier;
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::server::{AuthorizationServer, Route, RunningServer};
use crate::store::{AccessToken, ClientStore as _, RefreshToken, TokenStore as _};
use crate::time::UnixTime;
use crate::validator::{RequestValidator, StoreRoles as _};

/// RFC 8693 §2.2.1: "If the issued token is not an access token or usable as an access token, then the "token_type" value
/// "N_A" is used to indicate that an OAuth 2.0 token_type identifier is not applicable in that context."
const NOT_APPLICABLE: &str = "N_A";

/// What is told of an active token, RFC 7662 §2.2: all of it to whom the token is for, and to its own client only that it
/// works, until when, and for which scopes. See [`Client::introspects`](crate::client::Client::introspects).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Introspection {
    /// `client_id`.
    pub client_id: String,
    /// `sub`; absent if the client speaks for itself.
    pub subject: Option<String>,
    /// `scope`.
    pub scopes: ScopeSet,
    /// `token_type`: that of RFC 6749 §5.1 for an access token, and `N_A` for a refresh token: RFC 8693 §2.2.1 has this name
    /// for what is not an access token. A resource takes a token without a type for an access token.
    pub token_type: Option<&'static str>,
    /// `iat`.
    pub issued_at: UnixTime,
    /// `exp`.
    pub expires_at: UnixTime,
    /// Private claims. None of them replaces one of the above.
    pub claims: Map<String, Value>,
}

impl Introspection {
    /// The JSON object of §2.2. Private claims come first, so that ours win.
    pub fn to_json(&self, issuer: &str) -> Map<String, Value> {
        let mut json = self.claims.clone();
        let mut set = |name: &str, value: Value| json.insert(name.to_owned(), value);
        set("active", json!(true));
        set("iss", json!(issuer));
        set("client_id", json!(self.client_id));
        set("sub", json!(self.subject.as_ref().unwrap_or(&self.client_id)));
        set("iat", json!(self.issued_at));
        set("exp", json!(self.expires_at));
        // Absent is absent: a private claim cannot pose as one of these.
        for (name, value) in [
            ("token_type", self.token_type.map(str::to_owned)),
            ("scope", (!self.scopes.is_empty()).then(|| self.scopes.to_string())),
        ] {
            match value {
                Some(value) => json.insert(name.to_owned(), value.into()),
                None => json.remove(name),
            };
        }
        json
    }

    /// What a client is told of its own token: that it works, until when and for what, which it knows from the token response
    /// (RFC 6749 §5.1). What it says to resource servers beyond that is not for the client that carries it.
    fn to_json_for_its_client(&self, issuer: &str) -> Map<String, Value> {
        let mut json = Map::new();
        let mut set = |name: &str, value: Value| json.insert(name.to_owned(), value);
        set("active", json!(true));
        set("iss", json!(issuer));
        set("client_id", json!(self.client_id));
        set("exp", json!(self.expires_at));
        if !self.scopes.is_empty() {
            set("scope", json!(self.scopes.to_string()));
        }
        // Without a type, a resource takes a refresh token for an access token.
        if let Some(token_type) = self.token_type {
            set("token_type", json!(token_type));
        }
        json
    }

    /// Whether it is of an access token: a refresh token is nobody's business but its client's (RFC 7662 §4).
    fn is_of_access_token(&self) -> bool {
        self.token_type.is_some_and(|name| name != NOT_APPLICABLE)
    }
}

impl From<AccessToken> for Introspection {
    fn from(token: AccessToken) -> Self {
        Self {
            client_id: token.client_id().to_owned(),
            subject: token.subject().map(str::to_owned),
            scopes: token.scopes,
            token_type: Some(binding::token_type(&[], None)),
            issued_at: token.issued_at,
            expires_at: token.expires_at,
            claims: token.claims,
        }
    }
}

impl From<RefreshToken> for Introspection {
    fn from(token: RefreshToken) -> Self {
        Self {
            client_id: token.client_id().to_owned(),
            subject: token.subject().map(str::to_owned),
            scopes: token.authorization.scopes.clone(),
            token_type: Some(NOT_APPLICABLE),
            issued_at: token.issued_at,
            expires_at: token.expires_at,
            claims: Map::new(),
        }
    }
}

/// `introspection_endpoint`.
pub(crate) struct IntrospectionEndpoint;

impl<S: AuthorizationServer> Endpoint<S> for IntrospectionEndpoint {
    const ROUTE: Route = Route::INTROSPECTION;
    const PATH: Option<&'static str> = S::CONFIG.endpoints.introspection;

    /// §2.1: public clients learn nothing.
    fn metadata(server: &RunningServer<S>, document: &mut Map<String, Value>) {
        metadata::client_authentication(server, document, "introspection_endpoint", false);
    }

    async fn respond(server: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        Ok(match respond(server, request).await? {
            Some(told) => wire::json(StatusCode::OK, &told),
            None => wire::json(StatusCode::OK, &json!({ "active": false })),
        })
    }
}

/// Answers an introspection request. `None`: `{"active":false}`.
///
/// §2.2: where "the protected resource is not allowed to introspect this particular token, then the authorization server MUST
/// return an introspection response with the "active" field set to "false"". Whom a token is for is told everything, and its
/// client what it knows.
async fn respond<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<Option<Map<String, Value>>> {
    // §2.1: "To prevent token scanning attacks, the endpoint MUST also require some form of authorization".
    authenticate(server, request, S::CONFIG.endpoints.introspection.unwrap_or_default()).await?;
    if !request.client_is_authenticated() {
        return Err(Error::invalid_client());
    }
    let token =
        request.body().get("token").ok_or_else(|| Error::invalid_request("token is missing"))?.to_owned();
    let hint = request.body().get("token_type_hint").map(str::to_owned);
    let caller = request.require_client()?;
    let found = server.validator().introspect_token(&token, hint.as_deref(), request).await?;
    // Refresh tokens in the store are another server's.
    let found = found.map(|found| with_type_of_binding(server, found));
    let found = found.filter(|found| S::Grants::HAS_REFRESH_TOKEN || found.is_of_access_token());
    let Some(found) = found else { return Ok(None) };
    if found.is_of_access_token() && caller.introspects.covers(&found.claims) {
        let found = as_its_client_knows_it(server, found).await?;
        return Ok(found.map(|found| found.to_json(server.issuer())));
    }
    Ok((found.client_id == caller.client_id).then(|| found.to_json_for_its_client(server.issuer())))
}

/// An access token is of the type of its binding.
fn with_type_of_binding<S: AuthorizationServer>(
    server: &RunningServer<S>,
    found: Introspection,
) -> Introspection {
    let is_plain = found.token_type == Some(binding::token_type(&[], None));
    let token_type = binding::token_type(server.bindings(), found.claims.get("cnf"));
    if is_plain { Introspection { token_type: Some(token_type), ..found } } else { found }
}

/// `sub` is what the token's own client calls the person (OIDC Core §8), as it is in a signed access token: what resource
/// servers share does not tell sectors who is who. Without its client, nobody can say, and nobody may use it: `None`.
async fn as_its_client_knows_it<S: AuthorizationServer>(
    server: &RunningServer<S>,
    mut token: Introspection,
) -> Result<Option<Introspection>> {
    let Some(client) = server.validator().clients().client(&token.client_id).await? else {
        return Ok(None);
    };
    if let Some(subject) = &token.subject {
        token.subject = Some(subject_identifier(server.pairwise_key(), &client, subject)?.into_owned());
    }
    Ok(Some(token))
}

/// The default of [`RequestValidator::introspect_token`]: what the store has, of refresh tokens those of the client that asks.
pub(crate) async fn introspect<V: RequestValidator>(
    validator: &V,
    token: &str,
    _token_type_hint: Option<&str>,
    request: &mut Request,
) -> Result<Option<Introspection>> {
    let (hash, now) = (TokenHash::of(token), request.now());
    if let Some(token) = validator.tokens().access_token(&hash, now).await? {
        return Ok(Some(token.into()));
    }
    let token = validator.tokens().refresh_token(&hash, now).await?;
    let token = token.filter(|token| !token.is_rotated && request.client_id() == Some(token.client_id()));
    Ok(token.map(Introspection::from))
}
