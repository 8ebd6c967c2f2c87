//! Pushed requests that anybody can use, or nobody.

use crate::mutants::heard::{Heard, Seen};
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

fn is_push_refused(h: Heard<'_>, s: &Said) -> bool {
    h.seen.at("/par") && s.is_error()
}

fn is_loading(seen: &Seen) -> bool {
    seen.at("/authorize") && seen.has("request_uri")
}

/// Tells whether a code was sent before.
fn has_answered(h: Heard<'_>) -> bool {
    h.before(|_, said| said.is_to_client() && said.param("code").is_some())
}

/// The number of times that a browser without cookies loaded this before.
fn loaded(h: Heard<'_>) -> usize {
    h.count(|seen, _| seen.query == h.seen.query && seen.header("cookie").is_empty())
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc9126_section_2_2_a_request_uri_comes_with_201",
        |h, s| h.seen.at("/par") && s.status == 201,
        |_, s| s.status = 200,
    ),
    mutant(
        "rfc9126_section_4_client_id_and_request_uri_are_enough",
        |h, s| {
            is_loading(h.seen)
                && h.seen.from("web")
                && !h.seen.has("redirect_uri")
                && s.status != 400
                && h.past.len() == 1
        },
        |_, s| s.page(400),
    )
    .also(
        "they begin with a request that is loaded by these two",
        &["rfc9126_section_4_a_request_uri_is_answered_once"],
    ),
    mutant(
        "rfc9126_section_4_other_parameters_are_ignored",
        |h, s| s.is_to_client() && h.before(|seen, _| is_loading(seen) && seen.get("state") == "another"),
        |_, s| s.set_param("state", Some("another")),
    ),
    mutant(
        "rfc9126_section_4_a_page_may_be_loaded_again",
        |h, _| is_loading(h.seen) && loaded(h) > 1 && !has_answered(h),
        |_, s| s.page(400),
    ),
    mutant(
        "rfc9126_section_4_a_request_uri_is_answered_once",
        |h, s| is_loading(h.seen) && h.seen.from("web") && has_answered(h) && s.status == 400,
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "rfc9126_section_4_one_answer_however_many_ask_at_once",
        |h, _| is_loading(h.seen) && h.again() > 1,
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "rfc9126_section_4_an_unknown_request_uri_is_refused",
        |h, s| is_loading(h.seen) && s.status == 400 && !h.was_told("request_uri", "request_uri"),
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "rfc9126_section_2_2_a_request_uri_is_its_clients",
        |h, s| is_loading(h.seen) && s.status == 400 && h.seen.from("other"),
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "rfc9126_section_2_1_request_uri_is_not_pushed",
        |h, s| is_push_refused(h, s) && h.seen.has("request_uri"),
        |_, s| s.push(),
    ),
    mutant(
        "rfc9126_section_2_1_what_the_authorization_endpoint_refuses_is_refused",
        |h, s| is_push_refused(h, s) && h.seen.get("code_challenge_method") == "plain",
        |_, s| s.push(),
    ),
    mutant(
        "rfc9126_section_2_a_confidential_client_authenticates",
        |h, s| is_push_refused(h, s) && s.error() == "invalid_client",
        |_, s| s.push(),
    ),
    mutant(
        "rfc9126_section_4_what_must_be_pushed_is_refused_otherwise",
        |h, s| h.seen.from("strict") && s.is_to_client() && s.is_error(),
        |_, s| s.pardon(),
    ),
];
