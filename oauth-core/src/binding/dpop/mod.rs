//! Tokens that are bound to a key of their client, RFC 9449: whoever uses one proves the key with each request.

mod bound;
mod config;
mod htu;
mod nonce;
mod proof;

use std::fmt;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use serde_json::{Value, json};

pub(crate) use self::bound::{check_bound, check_bound_client, key_of};
pub use self::config::{Dpop, DpopNonces};
pub use self::nonce::NonceKey;
use self::proof::{Expected, Proof};
use super::Binding;
use crate::error::{Error, ErrorCode, Result};
use crate::jose::{Algorithm, FAPI2_ALGORITHMS, OwnKeys};
use crate::request::Request;
use crate::time::UnixTime;

/// The algorithms that proofs may be signed with: `dpop_signing_alg_values_supported`. §11.6: none that is symmetric, and none
/// "deemed to be broken or weak", which RSA of PKCS #1 version 1.5 is not and FAPI 2.0 §5.4.1 forbids all the same.
pub(crate) const ALGORITHMS: &[Algorithm] =
    &[Algorithm::ES256, Algorithm::ES384, Algorithm::PS256, Algorithm::EdDSA, Algorithm::Ed25519];

/// The header of proofs (§4.1).
pub(crate) const DPOP: HeaderName = HeaderName::from_static("dpop");

/// The header of nonces (§8.1).
pub(crate) const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// The member of `cnf` that has the thumbprint of the key (§6.1).
const JKT: &str = "jkt";

/// The binding, as a server or a resource has it.
pub(crate) struct ByKey {
    nonces: Option<(DpopNonces, NonceKey)>,
    algorithms: &'static [Algorithm],
    /// The longest time that `iat` may be ahead, whatever the nonce; `None`: as long as it may be back.
    ahead: Option<Duration>,
    known: OwnKeys,
}

impl ByKey {
    /// The binding of a server.
    pub(crate) fn of_server(dpop: Dpop, key: Option<&NonceKey>) -> Self {
        let nonces = Some((dpop.nonces, key.cloned().unwrap_or_else(NonceKey::random)));
        Self { nonces, algorithms: ALGORITHMS, ahead: None, known: OwnKeys::new() }
    }

    /// The same under FAPI 2.0, whose §5.4.1 has fewer algorithms. §5.3.2.1: servers "shall reject JWTs with an iat or nbf timestamp
    /// greater than 60 seconds in the future".
    pub(crate) fn of_fapi2(mut self) -> Self {
        (self.algorithms, self.ahead) = (FAPI2_ALGORITHMS, Some(Duration::from_mins(1)));
        self
    }

    /// The binding of a resource with a server elsewhere. It hands out no nonces; one in a proof is that server's, whose origin it
    /// may share (§9).
    pub(crate) fn of_resource() -> Self {
        Self { nonces: None, algorithms: ALGORITHMS, ahead: None, known: OwnKeys::new() }
    }

    /// Reads the proof of a request, checks it and keeps its identifier to be claimed; `None`: there is none.
    ///
    /// # Errors
    ///
    /// `invalid_dpop_proof`, and `use_dpop_nonce` with the nonce to use.
    fn prove(&self, request: &mut Request, token: Option<&str>) -> Result<Option<String>> {
        let Some(text) = proof::in_header(request)? else { return Ok(None) };
        let url = request.url().ok_or_else(|| Error::server("a DPoP proof came for what has no URL"))?;
        let (method, now) = (request.method().as_str(), request.now());
        let expected = Expected { method, url, token, now, algorithms: self.algorithms, known: &self.known };
        let proof = Proof::check(text, &expected)?;
        let until = self.check_freshness(&proof, request)?;
        request.claim_once(proof.replay_id()?, until, replayed);
        Ok(Some(proof.jkt))
    }

    /// §4.3, points 10 and 11. Returns until when the proof would pass again.
    fn check_freshness(&self, proof: &Proof, request: &mut Request) -> Result<UnixTime> {
        let now = request.now();
        if self.ahead.is_some_and(|ahead| proof.is_ahead(now, ahead)) {
            return Err(proof::invalid("iat is more than a minute ahead (FAPI 2.0 section 5.3.2.1)"));
        }
        let by_time = proof.passes_until(now);
        let too_old = || proof::invalid("iat is too far from the time of the server (section 11.1)");
        let Some((nonces, key)) = &self.nonces else { return by_time.ok_or_else(too_old) };
        match (nonces, &proof.nonce) {
            (DpopNonces::Off, Some(_)) => Err(proof::invalid("a nonce was never asked for (section 4.3)")),
            (DpopNonces::Off, None) => by_time.ok_or_else(too_old),
            (DpopNonces::Healing, None) if let Some(until) = by_time => Ok(until),
            (DpopNonces::Healing | DpopNonces::Required, nonce) => {
                let (newest, until) = (key.newest(now)?, now + NonceKey::LONGEST);
                if nonce.as_ref().is_some_and(|nonce| newest.matches(nonce)) {
                    return Ok(until);
                }
                // §8.2: "The server can supply the new nonce in the same way that the initial one was supplied".
                let newest = HeaderValue::try_from(newest.expose()).map_err(Error::server)?;
                request.respond_with(DPOP_NONCE, newest);
                let is_recent = nonce.as_ref().map(|nonce| key.is_recent(nonce, now)).transpose()?;
                if is_recent == Some(true) { Ok(until) } else { Err(use_nonce()) }
            }
        }
    }
}

impl Binding for ByKey {
    const SCHEME: &'static str = "DPoP";

    /// §5: "If the client sends a DPoP proof, the access token is bound to its key."
    async fn bind(&self, request: &mut Request) -> Result<Option<Value>> {
        Ok(self.prove(request, None)?.map(|jkt| json!({ JKT: jkt })))
    }

    fn is_of(&self, confirmation: Option<&Value>) -> bool {
        confirmation.is_some_and(|confirmation| confirmation.get(JKT).is_some())
    }

    /// §7.1: "the resource server MUST check that: […] the public key of the DPoP proof matches the public key to which the
    /// access token is bound".
    async fn verify(&self, confirmation: &Value, token: &str, request: &mut Request) -> Result<()> {
        let jkt = self.prove(request, Some(token))?;
        let jkt = jkt.ok_or_else(|| proof::invalid("the request has no DPoP header (section 7.1)"))?;
        if confirmation.get(JKT).and_then(Value::as_str) == Some(jkt.as_str()) {
            return Ok(());
        }
        Err(Error::invalid_token("the access token is bound to another key than the proof's"))
    }

    /// §7.1: "A space-delimited list of JWS algorithms".
    fn challenge(&self) -> Vec<(&'static str, String)> {
        let names: Vec<_> = self.algorithms.iter().map(|algorithm| algorithm.as_str()).collect();
        vec![("algs", names.join(" "))]
    }
}

/// §11.1: a proof is used once.
fn replayed() -> Error {
    proof::invalid("its jti was used before (section 11.1)")
}

/// §8, §9.
fn use_nonce() -> Error {
    Error::new(ErrorCode::UseDpopNonce).describe("the DPoP proof needs the nonce of the DPoP-Nonce header")
}

impl fmt::Debug for ByKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nonces = self.nonces.as_ref().map(|(nonces, _)| nonces);
        f.debug_struct("ByKey").field("nonces", &nonces).finish_non_exhaustive()
    }
}
