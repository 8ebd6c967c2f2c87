//! Where an authorization response goes.

use std::sync::Arc;

use super::ResponseMode;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::grant::ResponseType;
use crate::request::Request;
use crate::server::{AuthorizationServer, RunningServer, ServerMetadata};
use crate::store::ClientStore as _;
use crate::validator::{RequestValidator, StoreRoles as _, identified};

/// Where a redirect goes, once that is certain: errors may go there too, from here on.
#[derive(Debug)]
pub(crate) struct Destination {
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    /// How the answer travels. Where the request asks for what cannot be, errors take the default way of its
    /// response type; of one that is not offered, the query.
    pub(crate) response_mode: ResponseMode,
    pub(super) requested_redirect_uri: Option<String>,
    pub(super) client: Arc<Client>,
}

/// RFC 6749 §4.1.2.1: "If the request fails due to a missing, invalid, or mismatching redirection URI, or if the client
/// identifier is missing or invalid, the authorization server SHOULD inform the resource owner of the error and MUST
/// NOT automatically redirect the user-agent to the invalid redirection URI."
pub(crate) async fn destination<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<Destination> {
    let validator = server.validator();
    let client_id = request.query().get("client_id").map(str::to_owned);
    let client_id = client_id.ok_or_else(|| Error::invalid_request("client_id is missing"))?;
    let client = validator.clients().client(&client_id).await?;
    let client = client.ok_or_else(|| Error::invalid_request("client_id is not registered"))?;
    let client = identified(validator, client, request).await?;
    let requested_redirect_uri = request.query().get("redirect_uri").map(str::to_owned);
    let redirect_uri = if let Some(redirect_uri) = &requested_redirect_uri {
        validator.validate_redirect_uri(&client, redirect_uri, request).await?;
        redirect_uri.clone()
    } else {
        let default = validator.get_default_redirect_uri(&client, request).await?;
        default.ok_or_else(|| Error::invalid_request("redirect_uri is missing"))?
    };
    let state = request.query().get("state").map(str::to_owned);
    let response_type = request.query().get("response_type").and_then(|text| text.parse().ok());
    let response_type = response_type
        .filter(|response_type| const { ServerMetadata::of::<S>() }.has_response_type(*response_type))
        .unwrap_or(ResponseType::CODE);
    let response_mode = ResponseMode::parse(request.query().get("response_mode"), response_type);
    let response_mode = response_mode.unwrap_or(ResponseMode::default_of(response_type));
    Ok(Destination { redirect_uri, state, response_mode, requested_redirect_uri, client })
}
