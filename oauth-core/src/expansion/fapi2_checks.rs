//! Rules of the FAPI 2.0 Security Profile about constants, evaluated while the user's crate compiles.

use oauth_rules::profile::fapi2;

use crate::error::Message;
use crate::frame::AuthorizationServer;
use crate::jose::{Algorithm, FAPI2_ALGORITHMS};
use crate::openid::IdTokenSigner;
use crate::store::StoreRoles;
use crate::token::TokenGenerator;
use crate::validator::RequestValidator;

/// FAPI 2.0 §5.3.2.1, no. 9: refresh tokens stay as they are, whatever a hook says.
#[track_caller]
pub const fn check_nothing_rotates<S: AuthorizationServer>() {
    if <S::Validator as RequestValidator>::DECIDES_ROTATION {
        Message::of(&fapi2::fapi2_section_5_3_2_1_no_hook_rotates_refresh_tokens, &[]).fail();
    }
}

/// RFC 7523 §3, RFC 9449 §11.1: assertions and proofs, which every client sends, are known by their `jti`.
#[track_caller]
pub const fn check_fapi2_replay_ids<S: AuthorizationServer>() {
    if !<S::Validator as StoreRoles>::KEEPS_REPLAY_IDS {
        Message::of(&fapi2::fapi2_section_5_3_2_1_assertions_and_proofs_have_a_store, &[]).fail();
    }
}

/// FAPI 2.0 §5.4.1, of access tokens.
#[track_caller]
pub const fn check_access_token_algorithm<S: AuthorizationServer>() {
    check_algorithm("access tokens", <S::AccessTokens as TokenGenerator>::SIGNING_ALGORITHM);
}

/// FAPI 2.0 §5.4.1, of ID tokens.
#[track_caller]
pub const fn check_fapi2_id_token_algorithm<S: AuthorizationServer>() {
    check_algorithm("ID tokens", <S::IdTokens as IdTokenSigner>::ALGORITHM);
}

#[track_caller]
const fn check_algorithm(what: &str, algorithm: Option<Algorithm>) {
    let Some(algorithm) = algorithm else { return };
    let mut allowed = FAPI2_ALGORITHMS;
    while let [first, rest @ ..] = allowed {
        if *first as u8 == algorithm as u8 {
            return;
        }
        allowed = rest;
    }
    let rule = &fapi2::fapi2_section_5_4_1_tokens_are_signed_with_ps256_es256_or_ed25519;
    Message::of(rule, &[what, algorithm.as_str()]).fail();
}
