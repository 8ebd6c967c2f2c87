//! Rules about the claims of a validator whose names only the compiler knows, because structs have them.

use super::message::Message;
use crate::claims::{of_id_tokens, repeated, reserved};
use crate::validator::RequestValidator;

/// RFC 7519 §4.1: registered claims are the framework's.
#[track_caller]
pub const fn check_claims_are_not_reserved<V: RequestValidator>() {
    if let Some(name) = reserved(V::CLAIMS) {
        Message::new(&[
            "the claim `",
            name,
            "` is set by the framework (RFC 7519 §4.1): choose another name in `PrivateClaims::NAMES`",
        ])
        .fail();
    }
}

/// RFC 7519 §4: "The Claim Names within a JWT Claims Set MUST be unique".
#[track_caller]
pub const fn check_claims_differ<V: RequestValidator>() {
    if let Some(name) = repeated(V::CLAIMS) {
        Message::new(&[
            "the claim `",
            name,
            "` is declared twice by this validator, so that one value would replace the other (RFC 7519 §4): remove the \
             `#[claim]` method of that name, or rename the field by `#[claim(\"…\")]`",
        ])
        .fail();
    }
}

/// OpenID Connect Core §2: what the protocol itself says of an authentication.
#[track_caller]
pub const fn check_claims_are_not_of_id_tokens<V: RequestValidator>() {
    if let Some(name) = of_id_tokens(V::CLAIMS) {
        Message::new(&[
            "the claim `",
            name,
            "` is set by the framework in ID tokens and userinfo responses (OpenID Connect Core §2): rename the field by \
             `#[claim(\"…\")]`, or write `to(access_token)`",
        ])
        .fail();
    }
}
