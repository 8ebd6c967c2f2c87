//! Clients by a document that is none.

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

const HOST: &str = "https://client.example/conformance-document-";

const ALIKE: &str =
    "what is wrong with a document is seen by who fetches it: on the wire, all of these are strangers alike";

/// Tells whether nobody is found by a document.
fn is_unknown(h: Heard<'_>, s: &Said) -> bool {
    h.seen.at("/authorize")
        && h.seen.client().starts_with(HOST)
        && h.seen.get("redirect_uri") == "https://client.example/callback"
        && s.status == 400
        && !s.body.contains("invalid_scope")
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "client_id_metadata_documents_are_advertised_with_the_method_none",
        |h, _| h.seen.is_metadata(),
        |_, s| s.set("client_id_metadata_document_supported", false),
    ),
    mutant(
        "a_client_with_a_document_gets_tokens",
        |h, s| h.seen.is_token() && h.seen.client().starts_with(HOST) && s.status == 200,
        |_, s| s.fail("invalid_client"),
    ),
    mutant("a_document_speaks_for_its_own_url_alone", is_unknown, |h, s| s.code_for(h.seen)).also(
        ALIKE,
        &[
            "a_document_has_no_secret",
            "a_document_has_five_kilobytes_at_most",
            "a_document_that_is_not_there_is_no_client",
        ],
    ),
    mutant("a_document_has_no_secret", is_unknown, |h, s| s.code_for(h.seen)).also(
        ALIKE,
        &[
            "a_document_speaks_for_its_own_url_alone",
            "a_document_has_five_kilobytes_at_most",
            "a_document_that_is_not_there_is_no_client",
        ],
    ),
    mutant("a_document_has_five_kilobytes_at_most", is_unknown, |h, s| s.code_for(h.seen)).also(
        ALIKE,
        &[
            "a_document_speaks_for_its_own_url_alone",
            "a_document_has_no_secret",
            "a_document_that_is_not_there_is_no_client",
        ],
    ),
    mutant(
        "a_document_that_is_not_there_is_no_client",
        |h, s| {
            is_unknown(h, s) && h.before(|seen, said| seen.client().starts_with(HOST) && said.status == 400)
        },
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "a_redirect_uri_that_is_in_no_document_is_not_redirected_to",
        |h, _| h.seen.client().starts_with(HOST) && h.seen.get("redirect_uri").contains("attacker"),
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "strangers_with_a_document_get_no_other_scopes_than_were_named",
        |h, s| {
            h.seen.client().starts_with(HOST)
                && (s.error() == "invalid_scope" || s.body.contains("invalid_scope"))
        },
        |h, s| s.code_for(h.seen),
    ),
    mutant(
        "what_leads_inside_is_not_fetched",
        |h, _| h.seen.client() == "https://localhost/document.json",
        |h, s| s.code_for(h.seen),
    ),
];
