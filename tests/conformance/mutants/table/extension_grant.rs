//! A grant of one's own that gives to whoever asks.

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

const GRANT: &str = "urn:example:grant-type:voucher";

fn is_refused(h: Heard<'_>, s: &Said, error: &str) -> bool {
    h.seen.grant(GRANT) && s.error() == error
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc6749_section_4_5_a_good_request_yields_a_token",
        |h, s| h.seen.grant(GRANT) && s.status == 200,
        |_, s| s.fail("invalid_grant"),
    ),
    mutant(
        "rfc6749_section_4_5_what_proves_the_right_is_required",
        |h, s| is_refused(h, s, "invalid_request") && !h.seen.has("voucher"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_4_5_what_proves_the_right_is_not_guessed",
        |h, s| is_refused(h, s, "invalid_grant"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_5_2_an_extension_grant_must_be_the_clients",
        |h, s| is_refused(h, s, "unauthorized_client"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_3_2_1_who_uses_an_extension_grant_authenticates",
        |h, s| is_refused(h, s, "invalid_client"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_3_3_an_extension_grant_has_no_scopes_of_its_own",
        |h, s| is_refused(h, s, "invalid_scope"),
        |_, s| s.give(),
    ),
];
