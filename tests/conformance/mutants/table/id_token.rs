//! ID tokens that are not about this login.

use serde_json::json;

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

/// Tells whether a code is redeemed that was asked for alone, with this nonce.
fn is_issued(h: Heard<'_>, s: &Said, nonce: &str) -> bool {
    h.seen.grant("authorization_code")
        && s.json().contains_key("id_token")
        && h.asked("response_type") == "code"
        && h.asked("scope") == "openid"
        && h.asked("nonce") == nonce
        && h.seen.from("web")
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "oidc_core_section_3_1_3_3_a_code_yields_an_id_token",
        |h, s| is_issued(h, s, "a nonce"),
        |_, s| s.without("id_token"),
    ),
    mutant(
        "oidc_core_section_3_1_2_1_without_openid_there_is_none",
        |h, s| {
            h.seen.grant("authorization_code") && s.status == 200 && h.asked("scope") == "profile calendar"
        },
        |_, s| s.set("id_token", "one"),
    ),
    mutant(
        "oidc_core_section_3_1_3_7_the_published_keys_verify_the_signature",
        |h, s| is_issued(h, s, ""),
        |_, s| s.sign("id_token", "AAAA"),
    )
    .also(
        "who signs out is named by an ID token, whose signature the server verifies",
        &[
            "back_channel_logout::oidc_back_channel_logout_section_2_7_refresh_tokens_end_with_the_session",
            "check_session::oidc_session_management_section_3_2_the_state_changes_when_people_sign_out",
        ],
    ),
    mutant(
        "oidc_core_section_2_every_required_claim_is_there",
        |h, s| is_issued(h, s, ""),
        |_, s| s.resign("id_token", |claims| drop(claims.insert("exp".to_owned(), json!(4_102_444_800_u64)))),
    ),
    mutant(
        "oidc_core_section_3_1_2_1_the_nonce_comes_back",
        |h, s| is_issued(h, s, "a nonce+with/characters=&%20"),
        |_, s| s.resign("id_token", |claims| drop(claims.insert("nonce".to_owned(), json!("another")))),
    ),
    mutant(
        "oidc_core_section_3_1_3_6_at_hash_is_the_access_tokens",
        |h, s| is_issued(h, s, ""),
        |_, s| s.resign("id_token", |claims| drop(claims.insert("at_hash".to_owned(), json!("another")))),
    ),
    mutant(
        "oidc_core_section_3_1_2_1_prompt_none_shows_no_page",
        |h, s| s.is_to_client() && h.seen.get("prompt") == "none" && h.seen.from("web"),
        |_, s| s.page(200),
    ),
];
