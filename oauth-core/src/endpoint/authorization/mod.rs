//! The authorization endpoint, RFC 6749 §3.1.

mod approval;
mod destination;
mod extras;
pub(crate) mod form_post;
mod openid;
mod response_mode;

use std::borrow::Cow;
use std::sync::Arc;

pub(crate) use self::destination::{Destination, destination};
pub use self::extras::AuthorizationExtras;
pub use self::openid::{OpenIdParameters, Prompt};
pub use self::response_mode::ResponseMode;
use crate::claims::ClaimDeclaration;
use crate::client::Client;
use crate::error::{Error, ErrorCode, Result};
use crate::grant::pkce::CodeChallenge;
use crate::grant::{GrantSet, ResponseType, requested_scopes};
use crate::http::Response;
use crate::interaction::{Approval, Decision};
use crate::openid::id_token::{self, Beside};
use crate::openid::session_management::session_state;
use crate::openid::{IdTokenContext, IdTokenSigner, subject_identifier};
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::secret::SecretString;
use crate::server::{AuthorizationServer, RunningServer, ServerMetadata};
use crate::store::FamilyId;
use crate::token::TokenResponse;
use crate::validator::RequestValidator;

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
    /// The scopes asked for, or the defaults; without `offline_access` where no code is issued (OIDC Core §11).
    pub scopes: ScopeSet,
    /// The PKCE challenge, if there is one.
    pub code_challenge: Option<CodeChallenge>,
    /// `nonce` (OIDC Core §3.1.2.1).
    pub nonce: Option<String>,
    /// What OpenID Connect adds.
    pub openid: OpenIdParameters,
    /// The claims that the server's validator declares.
    pub(crate) declared_claims: &'static [ClaimDeclaration],
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
    /// `session_state` (OIDC Session Management §2).
    pub session_state: Option<String>,
    /// What the code modifier added.
    extra: Vec<(String, String)>,
}

impl AuthorizationParameters {
    /// The parameters by name.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let secret = |name, value: &'_ Option<SecretString>| {
            value.as_ref().map(|value| (name, Cow::Owned(value.expose().to_owned())))
        };
        let token = self.token.iter().flat_map(TokenResponse::parameters);
        let session_state = self.session_state.as_deref().map(|state| ("session_state", state.into()));
        let extra = self.extra.iter().map(|(name, value)| (name.as_str(), Cow::Borrowed(value.as_str())));
        let own =
            secret("code", &self.code).into_iter().chain(token).chain(secret("id_token", &self.id_token));
        own.chain(session_state).chain(extra)
    }
}

/// Answers an authorization request, with what was decided already, or as the interaction decides.
pub(crate) async fn respond<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    destination: &Destination,
    decided: Option<Decision>,
) -> Result<AuthorizationResponse> {
    let authorization = validate(server, request, destination).await?;
    let decision = match decided {
        Some(decision) => decision,
        None => S::Grants::decide(server, request, &authorization).await?,
    };
    match decision {
        // OIDC Core §3.1.2.1: with `none`, the server "MUST NOT display any authentication or consent user interface pages".
        Decision::Respond(_) if authorization.openid.has_prompt(Prompt::None) => {
            Err(ErrorCode::InteractionRequired.into())
        }
        Decision::Respond(page) => Ok(AuthorizationResponse::Page(page)),
        Decision::Deny => Err(Error::access_denied("the resource owner refused")),
        Decision::Approve(approval) => {
            approve(server, request, &authorization, approval).await.map(AuthorizationResponse::Redirect)
        }
    }
}

/// Everything about an authorization request but the person. Every error from here on goes to the redirect URI.
pub(crate) async fn validate<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    destination: &Destination,
) -> Result<AuthorizationRequest> {
    let client = Arc::clone(&destination.client);
    server.validator().pre_authorization(request).await?;
    let query = |name| request.query().get(name);
    let response_type =
        query("response_type").ok_or_else(|| Error::invalid_request("response_type is missing"))?;
    let response_type: ResponseType = response_type.parse()?;
    if !const { ServerMetadata::of::<S>() }.has_response_type(response_type) {
        return Err(ErrorCode::UnsupportedResponseType.into());
    }
    let response_mode = ResponseMode::parse(query("response_mode"), response_type)?;
    let code_challenge = CodeChallenge::parse(query("code_challenge"), query("code_challenge_method"))?;
    let openid = OpenIdParameters::parse(server, request, &client)?;
    let (scope, nonce) = (query("scope").map(str::to_owned), query("nonce").map(str::to_owned));
    server.validator().validate_response_type(&client, response_type, request).await?;
    let mut scopes = requested_scopes(server, request, scope.as_deref()).await?;
    if S::IdTokens::IS_OPENID_PROVIDER {
        openid::ignore_offline_access(&mut scopes, response_type);
    }
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
        openid,
        declared_claims: S::Validator::CLAIMS,
    };
    openid::check(&authorization)?;
    S::Grants::check(server, request, &authorization).await?;
    server.validator().post_authorization(&authorization, request).await?;
    Ok(authorization)
}

/// Issues what was asked for to whom the person approved.
async fn approve<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    authorization: &AuthorizationRequest,
    approval: Approval,
) -> Result<AuthorizationParameters> {
    let granted = approval.scopes.as_ref().unwrap_or(&authorization.scopes);
    let scopes = authorization.scopes.intersection(granted);
    let is_openid = S::IdTokens::IS_OPENID_PROVIDER && scopes.contains("openid");
    request.openid = is_openid.then(|| IdTokenContext {
        nonce: authorization.nonce.clone(),
        sid: approval.sid,
        session_expires_at: approval.session_expires_at,
        is_offline: scopes.contains("offline_access"),
        claims: authorization.granted_claims(granted),
    });
    let sub = subject_identifier(server.pairwise_key(), &authorization.client, &approval.subject)?;
    request.pairwise_identifier = Some(sub.into_owned());
    request.subject = Some(approval.subject);
    request.auth_time = Some(approval.auth_time);
    request.acr = approval.acr;
    request.amr = approval.amr;
    request.scopes = Some(scopes);
    approval::check(server, request, authorization).await?;
    // What is issued here dies together with what its code will yield.
    let has_code = authorization.response_type.contains(ResponseType::CODE);
    request.family = has_code.then(FamilyId::random);
    let browser_state =
        approval.browser_state.filter(|_| is_openid && S::CONFIG.endpoints.check_session.is_some());
    let session_state =
        |state: String| session_state(&authorization.client, &authorization.redirect_uri, &state);
    let mut response = AuthorizationParameters {
        session_state: browser_state.and_then(session_state),
        ..AuthorizationParameters::default()
    };
    S::Grants::authorize(server, request, authorization, &mut response).await?;
    if authorization.response_type.contains(ResponseType::ID_TOKEN) {
        // It comes last, for it has the hashes of the others.
        let state = request.query().get("state").map(str::to_owned);
        let beside = Beside {
            access_token: response.token.as_ref().map(|token| &token.access_token),
            code: response.code.as_ref(),
            state: state.as_deref(),
        };
        response.id_token = Some(id_token::issue(server, request, beside).await?);
    }
    server.validator().code_modifier(&mut AuthorizationExtras::new(&mut response), request).await?;
    Ok(response)
}
