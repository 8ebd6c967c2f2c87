//! The authorization endpoint.

use super::fixture::Decision;
use super::suite::{REDIRECT_URI, Suite, encode, pkce, random_id};
use super::{Check, Stop};
use crate::client::ResponseType;

const UNCHECKED: &str = "`validate_redirect_uri` of the validator accepts what the client did not register: anyone could \
                         have codes sent to themselves";

/// A response type that the server has, and what else its request needs.
pub(super) fn any_request<'a>(suite: &'a Suite, challenge: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut params = suite.web.authorization(challenge, "");
    let response_type = suite.report.response_types.first().copied().unwrap_or(ResponseType::CODE);
    set(&mut params, "response_type", response_type.as_str());
    params.push(("nonce", "a nonce"));
    params
}

fn set<'a>(params: &mut Vec<(&'a str, &'a str)>, name: &'a str, value: &'a str) {
    params.retain(|(known, _)| *known != name);
    params.push((name, value));
}

pub(super) async fn rfc6749_section_4_1_2_1_an_unknown_client_is_not_redirected(suite: &Suite) -> Check {
    let (_, challenge) = pkce();
    let unknown = random_id("unknown");
    let mut params = any_request(suite, &challenge);
    set(&mut params, "client_id", &unknown);
    suite
        .open(&params)
        .await?
        .page_without_redirect("the store of clients finds clients that are not there")?;
    params.retain(|(name, _)| *name != "client_id");
    suite.open(&params).await?.page_without_redirect("a layer adds a client_id of its own")
}

pub(super) async fn rfc6749_section_4_1_2_1_an_unregistered_redirect_uri_is_not_redirected_to(
    suite: &Suite,
) -> Check {
    refuses(
        suite,
        &["https://attacker.example/callback", "https://attacker.example", "com.attacker:/callback"],
    )
    .await
}

/// RFC 9700 §2.1: "authorization servers MUST utilize exact string matching".
pub(super) async fn rfc9700_section_2_1_redirect_uris_are_compared_exactly(suite: &Suite) -> Check {
    let alike = [
        "https://client.example/callback/",
        "https://client.example/callback/more",
        "https://client.example/callbacks",
        "https://client.example/Callback",
        "https://client.example/other/../callback",
        "https://client.example/callback?code=mine",
        "https://client.example/callback#fragment",
        "https://client.example:8443/callback",
        "https://client.example/",
        "https://client.example.attacker.example/callback",
        "https://sub.client.example/callback",
        "https://client.example@attacker.example/callback",
        "https://attacker.example/?https://client.example/callback",
        "http://client.example/callback",
        "//client.example/callback",
        "https://client.example/%63allback",
    ];
    refuses(suite, &alike).await
}

/// Nothing is sent to any of these, whatever else is wrong with the request.
async fn refuses(suite: &Suite, redirect_uris: &[&str]) -> Check {
    let (_, challenge) = pkce();
    for redirect_uri in redirect_uris {
        let mut params = any_request(suite, &challenge);
        set(&mut params, "redirect_uri", redirect_uri);
        suite.open(&params).await?.page_without_redirect(UNCHECKED)?;
        set(&mut params, "response_type", "nonsense");
        suite.open(&params).await?.page_without_redirect(UNCHECKED)?;
    }
    Ok(())
}

pub(super) async fn rfc8252_section_7_3_the_port_of_a_loopback_redirect_uri_is_free(suite: &Suite) -> Check {
    let client = suite.public_at("http://127.0.0.1/callback").await?;
    let (_, challenge) = pkce();
    let mut params = client.authorization(&challenge, "");
    set(&mut params, "redirect_uri", "http://127.0.0.1:51004/callback");
    let answer = suite.authorize(&params).await?;
    let params = answer.params("http://127.0.0.1:51004/callback")?;
    answer.expect(
        params.contains_key("code"),
        "a code for http://127.0.0.1:51004/callback, as http://127.0.0.1/callback is registered",
        "`validate_redirect_uri` of the validator compares the port: a native application cannot choose it",
    )?;
    let elsewhere = client.authorization(&challenge, "");
    for redirect_uri in [
        "http://127.0.0.1:51004/other",
        "http://localhost:51004/callback",
        "http://127.0.0.1.attacker.example/callback",
    ] {
        let mut params = elsewhere.clone();
        set(&mut params, "redirect_uri", redirect_uri);
        suite.open(&params).await?.page_without_redirect(UNCHECKED)?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_3_1_a_repeated_parameter_is_refused(suite: &Suite) -> Check {
    let (_, challenge) = pkce();
    for name in ["client_id", "redirect_uri", "state", "scope"] {
        let mut params = any_request(suite, &challenge);
        params.retain(|(known, _)| *known != name);
        params.extend([(name, "one"), (name, "another")]);
        let answer = suite.open(&params).await?;
        answer.page_without_redirect(
            "a layer parses and rewrites the query: two readers of it could disagree",
        )?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_3_1_an_unknown_parameter_is_ignored(suite: &Suite) -> Check {
    let (_, challenge) = pkce();
    let mut params = suite.web.authorization(&challenge, "");
    // "Parameters sent without a value MUST be treated as if they were omitted".
    params.extend([("x_nobody_knows", "this"), ("scope", "")]);
    let answer = suite.authorize(&params).await?;
    let params = answer.params(REDIRECT_URI)?;
    answer.expect(
        params.contains_key("code"),
        "a code",
        "a hook of the validator or the interaction refuses the parameter",
    )
}

pub(super) async fn rfc6749_section_3_1_1_response_type_is_required(suite: &Suite) -> Check {
    let (_, challenge) = pkce();
    let mut params = any_request(suite, &challenge);
    params.retain(|(name, _)| *name != "response_type");
    let likely = "a layer adds parameters";
    suite.open(&params).await?.redirected_error(REDIRECT_URI, "invalid_request", likely)
}

pub(super) async fn rfc6749_section_3_1_1_an_unknown_response_type_is_refused(suite: &Suite) -> Check {
    let (_, challenge) = pkce();
    for response_type in ["nonsense", "code nonsense", "CODE", "code code"] {
        let mut params = any_request(suite, &challenge);
        set(&mut params, "response_type", response_type);
        let answer = suite.open(&params).await?;
        answer.redirected_error(
            REDIRECT_URI,
            "unsupported_response_type",
            "a grant claims the response type",
        )?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_4_1_2_1_an_unknown_scope_is_refused(suite: &Suite) -> Check {
    let (_, challenge) = pkce();
    let likely = "`validate_scopes` of the validator lets scopes pass that the server does not declare";
    for scope in ["x-nobody-declared-this", "\"quoted\""] {
        let answer = suite.open(&suite.web.authorization(&challenge, scope)).await?;
        answer.redirected_error(REDIRECT_URI, "invalid_scope", likely)?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_4_1_2_state_comes_back_as_it_was(suite: &Suite) -> Check {
    let state = "a b+c&d=e%20/?#\u{e9}\u{1f600}\"<'>";
    let (_, challenge) = pkce();
    let mut params = suite.web.authorization(&challenge, "");
    set(&mut params, "state", state);
    let likely = "the pages of the interaction lose a part of the query on their way back";
    let mut refused = params.clone();
    set(&mut refused, "code_challenge_method", "plain");
    for params in [params, refused] {
        let answer = suite.authorize(&params).await?;
        let answered = answer.params(REDIRECT_URI)?;
        let is_same = answered.get("state").is_some_and(|answered| answered == state);
        answer.expect(is_same, format!("state={}", encode([("state", state)])), likely)?;
    }
    Ok(())
}

pub(super) async fn rfc9207_section_2_iss_is_in_every_answer(suite: &Suite) -> Check {
    let (_, challenge) = pkce();
    let good = suite.authorize(&suite.web.authorization(&challenge, "")).await?;
    let bad = suite.open(&suite.web.authorization(&challenge, "x-nobody-declared-this")).await?;
    for answer in [good, bad] {
        let params = answer.params(REDIRECT_URI)?;
        let is_there = params.get("iss").is_some_and(|iss| *iss == suite.report.issuer);
        answer.expect(
            is_there,
            format!("iss={}", suite.report.issuer),
            "the server's `issuer` changes between two calls",
        )?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_4_1_2_1_who_refuses_is_obeyed(suite: &Suite) -> Check {
    if !suite.can_refuse() {
        return Err(Stop::NotTried("a way to refuse: `fixture.refuse(|request| …)`".to_owned()));
    }
    let (_, challenge) = pkce();
    let query = encode(suite.web.authorization(&challenge, &suite.scope()));
    let answer = suite.browse(&query, Decision::Deny).await?;
    answer.redirected_error(
        REDIRECT_URI,
        "access_denied",
        "the interaction approves although the person refused",
    )
}

pub(super) async fn rfc7636_section_4_4_1_a_public_client_sends_a_challenge(suite: &Suite) -> Check {
    let client = suite.public().await?;
    let mut params = client.authorization("", "");
    params.retain(|(name, _)| !name.starts_with("code_challenge"));
    let likely = "a layer adds parameters";
    suite.open(&params).await?.redirected_error(REDIRECT_URI, "invalid_request", likely)
}

pub(super) async fn rfc9700_section_2_1_1_plain_challenges_are_refused(suite: &Suite) -> Check {
    let (_, challenge) = pkce();
    let mut params = suite.web.authorization(&challenge, "");
    let likely = "a layer rewrites the query";
    set(&mut params, "code_challenge_method", "plain");
    suite.open(&params).await?.redirected_error(REDIRECT_URI, "invalid_request", likely)?;
    // RFC 7636 §4.3: without a method it would be `plain`.
    params.retain(|(name, _)| *name != "code_challenge_method");
    suite.open(&params).await?.redirected_error(REDIRECT_URI, "invalid_request", likely)
}

pub(super) async fn rfc7636_section_4_2_a_malformed_challenge_is_refused(suite: &Suite) -> Check {
    let too_long = "a".repeat(129);
    for challenge in ["short", "not base64url! not base64url! not base64ur", &too_long] {
        let params = suite.web.authorization(challenge, "");
        let answer = suite.open(&params).await?;
        answer.redirected_error(REDIRECT_URI, "invalid_request", "a layer rewrites the query")?;
    }
    Ok(())
}
