//! Clients that get for themselves what is not theirs.

use crate::mutants::heard::{Heard, text};
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

const GRANT: &str = "client_credentials";

fn is_taken(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant(GRANT) && s.status == 200
}

fn is_refused(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant(GRANT) && s.is_error()
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant("rfc6749_section_4_4_3_a_client_gets_a_token_for_itself", is_taken, |_, s| {
        s.without("expires_in");
    }),
    mutant("rfc6749_section_4_4_3_there_is_no_refresh_token", is_taken, |_, s| s.set("refresh_token", "one")),
    mutant(
        "rfc6749_section_4_4_a_public_client_gets_none",
        |h, s| is_refused(h, s) && h.seen.from("public"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_5_2_the_grant_must_be_the_clients",
        |h, s| is_refused(h, s) && h.seen.from("without-grant"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_3_3_an_unknown_scope_is_refused",
        |h, s| is_refused(h, s) && s.error() == "invalid_scope",
        |_, s| s.give(),
    ),
    mutant(
        "rfc6749_section_10_10_each_token_is_another",
        |h, s| is_taken(h, s) && h.count(|seen, said| seen.grant(GRANT) && said.status == 200) == 3,
        |h, s| s.set("access_token", text(&h.first(GRANT), "access_token")),
    ),
];
