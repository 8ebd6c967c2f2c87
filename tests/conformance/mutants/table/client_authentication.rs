//! A token endpoint that lets in whoever says a name, or not who says a secret.

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

/// Tells whether it asks for nothing, to see whether it is let in.
fn is_asking(h: Heard<'_>) -> bool {
    h.seen.grant("urn:example:nothing")
}

/// The same, and it is not.
fn is_out(h: Heard<'_>, s: &Said) -> bool {
    is_asking(h) && !s.is_error_of("unsupported_grant_type")
}

fn authorization(h: Heard<'_>) -> &str {
    h.seen.header("authorization")
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc6749_section_2_3_1_basic_authenticates",
        |h, _| is_asking(h) && authorization(h).starts_with("basic "),
        |_, s| s.fail("invalid_client"),
    ),
    mutant(
        "rfc6749_section_2_3_1_basic_is_form_encoded",
        |h, _| is_asking(h) && h.seen.client().contains("a:b c"),
        |_, s| s.fail("invalid_client"),
    ),
    mutant(
        "rfc6749_section_2_3_1_the_body_authenticates",
        |h, s| is_asking(h) && h.seen.from("post") && h.seen.has("client_secret") && !is_out(h, s),
        |_, s| s.fail("invalid_client"),
    ),
    mutant(
        "rfc6749_section_5_2_a_wrong_secret_is_refused",
        |h, _| is_asking(h) && authorization(h) == "Basic !!!",
        |_, s| s.pass(),
    ),
    mutant(
        "rfc6749_section_5_2_an_unknown_client_looks_like_a_wrong_secret",
        |h, s| is_out(h, s) && h.seen.from("unknown"),
        |_, s| s.set("error_description", "there is no such client"),
    ),
    mutant(
        "rfc6749_section_3_2_1_a_confidential_client_must_authenticate",
        |h, s| {
            is_out(h, s) && h.seen.from("web") && authorization(h).is_empty() && !h.seen.has("client_secret")
        },
        |_, s| s.pass(),
    ),
    mutant(
        "rfc6749_section_2_3_one_method_a_request",
        |h, s| is_out(h, s) && !authorization(h).is_empty() && h.seen.has("client_secret"),
        |_, s| s.pass(),
    ),
    mutant(
        "rfc6749_section_2_3_1_credentials_stay_out_of_the_query",
        |h, _| is_asking(h) && h.seen.query.contains("client_secret"),
        |_, s| s.pass(),
    ),
    mutant(
        "rfc7591_section_2_the_method_is_the_registered_one",
        |h, s| {
            is_out(h, s) && h.seen.from("web") && authorization(h).is_empty() && h.seen.has("client_secret")
        },
        |_, s| s.pass(),
    ),
    mutant(
        "rfc8414_section_2_a_method_that_is_not_offered_is_refused",
        |h, s| is_out(h, s) && h.seen.from("not-offered"),
        |_, s| s.pass(),
    ),
];
