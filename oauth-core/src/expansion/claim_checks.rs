//! Rules about the claims of a validator whose names only the compiler knows, because structs have them.

use oauth_rules::claim;

use crate::claims::{of_id_tokens, repeated, reserved};
use crate::error::Message;
use crate::validator::RequestValidator;

/// RFC 7519 §4.1: registered claims are the framework's.
#[track_caller]
pub const fn check_claims_are_not_reserved<V: RequestValidator>() {
    if let Some(name) = reserved(V::CLAIMS) {
        Message::of(&claim::rfc7519_section_4_1_a_struct_by_hand_declares_no_registered_claim, &[name])
            .fail();
    }
}

/// RFC 7519 §4: "The Claim Names within a JWT Claims Set MUST be unique".
#[track_caller]
pub const fn check_claims_differ<V: RequestValidator>() {
    if let Some(name) = repeated(V::CLAIMS) {
        Message::of(&claim::rfc7519_section_4_methods_and_structs_declare_different_claims, &[name]).fail();
    }
}

/// OpenID Connect Core §2: what the protocol itself says of an authentication.
#[track_caller]
pub const fn check_claims_are_not_of_id_tokens<V: RequestValidator>() {
    if let Some(name) = of_id_tokens(V::CLAIMS) {
        Message::of(&claim::oidc_core_section_2_a_struct_declares_no_claim_of_the_protocol, &[name]).fail();
    }
}
