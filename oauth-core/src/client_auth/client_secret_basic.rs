//! `client_secret_basic`: HTTP Basic, RFC 6749 §2.3.1.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;

use super::ClientAuth;
use crate::client::{Client, ClientAuthMethod};
use crate::error::{Error, Result};
use crate::request::{Request, decode};
use crate::secret::SecretString;

pub(super) struct ClientSecretBasic;

impl ClientAuth for ClientSecretBasic {
    const METHOD: ClientAuthMethod = ClientAuthMethod::ClientSecretBasic;
    const SCHEME: Option<&'static str> = Some("Basic");

    fn client_id(&self, request: &Request) -> Result<String> {
        let (client_id, _) = read(request).ok_or_else(Error::invalid_client)?;
        if request.body().get("client_id").is_some_and(|named| named != client_id) {
            return Err(Error::invalid_request("the client authenticates in more than one way"));
        }
        Ok(client_id)
    }

    async fn verify(&self, client: Option<&Client>, request: &mut Request) -> Result<bool> {
        let now = request.now();
        Ok(read(request).is_some_and(|(_, secret)| Client::is_secret_of(client, secret.expose(), now)))
    }
}

/// §2.3.1: identifier and secret are each form-encoded, then joined for HTTP Basic.
fn read(request: &Request) -> Option<(String, SecretString)> {
    let (_, encoded) = request.headers().get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let decoded = SecretString::new(String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?);
    let (client_id, secret) = decoded.expose().split_once(':')?;
    Some((decode(client_id.as_bytes()).ok()?, SecretString::new(decode(secret.as_bytes()).ok()?)))
}
