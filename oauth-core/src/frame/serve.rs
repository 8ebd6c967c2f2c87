//! The way from HTTP to an endpoint and back: what all of them have in common.

use bytes::Bytes;
use http::header::ORIGIN;
use http::request::Parts;

use super::{AuthorizationServer, Endpoint, RunningServer, cors};
use crate::event::Event;
use crate::http::{Cors, Response, method_not_allowed};
use crate::request::Request;

/// Answers a request that is no preflight.
pub(crate) async fn serve<S: AuthorizationServer, E: Endpoint<S>>(
    server: &RunningServer<S>,
    request: http::Request<Bytes>,
) -> Response {
    let origin = request.headers().get(ORIGIN).filter(|_| E::CORS == Cors::Clients).cloned();
    let (head, body) = request.into_parts();
    // It stays where it is made: a request is large.
    let mut request = Request::of(head);
    let mut response = match fill::<S, E>(server, &mut request, &body) {
        Ok(()) => match E::respond(server, &mut request).await {
            Ok(response) => response,
            Err(error) => {
                server.tell_failure(&error, |kind| Event::of_request(kind, &request));
                E::refuse(server, &error, Some(&request))
            }
        },
        Err(response) => response,
    };
    let added = request.take_response_headers();
    if !added.is_empty() {
        response.headers_mut().extend(added);
    }
    if let Some(origin) = origin {
        cors::allow_client(server, &mut request, &origin, &mut response).await;
    }
    response
}

/// A request as the endpoint wants it.
///
/// # Errors
///
/// The response to one that it cannot read.
#[allow(clippy::result_large_err, reason = "the error is the response, which is sent next")]
pub(crate) fn read<S: AuthorizationServer, E: Endpoint<S>>(
    server: &RunningServer<S>,
    head: Parts,
    body: &[u8],
) -> Result<Request, Response> {
    let mut request = Request::of(head);
    fill::<S, E>(server, &mut request, body)?;
    Ok(request)
}

/// Makes the head of a request one as the endpoint wants it.
///
/// # Errors
///
/// The response to one that it cannot read.
#[allow(clippy::result_large_err, reason = "the error is the response, which is sent next")]
fn fill<S: AuthorizationServer, E: Endpoint<S>>(
    server: &RunningServer<S>,
    request: &mut Request,
    body: &[u8],
) -> Result<(), Response> {
    let method = request.method().as_str();
    // Of one method the list is its name.
    if E::METHODS != method && !E::METHODS.split(", ").any(|allowed| allowed == method) {
        return Err(method_not_allowed(E::METHODS));
    }
    request
        .fill(body, E::BODY, |name| E::may_repeat(server, name))
        .map_err(|error| E::refuse(server, &error, None))?;
    request.receive_at(server.now());
    if !server.bindings().is_empty() {
        let path = E::path(server).unwrap_or_else(|| request.uri().path());
        request.set_url([server.issuer(), path].concat());
    }
    Ok(())
}
