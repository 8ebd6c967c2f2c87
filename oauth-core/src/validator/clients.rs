//! Clients: how one is authenticated.

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
