//! `client_id`: who asks.

use std::sync::Arc;

use super::Flow;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::server::AuthorizationServer;
use crate::store::ClientStore as _;
use crate::validator::{StoreRoles as _, identified};

/// RFC 6749 §4.1.1: "REQUIRED. The client identifier as described in Section 2.2."
pub(super) async fn find<S: AuthorizationServer>(flow: &mut Flow<'_, S>) -> Result<Arc<Client>> {
    let client_id =
        flow.parameters.get("client_id").ok_or_else(|| Error::invalid_request("client_id is missing"))?;
    let validator = flow.server.validator();
    let client = validator.clients().client(client_id).await?.ok_or_else(Error::unregistered)?;
    identified(validator, client, flow.request).await
}
