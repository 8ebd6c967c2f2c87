//! Cross-origin requests: a browser may call the token endpoint from an origin that a client registered or that the server
//! allows, and from no other. Cookies play no part there, so credentials are never allowed.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, VARY,
};
use http::{HeaderValue, StatusCode};

use super::{AuthorizationServer, RunningServer};
use crate::error::Result;
use crate::http::cors::allow_anyone;
use crate::http::{Cors, Response, empty, token_error};
use crate::request::Request;
use crate::store::{ClientStore as _, StoreRoles as _};
use crate::validator::RequestValidator as _;

/// Answers a preflight.
pub(crate) async fn preflight<S: AuthorizationServer>(
    server: &RunningServer<S>,
    cors: Cors,
    methods: &'static str,
    origin: &HeaderValue,
) -> Response {
    let mut response = empty(StatusCode::NO_CONTENT);
    match cors {
        Cors::Nobody => {}
        Cors::Anyone => {
            allow_anyone(&mut response);
            allow_methods(methods, &mut response);
        }
        Cors::Clients => {
            if let Err(error) = allow_preflight(server, origin, methods, &mut response).await {
                return token_error(&error);
            }
        }
    }
    response
}

/// Names the methods to scripts that may do more than read, and the one header that `*` does not stand for (Fetch §4.8).
fn allow_methods(methods: &'static str, response: &mut Response) {
    if methods.contains("POST") {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(methods));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization, content-type"));
    }
}

/// A preflight names no client: it passes if any registered the origin, or the server allows it.
async fn allow_preflight<S: AuthorizationServer>(
    server: &RunningServer<S>,
    origin: &HeaderValue,
    methods: &'static str,
    response: &mut Response,
) -> Result<()> {
    vary(response);
    let Ok(name) = origin.to_str() else { return Ok(()) };
    if is_any_clients_origin(server, name).await? {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(methods));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(allowed_headers::<S>()));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
    Ok(())
}

/// The response itself can be read if this client registered the origin; if any did, where an error came before the
/// client was known: a browser must be able to read `invalid_client`. Of an origin that the server allows, any.
pub(crate) async fn allow_client<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    origin: &HeaderValue,
    response: &mut Response,
) {
    vary(response);
    expose_challenge::<S>(response);
    let Ok(name) = origin.to_str() else { return };
    let allowed = if request.client.is_some() {
        is_origin_of_client(server, request, name).await
    } else {
        is_any_clients_origin(server, name).await
    };
    match allowed {
        Ok(true) => {
            response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
        Ok(false) => {}
        Err(error) => error.log(),
    }
}

/// RFC 9449 §4.1: a script sends its proof in a header, too.
const fn allowed_headers<S: AuthorizationServer>() -> &'static str {
    if S::CONFIG.dpop.is_some() { "authorization, content-type, dpop" } else { "authorization, content-type" }
}

/// A script learns why its token was refused, and which nonce its proof needs: by default it cannot read these headers (Fetch
/// §3.3.4).
fn expose_challenge<S: AuthorizationServer>(response: &mut Response) {
    let exposed = if S::CONFIG.dpop.is_some() { "www-authenticate, dpop-nonce" } else { "www-authenticate" };
    response.headers_mut().insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(exposed));
}

async fn is_origin_of_client<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    origin: &str,
) -> Result<bool> {
    let client = request.require_client()?;
    Ok(is_origin_of_server::<S>(origin)
        || server.validator().is_origin_allowed(&client, origin, request).await?)
}

async fn is_any_clients_origin<S: AuthorizationServer>(
    server: &RunningServer<S>,
    origin: &str,
) -> Result<bool> {
    Ok(is_origin_of_server::<S>(origin) || server.validator().clients().is_origin_registered(origin).await?)
}

/// Byte for byte: RFC 6454 §6.2 makes the serialisation of an origin unique.
fn is_origin_of_server<S: AuthorizationServer>(origin: &str) -> bool {
    S::CONFIG.allowed_origins.contains(&origin)
}

fn vary(response: &mut Response) {
    response.headers_mut().insert(VARY, HeaderValue::from_static("Origin"));
}
