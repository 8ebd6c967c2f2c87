//! Tokens for resources that nobody declared.

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc8707_section_2_1_an_unknown_resource_is_an_invalid_target",
        |_, s| s.is_to_client() && s.error() == "invalid_target",
        |_, s| s.pardon(),
    ),
    mutant(
        "rfc8707_section_2_2_an_invalid_target_uses_no_code_up",
        |h, s| {
            h.seen.grant("authorization_code")
                && s.status == 200
                && h.before(|seen, said| seen.is_token() && said.error() == "invalid_target")
        },
        |_, s| s.fail("invalid_grant"),
    ),
    mutant(
        "rfc8707_section_2_2_a_client_for_itself_names_a_known_resource",
        |h, s| h.seen.grant("client_credentials") && s.error() == "invalid_target",
        |_, s| s.give(),
    ),
    mutant(
        "rfc8707_section_2_2_a_token_is_for_its_resource",
        |h, s| {
            h.seen.at("/introspect")
                && h.seen.from("api")
                && s.json().contains_key("aud")
                && !h.asked("resource").is_empty()
        },
        |_, s| s.set("aud", "https://other.example"),
    ),
];
