//! Exchanges from which somebody gets more than they had.

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:token-exchange";

fn is_refused(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant(GRANT) && s.is_error()
}

fn is_taken(h: Heard<'_>, s: &Said) -> bool {
    h.seen.grant(GRANT) && s.status == 200
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant("rfc8693_section_2_2_1_a_token_is_exchanged_for_another", is_taken, |_, s| {
        s.without("issued_token_type");
    }),
    mutant("rfc8693_section_2_2_1_an_exchange_yields_no_refresh_token", is_taken, |_, s| {
        s.set("refresh_token", "one");
    }),
    mutant(
        "rfc8693_section_2_1_the_subject_token_and_its_type_are_required",
        |h, s| is_refused(h, s) && h.seen.has("subject_token_type") && !h.seen.has("subject_token"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc8693_section_2_1_an_actor_token_and_its_type_come_together",
        |h, s| is_refused(h, s) && h.seen.has("actor_token_type") && !h.seen.has("actor_token"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc8693_section_2_1_an_exchange_does_not_widen_the_scope",
        |h, s| is_refused(h, s) && s.error() == "invalid_scope",
        |_, s| s.give(),
    ),
    mutant(
        "rfc8693_section_2_2_2_a_token_that_nobody_issued_is_refused",
        |h, s| is_refused(h, s) && h.seen.get("subject_token") == "guessed",
        |_, s| s.give(),
    ),
    mutant(
        "rfc8693_section_1_1_a_client_that_has_nothing_to_do_with_it_is_refused",
        |h, s| is_refused(h, s) && h.seen.from("other"),
        |_, s| s.give(),
    ),
    mutant(
        "rfc8693_section_5_who_exchanges_authenticates",
        |h, s| is_refused(h, s) && h.seen.from("public"),
        |_, s| s.give(),
    ),
    mutant(
        "an_exchanged_token_dies_with_what_it_was_made_from",
        |h, _| {
            h.seen.at("/introspect")
                && h.before(|seen, _| seen.grant(GRANT))
                && h.before(|seen, _| seen.at("/revoke"))
        },
        |_, s| s.set("active", true),
    ),
];
