//! The generators of a server, and the keys that it publishes.

use crate::endpoint::jwks;
use crate::grant::GrantSet;
use crate::jose::Jwk;
use crate::server::AuthorizationServer;
use crate::token::{TokenFormat, TokenGenerator as _};
use crate::validator::RequestValidator;

pub(super) fn check<S: AuthorizationServer>(server: &S, mistakes: &mut Vec<String>) {
    mistakes.extend(server.access_tokens().tokens().check().err());
    mistakes.extend(server.refresh_tokens().tokens().check().err());
    mistakes.extend(two_make_access_tokens(server));
    mistakes.extend(two_make_refresh_tokens(server));
    mistakes.extend(refresh_tokens_pass_for_access_tokens(server));
    let keys = jwks::keys(server);
    mistakes.extend(keys_share_an_identifier(&keys));
}

/// The method of the validator would win, and the generator's tokens never be made.
fn two_make_access_tokens<S: AuthorizationServer>(server: &S) -> Option<String> {
    let has_generator = !matches!(server.access_tokens().tokens().format(), TokenFormat::Opaque);
    (S::Validator::GENERATES_ACCESS_TOKENS && has_generator).then(|| {
        "two generators of access tokens: that of the validator, and `AccessTokens`; remove one (`Opaque` stands for none)"
            .to_owned()
    })
}

/// As of access tokens.
fn two_make_refresh_tokens<S: AuthorizationServer>(server: &S) -> Option<String> {
    let has_generator = !matches!(server.refresh_tokens().tokens().format(), TokenFormat::Opaque);
    (S::Validator::GENERATES_REFRESH_TOKENS && has_generator).then(|| {
        "two generators of refresh tokens: that of the validator, and `RefreshTokens`; remove one (`Opaque` stands for none)"
            .to_owned()
    })
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
    (are_made && (shares_a_key || says_so)).then(|| {
        "refresh tokens are made as access tokens are, so that an API would take one for the other (RFC 8725 §3.12): let \
         `Opaque` make them"
            .to_owned()
    })
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
    super::repeated(&identifiers)
        .map(|kid| {
            format!(
                "two published keys have the kid `{}`, so that no verifier could tell which is meant (RFC 7517 §4.5): give \
                 each its own",
                kid.escape_debug()
            )
        })
        .collect()
}
