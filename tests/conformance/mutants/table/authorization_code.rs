//! Codes that are worth more, or less, than was granted.

use crate::mutants::heard::{Heard, text};
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

const CODE: &str = "authorization_code";

/// Tells whether a code that the server told is refused at its first use.
fn is_refused(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant(CODE)
        && s.is_error()
        && h.was_told("code", "code")
        && !h.before(|seen, _| seen.grant(CODE) && seen.get("code") == h.seen.get("code"))
}

/// Tells whether a code was used twice.
fn was_replayed(h: Heard<'_>) -> bool {
    h.before(|seen, said| seen.grant(CODE) && said.error() == "invalid_grant")
        && h.before(|seen, said| seen.grant(CODE) && said.status == 200)
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc6749_section_4_1_4_a_code_yields_a_token",
        |h, s| h.seen.grant(CODE) && s.status == 200,
        |_, s| s.set("token_type", "MAC"),
    ),
    mutant(
        "rfc6749_section_4_1_3_a_public_client_redeems_a_code",
        |h, s| h.seen.grant(CODE) && h.seen.from("public") && s.status == 200,
        |_, s| s.fail("invalid_client"),
    )
    .also(
        "they begin with the code of a public client",
        &[
            "refresh_token::rfc9700_section_4_14_2_refresh_tokens_of_public_clients_rotate",
            "refresh_token::rfc9700_section_4_14_2_a_reused_refresh_token_revokes_its_family",
            "refresh_token::rfc9700_section_4_14_2_a_reused_refresh_token_is_noticed_whatever_it_asks_for",
            "refresh_token::rfc9700_section_4_14_2_a_lost_response_is_repeated",
        ],
    ),
    mutant(
        "rfc6749_section_3_3_the_scope_is_what_was_granted",
        |h, s| h.seen.grant(CODE) && h.asked("scope") == "calendar" && s.status == 200,
        |_, s| s.set("scope", "calendar admin"),
    ),
    mutant(
        "rfc6749_section_4_1_2_a_code_works_once",
        |h, s| {
            h.seen.grant(CODE)
                && s.is_error()
                && h.was_taken("code")
                && !h.before(|seen, _| seen.at("/introspect"))
        },
        |_, s| s.give(),
    )
    .also(
        "who is given a token twice has nothing revoked",
        &["rfc6749_section_4_1_2_a_replayed_code_revokes_its_refresh_token"],
    ),
    mutant(
        "rfc6749_section_4_1_2_a_replayed_code_revokes_its_access_token",
        |h, _| h.seen.at("/introspect") && was_replayed(h),
        |_, s| s.set("active", true),
    ),
    mutant(
        "rfc6749_section_4_1_2_a_replayed_code_revokes_its_refresh_token",
        |h, s| h.seen.grant("refresh_token") && s.is_error() && was_replayed(h),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_4_1_2_a_code_is_redeemed_once_however_many_try_at_once",
        |h, _| h.seen.grant(CODE) && h.again() > 1,
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_4_1_3_a_code_is_its_clients",
        |h, s| is_refused(h, s) && h.seen.from("other"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_4_1_3_the_redirect_uri_is_the_same",
        |h, s| is_refused(h, s) && h.seen.get("redirect_uri").ends_with("/other"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc7636_section_4_6_the_verifier_must_match",
        |h, s| is_refused(h, s) && s.text("error_description").contains("does not match"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc7636_section_4_6_the_verifier_is_required",
        |h, s| is_refused(h, s) && !h.seen.has("code_verifier"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_5_2_an_unknown_code_is_refused",
        |h, s| {
            h.seen.grant(CODE)
                && s.is_error()
                && !h.seen.get("code").is_empty()
                && !h.was_told("code", "code")
        },
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_4_1_3_the_code_is_required",
        |h, s| {
            h.seen.grant(CODE) && s.is_error() && h.seen.has("redirect_uri") && h.seen.get("code").is_empty()
        },
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_10_10_each_token_of_a_code_is_another",
        |h, s| {
            h.seen.grant(CODE)
                && s.status == 200
                && h.count(|seen, said| seen.grant(CODE) && said.status == 200) == 3
        },
        |h, s| s.set("access_token", text(&h.first(CODE), "access_token")),
    ),
];
