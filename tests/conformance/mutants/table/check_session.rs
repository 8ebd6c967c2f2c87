//! A state of the session that tells nothing.

use http::header::{SET_COOKIE, X_FRAME_OPTIONS};

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

/// Tells whether a client of the suite is told a state.
fn is_told(h: Heard<'_>, s: &Said) -> bool {
    s.is_to_client()
        && s.param("session_state").is_some()
        && h.asked("response_type") == "code"
        && h.asked("scope") == "openid"
}

fn was_told(h: Heard<'_>) -> bool {
    h.before(|_, said| said.param("session_state").is_some())
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "oidc_session_management_section_3_2_the_page_can_be_framed",
        |h, _| h.seen.at("/check_session"),
        |_, s| s.set_header(X_FRAME_OPTIONS, "DENY"),
    ),
    mutant(
        "oidc_session_management_section_2_session_state_is_in_the_response",
        |h, s| is_told(h, s) && was_told(h) && h.asked("nonce").is_empty(),
        |_, s| s.set_param("session_state", None),
    ),
    mutant(
        "oidc_session_management_section_2_without_openid_there_is_none",
        |h, s| {
            s.is_to_client()
                && s.param("code").is_some()
                && h.asked("scope") == "profile"
                && h.asked("response_type") == "code"
        },
        |_, s| s.set_param("session_state", Some("one.salt")),
    ),
    mutant(
        "oidc_session_management_section_3_2_the_page_finds_the_state_unchanged",
        |h, s| is_told(h, s) && !was_told(h) && h.asked("nonce").is_empty(),
        |_, s| s.set_param("session_state", Some("another.salt")),
    ),
    mutant(
        "oidc_session_management_section_3_2_the_state_changes_when_people_sign_out",
        |h, _| h.seen.path.starts_with("/end_session"),
        |_, s| drop(s.headers.remove(SET_COOKIE)),
    ),
];
