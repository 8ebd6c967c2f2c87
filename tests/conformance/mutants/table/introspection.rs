//! Tokens that are told to whoever asks.

use serde_json::json;

use crate::mutants::heard::Heard;
use crate::mutants::{Mutant, mutant};

fn is_asking(h: Heard<'_>, client: &str) -> bool {
    h.seen.at("/introspect") && h.seen.from(client)
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc7662_section_2_2_an_active_token_is_described",
        |h, s| is_asking(h, "api") && s.json().contains_key("client_id"),
        |_, s| s.set("client_id", "another"),
    ),
    mutant(
        "rfc7662_section_5_a_client_is_told_of_its_own_tokens_only",
        |h, _| is_asking(h, "other") && h.was_told("token", "access_token"),
        |_, s| s.set("active", true),
    ),
    mutant(
        "rfc7662_section_2_2_of_an_unknown_token_nothing_is_told",
        |h, s| is_asking(h, "web") && s.status == 200 && h.past.is_empty(),
        |_, s| s.set("error_description", "there is no such token"),
    ),
    mutant(
        "rfc7662_section_2_1_callers_authenticate",
        |h, s| is_asking(h, "web") && s.error() == "invalid_client",
        |_, s| s.answer(200, &json!({ "active": true })),
    ),
    mutant(
        "rfc7662_section_2_1_a_public_client_learns_nothing",
        |h, _| is_asking(h, "public"),
        |_, s| s.answer(200, &json!({ "active": true })),
    ),
    mutant(
        "rfc7662_section_2_1_the_token_is_required",
        |h, _| is_asking(h, "web") && !h.seen.has("token"),
        |_, s| s.answer(200, &json!({ "active": false })),
    ),
    mutant(
        "rfc7662_section_4_a_refresh_token_is_its_clients_business",
        |h, _| is_asking(h, "other") && h.was_told("token", "refresh_token"),
        |_, s| s.set("active", true),
    ),
];
