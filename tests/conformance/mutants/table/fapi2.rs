//! A bank that is less strict than its profile.

use http::header::STRICT_TRANSPORT_SECURITY;
use serde_json::{Map, Value, json};

use crate::mutants::heard::{Heard, claims, header, number, text};
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

/// Tells whether a client that asks for nothing is not let in by its assertion.
fn is_out(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant("urn:example:nothing") && s.error() == "invalid_client"
}

fn assertion(h: Heard<'_>) -> Map<String, Value> {
    claims(h.seen.get("client_assertion"))
}

fn proof(h: Heard<'_>) -> Map<String, Value> {
    claims(h.seen.header("dpop"))
}

fn is_push_refused(h: Heard<'_>, s: &Said) -> bool {
    h.seen.at("/par") && s.is_error()
}

fn is_code_refused(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant("authorization_code") && s.is_error()
}

/// Tells whether a client has nothing that authenticates it.
fn is_bare(h: Heard<'_>) -> bool {
    !h.seen.has("client_assertion")
        && !h.seen.headers.contains_key("authorization")
        && !h.seen.has("client_secret")
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "fapi2_section_5_3_2_1_an_assertion_names_the_issuer_alone",
        |h, s| is_out(h, s) && assertion(h).get("aud").is_some_and(Value::is_array),
        |_, s| s.pass(),
    ),
    mutant(
        "fapi2_section_5_3_2_1_an_assertion_from_ten_seconds_ahead_is_taken",
        |h, s| h.seen.grant("urn:example:nothing") && !is_out(h, s) && assertion(h).contains_key("nbf"),
        |_, s| s.fail("invalid_client"),
    ),
    mutant(
        "fapi2_section_5_3_2_1_an_assertion_from_beyond_a_minute_ahead_is_refused",
        |h, s| is_out(h, s) && assertion(h).contains_key("nbf"),
        |_, s| s.pass(),
    ),
    mutant(
        "fapi2_section_5_3_2_1_an_assertion_that_expired_minutes_ago_is_refused",
        |h, s| is_out(h, s) && number(&assertion(h), "exp") + 300 == number(&assertion(h), "iat"),
        |_, s| s.pass(),
    ),
    mutant(
        "fapi2_section_5_3_2_1_an_assertion_has_a_subject",
        |h, s| is_out(h, s) && h.seen.has("client_assertion") && !assertion(h).contains_key("sub"),
        |_, s| s.pass(),
    ),
    mutant(
        "fapi2_section_5_4_1_an_assertion_is_signed_with_ps256_and_not_with_rs256",
        |h, s| is_out(h, s) && text(&header(h.seen.get("client_assertion")), "alg") == "RS256",
        |_, s| s.pass(),
    ),
    mutant(
        "fapi2_section_5_3_2_1_public_clients_are_refused",
        |h, s| h.seen.is_token() && h.seen.from("public") && s.error() == "invalid_client",
        |_, s| s.fail("invalid_grant"),
    ),
    mutant(
        "fapi2_section_5_3_2_2_clients_with_redirects_over_http_are_refused",
        |h, s| is_out(h, s) && h.seen.from("loopback"),
        |_, s| s.pass(),
    ),
    mutant(
        "fapi2_section_5_3_2_2_the_metadata_demands_pushed_requests",
        |h, _| h.seen.is_metadata(),
        |_, s| s.set("require_pushed_authorization_requests", "yes"),
    ),
    mutant(
        "fapi2_section_5_3_2_2_a_request_that_was_not_pushed_is_refused",
        |h, _| h.seen.at("/authorize") && h.seen.from("web") && !h.seen.has("request_uri"),
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "fapi2_section_5_3_2_2_nobody_pushes_without_authentication",
        |h, s| is_push_refused(h, s) && h.seen.from("web") && is_bare(h),
        |_, s| s.push(),
    ),
    mutant(
        "fapi2_section_5_3_2_2_nothing_but_a_code_is_asked_for",
        |h, s| is_push_refused(h, s) && h.seen.get("response_type") == "token",
        |_, s| s.push(),
    ),
    mutant(
        "fapi2_section_5_3_2_2_a_challenge_is_pushed",
        |h, s| {
            is_push_refused(h, s)
                && h.seen.get("code_challenge") == "a-verifier-that-is-shown-to-everybody-as-it-is-"
        },
        |_, s| s.push(),
    ),
    mutant(
        "fapi2_section_5_3_2_2_a_redirect_uri_is_pushed",
        |h, s| is_push_refused(h, s) && !h.seen.has("redirect_uri") && h.seen.has("code_challenge"),
        |_, s| s.push(),
    ),
    mutant(
        "fapi2_section_5_3_2_2_a_pushed_request_expires_in_less_than_ten_minutes",
        |h, s| {
            h.seen.at("/authorize")
                && s.status == 400
                && h.seen.from("web")
                && h.was_told("request_uri", "request_uri")
                && !h.before(|seen, _| seen.at("/authorize"))
        },
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "fapi2_section_5_3_2_1_a_proof_that_is_pushed_binds_the_code",
        |h, s| {
            is_code_refused(h, s) && h.before(|seen, _| seen.at("/par") && seen.headers.contains_key("dpop"))
        },
        |_, s| s.give(),
    ),
    mutant(
        "fapi2_section_5_3_2_1_a_proof_that_is_pushed_is_of_the_key_that_is_named",
        |h, s| is_push_refused(h, s) && h.seen.has("dpop_jkt"),
        |_, s| s.push(),
    ),
    mutant(
        "fapi2_section_5_3_2_2_the_browser_goes_back_by_303",
        |h, s| s.is_to_client() && s.param("code").is_some() && h.asked("state").is_empty(),
        |_, s| s.status = 307,
    ),
    mutant(
        "fapi2_section_5_2_3_connections_of_browsers_are_not_downgraded",
        |h, _| h.seen.at("/authorize") && h.seen.query.is_empty(),
        |_, s| drop(s.headers.remove(STRICT_TRANSPORT_SECURITY)),
    ),
    mutant(
        "fapi2_section_5_3_2_2_a_state_of_a_thousand_characters_comes_back",
        |_, s| s.param("state").is_some_and(|state| state.len() > 1000),
        |_, s| s.set_param("state", Some("state-")),
    ),
    mutant(
        "fapi2_section_5_3_2_2_where_no_state_was_none_comes_back",
        |h, s| s.is_to_client() && s.param("code").is_some() && h.asked("state").is_empty(),
        |_, s| s.set_param("state", Some("undefined")),
    ),
    mutant(
        "fapi2_section_5_3_2_2_a_nonce_of_64_characters_is_taken",
        |h, s| s.json().contains_key("id_token") && h.asked("nonce").len() == 64,
        |_, s| s.resign("id_token", |claims| drop(claims.insert("nonce".to_owned(), json!("n")))),
    ),
    mutant(
        "fapi2_section_5_3_2_2_scopes_are_asked_for_in_any_order",
        |h, s| h.seen.is_token() && s.status == 200 && h.asked("scope").starts_with("payments "),
        |_, s| s.set("scope", "payments"),
    ),
    mutant(
        "fapi2_section_5_3_2_1_a_code_of_a_minute_ago_is_refused",
        |h, s| {
            is_code_refused(h, s)
                && h.seen.from("web")
                && s.text("error_description").contains("expired")
                && h.was_told("code", "code")
                && !h.before(|seen, _| seen.is_token())
        },
        |_, s| s.give(),
    ),
    mutant(
        "fapi2_section_5_3_2_1_a_token_request_has_a_proof",
        |h, s| is_code_refused(h, s) && !h.seen.headers.contains_key("dpop") && h.was_told("code", "code"),
        |_, s| s.give(),
    ),
    mutant(
        "fapi2_section_5_3_2_1_a_proof_is_ten_seconds_ahead_and_no_more_than_sixty",
        |h, s| {
            is_code_refused(h, s)
                && h.seen.has("client_assertion")
                && number(&proof(h), "iat") > number(&assertion(h), "iat") + 60
        },
        |_, s| s.give(),
    ),
    mutant(
        "fapi2_section_5_4_1_a_proof_is_not_signed_with_es384",
        |h, s| is_code_refused(h, s) && text(&header(h.seen.header("dpop")), "alg") == "ES384",
        |_, s| s.give(),
    ),
    mutant(
        "fapi2_section_5_3_2_1_refresh_tokens_stay_as_they_are",
        |h, s| {
            h.seen.grant("refresh_token")
                && s.status == 200
                && h.was_taken("refresh_token")
                && !h.seen.has("scope")
        },
        |_, s| s.set("refresh_token", "another"),
    ),
    mutant(
        "fapi2_section_5_3_2_1_who_refreshes_authenticates",
        |h, s| h.seen.grant("refresh_token") && s.is_error() && h.seen.from("web") && is_bare(h),
        |_, s| s.give(),
    ),
    mutant(
        "fapi2_section_5_4_1_published_keys_are_for_ps256_es256_or_ed25519",
        |h, _| h.seen.at("/jwks.json") && h.past.is_empty(),
        |_, s| s.body = s.body.replace(r#""alg":"ES256""#, r#""alg":"RS256""#),
    ),
    mutant(
        "fapi2_section_5_3_4_the_scheme_of_a_token_is_in_any_case",
        |h, _| h.seen.header("authorization").starts_with("dPoP "),
        |_, s| s.status = 401,
    ),
];
