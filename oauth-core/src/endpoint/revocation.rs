//! The revocation endpoint, RFC 7009.

use http::StatusCode;
use serde_json::{Map, Value};

use super::metadata;
use crate::error::{Error, ErrorCode, Result};
use crate::event::{Event, EventKind};
use crate::frame::{
    AuthorizationServer, Endpoint, GrantSet, Route, RunningServer, access_token_lifetime, refresh_lifetimes,
};
use crate::http::{Response, json};
use crate::issuing::{claim_replay_ids, identify};
use crate::request::Request;
use crate::validator::RequestValidator;

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
        let was_alive = request.issuing.was_alive;
        if was_alive != Some(false) {
            // Anybody can name a public client and any text: of what a hook did with it, nobody knows.
            let is_of_own_accord = was_alive.is_none() && !request.client_is_authenticated();
            server
                .observe(&Event { is_of_own_accord, ..Event::of_request(EventKind::TokenRevoked, request) });
        }
        Ok(json(StatusCode::OK, &Map::new()))
    }
}

/// Answers a revocation request.
async fn respond<S: AuthorizationServer>(server: &RunningServer<S>, request: &mut Request) -> Result<()> {
    identify(server, request, S::CONFIG.endpoints.revocation.unwrap_or_default()).await?;
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
    claim_replay_ids(server, request).await?;
    server.bearer().recognize(&token, request);
    server.validator().revoke_token(&token, hint.as_deref(), request).await
}
