//! The generators of a server, and the keys that it publishes.

use oauth_rules::{list, parts, start_up};

use crate::endpoint::jwks;
use crate::frame::{AuthorizationServer, GrantSet};
use crate::jose::Jwk;
use crate::store::StoreRoles as _;
use crate::token::{TokenFormat, TokenGenerator as _};
use crate::validator::RequestValidator;

pub(super) fn check<S: AuthorizationServer>(server: &S, mistakes: &mut Vec<String>) {
    mistakes.extend(server.access_tokens().tokens().check().err());
    mistakes.extend(server.refresh_tokens().tokens().check().err());
    mistakes.extend(nobody_tells_what_is_revoked(server));
    mistakes.extend(two_make_access_tokens(server));
    mistakes.extend(two_make_refresh_tokens(server));
    mistakes.extend(refresh_tokens_pass_for_access_tokens(server));
    let keys = jwks::keys(server);
    mistakes.extend(keys_share_an_identifier(&keys));
}

/// RFC 7009 §3: a self-contained token is dead because a marker says so, and not because it is gone.
fn nobody_tells_what_is_revoked<S: AuthorizationServer>(server: &S) -> Option<String> {
    let is_asked = server.access_tokens().tokens().are_self_contained();
    (is_asked && server.validator().revocations().is_none())
        .then(|| start_up::rfc7009_section_3_a_validator_lends_what_is_revoked.words.to_owned())
}

/// The method of the validator would win, and the generator's tokens never be made.
fn two_make_access_tokens<S: AuthorizationServer>(server: &S) -> Option<String> {
    let has_generator = !matches!(server.access_tokens().tokens().format(), TokenFormat::Opaque);
    (S::Validator::GENERATES_ACCESS_TOKENS && has_generator)
        .then(|| parts::a_field_and_a_method_do_not_both_make_the_access_tokens.words.to_owned())
}

/// The same mistake with refresh tokens.
fn two_make_refresh_tokens<S: AuthorizationServer>(server: &S) -> Option<String> {
    let has_generator = !matches!(server.refresh_tokens().tokens().format(), TokenFormat::Opaque);
    (S::Validator::GENERATES_REFRESH_TOKENS && has_generator)
        .then(|| parts::a_field_and_a_method_do_not_both_make_the_refresh_tokens.words.to_owned())
}

/// RFC 8725 §3.12: "the validation rules for those JWTs MUST be written such that they are mutually exclusive".
///
/// A refresh token with the signature of access tokens is one to whoever verifies it, and lives for weeks.
fn refresh_tokens_pass_for_access_tokens<S: AuthorizationServer>(server: &S) -> Option<String> {
    let (access, refresh) = (server.access_tokens(), server.refresh_tokens());
    let keys = access.tokens().jwks();
    let shares_a_key = refresh.tokens().jwks().iter().any(|key| keys.contains(key));
    let says_so = refresh.tokens().are_access_tokens();
    let are_made = S::Grants::HAS_REFRESH_TOKEN && !S::Validator::GENERATES_REFRESH_TOKENS;
    (are_made && (shares_a_key || says_so))
        .then(|| parts::rfc8725_section_3_12_a_refresh_token_is_no_access_token.words.to_owned())
}

/// RFC 8414 §2: `jwks_uri` is told, or it is not, and so is its endpoint there from the start.
pub(in crate::server) fn published_keys_come_or_go<S: AuthorizationServer>(
    server: &S,
    has_jwks: bool,
) -> Option<String> {
    (jwks::keys(server).is_empty() == has_jwks).then(|| {
        let (had, has) = if has_jwks { ("some", "none") } else { ("none", "some") };
        format!(
            "the server started with {had} published keys and would have {has} now, which changes its `jwks_uri` (RFC 8414 §2): \
             start it anew"
        )
    })
}

/// RFC 7517 §4.5: "When "kid" values are used within a JWK Set, different keys within the JWK Set SHOULD use distinct "kid"
/// values."
fn keys_share_an_identifier(keys: &[Jwk]) -> Vec<String> {
    let identifiers: Vec<_> = keys.iter().filter_map(Jwk::kid).collect();
    let rule = &start_up::rfc7517_section_4_5_each_published_key_has_its_own_kid;
    list::repeated(&identifiers)
        .filter_map(|index| identifiers.get(index))
        .map(|kid| rule.says(&[&kid.escape_debug()]))
        .collect()
}
