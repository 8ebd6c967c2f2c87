//! Endpoints: from a parsed request to a response. One file an endpoint.

pub(crate) mod authorization;
pub mod device_authorization;
pub(crate) mod discovery;
pub mod end_session;
pub mod introspection;
pub(crate) mod jwks;
pub(crate) mod metadata;
pub mod revocation;
pub(crate) mod token;
pub(crate) mod userinfo;

use std::sync::Arc;

use crate::assertion;
use crate::client::{Client, offered};
use crate::error::{Error, Result};
use crate::request::Request;
use crate::server::{AuthorizationServer, RunningServer};
use crate::validator::{RequestValidator, identified};

/// What the endpoints for clients ask of every request before anything else. `path` is the endpoint's.
///
/// # Errors
///
/// `invalid_request` for parameters in the query: RFC 6749 §2.3.1, credentials "MUST NOT be included in the request
/// URI", and the token endpoint's parameters are those of the body (§3.2). `invalid_client` as RFC 6749 §5.2 says.
pub(crate) async fn authenticate<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    path: &str,
) -> Result<Arc<Client>> {
    if !request.query().is_empty() {
        return Err(Error::invalid_request("parameters belong in the body, not in the query"));
    }
    if assertion::is_in(request) {
        let issuer = server.issuer();
        request.audiences = assertion::audiences(issuer, S::CONFIG.endpoints.token, path);
    }
    let client = server.validator().authenticate_client(request).await?;
    offered::check_client::<S>(&client, request)?;
    identified(server.validator(), client, request).await
}
