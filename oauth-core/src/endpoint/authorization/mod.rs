//! The authorization endpoint, RFC 6749 §3.1: HTTP around the steps of [`authorization`].

pub(crate) mod form_post;

use std::borrow::Cow;

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Request as HttpRequest};

use crate::authorization::{
    self, AuthorizationParameters, AuthorizationRequest, Destination, Flow, Outcome, Parameters, ResponseMode,
};
use crate::error::{AuthorizationErrorCode, Result};
use crate::http::{Response, method_not_allowed, redirect, routes};
use crate::interaction::{Decision, error_page};
use crate::request::{Request, append_fragment, append_query};
use crate::server::{AuthorizationServer, RunningServer};

/// RFC 6749 §4.1.1, §4.1.2.
pub(crate) async fn respond<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: HttpRequest<Bytes>,
    decided: Option<Decision>,
) -> Response {
    let method = request.method().clone();
    if method != Method::GET && method != Method::POST {
        return method_not_allowed("GET, POST");
    }
    let path = request.uri().path().to_owned();
    let mut request = match routes::parse(server, request) {
        Ok(request) => request,
        // RFC 6749 §4.1.2.1: with a repeated parameter there is no telling which redirect URI is meant.
        Err(error) => return error_page(&error),
    };
    // §3.1: the endpoint "MAY support the use of the "POST" method". A request that came as a form goes on as a GET, so
    // that `SameSite` cookies reach us and a reload asks nothing.
    if method == Method::POST && request.query().is_empty() {
        let query = request.body().iter().map(|(name, value)| (name, Cow::Borrowed(value)));
        return redirect(&method, &append_query(&path, query));
    }
    let parameters = Parameters::from(request.query());
    let mut flow = Flow { server, request: &mut request, parameters: &parameters };
    let destination = match authorization::destination(&mut flow).await {
        Ok(destination) => destination,
        Err(error) => return error_page(&error),
    };
    match authorization::respond(&mut flow, &destination, decided).await {
        Outcome::Page(page) => page,
        Outcome::Granted(answer) => deliver(server, &method, &destination, &Ok(answer)),
        Outcome::Refused(error) | Outcome::Invalid(error) => {
            deliver(server, &method, &destination, &Err(error))
        }
    }
}

/// Whether an authorization request is valid; if not, what to answer.
pub(crate) async fn validate<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Parts,
) -> Result<AuthorizationRequest, Response> {
    let method = &request.method;
    let request = Request::for_resource(request).map_err(|error| error_page(&error))?;
    let mut request = request.received_at(server.now());
    let parameters = Parameters::from(request.query());
    let mut flow = Flow { server, request: &mut request, parameters: &parameters };
    let destination = authorization::destination(&mut flow).await.map_err(|error| error_page(&error))?;
    let valid = authorization::validate(&mut flow, &destination).await;
    valid.map_err(|error| deliver(server, method, &destination, &Err(error)))
}

/// Sends an answer to the redirect URI.
fn deliver<S: AuthorizationServer>(
    server: &RunningServer<S>,
    method: &Method,
    destination: &Destination,
    answer: &Result<AuthorizationParameters>,
) -> Response {
    let mut params: Vec<(&str, Cow<'_, str>)> = Vec::new();
    match answer {
        Ok(answer) => params.extend(answer.iter()),
        Err(error) => {
            error.log();
            params.push(("error", AuthorizationErrorCode::from(error.code()).as_str().into()));
            params.extend(error.description().map(|text| ("error_description", text.into())));
        }
    }
    // §4.1.2: "REQUIRED if the "state" parameter was present in the client authorization request."
    params.extend(destination.state.as_deref().map(|state| ("state", state.into())));
    // RFC 9207 §2: in "authorization responses […] including error responses".
    params.push(("iss", server.issuer().into()));
    let redirect_uri = &destination.redirect_uri;
    match destination.response_mode {
        ResponseMode::Query => redirect(method, &append_query(redirect_uri, params)),
        // A registered redirect URI has no fragment (RFC 6749 §3.1.2).
        ResponseMode::Fragment => redirect(method, &append_fragment(redirect_uri, params)),
        ResponseMode::FormPost => form_post::page(redirect_uri, &params),
    }
}
