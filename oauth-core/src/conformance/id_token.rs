//! ID tokens of the authorization code flow.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use serde_json::Value;

use super::jwt::Jwt;
use super::suite::{IssuedCode, Suite, TestClient, Tokens, pkce};
use super::{Check, Stop};
use crate::time::UnixTime;

const LIKELY: &str = "`finalize_id_token` or another hook of the validator, or the interaction";

/// The longest lifetime that is no mistake, in seconds.
const A_YEAR: u64 = 366 * 86_400;

/// An ID token, and the token response that it came with.
pub(super) async fn id_token(suite: &Suite, nonce: Option<&str>) -> Result<(Jwt, Tokens), Stop> {
    id_token_of(suite, &suite.web, nonce).await
}

/// The same for this client.
pub(super) async fn id_token_of(
    suite: &Suite,
    client: &TestClient,
    nonce: Option<&str>,
) -> Result<(Jwt, Tokens), Stop> {
    let (verifier, challenge) = pkce();
    let mut params = client.authorization(&challenge, "openid");
    params.extend(nonce.map(|nonce| ("nonce", nonce)));
    let answer = suite.authorize(&params).await?;
    let code = answer.params(client.redirect_uri)?.remove("code");
    let code = code.ok_or_else(|| answer.fail("a code in the redirect", LIKELY))?;
    let code = IssuedCode { code, verifier, redirect_uri: client.redirect_uri.to_owned() };
    let tokens = Tokens::of(suite.redeem(client, &code).await?)?;
    let id_token = tokens.response.get("id_token").and_then(Value::as_str).unwrap_or_default().to_owned();
    tokens.answer.expect(!id_token.is_empty(), "an id_token, as the scope openid was granted", LIKELY)?;
    Ok((Jwt::of(&id_token, tokens.answer.clone(), LIKELY)?, tokens))
}

pub(super) async fn oidc_core_section_3_1_3_3_a_code_yields_an_id_token(suite: &Suite) -> Check {
    id_token(suite, Some("a nonce")).await.map(|_| ())
}

pub(super) async fn oidc_core_section_3_1_2_1_without_openid_there_is_none(suite: &Suite) -> Check {
    let others = suite.report.scopes.iter().map(|scope| scope.name).filter(|name| *name != "openid");
    let scope = others.collect::<Vec<_>>().join(" ");
    if scope.is_empty() {
        return Err(Stop::NotEnabled("a scope beside openid".to_owned()));
    }
    let tokens = suite.tokens_for(&suite.web, &scope).await?;
    let has_none = !tokens.response.contains_key("id_token");
    tokens.answer.expect(has_none, "no id_token, as the scope openid was not asked for", LIKELY)
}

pub(super) async fn oidc_core_section_3_1_3_7_the_published_keys_verify_the_signature(
    suite: &Suite,
) -> Check {
    id_token(suite, None).await?.0.verify(suite).await
}

pub(super) async fn oidc_core_section_2_every_required_claim_is_there(suite: &Suite) -> Check {
    let before = UnixTime::now().as_secs();
    let (jwt, _) = id_token(suite, None).await?;
    let is_same = jwt.claim("iss") == Some(&suite.report.issuer);
    jwt.expect(is_same, format!("iss {}, as the metadata has it", suite.report.issuer))?;
    jwt.expect(
        jwt.claim("sub").is_some_and(|sub| !sub.is_empty() && sub.len() <= 255),
        "sub, of 255 characters at most",
    )?;
    let is_audience = match jwt.claims.get("aud") {
        Some(Value::Array(several)) => several.iter().any(|one| *one == *suite.web.id),
        Some(one) => *one == *suite.web.id,
        None => false,
    };
    jwt.expect(is_audience, format!("aud {}, the client", suite.web.id))?;
    let (issued, expires, now) = (jwt.time("iat")?, jwt.time("exp")?, UnixTime::now().as_secs());
    jwt.expect(expires > now, "`exp` in the future")?;
    jwt.expect(expires <= now + A_YEAR, "`exp` within a year: what it says is about a login")?;
    jwt.expect(issued + 60 >= before && issued <= now + 60, "`iat` when it was issued")
}

pub(super) async fn oidc_core_section_3_1_2_1_the_nonce_comes_back(suite: &Suite) -> Check {
    let nonce = "a nonce+with/characters=&%20";
    let (jwt, _) = id_token(suite, Some(nonce)).await?;
    jwt.expect(jwt.claim("nonce") == Some(nonce), format!("nonce {nonce}, as the request had it"))?;
    let (jwt, _) = id_token(suite, None).await?;
    jwt.expect(jwt.claim("nonce").is_none(), "no nonce, as the request had none")
}

/// OPTIONAL in this flow; where it is there, it must be right.
pub(super) async fn oidc_core_section_3_1_3_6_at_hash_is_the_access_tokens(suite: &Suite) -> Check {
    let (jwt, tokens) = id_token(suite, None).await?;
    let Some(found) = jwt.claim("at_hash") else { return Ok(()) };
    let expected = half_hash(&jwt, &tokens.access_token);
    jwt.expect(found == expected, format!("at_hash {expected}, of the access token that came with it"))
}

/// The claim that an ID token has of a code or an access token beside it: the left half of its hash.
pub(super) fn half_hash(jwt: &Jwt, beside: &str) -> String {
    let algorithm = match Jwt::text(&jwt.header, "alg").unwrap_or_default() {
        "HS256" | "RS256" | "PS256" | "ES256" => &digest::SHA256,
        "HS384" | "RS384" | "PS384" | "ES384" => &digest::SHA384,
        _ => &digest::SHA512,
    };
    let hash = digest::digest(algorithm, beside.as_bytes());
    let (left, _) = hash.as_ref().split_at(hash.as_ref().len() / 2);
    URL_SAFE_NO_PAD.encode(left)
}

/// "The Authorization Server MUST NOT display any authentication or consent user interface pages."
pub(super) async fn oidc_core_section_3_1_2_1_prompt_none_shows_no_page(suite: &Suite) -> Check {
    let (_, challenge) = pkce();
    let mut params = suite.web.authorization(&challenge, "openid");
    params.push(("prompt", "none"));
    let answer = suite.open(&params).await?;
    let is_told = answer.location().is_some_and(|to| to.starts_with(suite.web.redirect_uri));
    answer.expect(
        is_told && answer.status != StatusCode::OK,
        "an answer to the client at once: a code, or an error such as login_required",
        "the interaction does not know `prompt=none`",
    )
}
