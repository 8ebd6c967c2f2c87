//! Cross-origin requests: a browser may call the token endpoint from an origin that a client registered, and from no
//! other. Cookies play no part there, so credentials are never allowed.

use http::HeaderValue;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, VARY,
};

use super::Response;
use crate::error::Result;
use crate::request::Request;
use crate::store::ClientStore as _;
use crate::validator::RequestValidator;

/// Public documents are for anyone.
pub(super) fn allow_anyone(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
}

/// A preflight names no client: it passes if any registered the origin.
pub(super) async fn allow_preflight<V: RequestValidator>(
    validator: &V,
    origin: &HeaderValue,
    methods: &'static str,
    response: &mut Response,
) -> Result<()> {
    vary(response);
    let Ok(name) = origin.to_str() else { return Ok(()) };
    if validator.clients().is_origin_registered(name).await? {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(methods));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization, content-type"));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
    Ok(())
}

/// The response itself can be read if this client registered the origin; if any did, where an error came before the
/// client was known: a browser must be able to read `invalid_client`.
pub(super) async fn allow_client<V: RequestValidator>(
    validator: &V,
    request: Option<&mut Request>,
    origin: &HeaderValue,
    response: &mut Response,
) {
    vary(response);
    let Ok(name) = origin.to_str() else { return };
    let allowed = match request {
        Some(request) if request.client.is_some() => is_origin_of_client(validator, request, name).await,
        _ => validator.clients().is_origin_registered(name).await.map_err(Into::into),
    };
    match allowed {
        Ok(true) => {
            response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        }
        Ok(false) => {}
        Err(error) => error.log(),
    }
}

/// A script learns why its token was refused: by default it cannot read this header (Fetch §3.3.4).
pub(super) fn expose_challenge(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("www-authenticate"));
}

async fn is_origin_of_client<V: RequestValidator>(
    validator: &V,
    request: &mut Request,
    origin: &str,
) -> Result<bool> {
    let client = request.require_client()?;
    validator.is_origin_allowed(&client, origin, request).await
}

fn vary(response: &mut Response) {
    response.headers_mut().insert(VARY, HeaderValue::from_static("Origin"));
}
