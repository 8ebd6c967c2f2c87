//! `none`: a client that only names itself, RFC 6749 §2.1 and §3.2.1.

use super::{Application, ClientAuth};
use crate::client::{Client, ClientAuthMethod};
use crate::error::Result;
use crate::request::Request;

/// The method of a request without credentials. A validator may exempt a client from authentication.
pub(super) struct NoAuthentication<'a, V>(pub(super) &'a V);

impl<V: Application> ClientAuth for NoAuthentication<'_, V> {
    const METHOD: ClientAuthMethod = ClientAuthMethod::None;

    async fn verify(&self, client: Option<&Client>, request: &mut Request) -> Result<bool> {
        let Some(client) = client else { return Ok(false) };
        request.is_exempted = !self.0.client_authentication_required(client, request).await?;
        Ok(request.is_exempted)
    }
}
