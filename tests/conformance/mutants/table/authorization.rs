//! An authorization endpoint that sends people where they should not go.

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc6749_section_4_1_2_1_an_unknown_client_is_not_redirected",
        |h, _| h.seen.at("/authorize") && h.seen.from("unknown"),
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "rfc6749_section_4_1_2_1_an_unregistered_redirect_uri_is_not_redirected_to",
        |h, _| h.seen.get("redirect_uri") == "com.attacker:/callback",
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "rfc9700_section_2_1_redirect_uris_are_compared_exactly",
        |h, _| h.seen.get("redirect_uri") == "https://client.example/callback/",
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "rfc8252_section_7_3_the_port_of_a_loopback_redirect_uri_is_free",
        |h, _| h.seen.get("redirect_uri") == "http://127.0.0.1:51004/callback",
        |_, s| s.page(400),
    ),
    mutant(
        "rfc6749_section_3_1_a_repeated_parameter_is_refused",
        |h, _| h.seen.at("/authorize") && h.seen.count("state") > 1,
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "rfc6749_section_3_1_an_unknown_parameter_is_ignored",
        |h, _| h.seen.has("x_nobody_knows"),
        |_, s| s.redirect("https://client.example/callback?error=invalid_request"),
    ),
    mutant(
        "rfc6749_section_3_1_1_response_type_is_required",
        |h, s| h.seen.at("/authorize") && s.is_to_client() && !h.seen.has("response_type"),
        |_, s| s.pardon(),
    ),
    mutant(
        "rfc6749_section_3_1_1_an_unknown_response_type_is_refused",
        |h, _| h.seen.get("response_type") == "CODE",
        |_, s| s.pardon(),
    ),
    mutant(
        "rfc6749_section_4_1_2_1_an_unknown_scope_is_refused",
        |h, _| h.seen.get("scope") == "\"quoted\"",
        |_, s| s.pardon(),
    ),
    mutant(
        "rfc6749_section_4_1_2_state_comes_back_as_it_was",
        |_, s| s.param("state").is_some_and(|state| state.contains('\u{1f600}')),
        |_, s| s.set_param("state", Some("another")),
    ),
    mutant(
        "rfc9207_section_2_iss_is_in_every_answer",
        |_, s| s.is_to_client() && s.error() == "invalid_scope",
        |_, s| s.set_param("iss", None),
    ),
    mutant(
        "rfc6749_section_4_1_2_1_who_refuses_is_obeyed",
        |_, s| s.is_to_client() && s.error() == "access_denied",
        |_, s| s.pardon(),
    ),
    mutant(
        "rfc7636_section_4_4_1_a_public_client_sends_a_challenge",
        |h, s| {
            h.seen.at("/authorize") && h.seen.from("public") && !h.seen.has("code_challenge") && s.is_error()
        },
        |_, s| s.pardon(),
    ),
    mutant(
        "rfc9700_section_2_1_1_plain_challenges_are_refused",
        |h, s| h.seen.get("code_challenge_method") == "plain" && s.is_to_client(),
        |_, s| s.pardon(),
    ),
    mutant(
        "rfc7636_section_4_2_a_malformed_challenge_is_refused",
        |h, s| h.seen.get("code_challenge") == "short" && s.is_to_client(),
        |_, s| s.pardon(),
    ),
];
