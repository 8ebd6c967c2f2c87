//! Client authentication, RFC 6749 §2.3 and §3.2.1; by assertion, RFC 7523 §2.2.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;

use super::{Client, ClientAuthMethod, SecretHash, assertion};
use crate::error::{Error, Result};
use crate::request::{Request, decode};
use crate::secret::SecretString;
use crate::store::ClientStore as _;
use crate::validator::RequestValidator;

/// What a request says of its client.
struct Credentials {
    client_id: String,
    secret: Option<SecretString>,
    method: ClientAuthMethod,
}

/// Authenticates the client of a request by the method it registered.
pub(crate) async fn authenticate<V: RequestValidator>(
    validator: &V,
    request: &mut Request,
) -> Result<Arc<Client>> {
    if let Some(assertion) = assertion::read(request)? {
        return assertion::authenticate(validator, request, &assertion).await;
    }
    let credentials = Credentials::read(request)?;
    let Some(client) = validator.clients().client(&credentials.client_id).await? else {
        credentials.verify_against(&SecretHash::of_nobody());
        return Err(refused(&credentials, "no such client"));
    };
    if credentials.secret.is_none() {
        if validator.client_authentication_required(&client, request).await? {
            return Err(refused(&credentials, "the client must authenticate"));
        }
        request.is_exempted = true;
    } else if !credentials.verify_against(client.secret_hash.as_ref().unwrap_or(&SecretHash::of_nobody())) {
        return Err(refused(&credentials, "the secret is wrong, or the client has none"));
    } else if credentials.method != client.token_endpoint_auth_method {
        let registered = client.token_endpoint_auth_method.as_str();
        return Err(refused(&credentials, &format!("the client registered {registered}")));
    }
    Ok(client)
}

/// The client whose secret a request has, right or wrong.
pub(crate) fn guessed_client(request: &Request) -> Option<String> {
    let credentials = Credentials::read(request).ok()?;
    credentials.secret.is_some().then_some(credentials.client_id)
}

/// The wire says `invalid_client` and nothing more; the operator's log says why.
fn refused(credentials: &Credentials, reason: &str) -> Error {
    let method = credentials.method.as_str();
    tracing::debug!(target: "oauth_core", client_id = credentials.client_id, method, reason, "client not authenticated");
    Error::invalid_client()
}

impl Credentials {
    /// RFC 6749 §2.3: "The client MUST NOT use more than one authentication method in each request."
    fn read(request: &Request) -> Result<Self> {
        let body_id = request.body().get("client_id");
        let body_secret = request.body().get("client_secret");
        let mut headers = request.headers().get_all(AUTHORIZATION).iter();
        if let Some(header) = headers.next() {
            let (client_id, secret) =
                header.to_str().ok().and_then(basic).ok_or_else(Error::invalid_client)?;
            let is_repeated = headers.next().is_some();
            if is_repeated || body_secret.is_some() || body_id.is_some_and(|id| id != client_id) {
                return Err(Error::invalid_request("the client authenticates in more than one way"));
            }
            return Ok(Self { client_id, secret: Some(secret), method: ClientAuthMethod::ClientSecretBasic });
        }
        let client_id = body_id.ok_or_else(Error::invalid_client)?.to_owned();
        Ok(match body_secret {
            Some(secret) => Self {
                client_id,
                secret: Some(SecretString::new(secret)),
                method: ClientAuthMethod::ClientSecretPost,
            },
            None => Self { client_id, secret: None, method: ClientAuthMethod::None },
        })
    }

    /// Whether the secret is the one of this hash. An unknown client's is verified, too, against a hash that no secret
    /// has, so that it takes as long as a wrong one.
    fn verify_against(&self, hash: &SecretHash) -> bool {
        self.secret.as_ref().is_some_and(|secret| std::hint::black_box(hash.verify(secret.expose())))
    }
}

/// RFC 6749 §2.3.1: identifier and secret are each form-encoded, then joined for HTTP Basic.
fn basic(header: &str) -> Option<(String, SecretString)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = SecretString::new(String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?);
    let (client_id, secret) = decoded.expose().split_once(':')?;
    Some((decode(client_id.as_bytes()).ok()?, SecretString::new(decode(secret.as_bytes()).ok()?)))
}
