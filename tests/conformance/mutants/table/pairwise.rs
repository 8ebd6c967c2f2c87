//! People whom other clients recognise.

use serde_json::json;

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

/// Tells whether an ID token is issued to the client with this redirect URI.
fn is_issued(h: Heard<'_>, s: &Said, redirect_uri: &str) -> bool {
    s.json().contains_key("id_token") && h.seen.from("sector") && h.asked("redirect_uri") == redirect_uri
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "oidc_core_section_8_1_sectors_know_a_person_by_different_names",
        |h, s| is_issued(h, s, "https://another.example/callback"),
        |_, s| {
            s.resign("id_token", |claims| {
                drop(claims.insert("sub".to_owned(), json!("conformance-subject")));
            });
        },
    ),
    mutant(
        "oidc_core_section_8_1_a_sector_knows_a_person_by_one_name",
        |h, s| is_issued(h, s, "https://one.example/other/callback"),
        |_, s| s.resign("id_token", |claims| drop(claims.insert("sub".to_owned(), json!("another")))),
    ),
    mutant(
        "oidc_core_section_8_1_every_endpoint_knows_the_same_name",
        |h, s| {
            h.seen.at("/introspect")
                && s.status == 200
                && h.asked("redirect_uri") == "https://one.example/callback"
        },
        |_, s| s.set("sub", "conformance-subject"),
    ),
];
