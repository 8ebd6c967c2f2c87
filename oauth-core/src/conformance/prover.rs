//! The key of a client, and the proofs that it signs (RFC 9449 §4).

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::{HeaderValue, Request};
use serde_json::{Value, json};

use super::suite::{Suite, TestClient, new_key};
use super::{Failure, Stop};
use crate::binding::DpopNonces;
use crate::frame::Route;
use crate::jose::{SigningKey, thumbprint};
use crate::secret::SecretString;

/// The key of a client.
pub(super) struct Prover(pub(super) SigningKey);

impl Prover {
    pub(super) fn new() -> Result<Self, Stop> {
        new_key().map(Self)
    }

    pub(super) fn jkt(&self) -> String {
        self.0.public_jwk().as_ref().and_then(thumbprint).unwrap_or_default()
    }

    /// The claims of a good proof for the token endpoint.
    pub(super) fn claims(suite: &Suite) -> Result<Value, Stop> {
        Ok(Self::claims_for(suite, "POST", suite.path(Route::TOKEN)?))
    }

    /// The claims of a good proof for this path.
    pub(super) fn claims_for(suite: &Suite, method: &str, path: &str) -> Value {
        let (url, jti, now) =
            (format!("{}{path}", suite.origin), SecretString::random(), suite.now().as_secs());
        json!({ "jti": jti.expose(), "htm": method, "htu": url, "iat": now })
    }

    /// A proof with these claims, and with the public key of its own or another in its header.
    pub(super) async fn sign(&self, claims: &Value, shown: &Self) -> Result<String, Stop> {
        let algorithm = self.0.algorithm().as_str();
        let header = json!({ "typ": "dpop+jwt", "alg": algorithm, "jwk": shown.0.public_jwk() });
        let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let input = format!("{}.{}", part(&header), part(claims));
        let signature = self.0.sign(input.as_bytes()).await;
        let signature = signature.map_err(|cause| Failure::setup(cause.to_string()))?;
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Claims with the nonce that the server wants, if it wants one.
    pub(super) async fn with_nonce(&self, suite: &Suite, mut claims: Value) -> Result<Value, Stop> {
        if suite.report.dpop.is_none_or(|dpop| dpop.nonces != DpopNonces::Required) {
            return Ok(claims);
        }
        // Nothing stands for this code, and a nonce is asked for before that is looked at.
        let form = [("grant_type", "authorization_code"), ("code", "none")];
        let proof = self.sign(&Self::claims(suite)?, self).await?;
        let answer = suite.send(with_proof(suite, &suite.web, &form, &proof).await?).await;
        if let (Some(nonce), Value::Object(members)) = (answer.headers.get("dpop-nonce"), &mut claims) {
            members.insert("nonce".to_owned(), nonce.to_str().unwrap_or_default().into());
        }
        Ok(claims)
    }

    /// A proof for the token endpoint that is right, but for one claim.
    pub(super) async fn proof(&self, suite: &Suite, changed: Option<(&str, Value)>) -> Result<String, Stop> {
        let mut claims = self.with_nonce(suite, Self::claims(suite)?).await?;
        if let (Some((name, value)), Value::Object(members)) = (changed, &mut claims) {
            members.insert(name.to_owned(), value);
        }
        self.sign(&claims, self).await
    }

    /// A proof for a resource, with this access token (§7.1).
    pub(super) async fn with_token(
        &self,
        suite: &Suite,
        method: &str,
        path: &str,
        token: &str,
    ) -> Result<String, Stop> {
        let mut claims = self.with_nonce(suite, Self::claims_for(suite, method, path)).await?;
        if let Value::Object(members) = &mut claims {
            let hash = digest::digest(&digest::SHA256, token.as_bytes());
            members.insert("ath".to_owned(), URL_SAFE_NO_PAD.encode(hash).into());
        }
        self.sign(&claims, self).await
    }
}

/// A token request with this proof.
pub(super) async fn with_proof(
    suite: &Suite,
    client: &TestClient,
    form: &[(&str, &str)],
    proof: &str,
) -> Result<Request<Bytes>, Stop> {
    let mut request = suite.form_without_proof(Route::TOKEN, client, form).await?;
    prove(&mut request, proof)?;
    Ok(request)
}

/// Adds a proof to a request.
pub(super) fn prove(request: &mut Request<Bytes>, proof: &str) -> Result<(), Stop> {
    let proof = HeaderValue::try_from(proof).map_err(|cause| Failure::setup(cause.to_string()))?;
    request.headers_mut().insert("dpop", proof);
    Ok(())
}
