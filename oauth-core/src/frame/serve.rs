//! The way from HTTP to an endpoint and back: what all of them have in common.

use bytes::Bytes;
use http::header::ORIGIN;

use super::{AuthorizationServer, Endpoint, RunningServer, cors};
use crate::event::Event;
use crate::http::{Cors, Response, method_not_allowed};
use crate::request::Request;

/// Answers a request that is no preflight.
pub(crate) async fn serve<S: AuthorizationServer, E: Endpoint<S>>(
    server: &RunningServer<S>,
    request: http::Request<Bytes>,
) -> Response {
    let origin = request.headers().get(ORIGIN).cloned().filter(|_| E::CORS == Cors::Clients);
    let mut request = read::<S, E>(server, request);
    let mut response = match &mut request {
        Ok(request) => match E::respond(server, request).await {
            Ok(response) => response,
            Err(error) => {
                server.tell_failure(&error, |kind| Event::of_request(kind, request));
                E::refuse(server, &error, Some(request))
            }
        },
        Err(response) => std::mem::take(response),
    };
    if let Ok(request) = &mut request {
        let added = request.take_response_headers();
        if !added.is_empty() {
            response.headers_mut().extend(added);
        }
    }
    if let Some(origin) = origin {
        cors::allow_client(server, request.as_mut().ok(), &origin, &mut response).await;
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
    request: http::Request<Bytes>,
) -> Result<Request, Response> {
    let method = request.method().as_str();
    // Of one method the list is its name.
    if E::METHODS != method && !E::METHODS.split(", ").any(|allowed| allowed == method) {
        return Err(method_not_allowed(E::METHODS));
    }
    let (parts, body) = request.into_parts();
    let request = Request::read(parts, &body, E::BODY, |name| E::may_repeat(server, name));
    match request {
        Ok(mut request) => {
            request.receive_at(server.now());
            if !server.bindings().is_empty() {
                let path = E::path(server).unwrap_or_else(|| request.uri().path()).to_owned();
                request.set_url(format!("{}{path}", server.issuer()));
            }
            Ok(request)
        }
        Err(error) => Err(E::refuse(server, &error, None)),
    }
}
