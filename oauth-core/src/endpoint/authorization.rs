//! The authorization endpoint, RFC 6749 §3.1.

use std::sync::Arc;

use crate::client::Client;
use crate::error::{Error, Result};
use crate::grant::pkce::CodeChallenge;
use crate::grant::{GrantSet, requested_scopes};
use crate::http::Response;
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::secret::SecretString;
use crate::server::AuthorizationServer;
use crate::store::ClientStore as _;
use crate::validator::{RequestValidator, StoreRoles as _, identified};

/// An authorization request that is valid in itself; who grants it is still open.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AuthorizationRequest {
    /// The client.
    pub client: Arc<Client>,
    /// `response_type`: one that the server offers and the client may use.
    pub response_type: String,
    /// Where the response goes: registered for this client.
    pub redirect_uri: String,
    /// `redirect_uri` as it was requested, if it was.
    pub requested_redirect_uri: Option<String>,
    /// The scopes asked for, or the defaults.
    pub scopes: ScopeSet,
    /// The PKCE challenge, if there is one.
    pub code_challenge: Option<CodeChallenge>,
}

/// What the authorization endpoint does next.
#[derive(Debug)]
#[non_exhaustive]
pub enum AuthorizationResponse {
    /// Sends the browser to the redirect URI with these parameters: a code is among them.
    Redirect(Vec<(&'static str, SecretString)>),
    /// Shows a page.
    Page(Response),
}

/// Where a redirect goes, once that is certain: errors may go there too, from here on.
#[derive(Debug)]
pub(crate) struct Destination {
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
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
    Ok(Destination { redirect_uri, state, requested_redirect_uri, client })
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
    let response_type = response_type.to_owned();
    if !S::Grants::has_response_type(&response_type) {
        return Err(crate::error::ErrorCode::UnsupportedResponseType.into());
    }
    let code_challenge = CodeChallenge::parse(query("code_challenge"), query("code_challenge_method"))?;
    let scope = query("scope").map(str::to_owned);
    server.validator().validate_response_type(&client, &response_type, request).await?;
    let scopes = requested_scopes(server, request, scope.as_deref()).await?;
    request.scopes = Some(scopes.clone());
    let authorization = AuthorizationRequest {
        client,
        response_type,
        redirect_uri: destination.redirect_uri.clone(),
        requested_redirect_uri: destination.requested_redirect_uri.clone(),
        scopes,
        code_challenge,
    };
    S::Grants::authorize(server, request, &authorization).await
}
