//! The token endpoint, RFC 6749 §3.2.

use ::http::StatusCode;
use serde_json::{Map, Value, json};

use super::metadata;
use crate::binding::dpop::check_bound;
use crate::client::{ClientSource, GrantType};
use crate::error::{Error, ErrorCode, Result};
use crate::event::{Event, EventKind, IssuedTokens};
use crate::frame::{AuthorizationServer, Endpoint, GrantSet, Route, RunningServer, refresh_lifetimes};
use crate::http::Response;
use crate::issuing::{claim_replay_ids, id_token, identify, resource};
use crate::openid::IdTokenSigner as _;
use crate::request::Request;
use crate::response::TokenResponse;
use crate::store::StoreRoles as _;
use crate::validator::RequestValidator;
use crate::{binding, http};

/// `token_endpoint`. RFC 8414 §2: it is REQUIRED "unless only the implicit grant type is supported".
pub(crate) struct TokenEndpoint;

impl<S: AuthorizationServer> Endpoint<S> for TokenEndpoint {
    const ROUTE: Route = Route::TOKEN;
    const PATH: Option<&'static str> =
        if <S::Grants as GrantSet<S>>::USES_TOKEN_ENDPOINT { Some(S::CONFIG.endpoints.token) } else { None };

    /// Tells whether any grant lets the parameter be repeated: it is not known yet which of them reads it.
    fn may_repeat(server: &RunningServer<S>, name: &str) -> bool {
        server.config().may_repeat(name)
            || <S::Grants as GrantSet<S>>::GRANTS.iter().any(|grant| grant.repeatable.contains(&name))
    }

    fn metadata(server: &RunningServer<S>, document: &mut Map<String, Value>) {
        metadata::client_authentication(server, document, "token_endpoint", true);
        if S::Grants::has_grant_type(&GrantType::JWT_BEARER) {
            // Whom it trusts is another question.
            let profiles = json!(["urn:ietf:params:oauth:grant-profile:id-jag"]);
            document.insert("authorization_grant_profiles_supported".to_owned(), profiles);
        }
        if S::IdTokens::IS_OPENID_PROVIDER && S::Grants::has_grant_type(&GrantType::TOKEN_EXCHANGE) {
            let types = json!(["urn:ietf:params:oauth:token-type:id-jag"]);
            document.insert("identity_chaining_requested_token_types_supported".to_owned(), types);
        }
    }

    async fn respond(server: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        let answer = respond(server, request).await;
        if answer.is_ok() {
            keep_registration(server, request).await;
        }
        tell(server, request, &answer);
        Ok(http::json_text(StatusCode::OK, answer?.to_json()?))
    }
}

/// A client that registered itself is in use, so it is not forgotten. That this fails is no reason to keep a token from it.
async fn keep_registration<S: AuthorizationServer>(server: &RunningServer<S>, request: &Request) {
    let Some((config, store)) = S::CONFIG.registration.zip(server.validator().registrations()) else {
        return;
    };
    let Some(client) = request.client.as_ref().filter(|client| client.source == ClientSource::Itself) else {
        return;
    };
    let until = server.now() + config.idle_lifetime;
    if let Err(cause) = store.keep(&client.client_id, until).await {
        Error::from(cause).log();
    }
}

/// A device that polls as it was told is no event (RFC 8628 §3.5).
fn tell<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
    answer: &Result<TokenResponse>,
) {
    match answer {
        Ok(token) => {
            let (refresh_token, id_token) = (token.refresh_token.is_some(), token.id_token.is_some());
            let tokens = IssuedTokens { access_token: true, refresh_token, id_token };
            server.tell(|| Event { tokens, ..Event::of_request(EventKind::TokenIssued, request) });
        }
        Err(error) if matches!(error.code(), ErrorCode::AuthorizationPending | ErrorCode::SlowDown) => {}
        Err(error) => server.observe(&Event::of_request(EventKind::TokenError, request).error(error)),
    }
}

/// The grant type of this name; of those that the server has, in the program's own words.
fn grant_type_of<S: AuthorizationServer>(name: &str) -> GrantType {
    let mut known = <S::Grants as GrantSet<S>>::GRANTS.iter().filter_map(|grant| grant.grant_type);
    known.find(|known| *known == name).map_or_else(|| GrantType::from(name), GrantType::from_static)
}

/// Answers a token request.
async fn respond<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<TokenResponse> {
    request.validated.grant_type = request.body().get("grant_type").map(grant_type_of::<S>);
    let client = identify(server, request, S::CONFIG.endpoints.token).await?;
    let grant_type =
        request.grant_type.clone().ok_or_else(|| Error::invalid_request("grant_type is missing"))?;
    let grant = S::Grants::find(&grant_type).ok_or_else(GrantType::unsupported)?;
    request.validated.grant_type = grant.grant_type.map(GrantType::from_static);
    request
        .body()
        .check_repeated(|name| server.config().may_repeat(name) || grant.repeatable.contains(&name))?;
    server.validator().validate_grant_type(&client, &grant_type, request).await?;
    server.validator().pre_token(request).await?;
    request.confirmation = binding::bind(server.bindings(), request).await?;
    if S::CONFIG.profile.is_fapi2() {
        check_bound(request.confirmation.as_ref())?;
    }
    // A grant that says itself that it may be repeated reads it itself.
    if !grant.repeatable.contains(&"resource") {
        resource::read(server, request)?;
    }
    request.issuing.lifetimes = refresh_lifetimes::<S>();
    let mut token = (grant.token)(server, request).await?;
    // Of a grant from outside that did not issue by the server.
    claim_replay_ids(server, request).await?;
    // A grant from outside has not made it.
    if !request.issuing.is_id_token_settled {
        token.id_token = id_token::of_token_response(server, request, &token.access_token).await?;
    }
    Ok(token)
}
