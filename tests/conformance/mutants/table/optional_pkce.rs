//! A server on which PKCE is optional, and that takes a verifier of nothing.

use crate::mutants::{Mutant, mutant};

pub(crate) static MUTANTS: &[Mutant] = &[mutant(
    "authorization_code::rfc9700_section_4_8_2_a_verifier_without_a_challenge_is_refused",
    |h, s| s.text("error_description").contains("without a code_challenge") && h.seen.is_token(),
    |_, s| s.give(),
)];
