//! `client_id`: who asks.

use std::sync::Arc;

use super::Flow;
use crate::client::{Client, ResponseType, is_on_loopback};
use crate::error::{Error, Result};
use crate::frame::AuthorizationServer;
use crate::request::AuthorizationRequest;

/// RFC 6749 §4.1.1: "REQUIRED. The client identifier as described in Section 2.2."
pub(super) async fn find<S: AuthorizationServer>(flow: &mut Flow<'_, S>) -> Result<Arc<Client>> {
    let client_id =
        flow.parameters.get("client_id").ok_or_else(|| Error::invalid_request("client_id is missing"))?;
    let client = flow.server.client(client_id, flow.request).await?.ok_or_else(Error::unregistered)?;
    flow.server.identified(client, flow.request).await
}

impl AuthorizationRequest {
    /// Tells whether the answer reaches this client and no other, so that an approval may be taken from an
    /// earlier consent. RFC 8252 §8.6: servers "SHOULD NOT process authorization requests automatically
    /// without user consent or interaction, except when the identity of the client can be assured".
    ///
    /// A redirect URI that is `https` assures it. A secret does where the answer is a code alone: it protects nothing else that
    /// comes through the browser. On loopback nothing does, for any program on the device can listen there.
    pub fn is_client_assured(&self) -> bool {
        let is_protected = !self.client.is_public() && self.response_type == ResponseType::CODE;
        !is_on_loopback(&self.redirect_uri) && (self.redirect_uri.starts_with("https://") || is_protected)
    }
}
