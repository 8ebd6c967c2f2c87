//! Passwords that are not compared.

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

fn is_refused(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant("password") && s.is_error()
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc6749_section_4_3_3_the_right_password_yields_a_token",
        |h, s| h.seen.grant("password") && s.status == 200,
        |_, s| s.fail("invalid_grant"),
    ),
    mutant(
        "rfc6749_section_5_2_a_wrong_password_is_refused",
        |h, s| is_refused(h, s) && h.seen.get("username") == "conformance-user",
        |_, s| s.give(),
    )
    .also(
        "who gets in with a wrong password does not look like nobody",
        &["rfc6749_section_5_2_an_unknown_user_looks_like_a_wrong_password"],
    ),
    mutant(
        "rfc6749_section_5_2_an_unknown_user_looks_like_a_wrong_password",
        |h, s| is_refused(h, s) && h.seen.get("username").starts_with("conformance-nobody-"),
        |_, s| s.set("error_description", "there is no such user"),
    ),
    mutant(
        "rfc6749_section_4_3_2_name_and_password_are_required",
        |h, s| is_refused(h, s) && h.seen.get("username") == "a name",
        |_, s| s.give(),
    ),
];
