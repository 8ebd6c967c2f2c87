//! Logins of a class that nobody asked for.

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc9470_section_5_an_acr_that_is_not_supported_is_unmet",
        |h, s| s.is_to_client() && s.is_error() && h.asked("acr_values").starts_with("urn:nobody-declared"),
        |_, s| s.pardon(),
    ),
    mutant(
        "rfc9470_section_5_a_token_is_of_a_login_that_was_asked_for",
        |h, s| h.seen.at("/introspect") && s.json().contains_key("acr") && !h.asked("acr_values").is_empty(),
        |_, s| s.without("acr"),
    ),
    mutant(
        "rfc9470_section_7_the_metadata_names_the_acr_values",
        |h, _| h.seen.is_metadata(),
        |_, s| s.without("acr_values_supported"),
    ),
];
