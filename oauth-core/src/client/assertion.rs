//! Client authentication by JWT, RFC 7523 §2.2: `private_key_jwt` and `client_secret_jwt` of OpenID Connect Core §9.

use std::sync::{Arc, OnceLock};

use super::{Client, ClientAuthMethod};
use crate::assertion::UnverifiedAssertion;
use crate::error::{Error, Result};
use crate::jose::{Algorithm, InvalidJws, JwtKind, KeySet, SigningKey};
use crate::request::Request;
use crate::store::ClientStore as _;
use crate::validator::RequestValidator;

/// Why an assertion is refused: for the log, never for the wire.
type Reason = std::borrow::Cow<'static, str>;

/// The only `client_assertion_type` there is, RFC 7523 §2.2.
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The assertion of a request, if it has one.
///
/// # Errors
///
/// `invalid_request` if the request also has other credentials (RFC 6749 §2.3) or lacks the assertion or its type;
/// `invalid_client` if the type is another (§5.2: an unsupported authentication method).
pub(super) fn read(request: &Request) -> Result<Option<String>> {
    let (assertion, kind) =
        (request.body().get("client_assertion"), request.body().get("client_assertion_type"));
    let (assertion, kind) = match (assertion, kind) {
        (None, None) => return Ok(None),
        (Some(assertion), Some(kind)) => (assertion, kind),
        (Some(_), None) => return Err(Error::invalid_request("client_assertion_type is missing")),
        (None, Some(_)) => return Err(Error::invalid_request("client_assertion is missing")),
    };
    let has_secret = request.body().get("client_secret").is_some();
    if has_secret || request.headers().contains_key(http::header::AUTHORIZATION) {
        return Err(Error::invalid_request("the client authenticates in more than one way"));
    }
    if kind == TYPE { Ok(Some(assertion.to_owned())) } else { Err(Error::invalid_client()) }
}

/// Authenticates a client by its assertion.
///
/// # Errors
///
/// `invalid_client`, the same for an unknown client as for a wrong signature.
pub(super) async fn authenticate<V: RequestValidator>(
    validator: &V,
    request: &mut Request,
    assertion: &str,
) -> Result<Arc<Client>> {
    let named = request.body().get("client_id").map(str::to_owned);
    let audiences = std::mem::take(&mut request.audiences);
    let assertion =
        match UnverifiedAssertion::parse(JwtKind::ClientAssertion, assertion, audiences, request.now()) {
            Ok(assertion) if V::KEEPS_REPLAY_IDS => assertion,
            Ok(_) => return Err(refused(None, "the server does not offer authentication by assertions")),
            Err(cause) => return Err(refused(None, cause.to_string())),
        };
    // RFC 7523 §3: for client authentication, "sub" MUST be the client_id; OpenID Connect Core §9 has "iss" be it, too.
    let Some(client_id) = assertion.subject().filter(|subject| assertion.issuer() == Some(*subject)) else {
        return Err(refused(None, "iss and sub are not one client"));
    };
    // RFC 7521 §4.2: a `client_id` that is sent as well "MUST identify the same client".
    if named.is_some_and(|named| named != client_id) {
        return Err(refused(Some(client_id), "client_id is another than the assertion's"));
    }
    let Some(client) = validator.clients().client(client_id).await? else {
        verify_for_nobody(&assertion);
        return Err(refused(Some(client_id), "no such client"));
    };
    let keys = match keys(validator, &client, &assertion, request).await? {
        Ok(keys) => keys,
        Err(reason) => {
            verify_for_nobody(&assertion);
            return Err(refused(Some(client_id), reason));
        }
    };
    let now = request.now();
    let verified = assertion.check(&keys).map_err(|cause| {
        // No key was tried: that takes as long, too.
        if matches!(cause, InvalidJws::UnknownKey | InvalidJws::WrongAlgorithm) {
            verify_for_nobody(&assertion);
        }
        refused(Some(client_id), cause.to_string())
    })?;
    // RFC 7523 §3: the server MAY use "jti" to "ensure that JWTs are not replayed". Claimed last: nobody without the key
    // can use up an identifier.
    if !validator.claim_replay_id(&verified.replay_id, request.attempt(), verified.until, now).await? {
        tracing::warn!(target: "oauth_core", client_id, "a client assertion was used twice");
        return Err(Error::invalid_client());
    }
    Ok(client)
}

/// The keys that the assertion must be signed with, by the method that the client registered.
async fn keys<V: RequestValidator>(
    validator: &V,
    client: &Client,
    assertion: &UnverifiedAssertion<'_>,
    request: &mut Request,
) -> Result<std::result::Result<KeySet, Reason>> {
    let algorithm = assertion.algorithm();
    let method = method_of(algorithm);
    if client.token_endpoint_auth_method != method {
        let registered = client.token_endpoint_auth_method.as_str();
        return Ok(Err(format!("the client registered {registered}").into()));
    }
    if client.token_endpoint_auth_signing_alg.is_some_and(|registered| registered != algorithm) {
        return Ok(Err("the client registered another token_endpoint_auth_signing_alg".into()));
    }
    if method == ClientAuthMethod::PrivateKeyJwt {
        return Ok(match &client.jwks {
            Some(jwks) => Ok(jwks.keys(client.token_endpoint_auth_signing_alg).clone()),
            None => Err("the client has no jwks".into()),
        });
    }
    let Some(secret) = validator.get_client_secret(client, request).await? else {
        return Ok(Err("get_client_secret has no secret of this client".into()));
    };
    Ok(SigningKey::hmac(secret.expose(), algorithm)
        .map(|key| [key.into()].into_iter().collect())
        .map_err(|cause| Reason::from(cause.to_string())))
}

/// A secret for HMAC, and a key for everything else: so that no public key is ever taken for a secret.
pub(super) const fn method_of(algorithm: Algorithm) -> ClientAuthMethod {
    match algorithm {
        Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512 => ClientAuthMethod::ClientSecretJwt,
        _ => ClientAuthMethod::PrivateKeyJwt,
    }
}

/// A signature is verified for unknown clients, too, so that they take about as long as a wrong signature.
fn verify_for_nobody(assertion: &UnverifiedAssertion<'_>) {
    static NOBODY: OnceLock<Option<SigningKey>> = OnceLock::new();
    let key = NOBODY.get_or_init(|| SigningKey::generate(Algorithm::ES256).ok());
    let jws = assertion.jws();
    if let Some(key) = key {
        let _ = std::hint::black_box(key.verify(jws.signing_input.as_bytes(), &jws.signature));
    }
}

/// The wire says `invalid_client` and nothing more; the operator's log says why.
fn refused(client_id: Option<&str>, reason: impl Into<Reason>) -> Error {
    let reason = reason.into();
    tracing::debug!(target: "oauth_core", client_id, method = "client_assertion", %reason, "client not authenticated");
    Error::invalid_client()
}
