//! Access tokens that published keys verify, RFC 9068.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::jwt::Jwt;
use super::suite::{Suite, Tokens};
use super::{Check, Stop};
use crate::scope::ScopeSet;
use crate::server::Feature;
use crate::time::UnixTime;

const GENERATOR: &str = "the generator of access tokens is your own: `JwtProfile`, or `#[token_generator(jwt, …)]`, does all \
                         that RFC 9068 wants";
/// The most that clocks may differ, in seconds.
const SKEW: u64 = 60;

/// An access token, and the token response that it came with.
async fn token(suite: &Suite) -> Result<(Jwt, Map<String, Value>), Stop> {
    of(suite.any_tokens(&suite.web).await?)
}

fn of(tokens: Tokens) -> Result<(Jwt, Map<String, Value>), Stop> {
    if Jwt::is_encrypted(&tokens.access_token) {
        return Err(Stop::NotTried("tokens that it can read: these are encrypted".to_owned()));
    }
    Ok((Jwt::of(&tokens.access_token, tokens.answer, GENERATOR)?, tokens.response))
}

pub(super) async fn rfc9068_section_4_the_published_keys_verify_the_signature(suite: &Suite) -> Check {
    token(suite).await?.0.verify(suite).await
}

/// "the "typ" value used SHOULD be "at+jwt"": so that an ID token is none.
pub(super) async fn rfc9068_section_2_1_the_type_is_at_jwt(suite: &Suite) -> Check {
    let (jwt, _) = token(suite).await?;
    let kind = Jwt::text(&jwt.header, "typ").unwrap_or_default().to_ascii_lowercase();
    jwt.expect(matches!(kind.as_str(), "at+jwt" | "application/at+jwt"), "typ at+jwt")
}

pub(super) async fn rfc9068_section_2_2_every_required_claim_is_there(suite: &Suite) -> Check {
    let (jwt, _) = token(suite).await?;
    for name in ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"] {
        let is_there = jwt.claims.get(name).is_some_and(|value| !value.is_null() && *value != json!(""));
        jwt.expect(is_there, format!("the claim `{name}`, which is REQUIRED"))?;
    }
    Ok(())
}

pub(super) async fn rfc9068_section_2_2_exp_is_in_the_future(suite: &Suite) -> Check {
    let (jwt, _) = token(suite).await?;
    let expires = jwt.time("exp")?;
    jwt.expect(expires > UnixTime::now().as_secs(), "`exp` in the future")
}

pub(super) async fn rfc9068_section_2_2_iat_is_not_in_the_future(suite: &Suite) -> Check {
    let before = UnixTime::now().as_secs();
    let (jwt, _) = token(suite).await?;
    let (issued, now) = (jwt.time("iat")?, UnixTime::now().as_secs());
    let is_now = issued + SKEW >= before && issued <= now + SKEW;
    jwt.expect(is_now, format!("`iat` at {now}, when the token was issued"))
}

pub(super) async fn rfc9068_section_2_2_iss_is_the_issuer(suite: &Suite) -> Check {
    let (jwt, _) = token(suite).await?;
    let is_same = jwt.claim("iss") == Some(&suite.report.issuer);
    jwt.expect(is_same, format!("iss {}, as the metadata has it", suite.report.issuer))
}

pub(super) async fn rfc9068_section_2_2_client_id_is_the_clients(suite: &Suite) -> Check {
    let (jwt, _) = token(suite).await?;
    let is_own = jwt.claim("client_id") == Some(&suite.web.id);
    jwt.expect(is_own, format!("client_id {}", suite.web.id))?;
    // "In cases of access tokens obtained through grants where no resource owner is involved […] the value of "sub" SHOULD
    // correspond to an identifier the authorization server uses to indicate the client application."
    if suite.need(Feature::ClientCredentials).is_ok() {
        jwt.expect(jwt.claim("sub") == Some(&suite.web.id), "sub of the client, which speaks for itself")?;
    }
    if suite.report.has(Feature::AuthorizationCode) {
        let (jwt, _) = of(suite.tokens(&suite.web).await?)?;
        jwt.expect(jwt.claim("client_id") == Some(&suite.web.id), format!("client_id {}", suite.web.id))?;
        let is_someone = jwt.claim("sub").is_some_and(|subject| subject != suite.web.id);
        jwt.expect(is_someone, "sub of the person, not of the client (RFC 9700 §4.15)")?;
    }
    Ok(())
}

/// "If an authorization request includes a scope parameter, the corresponding issued JWT access token SHOULD include a
/// "scope" claim".
pub(super) async fn rfc9068_section_2_2_3_scope_is_what_was_granted(suite: &Suite) -> Check {
    let (jwt, response) = token(suite).await?;
    let set = |value: Option<&Value>| ScopeSet::parse(value.and_then(Value::as_str)?).ok();
    let (told, carried) = (set(response.get("scope")), set(jwt.claims.get("scope")));
    let Some(told) = told else { return Ok(()) };
    jwt.expect(carried.as_ref() == Some(&told), format!("scope {told}, as the token response says"))
}

pub(super) async fn rfc7519_section_4_1_7_each_jti_is_another(suite: &Suite) -> Check {
    let mut seen = BTreeSet::new();
    for _ in 0..4 {
        let (jwt, _) = token(suite).await?;
        let is_another = jwt.claim("jti").is_some_and(|jti| seen.insert(jti.to_owned()));
        jwt.expect(is_another, "another `jti` in every token")?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_5_1_expires_in_is_what_exp_says(suite: &Suite) -> Check {
    let (jwt, response) = token(suite).await?;
    let lifetime = jwt.time("exp")?.saturating_sub(jwt.time("iat")?);
    let told = response.get("expires_in").and_then(Value::as_u64).unwrap_or_default();
    if told.abs_diff(lifetime) <= 2 {
        return Ok(());
    }
    Err(jwt.fail(
        format!("exp {told} seconds after iat, as `expires_in` of the token response says"),
        "`expires_in` of the generator is not how long its tokens live: a client would use dead tokens, or throw good ones \
         away",
    ))
}
