//! Metadata that says what is not so.

use serde_json::{Value, json};

use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

/// Adds to a list.
fn add(said: &mut Said, list: &str, value: &str) {
    said.edit(|document| {
        if let Some(Value::Array(values)) = document.get_mut(list) {
            values.push(json!(value));
        }
    });
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc8414_section_3_3_the_issuer_is_the_servers_own",
        |h, _| h.seen.is_metadata(),
        |_, s| s.set("issuer", "https://other.example"),
    ),
    mutant(
        "rfc8414_section_3_2_members_without_elements_are_left_out",
        |h, _| h.seen.is_metadata(),
        |_, s| s.set("ui_locales_supported", json!([])),
    ),
    mutant(
        "rfc8414_section_2_every_advertised_endpoint_is_there",
        |h, _| h.seen.is_metadata(),
        |_, s| s.set("nobodys_endpoint", "https://auth.example.com/nowhere"),
    ),
    mutant(
        "rfc8414_section_2_every_route_is_advertised_or_private",
        |h, _| h.seen.is_metadata(),
        |_, s| s.without("revocation_endpoint"),
    ),
    mutant(
        "rfc8414_section_2_the_advertised_grants_are_those_that_work",
        |h, _| h.seen.is_metadata(),
        |_, s| add(s, "grant_types_supported", "urn:example:none"),
    ),
    mutant(
        "rfc8414_section_2_the_advertised_response_types_are_those_that_work",
        |h, _| h.seen.is_metadata(),
        |_, s| add(s, "response_types_supported", "token"),
    ),
    mutant(
        "rfc9207_section_3_the_iss_parameter_is_advertised",
        |h, _| h.seen.is_metadata(),
        |_, s| s.set("authorization_response_iss_parameter_supported", false),
    ),
    mutant(
        "rfc7636_section_6_2_only_s256_is_advertised",
        |h, _| h.seen.is_metadata(),
        |_, s| add(s, "code_challenge_methods_supported", "plain"),
    ),
];
