//! The page that clients frame to watch the session, OIDC Session Management §3.2.

use http::HeaderValue;
use http::header::{CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};

use crate::error::Result;
use crate::frame::{AuthorizationServer, Endpoint, GrantSet, Route, RunningServer};
use crate::http::{Cors, Response, document};
use crate::openid::IdTokenSigner;
use crate::request::{Request, RequestBody};

/// `check_session_iframe`.
pub(crate) struct CheckSessionEndpoint;

impl<S: AuthorizationServer> Endpoint<S> for CheckSessionEndpoint {
    const ROUTE: Route = Route::CHECK_SESSION;
    const PATH: Option<&'static str> =
        if S::IdTokens::IS_OPENID_PROVIDER && <S::Grants as GrantSet<S>>::HAS_SESSIONS {
            S::CONFIG.endpoints.check_session
        } else {
            None
        };
    const METHODS: &'static str = "GET, HEAD";
    const BODY: RequestBody = RequestBody::Ignored;
    const CORS: Cors = Cors::Anyone;

    async fn respond(server: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        let page = server.check_session();
        let mut response = document(request.method(), "text/html; charset=utf-8", &page.html);
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, page.policy.clone());
        response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        Ok(response)
    }
}
