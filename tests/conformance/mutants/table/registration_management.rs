//! Registrations that do not do as they are told.

use http::Method;
use serde_json::json;

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

fn is_managed(h: Heard<'_>, method: &Method) -> bool {
    h.seen.at("/register") && h.seen.method == *method
}

/// Tells whether the client is deleted by now.
fn is_deleted(h: Heard<'_>) -> bool {
    h.before(|seen, said| seen.method == Method::DELETE && said.status == 204)
}

fn is_error(s: &Said, error: &str) -> bool {
    s.error() == error
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc7592_section_2_1_a_client_reads_its_registration",
        |h, s| is_managed(h, &Method::GET) && s.status == 200,
        |_, s| s.without("redirect_uris"),
    ),
    mutant(
        "rfc7592_section_2_1_a_registration_is_its_clients_alone",
        |h, _| is_managed(h, &Method::GET) && h.seen.header("authorization") == "Bearer guessed",
        |_, s| s.set("error_description", "another token is that client's"),
    ),
    mutant(
        "rfc7592_section_2_2_a_replacement_replaces_all",
        |h, s| is_managed(h, &Method::PUT) && s.status == 200,
        |_, s| s.set("redirect_uris", json!(["https://client.example/callback"])),
    ),
    mutant(
        "rfc7592_section_2_2_one_of_several_replacements_counts",
        |h, _| is_managed(h, &Method::PUT) && h.again() > 1,
        |_, s| s.status = 200,
    ),
    mutant(
        "rfc7592_section_2_3_a_client_that_was_deleted_is_gone",
        |h, s| is_managed(h, &Method::GET) && is_deleted(h) && is_error(s, "invalid_token"),
        |_, s| s.answer(200, &json!({})),
    ),
    mutant(
        "rfc7592_section_2_3_the_tokens_of_a_deleted_client_die",
        |h, _| h.seen.at("/introspect") && is_deleted(h),
        |_, s| s.set("active", true),
    ),
];
