//! Assertions that are believed, whoever wrote them.

use crate::mutants::heard::{Heard, claims, text};
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

fn is_refused(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant(GRANT) && s.is_error()
}

fn claim(h: Heard<'_>, name: &str) -> String {
    text(&claims(h.seen.get("assertion")), name)
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc7523_section_2_1_an_assertion_yields_a_token",
        |h, s| h.seen.grant(GRANT) && s.status == 200,
        |_, s| s.without("access_token"),
    )
    .also("it asks for tokens as well", &["rfc7521_section_4_1_there_is_no_refresh_token"]),
    mutant(
        "rfc7521_section_4_1_there_is_no_refresh_token",
        |h, s| h.seen.grant(GRANT) && s.status == 200,
        |_, s| s.set("refresh_token", "one"),
    ),
    mutant(
        "rfc7523_section_3_an_assertion_is_for_this_server_and_not_expired",
        |h, s| is_refused(h, s) && claim(h, "aud") == "https://other.example",
        |_, s| s.give(),
    ),
    mutant(
        "rfc7523_section_3_the_signature_is_the_issuers",
        |h, s| is_refused(h, s) && h.seen.get("assertion").ends_with('.') && !claim(h, "sub").is_empty(),
        |_, s| s.give(),
    ),
    mutant(
        "rfc7523_section_3_a_stranger_is_not_believed",
        |h, s| is_refused(h, s) && claim(h, "iss").contains("stranger"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc7523_section_3_an_assertion_is_worth_one_token",
        |h, s| is_refused(h, s) && h.was_taken("assertion"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc7523_section_3_an_assertion_is_worth_one_token_however_many_try_at_once",
        |h, _| h.seen.grant(GRANT) && h.again() > 1,
        |_, s| s.give(),
    ),
    mutant(
        "rfc7523_section_2_1_the_assertion_is_required",
        |h, s| is_refused(h, s) && !h.seen.has("assertion"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc7523_section_3_1_what_is_no_jwt_is_refused",
        |h, s| is_refused(h, s) && h.seen.get("assertion") == "nonsense",
        |_, s| s.give(),
    ),
];
