//! `client_secret_basic`: HTTP Basic, RFC 6749 §2.3.1.

use super::ClientAuth;
use crate::client::{Client, ClientAuthMethod};
use crate::error::{Error, Result};
use crate::request::Request;

pub(super) struct ClientSecretBasic;

impl ClientAuth for ClientSecretBasic {
    const METHOD: ClientAuthMethod = ClientAuthMethod::ClientSecretBasic;
    const SCHEME: Option<&'static str> = Some("Basic");

    fn client_id(&self, request: &Request) -> Result<String> {
        client_id(request).map(str::to_owned)
    }

    async fn verify(&self, client: Option<&Client>, request: &mut Request) -> Result<bool> {
        let now = request.now();
        Ok(request.basic().is_some_and(|basic| Client::is_secret_of(client, basic.secret.expose(), now)))
    }
}

/// The identifier in the header, which that in the body does not contradict.
pub(super) fn client_id(request: &Request) -> Result<&str> {
    let basic = request.basic().ok_or_else(Error::invalid_client)?;
    if request.body().get("client_id").is_some_and(|named| named != basic.client_id) {
        return Err(Error::invalid_request("the client authenticates in more than one way"));
    }
    Ok(&basic.client_id)
}
