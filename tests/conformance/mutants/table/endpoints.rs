//! Endpoints that take anything.

use http::Method;
use http::header::CACHE_CONTROL;
use serde_json::json;

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc6749_section_3_2_other_methods_than_post_are_refused",
        |h, _| h.seen.at("/revoke") && h.seen.method == Method::PUT,
        |_, s| s.answer(200, &json!({})),
    ),
    mutant(
        "rfc6749_section_3_2_the_body_is_a_form",
        |h, _| h.seen.at("/revoke") && h.seen.header("content-type") == "text/plain",
        |_, s| s.answer(200, &json!({})),
    ),
    mutant(
        "rfc6749_section_3_2_a_repeated_parameter_is_refused",
        |h, _| h.seen.at("/revoke") && h.seen.count("unknown") > 1,
        |_, s| s.answer(200, &json!({})),
    ),
    mutant(
        "rfc6749_section_3_2_malformed_encoding_is_refused",
        |h, _| h.seen.at("/revoke") && h.seen.body == "grant_type=%",
        |_, s| s.answer(200, &json!({})),
    ),
    mutant(
        "rfc6749_section_5_2_an_unknown_grant_type_is_refused",
        |h, _| h.seen.is_token() && h.seen.get("grant_type").contains("conformance-grant"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_5_2_the_grant_type_is_required",
        |h, _| h.seen.is_token() && h.seen.from("web") && h.seen.body.is_empty(),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_5_1_answers_are_not_cached",
        |h, _| {
            h.seen.at("/revoke")
                && h.seen.method == Method::POST
                && h.seen.body.is_empty()
                && h.seen.client().is_empty()
        },
        |_, s| s.set_header(CACHE_CONTROL, "max-age=60"),
    ),
    mutant(
        "rfc9110_section_15_5_14_a_body_has_a_limit",
        |h, s| h.seen.at("/revoke") && s.status == 413,
        |_, s| s.fail("invalid_request"),
    ),
    mutant(
        "rfc9110_section_15_5_5_other_paths_are_not_found",
        |h, _| h.seen.path.starts_with("/conformance-nothing-"),
        |_, s| s.page(200),
    ),
];
