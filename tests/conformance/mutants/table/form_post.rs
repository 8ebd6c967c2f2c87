//! Answers in forms that anybody can change.

use http::header::CACHE_CONTROL;

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

/// Tells whether it is the answer to a request that is good but for its state.
fn is_good(h: Heard<'_>, s: &Said) -> bool {
    h.seen.get("response_mode") == "form_post" && s.body.contains("name=\"code\"")
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "oauth_form_post_section_2_the_response_is_a_form_for_the_redirect_uri",
        |h, s| is_good(h, s) && h.seen.get("state") == "a state",
        |_, s| s.body = s.body.replace("name=\"iss\"", "name=\"issuer\""),
    ),
    mutant(
        "oauth_form_post_section_2_what_was_sent_is_text_and_no_markup",
        |h, s| is_good(h, s) && h.seen.get("state").contains("<script>"),
        |h, s| s.body.push_str(h.seen.get("state")),
    ),
    mutant(
        "oauth_form_post_section_2_errors_are_posted_too",
        |h, s| h.seen.get("response_mode") == "form_post" && s.body.contains("invalid_scope"),
        |_, s| s.body = s.body.replace("invalid_scope", "server_error"),
    ),
    mutant(
        "oauth_form_post_section_2_nothing_is_posted_to_a_stranger",
        |h, _| h.seen.get("response_mode") == "form_post" && h.seen.get("redirect_uri").contains("attacker"),
        |_, s| s.body.push_str("<form method=\"post\" action=\"https://attacker.example/callback\">"),
    ),
    mutant(
        "oauth_form_post_section_2_the_page_is_not_kept",
        |h, s| is_good(h, s) && h.seen.get("state") == "a state",
        |_, s| s.set_header(CACHE_CONTROL, "private"),
    ),
];
