//! Keys that nobody compares.

use serde_json::json;

use crate::mutants::heard::{Heard, claims, text};
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

const CODE: &str = "authorization_code";

fn has_proof(h: Heard<'_>) -> bool {
    h.seen.headers.contains_key("dpop")
}

fn is_code_refused(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant(CODE) && s.is_error()
}

/// Tells whether the same proof was taken before.
fn was_taken(h: Heard<'_>) -> bool {
    h.before(|seen, said| seen.header("dpop") == h.seen.header("dpop") && said.status == 200)
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc9449_section_5_a_proof_binds_the_access_token",
        |h, s| h.seen.grant(CODE) && has_proof(h) && s.status == 200,
        |_, s| s.set("token_type", "Bearer"),
    ),
    mutant(
        "rfc9449_section_6_2_introspection_tells_the_key",
        |h, s| h.seen.at("/introspect") && s.json().contains_key("cnf"),
        |_, s| s.without("cnf"),
    ),
    mutant(
        "rfc9449_section_5_the_refresh_token_of_a_public_client_is_bound",
        |h, s| {
            h.seen.grant("refresh_token")
                && s.is_error()
                && !has_proof(h)
                && h.before(|seen, _| seen.headers.contains_key("dpop"))
        },
        |_, s| s.give(),
    ),
    mutant(
        "rfc9449_section_5_2_a_client_that_always_binds_sends_a_proof",
        |h, s| is_code_refused(h, s) && h.seen.from("bound"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc9449_section_4_3_a_proof_is_for_this_request",
        |h, s| is_code_refused(h, s) && text(&claims(h.seen.header("dpop")), "htm") == "GET",
        |_, s| s.give(),
    ),
    mutant(
        "rfc9449_section_4_3_a_proof_is_signed_by_the_key_that_it_shows",
        |h, s| is_code_refused(h, s) && h.seen.headers.get_all("dpop").iter().count() > 1,
        |_, s| s.give(),
    ),
    mutant(
        "rfc9449_section_10_a_code_is_bound_to_its_key",
        |h, s| is_code_refused(h, s) && !h.asked("dpop_jkt").is_empty(),
        |_, s| s.give(),
    ),
    mutant(
        "rfc9449_section_11_1_a_proof_works_once",
        |h, s| is_code_refused(h, s) && has_proof(h) && was_taken(h),
        |_, s| s.give(),
    ),
    mutant(
        "rfc9449_section_11_1_a_proof_works_once_however_many_try_at_once",
        |h, _| h.seen.grant("client_credentials") && has_proof(h) && h.again() > 1,
        |_, s| s.give(),
    ),
    mutant(
        "rfc9449_section_7_2_a_bound_token_is_no_bearer_token",
        |h, s| {
            h.seen.at("/userinfo")
                && s.status == 401
                && h.before(|seen, said| seen.headers.contains_key("dpop") && said.status == 200)
        },
        |_, s| s.answer(200, &json!({ "sub": "alice" })),
    ),
];
