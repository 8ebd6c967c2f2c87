//! The pushed authorization request endpoint, RFC 9126 §2.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::authorization::AuthorizationEndpoint;
use crate::authorization::{self, Flow, Origin, Parameters};
use crate::binding;
use crate::binding::dpop::{DPOP, key_of};
use crate::client::Client;
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{AuthorizationServer, Endpoint, GrantSet, Route, RunningServer};
use crate::http::{Response, error_response, json as json_response};
use crate::issuing::{claim_replay_ids, identify};
use crate::limits::Network;
use crate::model::PushedRequest;
use crate::request::{Params, Request};
use crate::secret::SecretString;
use crate::store::StoreRoles as _;

/// `pushed_authorization_request_endpoint`.
pub(crate) struct PushedAuthorizationEndpoint;

/// The time that a login may take, once its request was loaded.
pub(crate) const LOGIN: Duration = Duration::from_mins(15);

/// The most characters of all parameters together.
const LIMIT: usize = 16 * 1024;

/// The parameters by which a client authenticates (RFC 6749 §2.3.1, RFC 7521 §4.2). RFC 9126 §2.1: they are no part of the
/// authorization request.
const AUTHENTICATION: [&str; 3] = ["client_secret", "client_assertion", "client_assertion_type"];

/// §2.3: "the appropriate error code" of RFC 6749 §5.2 "or from Section 4.1.2.1", and of its extensions.
const AUTHORIZATION_ERRORS: &[ErrorCode] = &[
    ErrorCode::AccessDenied,
    ErrorCode::AccountSelectionRequired,
    ErrorCode::ConsentRequired,
    ErrorCode::InteractionRequired,
    ErrorCode::LoginRequired,
    ErrorCode::RegistrationNotSupported,
    ErrorCode::RequestNotSupported,
    ErrorCode::RequestUriNotSupported,
    ErrorCode::UnmetAuthenticationRequirements,
    ErrorCode::UnsupportedResponseType,
];

impl<S: AuthorizationServer> Endpoint<S> for PushedAuthorizationEndpoint {
    const ROUTE: Route = Route::PUSHED_AUTHORIZATION_REQUEST;
    const PATH: Option<&'static str> = if S::CONFIG.pushed_authorization_requests.is_some()
        && <S::Grants as GrantSet<S>>::RESPONSE_TYPE.is_some()
    {
        Some(S::CONFIG.endpoints.pushed_authorization_request)
    } else {
        None
    };
    const ERRORS: &'static [ErrorCode] = AUTHORIZATION_ERRORS;

    fn may_repeat(server: &RunningServer<S>, name: &str) -> bool {
        AuthorizationEndpoint::may_repeat(server, name)
    }

    /// §5: "If omitted, the default value is false."
    fn metadata(_: &RunningServer<S>, document: &mut Map<String, Value>) {
        if S::CONFIG.pushed_authorization_requests.is_some_and(|pushed| pushed.is_required) {
            document.insert("require_pushed_authorization_requests".to_owned(), true.into());
        }
    }

    async fn respond(server: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        respond(server, request).await
    }

    /// §2.3: JSON whatever is wrong, and never a redirect.
    fn refuse(_: &RunningServer<S>, error: &Error, _: Option<&Request>) -> Response {
        error_response(error, error.code(), AUTHORIZATION_ERRORS)
    }
}

async fn respond<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<Response> {
    let pushed = S::CONFIG.pushed_authorization_requests.unwrap_or_default();
    // §2: "The rules for client authentication as defined in [RFC6749] for token endpoint requests, including the applicable
    // authentication methods, apply for the PAR endpoint as well."
    let client = identify(server, request, S::CONFIG.endpoints.pushed_authorization_request).await?;
    let mut parameters = parameters(request.body(), &client)?;
    bind_code(server, request, &mut parameters).await?;
    let read = Parameters::from(&Params::from(parameters.clone()));
    let mut flow = Flow { server, request, parameters: &read, origin: Origin::Pushing };
    authorization::push(&mut flow, client.clone()).await?;
    let address = Network::of(&request.extensions);
    if !request.client_is_vouched_for() {
        server.limits().pushed_request(&client.client_id, address, server.instant())?;
    }
    let store = server.validator().pushed_requests();
    let store = store.ok_or_else(|| Error::server("no store plays the role `pushed_requests`"))?;
    claim_replay_ids(server, request).await?;
    let (reference, now) = (SecretString::random(), server.now());
    let load_until = now + pushed.expires_in;
    let record = PushedRequest {
        client_id: client.client_id.clone(),
        parameters,
        pushed_at: now,
        load_until,
        kept_until: load_until + LOGIN,
    };
    store.save(reference.hash(), record).await?;
    let request_uri = PushedRequest::request_uri(&reference);
    let answer = json!({ "request_uri": request_uri.expose(), "expires_in": pushed.expires_in.as_secs() });
    // §2.2: "If the verification is successful, the server MUST generate a request URI and provide it in the response with a 201
    // HTTP status code."
    Ok(json_response(StatusCode::CREATED, &answer))
}

/// RFC 9449 §10.1: a proof here is as good as `dpop_jkt`, and where both are there, "the authorization server MUST reject the request
/// if the JWK Thumbprint in dpop_jkt does not match the public key in the DPoP header".
async fn bind_code<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    parameters: &mut Vec<(String, String)>,
) -> Result<()> {
    if !request.headers().contains_key(DPOP) {
        return Ok(());
    }
    let proved = binding::bind(server.bindings(), request).await?;
    let Some(jkt) = key_of(proved.as_ref()) else { return Ok(()) };
    match parameters.iter().find(|(name, _)| name == "dpop_jkt") {
        Some((_, named)) if named == jkt => {}
        Some(_) => {
            return Err(Error::invalid_request(
                "dpop_jkt is not the key of the DPoP proof (RFC 9449 section 10.1)",
            ));
        }
        None => parameters.push(("dpop_jkt".to_owned(), jkt.to_owned())),
    }
    Ok(())
}

/// The parameters of the authorization request.
fn parameters(form: &Params, client: &Client) -> Result<Vec<(String, String)>> {
    // §2.1: "The request_uri authorization request parameter is one exception, and it MUST NOT be provided."
    if form.get("request_uri").is_some() {
        return Err(Error::invalid_request("request_uri cannot be pushed"));
    }
    // §3: signed parameters count instead of the others, so that they cannot be passed over.
    if form.get("request").is_some() {
        return Err(Error::new(ErrorCode::RequestNotSupported).describe("this server does not read request"));
    }
    if form.get("client_id").is_some_and(|client_id| client_id != client.client_id) {
        return Err(Error::invalid_request("client_id is not that of the client that authenticated"));
    }
    let is_kept = |name: &str| name != "client_id" && !AUTHENTICATION.contains(&name);
    let others = form.iter().filter(|(name, _)| is_kept(name));
    let named = std::iter::once(("client_id", client.client_id.as_str())).chain(others);
    let parameters: Vec<_> = named.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    if parameters.iter().map(|(name, value)| name.len() + value.len()).sum::<usize>() > LIMIT {
        return Err(Error::invalid_request("the parameters are more than 16 KiB"));
    }
    Ok(parameters)
}
