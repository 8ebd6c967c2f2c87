//! The generators of a server, and the keys that it publishes.

use std::any::TypeId;
use std::ptr;

use jsonwebtoken::jwk::AlgorithmParameters;
use oauth_rules::{list, parts, start_up};

use crate::endpoint::jwks;
use crate::grant::GrantSet;
use crate::jose::Jwk;
use crate::server::AuthorizationServer;
use crate::token::{TokenFormat, TokenGenerator as _};
use crate::validator::RequestValidator;

pub(super) fn check<S: AuthorizationServer>(server: &S, mistakes: &mut Vec<String>) {
    mistakes.extend(server.access_tokens().check().err());
    mistakes.extend(server.refresh_tokens().check().err());
    mistakes.extend(two_make_access_tokens(server));
    mistakes.extend(two_make_refresh_tokens(server));
    mistakes.extend(refresh_tokens_pass_for_access_tokens(server));
    let keys = jwks::keys(server);
    mistakes.extend(secrets_are_published(&keys));
    mistakes.extend(keys_share_an_identifier(&keys));
}

/// The method of the validator would win, and the generator's tokens never be made.
fn two_make_access_tokens<S: AuthorizationServer>(server: &S) -> Option<String> {
    let has_generator = !matches!(server.access_tokens().format(), TokenFormat::Opaque);
    (S::Validator::GENERATES_ACCESS_TOKENS && has_generator)
        .then(|| parts::a_field_and_a_method_do_not_both_make_the_access_tokens.words.to_owned())
}

/// As of access tokens.
fn two_make_refresh_tokens<S: AuthorizationServer>(server: &S) -> Option<String> {
    let has_generator = !matches!(server.refresh_tokens().format(), TokenFormat::Opaque);
    (S::Validator::GENERATES_REFRESH_TOKENS && has_generator)
        .then(|| parts::a_field_and_a_method_do_not_both_make_the_refresh_tokens.words.to_owned())
}

/// RFC 8725 §3.12: "the validation rules for those JWTs MUST be written such that they are mutually exclusive".
///
/// A refresh token with the signature of access tokens is one to whoever verifies it, and lives for weeks.
fn refresh_tokens_pass_for_access_tokens<S: AuthorizationServer>(server: &S) -> Option<String> {
    let (access, refresh) = (server.access_tokens(), server.refresh_tokens());
    let keys = access.jwks();
    let shares_a_key = refresh.jwks().iter().any(|key| keys.contains(key));
    // Types without a size may have one address. What is random passes for nothing else.
    let is_same = TypeId::of::<S::AccessTokens>() == TypeId::of::<S::RefreshTokens>()
        && size_of_val(access) > 0
        && ptr::addr_eq(access, refresh)
        && !matches!(refresh.format(), TokenFormat::Opaque | TokenFormat::Custom);
    let says_so = S::RefreshTokens::MAKES_ACCESS_TOKENS;
    let are_made = S::Grants::HAS_REFRESH_TOKEN && !S::Validator::GENERATES_REFRESH_TOKENS;
    (are_made && (is_same || shares_a_key || says_so))
        .then(|| parts::rfc8725_section_3_12_a_refresh_token_is_no_access_token.words.to_owned())
}

/// RFC 7518 §6.4: the member `k` of a symmetric key is the key itself.
fn secrets_are_published(keys: &[Jwk]) -> Option<String> {
    keys.iter()
        .any(|key| matches!(key.algorithm, AlgorithmParameters::OctetKey(_)))
        .then(|| start_up::rfc7518_section_6_4_published_keys_are_public.words.to_owned())
}

/// RFC 7517 §4.5: "When "kid" values are used within a JWK Set, different keys within the JWK Set SHOULD use distinct "kid"
/// values."
fn keys_share_an_identifier(keys: &[Jwk]) -> Vec<String> {
    let identifiers: Vec<_> = keys.iter().filter_map(|key| key.common.key_id.as_deref()).collect();
    let rule = &start_up::rfc7517_section_4_5_each_published_key_has_its_own_kid;
    list::repeated(&identifiers)
        .filter_map(|index| identifiers.get(index))
        .map(|kid| rule.says(&[&kid.escape_debug()]))
        .collect()
}
