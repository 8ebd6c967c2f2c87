//! ID tokens, OIDC Core §2.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::claims::{IdTokenClaims, RESERVED_IN_ID_TOKENS};
use crate::client::GrantType;
use crate::error::{Error, Result};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::jose::{Algorithm, JwtType, SigningKey};
use crate::model::IdTokenContext;
use crate::openid::session_identifier::session_identifier;
use crate::openid::signer::key_among;
use crate::openid::{IdTokenSigner as _, id_token_claims, subject_identifier};
use crate::request::Request;
use crate::secret::SecretString;
use crate::time::UnixTime;
use crate::validator::RequestValidator as _;

/// The values that go out beside an ID token, which binds it by hashes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Beside<'a> {
    pub(crate) access_token: Option<&'a SecretString>,
    /// The code, where the ID token is part of an authorization response.
    pub(crate) code: Option<&'a SecretString>,
    /// Likewise.
    pub(crate) state: Option<&'a str>,
}

/// The ID token of a token response, where one is due: a person logged in, and granted the scope `openid`.
pub(crate) async fn of_token_response<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    access_token: &SecretString,
) -> Result<Option<SecretString>> {
    let is_openid = request.scopes.as_ref().is_some_and(|scopes| scopes.contains("openid"));
    let is_login = request.subject.is_some() && request.auth_time.is_some();
    if !S::IdTokens::IS_OPENID_PROVIDER || !is_openid || !is_login {
        return Ok(None);
    }
    if request.grant_type == Some(GrantType::REFRESH_TOKEN) {
        if !server.validator().refresh_id_token(request).await? {
            return Ok(None);
        }
        // §12.2: "it SHOULD NOT have a nonce Claim, even when the ID Token issued at the time of the original
        // authentication contained nonce".
        request.validated.openid.iter_mut().for_each(|context| context.nonce = None);
    }
    let beside = Beside { access_token: Some(access_token), ..Beside::default() };
    issue(server, request, beside).await.map(Some)
}

/// Makes and signs an ID token about the request's subject.
pub(crate) async fn issue<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    beside: Beside<'_>,
) -> Result<SecretString> {
    let client = request.require_client()?;
    let keys = server.id_tokens().signing_keys();
    let key = key_among(&keys, &client)?;
    let subject = request.subject.clone().ok_or_else(|| Error::server("an ID token needs a subject"))?;
    let sub = subject_identifier(server.pairwise_key(), &client, &subject)?;
    let is_access_token_issued = beside.access_token.is_some() || beside.code.is_some();
    let mut further =
        IdTokenClaims(id_token_claims(server.validator(), request, is_access_token_issued).await?);
    further.0.retain(|name, _| !RESERVED_IN_ID_TOKENS.contains(&name.as_str()));
    server.validator().finalize_id_token(&mut further, request).await?;

    let unsigned = unsigned(server, request, key, &sub, &further, beside)?;
    key.sign_unsigned(unsigned).await.map(SecretString::new)
}

/// The ID token before it is signed.
fn unsigned<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
    key: &SigningKey,
    sub: &str,
    further: &IdTokenClaims,
    beside: Beside<'_>,
) -> Result<String> {
    let client = request.require_client()?;
    let none = IdTokenContext::default();
    let context = request.openid.as_ref().unwrap_or(&none);
    let hash = |value: &str| half_hash(key.algorithm(), value);
    let now = server.now();
    let claims = Claims {
        iss: server.issuer(),
        sub,
        aud: &client.client_id,
        exp: now + S::CONFIG.id_token_lifetime,
        iat: now,
        auth_time: request.auth_time,
        nonce: context.nonce.as_deref(),
        acr: request.acr.as_deref(),
        amr: &request.amr,
        sid: context.sid.as_deref().map(|sid| session_identifier(sid, &client)),
        at_hash: beside.access_token.map(|token| hash(token.expose())),
        c_hash: beside.code.map(|code| hash(code.expose())),
        s_hash: beside.state.map(hash),
        further: &further.0,
    };
    key.unsigned_claims(JwtType::Jwt, &claims)
}

/// The claims, written from where they are.
#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    /// One audience, and so no `azp`: it is for ID tokens with others beside the client.
    aud: &'a str,
    exp: UnixTime,
    iat: UnixTime,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<UnixTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acr: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    amr: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    c_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    s_hash: Option<String>,
    /// None of which has a name of those above.
    #[serde(flatten)]
    further: &'a Map<String, Value>,
}

/// §3.1.3.6: "the base64url encoding of the left-most half of the hash of the octets of the ASCII representation of the
/// `access_token` value, where the hash algorithm used is the hash algorithm used in the `alg` Header Parameter". Ed25519
/// hashes with SHA-512 (RFC 8032 §5.1).
fn half_hash(algorithm: Algorithm, value: &str) -> String {
    let hash = match algorithm {
        Algorithm::HS256 | Algorithm::RS256 | Algorithm::PS256 | Algorithm::ES256 => &digest::SHA256,
        Algorithm::HS384 | Algorithm::RS384 | Algorithm::PS384 | Algorithm::ES384 => &digest::SHA384,
        _ => &digest::SHA512,
    };
    let hash = digest::digest(hash, value.as_bytes());
    let (left, _) = hash.as_ref().split_at(hash.as_ref().len() / 2);
    URL_SAFE_NO_PAD.encode(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appendix_a_hashes_are_those_of_the_examples() {
        let access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
        assert_eq!(half_hash(Algorithm::RS256, access_token), "77QmUPtjPfzWtF2AnpK9RQ");
        let code = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk";
        assert_eq!(half_hash(Algorithm::RS256, code), "LDktKdoQak3Pk0cnXxCltA");
    }

    #[test]
    fn section_3_1_3_6_the_hash_is_half_that_of_the_algorithm() {
        let lengths = [Algorithm::ES256, Algorithm::ES384, Algorithm::EdDSA, Algorithm::PS512]
            .map(|algorithm| URL_SAFE_NO_PAD.decode(half_hash(algorithm, "token")).unwrap().len());
        assert_eq!(lengths, [16, 24, 32, 32]);
    }

    #[test]
    fn no_claim_of_the_server_s_own_can_be_among_the_others() {
        let (text, list) = (|| Some(String::new()), [String::new()]);
        let claims = Claims {
            iss: "",
            sub: "",
            aud: "",
            exp: UnixTime::from_secs(1),
            iat: UnixTime::from_secs(1),
            auth_time: Some(UnixTime::from_secs(1)),
            nonce: Some(""),
            acr: Some(""),
            amr: &list,
            sid: text(),
            at_hash: text(),
            c_hash: text(),
            s_hash: text(),
            further: &Map::new(),
        };
        let claims = serde_json::to_value(&claims).unwrap();
        let names: Vec<_> = claims.as_object().unwrap().keys().collect();
        assert_eq!(names.len(), 13);
        assert!(names.iter().all(|name| RESERVED_IN_ID_TOKENS.contains(&name.as_str())), "{names:?}");
    }
}
