//! Assertions that let in whoever has any.

use serde_json::json;

use crate::mutants::heard::{Heard, claims, text};
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

/// Tells whether somebody who signs is not let in.
fn is_out(h: Heard<'_>, s: &Said) -> bool {
    h.seen.is_token()
        && h.seen.has("client_assertion")
        && s.error() == "invalid_client"
        && h.seen.from("signer")
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc7523_section_2_2_an_assertion_authenticates",
        |h, s| h.seen.has("client_assertion") && s.error() == "unsupported_grant_type",
        |_, s| s.fail("invalid_client"),
    ),
    mutant(
        "rfc7523_section_3_an_assertion_is_for_this_server_and_not_expired",
        |h, s| {
            is_out(h, s) && text(&claims(h.seen.get("client_assertion")), "aud") == "https://other.example"
        },
        |_, s| s.pass(),
    ),
    mutant(
        "rfc7523_section_3_the_signature_is_the_clients",
        |h, s| is_out(h, s) && h.seen.get("client_assertion").ends_with('.'),
        |_, s| s.pass(),
    ),
    mutant(
        "rfc7523_section_3_an_assertion_works_once",
        |h, s| h.seen.at("/revoke") && s.is_error() && h.was_taken("client_assertion"),
        |_, s| s.answer(200, &json!({})),
    ),
    mutant(
        "rfc7523_section_3_an_assertion_works_once_however_many_try_at_once",
        |h, _| h.seen.at("/revoke") && h.again() > 1,
        |_, s| s.status = 200,
    ),
];
