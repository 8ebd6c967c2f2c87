//! Tokens of a hook of which one thing is wrong.

use serde_json::{Value, json};

use crate::mutants::heard::Heard;
use crate::mutants::said::Said;
use crate::mutants::{Mutant, mutant};

fn is_issued(h: Heard<'_>, s: &Said) -> bool {
    h.seen.is_token() && s.status == 200
}

/// Puts another value in the place of a claim.
fn claim(said: &mut Said, name: &str, value: Value) {
    said.resign("access_token", |claims| drop(claims.insert(name.to_owned(), value)));
}

pub(crate) static MUTANTS: &[Mutant] = &[
    mutant("rfc8725_section_3_2_a_jwt_of_a_hook_is_signed", is_issued, |_, s| s.sign("access_token", "")),
    mutant("rfc7519_section_4_1_1_a_jwt_of_a_hook_names_the_issuer", is_issued, |_, s| {
        claim(s, "iss", json!("https://other.example"));
    }),
    // 2100.
    mutant("rfc7519_section_4_1_4_a_jwt_of_a_hook_ends_when_the_response_says", is_issued, |_, s| {
        claim(s, "exp", json!(4_102_444_800_u64));
    }),
    mutant("rfc7519_section_4_1_6_a_jwt_of_a_hook_was_issued_when_it_was", is_issued, |_, s| {
        claim(s, "iat", json!(0));
    }),
    mutant("rfc9068_section_2_2_what_says_at_jwt_has_every_claim", is_issued, |_, s| {
        claim(s, "aud", json!([]));
    }),
];
