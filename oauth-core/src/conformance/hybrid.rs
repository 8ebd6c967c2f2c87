//! Hybrid flows of OpenID Connect, and of its Implicit Flow what they share: tokens beside a code, through the browser.

use std::collections::BTreeMap;

use serde_json::Value;

use super::answer::Answer;
use super::id_token::half_hash;
use super::jwt::Jwt;
use super::suite::{IssuedCode, REDIRECT_URI, Suite, TestClient, Tokens, encode, pkce};
use super::{Check, Stop};
use crate::client::{ClientBuilder, ResponseType};
use crate::server::Feature;

const LIKELY: &str = "the interaction refuses, a hook of the validator does, or a grant of your own replaces `AuthorizationCode` or \
                      `Implicit`";

fn offered(suite: &Suite) -> impl Iterator<Item = ResponseType> {
    suite.report.response_types.iter().copied().filter(|asked| asked.is_hybrid())
}

/// A client that may ask for all that the server offers.
pub(super) async fn client(suite: &Suite) -> Result<TestClient, Stop> {
    let all = suite.report.response_types.iter().copied();
    suite
        .confidential_with("every-response-type", |client| {
            all.fold(suite.with_grants(client, true), ClientBuilder::response_type)
        })
        .await
}

/// A request for this, with the scope `openid`.
pub(super) fn request<'a>(
    client: &'a TestClient,
    challenge: &'a str,
    response_type: ResponseType,
) -> Vec<(&'a str, &'a str)> {
    let mut params = client.authorization(challenge, "openid");
    params.retain(|(name, _)| *name != "response_type");
    params.extend([("response_type", response_type.as_str()), ("nonce", "a nonce")]);
    params
}

/// The result of the person's approval.
struct Approved {
    params: BTreeMap<String, String>,
    answer: Answer,
    verifier: String,
}

async fn approved(suite: &Suite, client: &TestClient, response_type: ResponseType) -> Result<Approved, Stop> {
    let (verifier, challenge) = pkce();
    let answer = suite.authorize(&request(client, &challenge, response_type)).await?;
    let params = answer.params(REDIRECT_URI)?;
    Ok(Approved { params, answer, verifier })
}

impl Approved {
    fn get(&self, name: &str) -> Result<&str, Stop> {
        let value = self.params.get(name).filter(|value| !value.is_empty());
        value.map(String::as_str).ok_or_else(|| self.answer.fail(format!("`{name}`"), LIKELY))
    }

    fn id_token(&self) -> Result<Jwt, Stop> {
        Jwt::of(self.get("id_token")?, self.answer.clone(), LIKELY)
    }

    async fn redeem(&self, suite: &Suite, client: &TestClient) -> Result<Answer, Stop> {
        let (code, verifier) = (self.get("code")?.to_owned(), self.verifier.clone());
        suite.redeem(client, &IssuedCode { code, verifier, redirect_uri: REDIRECT_URI.to_owned() }).await
    }
}

pub(super) async fn oidc_core_section_3_3_2_5_what_was_asked_for_is_in_the_fragment(suite: &Suite) -> Check {
    let client = client(suite).await?;
    for response_type in offered(suite) {
        let approved = approved(suite, &client, response_type).await?;
        let answer = &approved.answer;
        let is_in_fragment = answer.location().is_some_and(|to| to.starts_with(&format!("{REDIRECT_URI}#")));
        answer.expect(is_in_fragment, "the parameters in the fragment", LIKELY)?;
        for (name, part) in [
            ("code", ResponseType::CODE),
            ("id_token", ResponseType::ID_TOKEN),
            ("access_token", ResponseType::TOKEN),
        ] {
            let (is_there, is_due) = (approved.params.contains_key(name), response_type.contains(part));
            let expected =
                format!("`{name}` {}", if is_due { "there" } else { "left out: nobody asked for it" });
            answer.expect(is_there == is_due, expected, LIKELY)?;
        }
        let is_same = approved.params.get("state").is_some_and(|state| state == "a state");
        answer.expect(is_same, "state as it was sent", LIKELY)?;
        answer.expect(!approved.params.contains_key("refresh_token"), "no refresh_token", LIKELY)?;
    }
    Ok(())
}

/// §3.3.2.11, and §3.2.2.9 for the access token: whoever swaps the code or the token beside it is noticed.
pub(super) async fn oidc_core_section_3_3_2_11_the_id_token_binds_code_and_access_token(
    suite: &Suite,
) -> Check {
    let client = client(suite).await?;
    for response_type in offered(suite).filter(|asked| asked.contains(ResponseType::ID_TOKEN)) {
        let approved = approved(suite, &client, response_type).await?;
        let jwt = approved.id_token()?;
        jwt.verify(suite).await?;
        jwt.expect(jwt.claim("nonce") == Some("a nonce"), "nonce, as the request had it")?;
        let c_hash = half_hash(&jwt, approved.get("code")?);
        jwt.expect(jwt.claim("c_hash") == Some(&c_hash), format!("c_hash {c_hash}, of the code beside it"))?;
        if response_type.contains(ResponseType::TOKEN) {
            let at_hash = half_hash(&jwt, approved.get("access_token")?);
            let expected = format!("at_hash {at_hash}, of the access token beside it");
            jwt.expect(jwt.claim("at_hash") == Some(&at_hash), expected)?;
        }
    }
    Ok(())
}

/// "the iss and sub Claim Values MUST be identical in the ID Tokens returned from the Authorization Endpoint and from the Token
/// Endpoint".
pub(super) async fn oidc_core_section_3_3_3_6_both_id_tokens_are_about_one_person(suite: &Suite) -> Check {
    let client = client(suite).await?;
    for response_type in offered(suite).filter(|asked| asked.contains(ResponseType::ID_TOKEN)) {
        let approved = approved(suite, &client, response_type).await?;
        let front = approved.id_token()?;
        let tokens = Tokens::of(approved.redeem(suite, &client).await?)?;
        let text = tokens.response.get("id_token").and_then(Value::as_str).unwrap_or_default();
        let back = Jwt::of(text, tokens.answer.clone(), LIKELY)?;
        for name in ["iss", "sub", "aud", "auth_time"] {
            let (expected, found) = (front.claims.get(name), back.claims.get(name));
            let says = expected.map(ToString::to_string).unwrap_or_default();
            back.expect(found == expected, format!("{name} {says}, as in the ID token beside the code"))?;
        }
    }
    Ok(())
}

pub(super) async fn oidc_core_section_3_3_3_2_a_code_beside_tokens_works_once(suite: &Suite) -> Check {
    let client = client(suite).await?;
    for response_type in offered(suite) {
        let approved = approved(suite, &client, response_type).await?;
        Tokens::of(approved.redeem(suite, &client).await?)?;
        let likely = "`take_code` of the store of codes reads the code and does not delete it";
        approved.redeem(suite, &client).await?.error(400, "invalid_grant", likely)?;
        // RFC 6749 §4.1.2: "SHOULD revoke (when possible) all tokens previously issued based on that authorization code".
        if response_type.contains(ResponseType::TOKEN) && suite.need(Feature::Introspection).is_ok() {
            let (is_active, answer) = suite.is_active(&client, approved.get("access_token")?).await?;
            let likely =
                "`revoke_family` of the store of tokens does not reach what was issued beside the code";
            answer.expect(!is_active, "active: false once the code beside it was used again", likely)?;
        }
    }
    Ok(())
}

/// "Use of the nonce Claim is REQUIRED for this flow."
pub(super) async fn oidc_core_section_3_3_2_11_a_nonce_is_required(suite: &Suite) -> Check {
    let (client, (_, challenge)) = (client(suite).await?, pkce());
    for response_type in offered(suite).filter(|asked| asked.contains(ResponseType::ID_TOKEN)) {
        let mut params = request(&client, &challenge, response_type);
        params.retain(|(name, _)| *name != "nonce");
        let answer = suite.open(&params).await?;
        answer.redirected_error(REDIRECT_URI, "invalid_request", "a layer adds parameters")?;
    }
    Ok(())
}

/// Queries are kept by logs, and sent on in `Referer`.
pub(super) async fn oidc_core_section_3_3_2_5_tokens_do_not_go_into_the_query(suite: &Suite) -> Check {
    let (client, (_, challenge)) = (client(suite).await?, pkce());
    for response_type in offered(suite) {
        let mut params = request(&client, &challenge, response_type);
        params.push(("response_mode", "query"));
        let answer = suite.open(&params).await?;
        answer.redirected_error(REDIRECT_URI, "invalid_request", "a layer rewrites the query")?;
    }
    Ok(())
}

pub(super) async fn oidc_core_section_3_3_2_6_errors_are_in_the_fragment(suite: &Suite) -> Check {
    let (client, (_, challenge)) = (client(suite).await?, pkce());
    for response_type in offered(suite) {
        let mut params = request(&client, &challenge, response_type);
        params.retain(|(name, _)| *name != "scope");
        params.push(("scope", "x-nobody-declared-this"));
        let answer = suite.open(&params).await?;
        let likely = "`validate_scopes` of the validator lets scopes pass that the server does not declare";
        answer.redirected_error(REDIRECT_URI, "invalid_scope", likely)?;
        let is_in_fragment = answer.location().is_some_and(|to| to.starts_with(&format!("{REDIRECT_URI}#")));
        answer.expect(is_in_fragment, "the error in the fragment", likely)?;
    }
    Ok(())
}

/// RFC 7591 §2: who registered `code` alone asks for that alone.
pub(super) async fn oidc_core_section_3_3_2_2_the_response_type_must_be_the_clients(suite: &Suite) -> Check {
    let client = suite
        .confidential_with("code-alone", |client| {
            suite.with_grants(client, true).response_type(ResponseType::CODE)
        })
        .await?;
    let (_, challenge) = pkce();
    for response_type in offered(suite) {
        let answer = suite.open(&request(&client, &challenge, response_type)).await?;
        let likely = "`validate_response_type` of the validator does not look at what the client registered";
        answer.redirected_error(REDIRECT_URI, "unauthorized_client", likely)?;
    }
    Ok(())
}

/// The words of a response type have no order (RFC 6749 §3.1.1).
pub(super) async fn rfc6749_section_3_1_1_the_order_of_response_types_does_not_matter(
    suite: &Suite,
) -> Check {
    let (client, (_, challenge)) = (client(suite).await?, pkce());
    for response_type in offered(suite) {
        let mut words: Vec<_> = response_type.as_str().split(' ').collect();
        words.reverse();
        let turned = words.join(" ");
        let mut params = request(&client, &challenge, response_type);
        params.retain(|(name, _)| *name != "response_type");
        params.push(("response_type", &turned));
        let answer = suite.authorize(&params).await?;
        let expected = format!("a code for {}", encode([("response_type", turned.as_str())]));
        answer.expect(answer.params(REDIRECT_URI)?.contains_key("code"), expected, LIKELY)?;
    }
    Ok(())
}
