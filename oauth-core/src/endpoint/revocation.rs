//! The revocation endpoint, RFC 7009.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Map, Value};

use super::{Endpoint, authenticate, metadata};
use crate::error::{Error, ErrorCode, Result};
use crate::event::{Event, EventKind};
use crate::grant::{GrantSet, access_token_lifetime, refresh_lifetimes};
use crate::http::{Response, json};
use crate::request::Request;
use crate::secret::TokenHash;
use crate::server::{AuthorizationServer, Route, RunningServer};
use crate::store::{Revocation, TokenStore as _};
use crate::validator::RequestValidator;

/// How long access tokens may live where nothing says.
const A_DAY: Duration = Duration::from_hours(24);

/// `revocation_endpoint`.
pub(crate) struct RevocationEndpoint;

impl<S: AuthorizationServer> Endpoint<S> for RevocationEndpoint {
    const ROUTE: Route = Route::REVOCATION;
    const PATH: Option<&'static str> = S::CONFIG.endpoints.revocation;

    fn metadata(server: &RunningServer<S>, document: &mut Map<String, Value>) {
        metadata::client_authentication(server, document, "revocation_endpoint", true);
    }

    /// §2.2: exactly 200. The body is an empty object, for clients that parse every 200 as JSON.
    async fn respond(server: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        respond(server, request).await?;
        server.observe(&Event::of_request(EventKind::TokenRevoked, request));
        Ok(json(StatusCode::OK, &Map::new()))
    }
}

/// Answers a revocation request.
async fn respond<S: AuthorizationServer>(server: &RunningServer<S>, request: &mut Request) -> Result<()> {
    authenticate(server, request, S::CONFIG.endpoints.revocation.unwrap_or_default()).await?;
    // How long the last tokens of a family may live on.
    request.validated.expires_in = Some(access_token_lifetime::<S>(server));
    request.issuing.lifetimes = refresh_lifetimes::<S>();
    let token =
        request.body().get("token").ok_or_else(|| Error::invalid_request("token is missing"))?.to_owned();
    let hint = request.body().get("token_type_hint").map(str::to_owned);
    // §2.2.1: "The authorization server does not support the revocation of the presented token type."
    if hint.as_deref() == Some("refresh_token") && !S::Grants::HAS_REFRESH_TOKEN {
        return Err(
            Error::new(ErrorCode::UnsupportedTokenType).describe("this server issues no refresh tokens")
        );
    }
    server.validator().revoke_token(&token, hint.as_deref(), request).await
}

/// The default of [`RequestValidator::revoke_token`].
///
/// The hint saves nothing here (RFC 7009 §2.1: the server "MUST extend its search across all of its supported token
/// types"): a token has one hash, whichever kind it is.
pub(crate) async fn revoke<V: RequestValidator>(
    validator: &V,
    token: &str,
    _token_type_hint: Option<&str>,
    request: &mut Request,
) -> Result<()> {
    let (hash, now) = (TokenHash::of(token), request.now());
    let client = request.require_client()?;
    if let Some(token) = validator.tokens().refresh_token(&hash, now).await? {
        check_owner(&client.client_id, token.client_id())?;
        // §2.1: "If the particular token is a refresh token and the authorization server supports the revocation of
        // access tokens, then the authorization server SHOULD also invalidate all access tokens based on the same
        // authorization grant".
        let revocation = token.authorization.family.map_or(Revocation::Token(hash), Revocation::Family);
        // Its successors may live longer than it did, as the server is configured now.
        let lifetime = token.expires_at.since(token.issued_at).max(request.issuing.lifetimes.each);
        let until = now + lifetime + request.expires_in.unwrap_or(A_DAY);
        return Ok(validator.tokens().revoke(&revocation, until).await?);
    }
    if let Some(token) = validator.tokens().access_token(&hash, now).await? {
        check_owner(&client.client_id, token.client_id())?;
        validator.tokens().revoke(&Revocation::Token(hash), token.expires_at).await?;
    }
    // §2.2: "invalid tokens do not cause an error response since the client cannot handle such an error in a reasonable
    // way".
    Ok(())
}

/// §2.1: the server "verifies whether the token was issued to the client making the revocation request. If this
/// validation fails, the request is refused and the client is informed of the error".
fn check_owner(client_id: &str, owner: &str) -> Result<()> {
    if client_id == owner {
        Ok(())
    } else {
        Err(Error::unauthorized_client("the token was not issued to this client"))
    }
}
