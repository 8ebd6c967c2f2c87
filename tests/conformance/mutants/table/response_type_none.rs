//! Something for who asked for nothing.

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "oauth_multiple_response_types_section_4_nothing_is_issued",
        |h, s| s.is_to_client() && !s.is_error() && h.asked("response_type") == "none",
        |_, s| s.set_param("code", Some("one")),
    ),
    mutant(
        "oauth_multiple_response_types_section_4_it_stands_alone",
        |h, s| s.is_to_client() && h.seen.get("response_type") == "none token",
        |_, s| s.pardon(),
    ),
    mutant(
        "oauth_multiple_response_types_section_4_it_must_be_the_clients",
        |h, s| s.is_to_client() && s.is_error() && h.seen.from("not-none"),
        |_, s| s.pardon(),
    ),
];
