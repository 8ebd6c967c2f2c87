//! Access tokens that published keys verify, RFC 9068.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::suite::{Suite, Tokens};
use super::{Check, Stop};
use crate::jose::{Jwk, VerifyingKey};
use crate::scope::ScopeSet;
use crate::server::{Feature, Route};
use crate::time::UnixTime;

const GENERATOR: &str = "the generator of access tokens is your own: `JwtProfile`, or `#[token_generator(jwt, …)]`, does all \
                         that RFC 9068 wants";
/// How much clocks may differ, in seconds.
const SKEW: u64 = 60;

/// A JWT, taken apart and not verified.
struct Jwt {
    header: Map<String, Value>,
    claims: Map<String, Value>,
    signed: String,
    signature: Vec<u8>,
    tokens: Tokens,
}

impl Jwt {
    fn of(tokens: Tokens) -> Result<Self, Stop> {
        let malformed =
            || tokens.answer.fail("an access token that is a JWS of three base64url parts", GENERATOR);
        let parts: Vec<_> = tokens.access_token.split('.').collect();
        let [header, claims, signature] = parts.as_slice() else {
            return Err(match parts.len() {
                // RFC 7516 §7.1.
                5 => {
                    Stop::NotEnabled("access tokens that the suite can read: these are encrypted".to_owned())
                }
                _ => malformed(),
            });
        };
        let bytes = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| malformed());
        let object = |part| serde_json::from_slice(&bytes(part)?).map_err(|_| malformed());
        Ok(Self {
            header: object(header)?,
            claims: object(claims)?,
            signed: format!("{header}.{claims}"),
            signature: bytes(signature)?,
            tokens,
        })
    }

    async fn new(suite: &Suite) -> Result<Self, Stop> {
        Self::of(suite.any_tokens(&suite.web).await?)
    }

    /// Fails, with what the token says.
    fn fail(&self, expected: impl Into<String>, likely: &str) -> Stop {
        let shown = |part: &Map<String, Value>| Value::from(part.clone()).to_string();
        match self.tokens.answer.fail(expected, likely) {
            Stop::Failed(mut failure) => {
                failure.came = format!(
                    "an access token with\nheader {}\nclaims {}",
                    shown(&self.header),
                    shown(&self.claims)
                );
                Stop::Failed(failure)
            }
            other => other,
        }
    }

    fn expect(&self, holds: bool, expected: impl Into<String>, likely: &str) -> Check {
        if holds { Ok(()) } else { Err(self.fail(expected, likely)) }
    }

    /// A claim that is a NumericDate (RFC 7519 §2).
    fn time(&self, name: &str) -> Result<u64, Stop> {
        let time = self.claims.get(name).and_then(Value::as_u64);
        time.ok_or_else(|| {
            self.fail(
                format!("`{name}`, in seconds: without it, a token is good for ever or of any age"),
                &format!("the generator of access tokens leaves `{name}` out: {GENERATOR}"),
            )
        })
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.claims.get(name).and_then(Value::as_str)
    }
}

/// The keys that are published.
async fn keys(suite: &Suite) -> Result<Vec<VerifyingKey>, Stop> {
    let answer = suite.get(suite.path(Route::Jwks)?).await?;
    let set: Map<String, Value> = serde_json::from_slice(&answer.body)
        .map_err(|cause| answer.fail(format!("a JWK Set ({cause})"), "`jwks` of the generator"))?;
    let keys = set.get("keys").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let key = |jwk: &Value| {
        let jwk: Jwk = serde_json::from_value(jwk.clone()).map_err(|cause| cause.to_string())?;
        VerifyingKey::from_jwk(&jwk).map_err(|cause| cause.to_string())
    };
    keys.iter()
        .map(|jwk| key(jwk).map_err(|cause| answer.fail(format!("keys that verify ({cause})"), GENERATOR)))
        .collect()
}

pub(super) async fn rfc9068_section_4_the_published_keys_verify_the_signature(suite: &Suite) -> Check {
    let jwt = Jwt::new(suite).await?;
    let algorithm = jwt.header.get("alg").and_then(Value::as_str).unwrap_or_default();
    jwt.expect(!algorithm.eq_ignore_ascii_case("none"), "a signature (RFC 8725 §3.2)", GENERATOR)?;
    let kid = jwt.header.get("kid").and_then(Value::as_str);
    let mut candidates = keys(suite).await?;
    candidates.retain(|key| kid.is_none() || key.kid() == kid);
    jwt.expect(
        !candidates.is_empty(),
        "the `kid` of a published key",
        "`jwks` of the generator does not return the key that signs",
    )?;
    jwt.expect(
        candidates.iter().any(|key| {
            algorithm.parse() == Ok(key.algorithm()) && key.verify(jwt.signed.as_bytes(), &jwt.signature)
        }),
        format!("a signature with {algorithm} that the published key verifies"),
        "`jwks` of the generator returns another key than the one that signs, under its `kid`",
    )
}

/// "the "typ" value used SHOULD be "at+jwt"": so that an ID token is none.
pub(super) async fn rfc9068_section_2_1_the_type_is_at_jwt(suite: &Suite) -> Check {
    let jwt = Jwt::new(suite).await?;
    let kind = jwt.header.get("typ").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
    jwt.expect(matches!(kind.as_str(), "at+jwt" | "application/at+jwt"), "typ at+jwt", GENERATOR)
}

pub(super) async fn rfc9068_section_2_2_every_required_claim_is_there(suite: &Suite) -> Check {
    let jwt = Jwt::new(suite).await?;
    for name in ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"] {
        let is_there = jwt.claims.get(name).is_some_and(|value| !value.is_null() && *value != json!(""));
        jwt.expect(is_there, format!("the claim `{name}`, which is REQUIRED"), GENERATOR)?;
    }
    Ok(())
}

pub(super) async fn rfc9068_section_2_2_exp_is_in_the_future(suite: &Suite) -> Check {
    let jwt = Jwt::new(suite).await?;
    let expires = jwt.time("exp")?;
    jwt.expect(expires > UnixTime::now().as_secs(), "`exp` in the future", GENERATOR)
}

pub(super) async fn rfc9068_section_2_2_iat_is_not_in_the_future(suite: &Suite) -> Check {
    let before = UnixTime::now().as_secs();
    let jwt = Jwt::new(suite).await?;
    let (issued, now) = (jwt.time("iat")?, UnixTime::now().as_secs());
    let is_now = issued + SKEW >= before && issued <= now + SKEW;
    jwt.expect(is_now, format!("`iat` at {now}, when the token was issued"), GENERATOR)
}

pub(super) async fn rfc9068_section_2_2_iss_is_the_issuer(suite: &Suite) -> Check {
    let jwt = Jwt::new(suite).await?;
    let is_same = jwt.text("iss") == Some(&suite.report.issuer);
    jwt.expect(is_same, format!("iss {}, as the metadata has it", suite.report.issuer), GENERATOR)
}

pub(super) async fn rfc9068_section_2_2_client_id_is_the_clients(suite: &Suite) -> Check {
    let jwt = Jwt::new(suite).await?;
    let is_own = jwt.text("client_id") == Some(&suite.web.id);
    jwt.expect(is_own, format!("client_id {}", suite.web.id), GENERATOR)?;
    // "In cases of access tokens obtained through grants where no resource owner is involved […] the value of "sub" SHOULD
    // correspond to an identifier the authorization server uses to indicate the client application."
    if Feature::ClientCredentials.is_enabled(&suite.report) {
        jwt.expect(
            jwt.text("sub") == Some(&suite.web.id),
            "sub of the client, which speaks for itself",
            GENERATOR,
        )?;
    }
    if Feature::AuthorizationCode.is_enabled(&suite.report) {
        let jwt = Jwt::of(suite.tokens(&suite.web).await?)?;
        jwt.expect(
            jwt.text("client_id") == Some(&suite.web.id),
            format!("client_id {}", suite.web.id),
            GENERATOR,
        )?;
        let is_someone = jwt.text("sub").is_some_and(|subject| subject != suite.web.id);
        jwt.expect(is_someone, "sub of the person, not of the client (RFC 9700 §4.15)", GENERATOR)?;
    }
    Ok(())
}

/// "If an authorization request includes a scope parameter, the corresponding issued JWT access token SHOULD include a
/// "scope" claim".
pub(super) async fn rfc9068_section_2_2_3_scope_is_what_was_granted(suite: &Suite) -> Check {
    let jwt = Jwt::new(suite).await?;
    let set = |value: Option<&Value>| ScopeSet::parse(value.and_then(Value::as_str)?).ok();
    let (told, carried) = (set(jwt.tokens.response.get("scope")), set(jwt.claims.get("scope")));
    let Some(told) = told else { return Ok(()) };
    jwt.expect(
        carried.as_ref() == Some(&told),
        format!("scope {told}, as the token response says"),
        GENERATOR,
    )
}

pub(super) async fn rfc7519_section_4_1_7_each_jti_is_another(suite: &Suite) -> Check {
    let mut seen = BTreeSet::new();
    for _ in 0..4 {
        let jwt = Jwt::new(suite).await?;
        let is_another = jwt.text("jti").is_some_and(|jti| seen.insert(jti.to_owned()));
        jwt.expect(is_another, "another `jti` in every token", GENERATOR)?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_5_1_expires_in_is_what_exp_says(suite: &Suite) -> Check {
    let jwt = Jwt::new(suite).await?;
    let lifetime = jwt.time("exp")?.saturating_sub(jwt.time("iat")?);
    let told = jwt.tokens.response.get("expires_in").and_then(Value::as_u64).unwrap_or_default();
    jwt.expect(
        told.abs_diff(lifetime) <= 2,
        format!("exp {told} seconds after iat, as `expires_in` of the token response says"),
        "`expires_in` of the generator is not how long its tokens live: a client would use dead tokens, or throw good ones away",
    )
}
