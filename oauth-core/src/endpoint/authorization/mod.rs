//! The authorization endpoint, RFC 6749 §3.1.

mod response_mode;

use std::borrow::Cow;
use std::sync::Arc;

pub use self::response_mode::ResponseMode;
use crate::client::Client;
use crate::error::{Error, ErrorCode, Result};
use crate::grant::pkce::CodeChallenge;
use crate::grant::{GrantSet, ResponseType, requested_scopes};
use crate::http::Response;
use crate::interaction::{Approval, Decision};
use crate::openid::{IdTokenContext, IdTokenSigner};
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::secret::SecretString;
use crate::server::AuthorizationServer;
use crate::store::{ClientStore as _, FamilyId};
use crate::token::TokenResponse;
use crate::validator::{RequestValidator, StoreRoles as _, identified};

/// An authorization request that is valid in itself; who grants it is still open.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AuthorizationRequest {
    /// The client.
    pub client: Arc<Client>,
    /// `response_type`: one that the server offers and the client may use.
    pub response_type: ResponseType,
    /// `response_mode`, or the default of the response type.
    pub response_mode: ResponseMode,
    /// Where the response goes: registered for this client.
    pub redirect_uri: String,
    /// `redirect_uri` as it was requested, if it was.
    pub requested_redirect_uri: Option<String>,
    /// The scopes asked for, or the defaults.
    pub scopes: ScopeSet,
    /// The PKCE challenge, if there is one.
    pub code_challenge: Option<CodeChallenge>,
    /// `nonce` (OIDC Core §3.1.2.1).
    pub nonce: Option<String>,
}

/// What the authorization endpoint does next.
#[derive(Debug)]
#[non_exhaustive]
pub enum AuthorizationResponse {
    /// Sends the browser to the redirect URI with these parameters.
    Redirect(AuthorizationParameters),
    /// Shows a page.
    Page(Response),
}

/// What a successful authorization response carries.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct AuthorizationParameters {
    /// `code`.
    pub code: Option<SecretString>,
    /// `access_token` and what goes with it.
    pub token: Option<TokenResponse>,
    /// `id_token`.
    pub id_token: Option<SecretString>,
}

impl AuthorizationParameters {
    /// The parameters by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let secret = |name, value: &'_ Option<SecretString>| {
            value.as_ref().map(|value| (name, Cow::Owned(value.expose().to_owned())))
        };
        let token = self.token.iter().flat_map(TokenResponse::parameters);
        secret("code", &self.code).into_iter().chain(token).chain(secret("id_token", &self.id_token))
    }
}

/// Where a redirect goes, once that is certain: errors may go there too, from here on.
#[derive(Debug)]
pub(crate) struct Destination {
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    /// How the answer travels. Where the request asks for what cannot be, errors take the default way of its
    /// response type; of one that is not offered, the query.
    pub(crate) response_mode: ResponseMode,
    requested_redirect_uri: Option<String>,
    client: Arc<Client>,
}

/// RFC 6749 §4.1.2.1: "If the request fails due to a missing, invalid, or mismatching redirection URI, or if the client
/// identifier is missing or invalid, the authorization server SHOULD inform the resource owner of the error and MUST
/// NOT automatically redirect the user-agent to the invalid redirection URI."
pub(crate) async fn destination<S: AuthorizationServer>(
    server: &S,
    request: &mut Request,
) -> Result<Destination> {
    let validator = server.validator();
    let client_id = request.query().get("client_id").map(str::to_owned);
    let client_id = client_id.ok_or_else(|| Error::invalid_request("client_id is missing"))?;
    let client = validator.clients().client(&client_id).await?;
    let client = client.ok_or_else(|| Error::invalid_request("client_id is not registered"))?;
    let client = identified(validator, client, request).await?;
    let requested_redirect_uri = request.query().get("redirect_uri").map(str::to_owned);
    let redirect_uri = if let Some(redirect_uri) = &requested_redirect_uri {
        validator.validate_redirect_uri(&client, redirect_uri, request).await?;
        redirect_uri.clone()
    } else {
        let default = validator.get_default_redirect_uri(&client, request).await?;
        default.ok_or_else(|| Error::invalid_request("redirect_uri is missing"))?
    };
    let state = request.query().get("state").map(str::to_owned);
    let response_type = request.query().get("response_type").and_then(|text| text.parse().ok());
    let response_type =
        response_type.filter(|response_type| is_offered::<S>(*response_type)).unwrap_or(ResponseType::CODE);
    let response_mode = ResponseMode::parse(request.query().get("response_mode"), response_type);
    let response_mode = response_mode.unwrap_or(ResponseMode::default_of(response_type));
    Ok(Destination { redirect_uri, state, response_mode, requested_redirect_uri, client })
}

/// Answers an authorization request. Every error from here on goes to the redirect URI.
pub(crate) async fn respond<S: AuthorizationServer>(
    server: &S,
    request: &mut Request,
    destination: &Destination,
) -> Result<AuthorizationResponse> {
    let client = Arc::clone(&destination.client);
    let query = |name| request.query().get(name);
    let response_type =
        query("response_type").ok_or_else(|| Error::invalid_request("response_type is missing"))?;
    let response_type: ResponseType = response_type.parse()?;
    if !is_offered::<S>(response_type) {
        return Err(ErrorCode::UnsupportedResponseType.into());
    }
    let response_mode = ResponseMode::parse(query("response_mode"), response_type)?;
    let code_challenge = CodeChallenge::parse(query("code_challenge"), query("code_challenge_method"))?;
    let (scope, nonce) = (query("scope").map(str::to_owned), query("nonce").map(str::to_owned));
    server.validator().validate_response_type(&client, response_type, request).await?;
    let scopes = requested_scopes(server, request, scope.as_deref()).await?;
    request.scopes = Some(scopes.clone());
    let authorization = AuthorizationRequest {
        client,
        response_type,
        response_mode,
        redirect_uri: destination.redirect_uri.clone(),
        requested_redirect_uri: destination.requested_redirect_uri.clone(),
        scopes,
        code_challenge,
        nonce,
    };
    S::Grants::check(server, request, &authorization).await?;
    match S::Grants::decide(server, request, &authorization).await? {
        Decision::Respond(page) => Ok(AuthorizationResponse::Page(page)),
        Decision::Deny => Err(Error::access_denied("the resource owner refused")),
        Decision::Approve(approval) => {
            approve(server, request, &authorization, approval).await.map(AuthorizationResponse::Redirect)
        }
    }
}

/// Issues what was asked for to whom the person approved.
async fn approve<S: AuthorizationServer>(
    server: &S,
    request: &mut Request,
    authorization: &AuthorizationRequest,
    approval: Approval,
) -> Result<AuthorizationParameters> {
    let scopes = match &approval.scopes {
        Some(granted) => authorization.scopes.intersection(granted),
        None => authorization.scopes.clone(),
    };
    let is_openid = S::IdTokens::IS_OPENID_PROVIDER && scopes.contains("openid");
    request.openid = is_openid.then(|| IdTokenContext {
        nonce: authorization.nonce.clone(),
        acr: approval.acr,
        amr: approval.amr,
        sid: approval.sid,
        is_offline: scopes.contains("offline_access"),
        ..IdTokenContext::default()
    });
    request.subject = Some(approval.subject);
    request.auth_time = Some(approval.auth_time);
    request.scopes = Some(scopes);
    // What is issued here dies together with what its code will yield.
    let has_code = authorization.response_type.contains(ResponseType::CODE);
    request.family = has_code.then(FamilyId::random);
    let mut response = AuthorizationParameters::default();
    S::Grants::authorize(server, request, authorization, &mut response).await?;
    Ok(response)
}

/// The response types of a server, `response_types_supported`: those of its configuration, or else all that its grants
/// and OpenID Connect make up, but not `none`.
pub(crate) fn response_types<S: AuthorizationServer>() -> Vec<ResponseType> {
    ResponseType::ALL.into_iter().filter(|response_type| is_offered::<S>(*response_type)).collect()
}

fn is_offered<S: AuthorizationServer>(response_type: ResponseType) -> bool {
    if !S::CONFIG.response_types.is_empty() {
        return S::CONFIG.response_types.contains(&response_type);
    }
    let Some(of_grants) = S::Grants::RESPONSE_TYPE else {
        return false;
    };
    let is_openid = S::IdTokens::IS_OPENID_PROVIDER;
    let is_implicit = of_grants.contains(ResponseType::TOKEN);
    let available =
        if is_openid && is_implicit { of_grants.union(ResponseType::ID_TOKEN) } else { of_grants };
    response_type != ResponseType::NONE
        && available.contains(response_type)
        // OIDC Core §3.3 is who combines them.
        && (is_openid || response_type != ResponseType::CODE_TOKEN)
}
