//! Clients: how one is authenticated and identified.

use std::sync::Arc;

use super::RequestValidator;
use crate::client::Client;
use crate::client_auth::Application;
use crate::error::Result;
use crate::request::Request;
use crate::secret::SecretString;

impl<V: RequestValidator> Application for V {
    async fn client_authentication_required(&self, client: &Client, request: &mut Request) -> Result<bool> {
        RequestValidator::client_authentication_required(self, client, request).await
    }

    async fn get_client_secret(
        &self,
        client: &Client,
        request: &mut Request,
    ) -> Result<Option<SecretString>> {
        RequestValidator::get_client_secret(self, client, request).await
    }
}

/// Makes a client that was found (and at the token endpoint authenticated) the request's, and runs the hook for it.
pub(crate) async fn identified<V: RequestValidator>(
    validator: &V,
    client: Arc<Client>,
    request: &mut Request,
) -> Result<Arc<Client>> {
    request.validated.client = Some(Arc::clone(&client));
    validator.validate_client_id(&client.client_id, request).await?;
    Ok(client)
}
