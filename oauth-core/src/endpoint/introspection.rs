//! The introspection endpoint, RFC 7662.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::metadata;
use crate::error::{Error, Result};
use crate::event::{Event, EventKind};
use crate::frame::{AuthorizationServer, Endpoint, GrantSet, Route, RunningServer};
use crate::http::Response;
use crate::issuing::{claim_replay_ids, identify};
use crate::openid::subject_identifier;
use crate::request::Request;
pub use crate::validator::Introspection;
use crate::validator::{Listener, RequestValidator as _, Told};
use crate::{binding, http as wire};

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
            Some(told) => {
                server.observe(&Event::of_request(EventKind::TokenIntrospected, request));
                wire::json(StatusCode::OK, &told)
            }
            None => wire::json(StatusCode::OK, &json!({ "active": false })),
        })
    }
}

/// Answers an introspection request. `None`: `{"active":false}`.
///
/// §2.2: where "the protected resource is not allowed to introspect this particular token, then the authorization server MUST
/// return an introspection response with the "active" field set to "false"". Whom a token is for is told everything, and its
/// client what it knows.
async fn respond<'s, S: AuthorizationServer>(
    server: &'s RunningServer<S>,
    request: &mut Request,
) -> Result<Option<Told<'s>>> {
    // §2.1: "To prevent token scanning attacks, the endpoint MUST also require some form of authorization".
    identify(server, request, S::CONFIG.endpoints.introspection.unwrap_or_default()).await?;
    if !request.client_is_authenticated() {
        return Err(Error::invalid_client());
    }
    let token =
        request.body().get("token").ok_or_else(|| Error::invalid_request("token is missing"))?.to_owned();
    let hint = request.body().get("token_type_hint").map(str::to_owned);
    let caller = request.require_client()?;
    claim_replay_ids(server, request).await?;
    server.bearer().recognize(&token, request);
    let found = server.validator().introspect_token(&token, hint.as_deref(), request).await?;
    // Refresh tokens in the store are another server's.
    let found = found.map(|found| with_type_of_binding(server, found));
    let found = found.filter(|found| S::Grants::HAS_REFRESH_TOKEN || found.is_of_access_token());
    let Some(found) = found else { return Ok(None) };
    if found.is_of_access_token() && caller.introspects.covers(&found.claims) {
        let found = as_its_client_knows_it(server, found).await?;
        return Ok(found.map(|found| found.told(server.issuer(), Listener::Audience)));
    }
    let is_its_client = found.client_id == caller.client_id;
    Ok(is_its_client.then(|| found.told(server.issuer(), Listener::ItsClient)))
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
    let Some(client) = server.client_of_token(&token.client_id).await? else {
        return Ok(None);
    };
    if let Some(subject) = &token.subject {
        token.subject = Some(subject_identifier(server.pairwise_key(), &client, subject)?.into_owned());
    }
    Ok(Some(token))
}
