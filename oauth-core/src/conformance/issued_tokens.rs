//! Access tokens that hooks of the application make: one that looks like a JWT is read as one, by resource servers and by the suite.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::jwt::Jwt;
use super::suite::{Suite, Tokens};
use super::{Check, Stop};
use crate::frame::Route;
use crate::server::Feature;

const HOOK: &str =
    "the hook that makes access tokens: `#[token_generator(jwt, …)]` does all that RFC 9068 wants";

/// The most that clocks may differ, in seconds.
const SKEW: u64 = 60;

/// The longest lifetime of a token whose response does not say how long it lives, in seconds: a day.
const UNTOLD: u64 = 86_400;

/// A token, and how many seconds it lives as the response says.
struct Issued {
    jwt: Jwt,
    expires_in: Option<u64>,
}

impl Issued {
    /// Tells whether it says that it is an access token of RFC 9068 (§2.1).
    fn is_at_jwt(&self) -> bool {
        let kind = Jwt::text(&self.jwt.header, "typ").unwrap_or_default();
        ["at+jwt", "application/at+jwt"].iter().any(|name| kind.eq_ignore_ascii_case(name))
    }
}

/// The JWTs among the tokens of a client for itself, of a code and of a refresh token. Those that are signed for everybody to
/// verify have rules of their own.
async fn issued(suite: &Suite) -> Result<Vec<Issued>, Stop> {
    if suite.report.has(Feature::SignedAccessTokens) {
        return Err(Stop::NotEnabled("access tokens that a hook makes".to_owned()));
    }
    let mut all = Vec::new();
    if suite.need(Feature::ClientCredentials).is_ok() {
        let form = [("grant_type", "client_credentials")];
        all.push(Tokens::of(suite.post(Route::TOKEN, &suite.web, &form).await?)?);
    }
    if suite.need(Feature::AuthorizationCode).is_ok() {
        let tokens = suite.tokens(&suite.web).await?;
        if let Some(refresh_token) = &tokens.refresh_token {
            all.push(Tokens::of(suite.refresh(&suite.web, refresh_token).await?)?);
        }
        all.push(tokens);
    }
    let tokens = all.into_iter().filter(|tokens| Jwt::is_signed(&tokens.access_token));
    let read = tokens.map(|tokens| {
        let expires_in = tokens.response.get("expires_in").and_then(Value::as_u64);
        Ok(Issued { jwt: Jwt::of(&tokens.access_token, tokens.answer, HOOK)?, expires_in })
    });
    let read: Vec<_> = read.collect::<Result<_, Stop>>()?;
    if read.is_empty() {
        return Err(Stop::NotEnabled("access tokens that are JWTs".to_owned()));
    }
    Ok(read)
}

/// A resource server that believes what nobody signed believes everybody. Where keys are published, they verify what is signed
/// with a key of that kind.
pub(super) async fn rfc8725_section_3_2_a_jwt_of_a_hook_is_signed(suite: &Suite) -> Check {
    for Issued { jwt, .. } in issued(suite).await? {
        let algorithm = Jwt::text(&jwt.header, "alg").unwrap_or_default();
        let is_signed = jwt.has_signature() && !algorithm.eq_ignore_ascii_case("none");
        jwt.expect(is_signed, "a signature, and its algorithm as `alg`")?;
        if suite.report.has(Feature::Jwks) && !algorithm.starts_with("HS") {
            jwt.verify(suite).await?;
        }
    }
    Ok(())
}

/// OPTIONAL in a JWT; where it is there, resource servers compare it.
pub(super) async fn rfc7519_section_4_1_1_a_jwt_of_a_hook_names_the_issuer(suite: &Suite) -> Check {
    for Issued { jwt, .. } in issued(suite).await? {
        let is_own = jwt.claims.get("iss").is_none_or(|iss| *iss == json!(suite.report.issuer));
        jwt.expect(is_own, format!("iss {}, as the metadata has it", suite.report.issuer))?;
    }
    Ok(())
}

/// OPTIONAL in a JWT; where it is there, a token lives as long for who reads it as for who asks the server.
pub(super) async fn rfc7519_section_4_1_4_a_jwt_of_a_hook_ends_when_the_response_says(
    suite: &Suite,
) -> Check {
    for Issued { jwt, expires_in } in issued(suite).await? {
        if !jwt.claims.contains_key("exp") {
            continue;
        }
        let (exp, now) = (jwt.time("exp")?, suite.now().as_secs());
        jwt.expect(exp > now, format!("`exp` in the future: it is {now}"))?;
        match expires_in {
            Some(told) => jwt.expect(
                exp.abs_diff(now + told) <= SKEW,
                format!(
                    "exp {}, which is {told} seconds ahead, as `expires_in` of the response says",
                    now + told
                ),
            )?,
            None => jwt.expect(exp <= now + UNTOLD, "`exp` within a day, or `expires_in` in the response")?,
        }
    }
    Ok(())
}

/// OPTIONAL in a JWT; where it is there, it is when the token was issued.
pub(super) async fn rfc7519_section_4_1_6_a_jwt_of_a_hook_was_issued_when_it_was(suite: &Suite) -> Check {
    for Issued { jwt, .. } in issued(suite).await? {
        if jwt.claims.contains_key("iat") {
            let now = suite.now().as_secs();
            jwt.expect(
                jwt.time("iat")?.abs_diff(now) <= SKEW,
                format!("`iat` at {now}, when it was issued"),
            )?;
        }
    }
    Ok(())
}

/// Of a token that says what it is, everybody expects what that has.
pub(super) async fn rfc9068_section_2_2_what_says_at_jwt_has_every_claim(suite: &Suite) -> Check {
    let tokens: Vec<_> = issued(suite).await?.into_iter().filter(Issued::is_at_jwt).collect();
    if tokens.is_empty() {
        return Err(Stop::NotEnabled("access tokens of the type `at+jwt`".to_owned()));
    }
    let mut seen = BTreeSet::new();
    for Issued { jwt, .. } in tokens {
        for name in ["iss", "exp", "aud", "sub", "client_id", "iat", "jti"] {
            let value = jwt.claims.get(name);
            let is_there = value.is_some_and(|value| ![Value::Null, json!(""), json!([])].contains(value));
            jwt.expect(is_there, format!("the claim `{name}`, which is REQUIRED"))?;
        }
        let is_own = jwt.claim("client_id") == Some(&suite.web.id);
        jwt.expect(is_own, format!("client_id {}", suite.web.id))?;
        let is_another = jwt.claim("jti").is_some_and(|jti| seen.insert(jti.to_owned()));
        jwt.expect(is_another, "another `jti` in every token")?;
    }
    Ok(())
}
