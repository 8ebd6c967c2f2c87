//! `client_secret_post`: the secret in the body, RFC 6749 §2.3.1.

use super::ClientAuth;
use crate::client::{Client, ClientAuthMethod};
use crate::error::Result;
use crate::request::Request;

pub(super) struct ClientSecretPost;

impl ClientAuth for ClientSecretPost {
    const METHOD: ClientAuthMethod = ClientAuthMethod::ClientSecretPost;

    fn is_in(&self, request: &Request) -> bool {
        request.body().get("client_secret").is_some()
    }

    async fn verify(&self, client: Option<&Client>, request: &mut Request) -> Result<bool> {
        Ok(request
            .body()
            .get("client_secret")
            .is_some_and(|secret| Client::is_secret_of(client, secret, request.now())))
    }
}
