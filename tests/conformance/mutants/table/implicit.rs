//! Tokens beside no code, by the wrong way.

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

fn is_token(h: Heard<'_>, s: &Said) -> bool {
    s.is_to_client() && h.asked("response_type") == "token"
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc6749_section_4_2_2_the_token_is_in_the_fragment",
        |h, s| is_token(h, s) && s.param("access_token").is_some(),
        |_, s| s.move_to_query(),
    ),
    mutant(
        "rfc6749_section_4_2_2_there_is_no_refresh_token",
        |h, s| is_token(h, s) && s.param("access_token").is_some(),
        |_, s| s.set_param("refresh_token", Some("one")),
    ),
    mutant(
        "rfc6749_section_4_2_2_1_errors_are_in_the_fragment",
        |h, s| is_token(h, s) && s.is_error() && h.seen.from("web"),
        |_, s| s.move_to_query(),
    ),
];
