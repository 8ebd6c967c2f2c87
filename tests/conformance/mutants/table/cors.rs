//! Pages at other origins that may call, and should not; and the other way round.

use http::Method;
use http::header::ACCESS_CONTROL_ALLOW_ORIGIN;

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc9700_section_2_6_documents_are_for_every_origin",
        |h, _| h.seen.is_metadata() && h.seen.headers.contains_key("origin"),
        |_, s| drop(s.headers.remove(ACCESS_CONTROL_ALLOW_ORIGIN)),
    ),
    mutant(
        "rfc9700_section_2_6_a_registered_origin_may_call",
        |h, _| h.seen.method == Method::OPTIONS && h.seen.header("origin") == "https://app.client.example",
        |_, s| drop(s.headers.remove(ACCESS_CONTROL_ALLOW_ORIGIN)),
    ),
    mutant(
        "rfc9700_section_2_6_another_origin_may_not",
        |h, _| h.seen.is_token() && h.seen.header("origin") == "null",
        |_, s| s.set_header(ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ),
    mutant(
        "rfc9700_section_2_6_the_authorization_endpoint_has_no_cors",
        |h, _| h.seen.at("/authorize") && h.seen.headers.contains_key("origin"),
        |_, s| s.set_header(ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ),
];
