//! Pages without the headers that pages need. Of all pages it is the one of who signs out, which few rules walk.

use http::header::{CACHE_CONTROL, REFERRER_POLICY, X_FRAME_OPTIONS};

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant(
        "rfc6749_section_10_13_pages_are_not_framed",
        |h, s| h.seen.at("/end_session") && h.seen.query.is_empty() && s.is_page(),
        |_, s| s.framed_by_itself(),
    ),
    mutant(
        "rfc9700_section_4_16_pages_say_so_to_old_and_new_browsers",
        |h, s| h.seen.at("/end_session") && h.seen.query.is_empty() && s.is_page(),
        |_, s| drop(s.headers.remove(X_FRAME_OPTIONS)),
    ),
    mutant(
        "rfc9700_section_4_2_4_pages_send_no_referrer",
        |h, _| h.seen.at("/authorize") && h.seen.get("state") == "secret",
        |_, s| s.set_header(REFERRER_POLICY, "unsafe-url"),
    ),
    mutant(
        "no_cache_keeps_a_page",
        |h, s| h.seen.at("/end_session") && h.seen.query.is_empty() && s.is_page(),
        |_, s| s.set_header(CACHE_CONTROL, "private, max-age=60"),
    ),
];
