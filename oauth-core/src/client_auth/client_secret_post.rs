//! `client_secret_post`: the secret in the body, RFC 6749 §2.3.1.

use super::ClientAuth;
use crate::client::{Client, ClientAuthMethod, SecretHash};
use crate::error::Result;
use crate::request::Request;

pub(super) struct ClientSecretPost;

impl ClientAuth for ClientSecretPost {
    const METHOD: ClientAuthMethod = ClientAuthMethod::ClientSecretPost;

    fn is_in(&self, request: &Request) -> bool {
        request.body().get("client_secret").is_some()
    }

    async fn verify(&self, client: Option<&Client>, request: &mut Request) -> Result<bool> {
        Ok(request.body().get("client_secret").is_some_and(|secret| is_secret_of(client, secret)))
    }
}

/// Tells whether the secret is this client's. An unknown client's is verified, too, against a hash that no
/// secret has, so that it takes as long as a wrong one.
pub(super) fn is_secret_of(client: Option<&Client>, secret: &str) -> bool {
    let nobody = SecretHash::of_nobody();
    let hash = client.and_then(|client| client.secret_hash.as_ref()).unwrap_or(&nobody);
    std::hint::black_box(hash.verify(secret))
}
