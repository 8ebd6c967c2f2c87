//! Tokens that live on, or that anybody can end.

use serde_json::json;

use crate::mutants::heard::Heard;
use crate::mutants::{Mutant, mutant};

/// Tells whether somebody asks about a token of this grant, after it was revoked with a hint or without.
fn is_asked_after(h: Heard<'_>, grant: &str, has_hint: bool) -> bool {
    let is_revoking =
        |hint: bool| h.before(|seen, _| seen.at("/revoke") && seen.has("token_type_hint") == hint);
    h.seen.at("/introspect")
        && h.seen.from("web")
        && is_revoking(has_hint)
        && h.before(|seen, _| seen.grant(grant))
}

/// Tells whether another client revoked something.
fn has_other_revoked(h: Heard<'_>) -> bool {
    h.before(|seen, _| seen.at("/revoke") && seen.from("other"))
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc7009_section_2_2_a_revoked_access_token_is_dead",
        |h, _| is_asked_after(h, "client_credentials", false) && !has_other_revoked(h),
        |_, s| s.set("active", true),
    ),
    mutant(
        "rfc7009_section_2_1_a_revoked_refresh_token_is_refused",
        |h, _| h.seen.grant("refresh_token") && h.before(|seen, _| seen.at("/revoke")),
        |_, s| s.give(),
    ),
    mutant(
        "rfc7009_section_2_1_a_refresh_token_takes_its_access_tokens_along",
        |h, _| is_asked_after(h, "authorization_code", false),
        |_, s| s.set("active", true),
    ),
    mutant(
        "rfc7009_section_2_1_a_wrong_hint_is_no_obstacle",
        |h, _| is_asked_after(h, "client_credentials", true),
        |_, s| s.set("active", true),
    ),
    mutant(
        "rfc7009_section_2_2_an_unknown_token_is_no_error",
        |h, _| h.seen.at("/revoke") && h.seen.from("web") && h.seen.has("token") && h.past.is_empty(),
        |_, s| s.fail("invalid_request"),
    ),
    mutant(
        "rfc7009_section_2_1_another_clients_token_stays",
        |h, _| h.seen.at("/introspect") && has_other_revoked(h),
        |_, s| s.set("active", false),
    ),
    mutant(
        "rfc7009_section_2_1_clients_authenticate",
        |h, s| h.seen.at("/revoke") && h.seen.from("web") && s.error() == "invalid_client",
        |_, s| s.answer(200, &json!({})),
    ),
    mutant(
        "rfc7009_section_2_1_the_token_is_required",
        |h, _| h.seen.at("/revoke") && h.seen.from("web") && !h.seen.has("token"),
        |_, s| s.answer(200, &json!({})),
    ),
];
