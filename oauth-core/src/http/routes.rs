//! From a route to its endpoint and back: what goes into a page, a redirect or JSON.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ORIGIN, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, Method, Request as HttpRequest, StatusCode};
use http_body_util::Full;
use serde_json::Map;

use super::{Response, cors, empty, json, jwt, method_not_allowed, redirect, token_error};
use crate::endpoint;
use crate::endpoint::end_session::LogoutRequest;
use crate::endpoint::userinfo::Userinfo;
use crate::error::{Error, ErrorCode, Result};
use crate::grant::{GrantSet, GrantType};
use crate::interaction::error_page;
use crate::request::{Request, append_query};
use crate::resource::Challenge;
use crate::server::{AuthorizationServer, Route, RunningServer};

/// A constant document, for anyone.
pub(crate) fn document<B>(request: &HttpRequest<B>, content_type: &'static str, body: &Bytes) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return method_not_allowed("GET, HEAD");
    }
    let mut response = Response::new(Full::new(body.clone()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    cors::allow_anyone(&mut response);
    response
}

/// RFC 6749 §3.2.
pub(crate) async fn token<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: HttpRequest<Bytes>,
) -> Response {
    form(server, request, async |server, request| {
        endpoint::token::respond(server, request).await.map(|token| json(StatusCode::OK, &token))
    })
    .await
}

/// RFC 8628 §3.2.
pub(crate) async fn device_authorization<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: HttpRequest<Bytes>,
) -> Response {
    form(server, request, async |server, request| {
        let response = endpoint::device_authorization::respond(server, request).await?;
        Ok(json(StatusCode::OK, &response))
    })
    .await
}

/// RFC 7009 §2.2: exactly 200. The body is an empty object, for clients that parse every 200 as JSON.
pub(crate) async fn revocation<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: HttpRequest<Bytes>,
) -> Response {
    form(server, request, async |server, request| {
        endpoint::revocation::respond(server, request).await.map(|()| json(StatusCode::OK, &Map::new()))
    })
    .await
}

/// RFC 7662 §2.2.
pub(crate) async fn introspection<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: HttpRequest<Bytes>,
) -> Response {
    form(server, request, async |server, request| {
        let told = endpoint::introspection::respond(server, request).await?;
        Ok(match told {
            Some(told) => json(StatusCode::OK, &told),
            None => json(StatusCode::OK, &Map::from_iter([("active".to_owned(), false.into())])),
        })
    })
    .await
}

/// OIDC Core §5.3.
pub(crate) async fn userinfo<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: HttpRequest<Bytes>,
) -> Response {
    if request.method() != Method::GET && request.method() != Method::POST {
        return method_not_allowed("GET, POST");
    }
    let origin = request.headers().get(ORIGIN).cloned();
    let mut request = parse_bodiless(server, request);
    let answer = match &mut request {
        Ok(request) => endpoint::userinfo::respond(server, server.issuer(), request).await,
        Err(error) => Err(Challenge::new(server.issuer()).refused(error)),
    };
    let mut response = match answer {
        Ok(Userinfo::Json(claims)) => json(StatusCode::OK, &claims),
        Ok(Userinfo::Jwt(token)) => jwt(token),
        Err(challenge) => challenge.to_response(),
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(origin) = origin {
        cors::allow_client(server, request.as_mut().ok(), &origin, &mut response).await;
        cors::expose_challenge(&mut response);
    }
    response
}

/// A POST with its token in the header has no body, and no type of one.
fn parse_bodiless<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: HttpRequest<Bytes>,
) -> Result<Request> {
    if request.body().is_empty() && !request.headers().contains_key(CONTENT_TYPE) {
        let request = Request::for_resource(&request.into_parts().0)?;
        return Ok(request.received_at(server.now()));
    }
    parse(server, request)
}

/// The client of a request to an endpoint that is the application's; if there is none, what to answer.
pub(crate) async fn client<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: HttpRequest<Bytes>,
) -> Result<Request, Response> {
    if request.method() != Method::POST {
        return Err(method_not_allowed("POST"));
    }
    let mut request = parse(server, request).map_err(|error| token_error(&error))?;
    // The path of the application's endpoint is its own, and no audience: what other routers made of it is not known.
    match endpoint::authenticate(server, &mut request, S::CONFIG.endpoints.token).await {
        Ok(_) => Ok(request),
        Err(error) => Err(token_error(&of_table(error, &request))),
    }
}

/// What the endpoints that clients POST forms to have in common.
async fn form<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: HttpRequest<Bytes>,
    respond: impl AsyncFnOnce(&RunningServer<S>, &mut Request) -> Result<Response>,
) -> Response {
    let origin = request.headers().get(ORIGIN).cloned();
    let is_post = request.method() == Method::POST;
    let mut request = parse(server, request);
    let mut response = match &mut request {
        _ if !is_post => method_not_allowed("POST"),
        Ok(request) => match respond(server, request).await {
            Ok(response) => response,
            Err(error) => token_error(&of_table(error, request)),
        },
        Err(error) => token_error(error),
    };
    if let Some(origin) = origin {
        cors::allow_client(server, request.as_mut().ok(), &origin, &mut response).await;
    }
    response
}

/// RFC 8628 §3.5 adds `access_denied` to the errors of RFC 6749 §5.2, for the devices that poll. A hook that says it to
/// another client means that the grant is refused.
fn of_table(error: Error, request: &Request) -> Error {
    let is_poll =
        request.grant_type == Some(GrantType::DEVICE_CODE) && request.body().get("device_code").is_some();
    if error.code() == ErrorCode::AccessDenied && !is_poll {
        error.with_code(ErrorCode::InvalidGrant)
    } else {
        error
    }
}

/// OIDC RP-Initiated Logout §2: servers "MUST support the use of the HTTP GET and POST methods".
pub(crate) async fn end_session<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: HttpRequest<Bytes>,
) -> Response {
    let method = request.method().clone();
    if method != Method::GET && method != Method::POST {
        return method_not_allowed("GET, POST");
    }
    let path = request.uri().path().to_owned();
    let request = match parse(server, request) {
        Ok(request) => request,
        Err(error) => return error_page(&error),
    };
    // As at the authorization endpoint: a form on a client's site does not bring the `SameSite` cookie of the session. One of
    // the interaction has a token, and an empty query where the client's request had no parameters.
    let is_own_form = request.body().get("csrf").is_some();
    if method == Method::POST && request.query().is_empty() && !request.body().is_empty() && !is_own_form {
        let query = request.body().iter().map(|(name, value)| (name, Cow::Borrowed(value)));
        return redirect(&method, &append_query(&path, query));
    }
    let answer = match LogoutRequest::read(server, &request).await {
        Ok(logout) => S::Grants::end_session(server, &logout, &request).await,
        Err(error) => Err(error),
    };
    answer.unwrap_or_else(|error| error_page(&error))
}

/// OIDC Session Management §3.2.
pub(crate) fn check_session<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &HttpRequest<Bytes>,
) -> Response {
    let page = server.check_session();
    let mut response = document(request, "text/html; charset=utf-8", &page.html);
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, page.policy.clone());
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// A page of a grant or of its interaction.
pub(crate) async fn page<S: AuthorizationServer>(
    server: &RunningServer<S>,
    page: &'static str,
    request: HttpRequest<Bytes>,
) -> Response {
    match S::Grants::page(server, page, &request).await {
        Ok(response) => response,
        Err(error) => error_page(&error),
    }
}

/// Answers a CORS preflight.
pub(crate) async fn preflight<S: AuthorizationServer>(
    server: &RunningServer<S>,
    route: Route,
    origin: &HeaderValue,
) -> Response {
    let mut response = empty(StatusCode::NO_CONTENT);
    match route {
        Route::Metadata | Route::Jwks | Route::CheckSession => cors::allow_anyone(&mut response),
        Route::Token
        | Route::DeviceAuthorization
        | Route::Revocation
        | Route::Introspection
        | Route::Userinfo => {
            let methods = if route == Route::Userinfo { "GET, POST" } else { "POST" };
            if let Err(error) = cors::allow_preflight(server, origin, methods, &mut response).await {
                return token_error(&error);
            }
        }
        // These are for people: a script has no business with them.
        Route::Authorization | Route::EndSession | Route::Page(_) => {}
    }
    response
}

pub(crate) fn parse<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: HttpRequest<Bytes>,
) -> Result<Request, Error> {
    let (parts, body) = request.into_parts();
    let request = Request::parse(parts.method, parts.uri, parts.headers, &body)?;
    Ok(request.received_at(server.now()))
}
