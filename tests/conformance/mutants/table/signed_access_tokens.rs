//! Signed tokens of which one thing is wrong.

use serde_json::{Value, json};

use crate::mutants::heard::{Heard, number};
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
    mutant("rfc9068_section_4_the_published_keys_verify_the_signature", is_issued, |_, s| {
        s.sign("access_token", "AAAA");
    }),
    mutant("rfc9068_section_2_1_the_type_is_at_jwt", is_issued, |_, s| {
        s.resign_header("access_token", |header| drop(header.insert("typ".to_owned(), json!("JWT"))));
    }),
    mutant("rfc9068_section_2_2_every_required_claim_is_there", is_issued, |_, s| {
        s.resign("access_token", |claims| drop(claims.remove("aud")));
    }),
    mutant("rfc9068_section_2_2_exp_is_in_the_future", is_issued, |_, s| {
        s.resign("access_token", |claims| drop(claims.insert("exp".to_owned(), claims["iat"].clone())));
        s.set("expires_in", 0);
    }),
    mutant("rfc9068_section_2_2_iat_is_not_in_the_future", is_issued, |_, s| {
        s.resign("access_token", |claims| {
            for name in ["iat", "exp"] {
                let later = number(claims, name) + 3600;
                claims.insert(name.to_owned(), json!(later));
            }
        });
    }),
    mutant("rfc9068_section_2_2_iss_is_the_issuer", is_issued, |_, s| {
        claim(s, "iss", json!("https://other.example"));
    }),
    mutant("rfc9068_section_2_2_client_id_is_the_clients", is_issued, |_, s| {
        claim(s, "client_id", json!("another"));
    }),
    mutant("rfc9068_section_2_2_3_scope_is_what_was_granted", is_issued, |_, s| {
        claim(s, "scope", json!("admin"));
    }),
    mutant("rfc7519_section_4_1_7_each_jti_is_another", is_issued, |_, s| {
        s.resign("access_token", |claims| {
            // Within a second it would be the same token.
            let own = claims.insert("jti".to_owned(), json!("one"));
            claims.extend(own.map(|own| ("was".to_owned(), own)));
        });
    }),
    mutant("rfc6749_section_5_1_expires_in_is_what_exp_says", is_issued, |_, s| s.set("expires_in", 5)),
];
