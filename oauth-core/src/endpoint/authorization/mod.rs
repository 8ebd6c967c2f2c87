//! The authorization endpoint, RFC 6749 §3.1: HTTP around the steps of [`authorization`].

pub(crate) mod form_post;

use std::borrow::Cow;

use http::Method;
use http::request::Parts;

use crate::authorization;
use crate::authorization::{Destination, Flow, Outcome};
use crate::client::host_elsewhere;
use crate::error::{AuthorizationErrorCode, Error, ErrorCode, Result};
use crate::event::{Event, EventKind, IssuedTokens};
use crate::frame::{AuthorizationServer, Endpoint, GrantSet, Route, RunningServer};
use crate::http::{Cors, Response, redirect};
use crate::interaction::{Decision, error_page, error_page_with_way_back};
use crate::request::{
    AuthorizationRequest, Request, RequestBody, ResponseMode, append_fragment, append_query,
};
use crate::response::AuthorizationParameters;

/// `authorization_endpoint`.
pub(crate) struct AuthorizationEndpoint;

impl<S: AuthorizationServer> Endpoint<S> for AuthorizationEndpoint {
    const ROUTE: Route = Route::AUTHORIZATION;
    const PATH: Option<&'static str> = if <S::Grants as GrantSet<S>>::RESPONSE_TYPE.is_some() {
        Some(S::CONFIG.endpoints.authorization)
    } else {
        None
    };
    const METHODS: &'static str = "GET, POST";
    const CORS: Cors = Cors::Nobody;

    fn may_repeat(server: &RunningServer<S>, name: &str) -> bool {
        server.config().may_repeat(name)
    }

    async fn respond(server: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        answer(server, request, None).await
    }

    /// RFC 6749 §4.1.2.1: with a repeated parameter there is no telling which redirect URI is meant.
    fn refuse(_: &RunningServer<S>, error: &Error, _: Option<&Request>) -> Response {
        error_page(error)
    }
}

/// Answers a request, with what was decided already, or as the interaction decides.
///
/// # Errors
///
/// For a page: there is nowhere to redirect to.
pub(crate) async fn answer<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    decided: Option<Decision>,
) -> Result<Response> {
    let method = request.method().clone();
    // §3.1: the endpoint "MAY support the use of the "POST" method". A request that came as a form goes on as a GET, so
    // that `SameSite` cookies reach us and a reload asks nothing.
    if method == Method::POST && request.query().is_empty() {
        let query = request.body().iter().map(|(name, value)| (name, Cow::Borrowed(value)));
        return Ok(redirect(&method, &append_query(request.uri().path(), query)));
    }
    let loaded = authorization::load(server, request).await;
    let (parameters, origin) = loaded.inspect_err(|error| tell_page(server, request, error))?;
    let mut flow = Flow { server, request, parameters: &parameters, origin };
    let destination = authorization::destination(&mut flow).await;
    let destination = destination.inspect_err(|error| tell_page(server, flow.request, error))?;
    let outcome = authorization::respond(&mut flow, &destination, decided).await;
    tell(&flow, &outcome);
    Ok(deliver(server, &method, &destination, outcome))
}

/// Tells the observer of an error that has nowhere to go but to a page. What is behind it, each endpoint's is told of.
fn tell_page<S: AuthorizationServer>(server: &RunningServer<S>, request: &Request, error: &Error) {
    server.observe(&Event::of_request(EventKind::AuthorizationError, request).error(error));
}

/// Tells the observer how a request ended; a page is no end.
fn tell<S: AuthorizationServer>(flow: &Flow<'_, S>, outcome: &Outcome) {
    let (kind, error) = match outcome {
        Outcome::Page(_) => return,
        Outcome::Granted(answer) => {
            let (access_token, id_token) = (answer.token.is_some(), answer.id_token.is_some());
            if access_token || id_token {
                let tokens = IssuedTokens { access_token, id_token, ..IssuedTokens::default() };
                let event = Event::of_request(EventKind::TokenIssued, flow.request);
                flow.server.observe(&Event { tokens, ..event });
            }
            (EventKind::AuthorizationGranted, None)
        }
        Outcome::Refused(error) if error.code() == ErrorCode::AccessDenied => {
            (EventKind::AuthorizationDenied, Some(error))
        }
        Outcome::Refused(error) | Outcome::Untrusted(error) | Outcome::Answered(error) => {
            (EventKind::AuthorizationError, Some(error))
        }
    };
    let event = Event::of_request(kind, flow.request);
    flow.server.observe(&error.map_or(event, |error| event.error(error)));
    if let Some(error) = error {
        flow.server.tell_failure(error, |kind| Event::of_request(kind, flow.request));
    }
}

/// Checks that an authorization request is valid; if not, the error is what to answer.
pub(crate) async fn validate<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Parts,
) -> Result<AuthorizationRequest, Response> {
    let method = &request.method;
    let kind = RequestBody::OptionalForm;
    let request = Request::read(request.clone(), &[], kind, |name| server.config().may_repeat(name));
    let request = request.map_err(|error| error_page(&error))?;
    let mut request = request.received_at(server.now());
    let loaded = authorization::load(server, &mut request).await;
    let (parameters, origin) = loaded.map_err(|error| error_page(&error))?;
    let mut flow = Flow { server, request: &mut request, parameters: &parameters, origin };
    let destination = authorization::destination(&mut flow).await.map_err(|error| error_page(&error))?;
    let valid = authorization::validate_only(&mut flow, &destination).await;
    valid.map_err(|outcome| deliver(server, method, &destination, outcome))
}

/// Sends an answer to the redirect URI, or shows a page.
fn deliver<S: AuthorizationServer>(
    server: &RunningServer<S>,
    method: &Method,
    destination: &Destination,
    outcome: Outcome,
) -> Response {
    let answer = match outcome {
        Outcome::Page(page) => return page,
        Outcome::Granted(answer) => Ok(answer),
        Outcome::Refused(error) => Err(error),
        Outcome::Untrusted(error) => return ask(server, destination, &error),
        Outcome::Answered(error) => return error_page(&error),
    };
    if let Err(error) = &answer {
        error.log();
    }
    let params = parameters(server, destination, answer.as_ref());
    let redirect_uri = &destination.redirect_uri;
    // FAPI 2.0 §5.3.2.2: "should use the HTTP 303 status code when redirecting the user agent using status codes".
    let method = if S::CONFIG.profile.is_fapi2() { &Method::POST } else { method };
    match destination.response_mode {
        ResponseMode::Query => redirect(method, &append_query(redirect_uri, params)),
        // A registered redirect URI has no fragment (RFC 6749 §3.1.2).
        ResponseMode::Fragment => redirect(method, &append_fragment(redirect_uri, params)),
        ResponseMode::FormPost => form_post::page(redirect_uri, &params),
    }
}

/// Leaves it to the person whether an error goes to the redirect URI (RFC 9700 §4.11.2).
fn ask<S: AuthorizationServer>(
    server: &RunningServer<S>,
    destination: &Destination,
    error: &Error,
) -> Response {
    let params = parameters(server, destination, Err(error));
    let redirect_uri = &destination.redirect_uri;
    let location = match destination.response_mode {
        ResponseMode::Query => append_query(redirect_uri, params),
        ResponseMode::Fragment => append_fragment(redirect_uri, params),
        ResponseMode::FormPost => return form_post::question(redirect_uri, error, &params),
    };
    error_page_with_way_back(error, &location, host_elsewhere(redirect_uri).as_deref(), None)
}

/// The parameters that the redirect URI is told.
fn parameters<'a, S: AuthorizationServer>(
    server: &'a RunningServer<S>,
    destination: &'a Destination,
    answer: Result<&'a AuthorizationParameters, &'a Error>,
) -> Vec<(&'a str, Cow<'a, str>)> {
    let mut params: Vec<(&str, Cow<'_, str>)> = Vec::new();
    match answer {
        Ok(answer) => params.extend(answer.iter()),
        Err(error) => {
            params.push(("error", AuthorizationErrorCode::from(error.code()).as_str().into()));
            params.extend(error.description().map(|text| ("error_description", text.into())));
        }
    }
    // §4.1.2: "REQUIRED if the "state" parameter was present in the client authorization request."
    params.extend(destination.state.as_deref().map(|state| ("state", state.into())));
    // RFC 9207 §2: in "authorization responses […] including error responses".
    params.push(("iss", server.issuer().into()));
    params
}
