//! Registration by a token that nobody was given.

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[mutant(
    "registration::rfc7591_section_3_who_has_no_initial_access_token_is_refused",
    |h, s| {
        h.seen.at("/register")
            && h.seen.method == http::Method::POST
            && s.is_error()
            && h.seen.header("authorization") == "Bearer guessed"
    },
    |h, s| s.answer(201, &h.seen.json().into()),
)];
