//! The client registration endpoint, RFC 7591 §3, and the client configuration endpoint, RFC 7592, at the same path.

mod manage;
mod metadata;
mod register;
mod sector;

use http::header::WWW_AUTHENTICATE;
use http::{HeaderValue, Method};

use crate::binding::has_scheme;
use crate::client::InvalidClientMetadata;
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{AuthorizationServer, Endpoint, RegistrationConfig, Route, RunningServer};
use crate::http::cors::allow_anyone;
use crate::http::{Cors, Response, error_response};
use crate::request::{Request, RequestBody};
use crate::store::{AnyRegistrationStore, StoreRoles as _};

/// `registration_endpoint`: POST registers; GET, PUT and DELETE with `client_id` in the query read, replace and delete.
pub(crate) struct RegistrationEndpoint;

impl<S: AuthorizationServer> Endpoint<S> for RegistrationEndpoint {
    const ROUTE: Route = Route::REGISTRATION;
    const PATH: Option<&'static str> = match S::CONFIG.registration {
        Some(registration) => Some(registration.path),
        None => None,
    };
    const METHODS: &'static str = "GET, POST, PUT, DELETE";
    const BODY: RequestBody = RequestBody::Json;
    /// A client in a browser registers from wherever it is.
    const CORS: Cors = Cors::Anyone;
    const ERRORS: &'static [ErrorCode] = &[
        ErrorCode::InvalidRedirectUri,
        ErrorCode::InvalidClientMetadata,
        ErrorCode::InvalidSoftwareStatement,
        ErrorCode::UnapprovedSoftwareStatement,
        ErrorCode::InvalidToken,
        ErrorCode::TemporarilyUnavailable,
    ];

    async fn respond(server: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        let mut response = match *request.method() {
            Method::GET => manage::read(server, request).await,
            Method::PUT => manage::replace(server, request).await,
            Method::DELETE => manage::delete(server, request).await,
            _ => register::register(server, request).await,
        }?;
        allow_anyone(&mut response);
        Ok(response)
    }

    fn refuse(_: &RunningServer<S>, error: &Error, _: Option<&Request>) -> Response {
        let errors = <Self as Endpoint<S>>::ERRORS;
        let mut response = error_response(error, error.code(), errors);
        if error.code() == ErrorCode::InvalidToken {
            // RFC 6750 §3.
            let challenge = HeaderValue::from_static("Bearer error=\"invalid_token\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        allow_anyone(&mut response);
        response
    }
}

/// The configuration and the store: a start has seen to it that there are both.
fn parts<S: AuthorizationServer>(
    server: &RunningServer<S>,
) -> Result<(RegistrationConfig, &dyn AnyRegistrationStore)> {
    let store = server.validator().registrations();
    S::CONFIG.registration.zip(store).ok_or_else(|| Error::server("nothing keeps registrations"))
}

/// The token of the `Authorization` header. One that is malformed is none.
fn bearer(request: &Request) -> Option<&str> {
    let mut headers = request.headers().get_all(http::header::AUTHORIZATION).iter();
    let (header, None) = (headers.next()?, headers.next()) else { return None };
    if !has_scheme(header.as_bytes(), "Bearer") {
        return None;
    }
    let (_, token) = header.to_str().ok()?.split_once(' ')?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    Some(token.trim()).filter(|token| !token.is_empty() && token.bytes().all(is_token))
}

/// RFC 7591 §3.2.2.
fn invalid(mistake: &InvalidClientMetadata) -> Error {
    let is_redirect_uri = mistake.member() == Some("redirect_uris");
    let code = if is_redirect_uri { ErrorCode::InvalidRedirectUri } else { ErrorCode::InvalidClientMetadata };
    Error::new(code).describe(mistake.to_string())
}

fn refused(why: &'static str) -> Error {
    Error::new(ErrorCode::InvalidClientMetadata).describe(why)
}
