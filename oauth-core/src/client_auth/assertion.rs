//! The common part of `private_key_jwt` and `client_secret_jwt`: RFC 7523 §2.2, §3.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::assertion::UnverifiedAssertion;
use crate::client::{Client, ClientAuthMethod};
use crate::error::{Error, Result};
use crate::jose::{Algorithm, InvalidJws, Jws, JwtKind, KeySet, SigningKey};
use crate::request::{Request, Unclaimed};
use crate::store::StoreRoles;

/// The reason why an assertion is refused: for the log, never for the wire.
type Reason = Cow<'static, str>;

/// The only `client_assertion_type` there is, RFC 7523 §2.2.
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Tells whether a request has an assertion, or a part of one, of the method that its algorithm belongs to.
pub(super) fn is_of(method: ClientAuthMethod, request: &Request) -> bool {
    let assertion = request.body().get("client_assertion");
    if assertion.is_none() && request.body().get("client_assertion_type").is_none() {
        return false;
    }
    let jws = assertion.and_then(|assertion| Jws::parse(assertion).ok());
    jws.map_or(ClientAuthMethod::PrivateKeyJwt, |jws| ClientAuthMethod::of_algorithm(jws.algorithm)) == method
}

/// The client whose assertion it says it is.
///
/// # Errors
///
/// `invalid_request` if the assertion or its type is missing; `invalid_client` if the type is another (RFC 6749 §5.2: an
/// unsupported authentication method), or the assertion names no client.
pub(super) fn client_id(request: &Request) -> Result<String> {
    let parameter = |name: &'static str| {
        request.body().get(name).ok_or_else(|| Error::invalid_request(format!("{name} is missing")))
    };
    let (kind, assertion) = (parameter("client_assertion_type")?, parameter("client_assertion")?);
    if kind != TYPE {
        return Err(Error::invalid_client());
    }
    let assertion = parse(assertion, request)
        .map_err(|cause| refused(None, cause.to_string()))
        .map_err(|()| Error::invalid_client())?;
    // RFC 7523 §3: for client authentication, "sub" MUST be the client_id; OpenID Connect Core §9 has "iss" be it, too.
    let Some(client_id) = assertion.subject().filter(|subject| assertion.issuer() == Some(*subject)) else {
        refused(None, "iss and sub are not one client");
        return Err(Error::invalid_client());
    };
    // RFC 7521 §4.2: a `client_id` that is sent as well "MUST identify the same client".
    if request.body().get("client_id").is_some_and(|named| named != client_id) {
        refused(Some(client_id), "client_id is another than the assertion's");
        return Err(Error::invalid_client());
    }
    Ok(client_id.to_owned())
}

/// Tells whether the assertion is signed with the keys of the client, who registered the method and the
/// algorithm, and is used for the first time.
pub(super) fn verify<V: StoreRoles>(
    method: ClientAuthMethod,
    client: Option<&Client>,
    request: &mut Request,
    keys: impl FnOnce(Algorithm) -> std::result::Result<KeySet, Reason>,
) -> bool {
    let text = request.body().get("client_assertion").unwrap_or_default().to_owned();
    let Ok(assertion) = parse(&text, request) else { return false };
    let (client_id, algorithm) = (assertion.subject(), assertion.algorithm());
    let keys = match client {
        _ if !V::KEEPS_REPLAY_IDS => Err("the server does not offer authentication by assertions".into()),
        None => Err("no such client".into()),
        Some(client) if client.token_endpoint_auth_method != method => {
            Err(format!("the client registered {}", client.token_endpoint_auth_method).into())
        }
        Some(client)
            if client.token_endpoint_auth_signing_alg.is_some_and(|registered| registered != algorithm) =>
        {
            Err("the client registered another token_endpoint_auth_signing_alg".into())
        }
        Some(_) => match too_lax(request, &assertion) {
            Some(reason) => Err(reason.into()),
            None => keys(algorithm),
        },
    };
    let verified = match keys {
        Ok(keys) => assertion.check(&keys).map_err(|cause| {
            // No key was tried: that takes as long, too.
            if matches!(cause, InvalidJws::UnknownKey | InvalidJws::WrongAlgorithm) {
                verify_for_nobody(&assertion);
            }
            Reason::from(cause.to_string())
        }),
        Err(reason) => {
            verify_for_nobody(&assertion);
            Err(reason)
        }
    };
    let verified = match verified {
        Ok(verified) => verified,
        Err(reason) => {
            refused(client_id, reason);
            return false;
        }
    };
    // RFC 7523 §3: the server MAY use "jti" to "ensure that JWTs are not replayed". Claimed last: nobody without the key
    // can use up an identifier, and nothing that is refused for another reason does.
    let (id, until) = (verified.replay_id, verified.until);
    request.issuing.unclaimed.push(Unclaimed { id, until, reused: Error::invalid_client });
    true
}

/// The reason why a server of FAPI 2.0 refuses an assertion that others take. §5.3.2.1: it "shall only accept its issuer identifier
/// value […] as a string in the aud claim received in client authentication assertions".
fn too_lax(request: &Request, assertion: &UnverifiedAssertion<'_>) -> Option<&'static str> {
    let strict = request.strict_assertions.as_ref()?;
    if !strict.algorithms.contains(&assertion.algorithm()) {
        return Some("its algorithm is none of FAPI 2.0 (section 5.4.1)");
    }
    (assertion.audience() != Some(&strict.audience)).then_some("aud is not the issuer alone, as a string")
}

fn parse<'a>(
    assertion: &'a str,
    request: &Request,
) -> std::result::Result<UnverifiedAssertion<'a>, InvalidJws> {
    let audiences = |_| request.audiences.clone();
    UnverifiedAssertion::parse(&[JwtKind::ClientAssertion], assertion, audiences, request.now())
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
fn refused(client_id: Option<&str>, reason: impl Into<Reason>) {
    let reason = reason.into();
    tracing::debug!(target: "oauth_core", client_id, method = "client_assertion", %reason, "client not authenticated");
}
