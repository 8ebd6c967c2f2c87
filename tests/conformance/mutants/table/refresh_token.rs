//! Refresh tokens that are worth more, or less, than was granted.

use crate::mutants::heard::{Heard, text};
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

const CODE: &str = "authorization_code";
const REFRESH: &str = "refresh_token";

fn is_refused(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant(REFRESH) && s.is_error()
}

fn is_taken(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant(REFRESH) && s.status == 200
}

/// The number of refresh requests before this one.
fn earlier(h: Heard<'_>) -> usize {
    h.count(|seen, _| seen.grant(REFRESH))
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc6749_section_6_a_refresh_token_yields_a_token",
        |h, s| is_taken(h, s) && h.seen.from("web"),
        |h, s| s.set("access_token", text(&h.first(CODE), "access_token")),
    ),
    mutant(
        "rfc6749_section_1_5_a_refresh_token_is_no_access_token",
        |h, s| h.seen.grant(CODE) && h.seen.from("web") && s.status == 200,
        |_, s| s.set("access_token", s.text("refresh_token")),
    ),
    mutant(
        "rfc9700_section_4_14_2_refresh_tokens_of_public_clients_rotate",
        |h, s| is_taken(h, s) && h.seen.from("public") && earlier(h) == 0,
        |h, s| s.set("refresh_token", h.seen.get("refresh_token")),
    )
    .also(
        "a refresh token that stays the same is not used a second time",
        &[
            "rfc9700_section_4_14_2_a_reused_refresh_token_revokes_its_family",
            "rfc9700_section_4_14_2_a_reused_refresh_token_is_noticed_whatever_it_asks_for",
            "rfc9700_section_4_14_2_a_lost_response_is_repeated",
        ],
    ),
    mutant(
        "rfc9700_section_4_14_2_a_reused_refresh_token_revokes_its_family",
        |h, s| {
            is_refused(h, s)
                && earlier(h) == 3
                && !h.before(|seen, _| seen.grant(REFRESH) && seen.has("scope"))
        },
        |_, s| s.give(),
    ),
    mutant(
        "rfc9700_section_4_14_2_a_reused_refresh_token_is_noticed_whatever_it_asks_for",
        |h, s| is_refused(h, s) && earlier(h) == 2 && h.seen.get("scope") == "x-nobody-declared-this",
        |_, s| s.fail("invalid_scope"),
    ),
    mutant(
        "rfc9700_section_4_14_2_a_token_is_rotated_once_however_many_try_at_once",
        |h, _| h.seen.grant(REFRESH) && h.again() > 1,
        |_, s| s.give(),
    ),
    mutant(
        "rfc9700_section_4_14_2_a_lost_response_is_repeated",
        |h, s| is_taken(h, s) && h.was_taken("refresh_token"),
        |_, s| s.fail("invalid_grant"),
    ),
    mutant(
        "rfc6749_section_6_a_refresh_token_is_its_clients",
        |h, s| is_refused(h, s) && h.seen.from("other"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_6_scopes_may_shrink",
        |h, s| is_taken(h, s) && h.seen.get("scope") == "calendar",
        |_, s| s.set("scope", "profile calendar"),
    ),
    mutant(
        "rfc6749_section_6_scopes_do_not_grow",
        |h, s| is_refused(h, s) && h.seen.get("scope") == "profile calendar",
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_5_2_an_unknown_refresh_token_is_refused",
        |h, s| {
            is_refused(h, s) && h.seen.has("refresh_token") && !h.was_told("refresh_token", "refresh_token")
        },
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_6_the_refresh_token_is_required",
        |h, s| is_refused(h, s) && !h.seen.has("refresh_token"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_10_10_each_refresh_token_is_another",
        |h, s| {
            h.seen.grant(CODE)
                && s.status == 200
                && h.count(|seen, said| seen.grant(CODE) && said.status == 200) == 3
        },
        |h, s| s.set("refresh_token", text(&h.first(CODE), "refresh_token")),
    ),
];
