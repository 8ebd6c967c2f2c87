//! Rules about values of a server and of its token generator, evaluated while the user's crate compiles.

use oauth_rules::claim::rfc7519_section_4_a_claim_is_static_or_made_for_each_request;
use oauth_rules::lifetime::short;
use oauth_rules::server::values::rfc6749_section_1_5_a_refresh_token_outlives_the_access_token;

use crate::claims::is_made_for_access_tokens;
use crate::error::Message;
use crate::frame::AuthorizationServer;
use crate::token::TokenGenerator;
use crate::validator::RequestValidator;

/// RFC 6749 §1.5: a refresh token is for when the access token has expired.
#[track_caller]
pub const fn check_refresh_tokens_outlive_access_tokens<S: AuthorizationServer>() {
    let Some(access) = <S::AccessTokens as TokenGenerator>::EXPIRES_IN else { return };
    let each = ("refresh_token_lifetime", S::CONFIG.refresh_token_lifetime.as_secs());
    let all = ("refresh_token_max_lifetime", S::CONFIG.refresh_token_max_lifetime.as_secs());
    let (name, refresh) = if all.1 < each.1 { all } else { each };
    if refresh < access.as_secs() {
        let (refresh, access) = (short(refresh), short(access.as_secs()));
        let rule = &rfc6749_section_1_5_a_refresh_token_outlives_the_access_token;
        Message::of(rule, &[name, refresh.as_str(), access.as_str(), name, access.as_str()]).fail();
    }
}

/// RFC 7519 §4: "The Claim Names within a JWT Claims Set MUST be unique".
#[track_caller]
pub const fn check_static_claims_differ<S: AuthorizationServer>() {
    let mut names = <S::AccessTokens as TokenGenerator>::STATIC_CLAIMS;
    while let [name, rest @ ..] = names {
        if is_made_for_access_tokens(name, <S::Validator as RequestValidator>::CLAIMS) {
            Message::of(&rfc7519_section_4_a_claim_is_static_or_made_for_each_request, &[name]).fail();
        }
        names = rest;
    }
}
