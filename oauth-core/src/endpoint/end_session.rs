//! The end-session endpoint, OIDC RP-Initiated Logout.

use std::borrow::Cow;
use std::sync::Arc;

use http::Method;

use crate::client::Client;
use crate::error::{Error, Result};
use crate::event::{Event, EventKind};
use crate::frame::{AuthorizationServer, Endpoint, GrantSet, Route, RunningServer, grant_set};
use crate::http::{Cors, Response, redirect};
use crate::interaction::error_page;
use crate::openid::IdTokenSigner;
pub use crate::request::LogoutRequest;
use crate::request::{IdTokenHint, Request, append_query};
use crate::store::{ClientStore as _, StoreRoles as _};

/// `end_session_endpoint`.
pub(crate) struct EndSessionEndpoint;

impl<S: AuthorizationServer> Endpoint<S> for EndSessionEndpoint {
    const ROUTE: Route = Route::END_SESSION;
    const PATH: Option<&'static str> =
        if S::IdTokens::IS_OPENID_PROVIDER && <S::Grants as GrantSet<S>>::HAS_SESSIONS {
            S::CONFIG.endpoints.end_session
        } else {
            None
        };
    /// §2: servers "MUST support the use of the HTTP GET and POST methods".
    const METHODS: &'static str = "GET, POST";
    const CORS: Cors = Cors::Nobody;

    async fn respond(server: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        // As at the authorization endpoint: a form on a client's site does not bring the `SameSite` cookie of the session. One
        // of the interaction has a token, and an empty query where the client's request had no parameters.
        let is_own_form = request.body().get("csrf").is_some();
        let is_post = request.method() == Method::POST;
        if is_post && request.query().is_empty() && !request.body().is_empty() && !is_own_form {
            let query = request.body().iter().map(|(name, value)| (name, Cow::Borrowed(value)));
            return Ok(redirect(&Method::POST, &append_query(request.uri().path(), query)));
        }
        let logout = LogoutRequest::read(server, request).await?;
        if !is_own_form && let Some(client) = &logout.client {
            let event = Event::of_request(EventKind::LogoutRequested, request);
            server.observe(&event.client_id(&client.client_id));
        }
        grant_set::end_session(server, &logout, request).await
    }

    fn refuse(_: &RunningServer<S>, error: &Error, _: Option<&Request>) -> Response {
        error_page(error)
    }
}

impl LogoutRequest {
    /// Reads the query of a request.
    ///
    /// # Errors
    ///
    /// `invalid_request`, for a page that redirects nowhere: the client is unknown, or not that of the hint; the redirect URI
    /// is not registered, or nothing says whose it would be.
    pub(crate) async fn read<S: AuthorizationServer>(
        server: &RunningServer<S>,
        request: &Request,
    ) -> Result<Self> {
        let text = |name| request.query().get(name).map(str::to_owned);
        // §4: "any information that failed to validate MUST NOT be used". The person is asked then.
        let hint =
            request.query().get("id_token_hint").and_then(|hint| IdTokenHint::verify(server, hint).ok());
        let client = client(server, request.query().get("client_id"), hint.as_ref()).await?;
        let post_logout_redirect_uri = text("post_logout_redirect_uri");
        if let Some(uri) = &post_logout_redirect_uri {
            check_redirect_uri(client.as_deref(), uri)?;
        }
        Ok(Self {
            id_token_hint: hint.filter(|_| client.is_some()),
            client,
            post_logout_redirect_uri,
            state: text("state"),
            logout_hint: text("logout_hint"),
            ui_locales: request
                .query()
                .get("ui_locales")
                .map(|locales| locales.split(' ').filter(|one| !one.is_empty()).map(str::to_owned).collect())
                .unwrap_or_default(),
        })
    }
}

/// §2: "When both client_id and id_token_hint are present, the OP MUST verify that the Client Identifier matches the one
/// used as the client_id when issuing the ID Token."
async fn client<S: AuthorizationServer>(
    server: &RunningServer<S>,
    client_id: Option<&str>,
    hint: Option<&IdTokenHint>,
) -> Result<Option<Arc<Client>>> {
    let audience = hint.map(|hint| hint.aud.as_slice()).unwrap_or_default();
    if let Some(client_id) = client_id {
        if hint.is_some() && !audience.iter().any(|audience| audience == client_id) {
            return Err(Error::invalid_request("id_token_hint was issued to another client"));
        }
        let client = server.validator().clients().client(client_id).await?;
        return client.map(Some).ok_or_else(|| Error::invalid_request("client_id is not registered"));
    }
    match audience {
        [only] => Ok(server.validator().clients().client(only).await?),
        _ => Ok(None),
    }
}

/// §3: the server "MUST NOT perform post-logout redirection if the post_logout_redirect_uri value supplied does not exactly
/// match one of the previously registered post_logout_redirect_uris values".
fn check_redirect_uri(client: Option<&Client>, uri: &str) -> Result<()> {
    let client = client.ok_or_else(|| {
        Error::invalid_request(
            "post_logout_redirect_uri needs a client_id or a valid id_token_hint beside it",
        )
    })?;
    if client.post_logout_redirect_uris.iter().any(|registered| registered.as_str() == uri) {
        Ok(())
    } else {
        Err(Error::invalid_request("post_logout_redirect_uri is not registered for this client"))
    }
}
