//! Userinfo for whoever asks.

use http::Method;
use http::header::WWW_AUTHENTICATE;
use serde_json::json;

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

fn is_refused(h: Heard<'_>, s: &Said, error: &str) -> bool {
    h.seen.at("/userinfo") && s.header("www-authenticate").contains(&format!("error=\"{error}\""))
}

/// Tells whether the access token was issued.
fn was_issued(h: Heard<'_>) -> bool {
    let token = h.seen.header("authorization").split(' ').nth(1).unwrap_or_default();
    h.before(|_, said| said.text("access_token") == token)
}

fn give(said: &mut Said) {
    said.headers.remove(WWW_AUTHENTICATE);
    said.answer(200, &json!({ "sub": "alice" }));
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "oidc_core_section_5_3_2_sub_is_that_of_the_id_token",
        |h, s| h.seen.at("/userinfo") && h.seen.method == Method::POST && s.status == 200,
        |_, s| s.set("sub", "another"),
    ),
    mutant(
        "oidc_core_section_5_3_1_the_token_has_the_scope_openid",
        |h, s| is_refused(h, s, "insufficient_scope"),
        |_, s| give(s),
    ),
    mutant(
        "rfc6750_section_3_without_a_token_there_is_a_challenge",
        |h, s| {
            h.seen.at("/userinfo")
                && h.seen.query.is_empty()
                && !h.seen.headers.contains_key("authorization")
                && s.status == 401
        },
        |_, s| drop(s.headers.remove(WWW_AUTHENTICATE)),
    ),
    mutant(
        "rfc6750_section_3_1_an_unknown_token_is_refused",
        |h, s| is_refused(h, s, "invalid_token") && !was_issued(h),
        |_, s| give(s),
    ),
    mutant(
        "rfc6750_section_3_1_a_revoked_token_is_refused",
        |h, s| is_refused(h, s, "invalid_token") && h.before(|seen, _| seen.at("/revoke")),
        |_, s| give(s),
    ),
    mutant(
        "rfc9700_section_4_3_2_a_token_in_the_query_is_refused",
        |h, _| h.seen.at("/userinfo") && h.seen.has("access_token"),
        |_, s| give(s),
    ),
];
