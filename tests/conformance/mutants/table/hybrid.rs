//! Tokens beside a code, of another person or by the wrong way.

use serde_json::json;

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

fn is_hybrid(h: Heard<'_>) -> bool {
    h.asked("response_type").contains(' ') && h.asked("response_type").contains("code")
}

fn is_answered(h: Heard<'_>, s: &Said) -> bool {
    is_hybrid(h) && s.is_to_client() && s.param("code").is_some()
}

fn is_refused(h: Heard<'_>, s: &Said) -> bool {
    is_hybrid(h) && s.is_to_client() && s.is_error()
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant("oidc_core_section_3_3_2_5_what_was_asked_for_is_in_the_fragment", is_answered, |_, s| {
        s.set_param("refresh_token", Some("one"));
    }),
    mutant(
        "oidc_core_section_3_3_2_11_the_id_token_binds_code_and_access_token",
        |h, s| is_answered(h, s) && h.asked("response_type") == "code id_token",
        |_, s| {
            s.resign_param("id_token", |claims| drop(claims.insert("c_hash".to_owned(), json!("another"))));
        },
    ),
    mutant(
        "oidc_core_section_3_3_3_6_both_id_tokens_are_about_one_person",
        |h, s| h.seen.grant("authorization_code") && s.json().contains_key("id_token") && is_hybrid(h),
        |_, s| s.resign("id_token", |claims| drop(claims.insert("sub".to_owned(), json!("another")))),
    ),
    mutant(
        "oidc_core_section_3_3_3_2_a_code_beside_tokens_works_once",
        |h, s| h.seen.grant("authorization_code") && s.is_error() && is_hybrid(h),
        |_, s| s.give(),
    ),
    mutant(
        "oidc_core_section_3_3_2_11_a_nonce_is_required",
        |h, s| is_refused(h, s) && !h.seen.has("nonce") && h.seen.get("response_type").contains("id_token"),
        |_, s| s.pardon(),
    ),
    mutant(
        "oidc_core_section_3_3_2_5_tokens_do_not_go_into_the_query",
        |h, s| is_refused(h, s) && h.seen.get("response_mode") == "query",
        |_, s| s.pardon(),
    ),
    mutant(
        "oidc_core_section_3_3_2_6_errors_are_in_the_fragment",
        |h, s| is_refused(h, s) && s.error() == "invalid_scope",
        |_, s| s.move_to_query(),
    ),
    mutant(
        "oidc_core_section_3_3_2_2_the_response_type_must_be_the_clients",
        |h, s| is_refused(h, s) && h.seen.from("code-alone"),
        |_, s| s.pardon(),
    ),
    mutant(
        "rfc6749_section_3_1_1_the_order_of_response_types_does_not_matter",
        |h, _| h.seen.at("/authorize") && h.seen.get("response_type") == "token code",
        |_, s| s.redirect("https://client.example/callback#error=unsupported_response_type"),
    ),
];
