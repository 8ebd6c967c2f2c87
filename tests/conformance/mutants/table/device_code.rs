//! Devices that get tokens from nobody, or none at all.

use serde_json::json;

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

fn is_refused(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant("urn:ietf:params:oauth:grant-type:device_code") && s.is_error()
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc8628_section_3_2_a_device_gets_its_codes",
        |h, s| h.seen.at("/device_authorization") && s.status == 200,
        |_, s| s.without("user_code"),
    ),
    mutant(
        "rfc8628_section_3_5_while_nobody_has_approved_it_waits",
        |h, s| is_refused(h, s) && s.error() == "authorization_pending",
        |_, s| s.give(),
    )
    .also(
        "who gets a token at once never polls too often",
        &["rfc8628_section_3_5_who_polls_too_often_slows_down"],
    ),
    mutant(
        "rfc8628_section_3_5_who_polls_too_often_slows_down",
        |h, s| is_refused(h, s) && s.error() == "slow_down",
        |_, s| s.fail("authorization_pending"),
    ),
    mutant(
        "rfc8628_section_3_5_an_approved_device_gets_its_token_once",
        |h, s| is_refused(h, s) && h.was_taken("device_code"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc8628_section_3_5_one_token_however_many_poll_at_once",
        |h, _| h.seen.has("device_code") && h.again() > 1,
        |_, s| s.give(),
    ),
    mutant(
        "rfc8628_section_3_5_who_refuses_is_obeyed",
        |h, s| is_refused(h, s) && s.error() == "access_denied",
        |_, s| s.give(),
    ),
    mutant(
        "rfc8628_section_3_4_a_device_code_is_its_clients",
        |h, s| is_refused(h, s) && h.seen.from("other"),
        |_, s| s.fail("authorization_pending"),
    ),
    mutant(
        "rfc8628_section_3_4_an_unknown_device_code_is_refused",
        |h, s| is_refused(h, s) && h.seen.has("device_code") && !h.was_told("device_code", "device_code"),
        |_, s| s.fail("authorization_pending"),
    ),
    mutant(
        "rfc8628_section_3_4_the_device_code_is_required",
        |h, s| is_refused(h, s) && !h.seen.has("device_code"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc8628_section_3_1_a_confidential_client_authenticates",
        |h, s| h.seen.at("/device_authorization") && s.error() == "invalid_client",
        |_, s| s.answer(200, &json!({ "device_code": "a code", "user_code": "ABCD" })),
    ),
];
