//! Registrations of more than strangers may have.

use serde_json::json;

use crate::mutants::heard::{Heard, text};
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

fn is_refused(h: Heard<'_>, s: &Said) -> bool {
    h.seen.at("/register") && s.is_error()
}

/// The registration as it was asked for.
fn register(h: Heard<'_>, s: &mut Said) {
    let mut told = h.seen.json();
    told.insert("client_id".to_owned(), json!("anybody"));
    s.answer(201, &told.into());
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc7591_section_3_2_1_the_answer_has_all_that_was_registered",
        |h, s| h.seen.at("/register") && s.status == 201,
        |_, s| s.set("client_name", "Another"),
    ),
    mutant(
        "rfc7591_section_3_2_1_a_client_that_registered_gets_tokens",
        |h, s| {
            h.seen.grant("authorization_code")
                && s.status == 200
                && h.before(|seen, said| seen.at("/register") && said.text("client_id") == h.seen.client())
        },
        |_, s| s.fail("invalid_grant"),
    )
    .also(
        "it begins with such tokens",
        &["registration_management::rfc7592_section_2_3_the_tokens_of_a_deleted_client_die"],
    ),
    mutant(
        "rfc7591_section_2_strangers_get_no_grant_without_a_person",
        |h, _| h.seen.at("/register") && h.seen.body.contains("client_credentials"),
        register,
    ),
    mutant(
        "rfc7591_section_2_strangers_get_no_other_scopes_than_were_named",
        |h, s| h.seen.at("/register") && s.status == 201 && h.seen.json().contains_key("scope"),
        |h, s| s.set("scope", text(&h.seen.json(), "scope")),
    ),
    mutant(
        "rfc7591_section_2_keys_of_clients_are_public",
        |h, s| is_refused(h, s) && h.seen.body.contains("\"oct\""),
        register,
    ),
    mutant(
        "rfc7591_section_2_3_a_statement_of_nobody_vouches_for_nothing",
        |h, s| is_refused(h, s) && h.seen.json().contains_key("software_statement"),
        register,
    ),
    mutant(
        "rfc7591_section_5_dangerous_redirect_uris_are_refused",
        |h, s| is_refused(h, s) && h.seen.body.contains("javascript:"),
        register,
    ),
];
