//! Rules about constants, evaluated while the user's crate compiles. A message is what the compiler prints.

use oauth_rules::{self as rules, issuer, resource_indicator};

use crate::advice::Warning;
use crate::claims::ClaimDestination;
use crate::error::Message;
use crate::frame::{AuthorizationServer, GrantSet};
use crate::jose::Algorithm;
use crate::openid::IdTokenSigner;
use crate::scope::is_declared;
use crate::store::StoreRoles;
use crate::token::{Issuer, TokenGenerator};
use crate::validator::RequestValidator;
use oauth_rules::text::is_equal;

/// RFC 8707 §2: the resource of this place is a URI, another than those before it, and knows scopes of the server.
#[track_caller]
pub const fn check_resource<S: AuthorizationServer>(index: usize) {
    let Some((mut earlier, [resource, ..])) = S::CONFIG.resources.split_at_checked(index) else { return };
    let uri = resource.uri;
    if uri.is_empty() {
        fail(resource_indicator::a_resource_names_its_audience_before_a_run.words);
    }
    if let Err(broken) = resource_indicator::check(uri) {
        Message::new(&["the resource `", uri, "` "]).about(&broken).fail();
    }
    while let [other, rest @ ..] = earlier {
        if other.is_meant_by(uri) {
            Message::of(&resource_indicator::rfc8707_section_2_a_resource_is_declared_once, &[uri]).fail();
        }
        earlier = rest;
    }
    if let Some(scope) = resource.undeclared_scope(S::CONFIG.scopes) {
        let rule = &resource_indicator::rfc8707_section_2_2_the_scopes_of_a_resource_are_declared;
        Message::of(rule, &[uri, scope]).fail();
    }
}

/// RFC 8707 §2: the resource that a client names is whom its token is for, whatever a claim says.
#[track_caller]
pub const fn check_resources_say_the_audience<S: AuthorizationServer>() {
    let mut claims = <S::Validator as RequestValidator>::CLAIMS;
    while let [claim, rest @ ..] = claims {
        let mut names = claim.names;
        while let [name, rest @ ..] = names {
            if is_equal(name.as_bytes(), b"aud") {
                fail(resource_indicator::rfc8707_section_2_resources_say_whom_a_token_is_for.words);
            }
            names = rest;
        }
        claims = rest;
    }
}

/// RFC 7591 §3: the server "assigns this client a unique client identifier", and keeps it.
#[track_caller]
pub const fn check_registrations_are_kept<S: AuthorizationServer>() {
    if !<S::Validator as StoreRoles>::KEEPS_REGISTRATIONS {
        fail(rules::parts::rfc7591_section_3_registered_clients_have_a_store.words);
    }
}

/// The issuer of `issuer = env!("…")` or of another constant.
#[track_caller]
pub const fn checked_issuer(issuer: &'static str) -> Issuer {
    if let Err(broken) = issuer::check(issuer) {
        Message::new(&["the issuer `", issuer, "` "]).about(&broken).fail();
    }
    Issuer::Literal(issuer)
}

/// Checks the issuer of another server as [`checked_issuer`] does its own: it may end with `/` (RFC 8414
/// §3.1).
#[track_caller]
pub const fn checked_foreign_issuer(issuer: &'static str) -> Issuer {
    if let Err(broken) = issuer::check_foreign(issuer) {
        Message::new(&["the issuer `", issuer, "` "]).about(&broken).fail();
    }
    Issuer::Literal(issuer)
}

/// Evaluates the issuer of a server.
pub const fn check_issuer<S: AuthorizationServer>() {
    let _ = S::ISSUER;
}

/// RFC 8414 §2: `issuer` is REQUIRED.
#[track_caller]
pub const fn check_issuer_is_stated<S: AuthorizationServer>() {
    if !S::ISSUER.is_stated() {
        fail(rules::parts::rfc8414_section_2_the_server_or_its_generator_has_an_issuer.words);
    }
}

/// RFC 9068 §4: a resource compares `iss` with the issuer of the metadata, which RFC 8414 §3.3 fixes.
#[track_caller]
pub const fn check_issuers_agree<S: AuthorizationServer>() {
    let (server, generator) = (S::ISSUER, <S::AccessTokens as TokenGenerator>::ISSUER);
    if let (Issuer::Literal(issuer), Issuer::Literal(other)) = (server, generator)
        && !issuer::is_same(issuer, other)
    {
        let rule = &rules::parts::rfc9068_section_4_server_and_tokens_have_one_issuer;
        Message::of(rule, &[issuer, other]).fail();
    }
}

/// One generator makes the access tokens.
#[track_caller]
pub const fn check_access_token_generators<S: AuthorizationServer>() {
    if <S::Validator as RequestValidator>::GENERATES_ACCESS_TOKENS {
        fail(rules::parts::a_field_and_a_method_do_not_both_make_the_access_tokens.words);
    }
}

/// Fails on what a token generator does against the advice of `denied[index]` of a server, unless an earlier
/// name denies it already.
#[track_caller]
pub const fn check_denied<S: AuthorizationServer>(index: usize) {
    let Some((earlier, [denied, ..])) = S::CONFIG.denied.split_at_checked(index) else { return };
    let mut generators: &[&[Warning]] =
        &[<S::AccessTokens as TokenGenerator>::WARNINGS, <S::RefreshTokens as TokenGenerator>::WARNINGS];
    while let [warnings, rest @ ..] = generators {
        let mut warnings: &[Warning] = warnings;
        while let [warning, rest @ ..] = warnings {
            if warning.is_denied_by(&[denied]) && !warning.is_denied_by(earlier) {
                fail(warning.message);
            }
            warnings = rest;
        }
        generators = rest;
    }
}

/// One generator makes the refresh tokens.
#[track_caller]
pub const fn check_refresh_token_generators<S: AuthorizationServer>() {
    if <S::Validator as RequestValidator>::GENERATES_REFRESH_TOKENS {
        fail(rules::parts::a_field_and_a_method_do_not_both_make_the_refresh_tokens.words);
    }
}

/// A claim whose scope can never be granted is never set.
#[track_caller]
pub const fn check_claim_scopes<S: AuthorizationServer>() {
    let mut claims = <S::Validator as RequestValidator>::CLAIMS;
    while let [claim, rest @ ..] = claims {
        if let (Some(scope), [name, ..]) = (claim.scope, claim.names)
            && !is_declared(S::CONFIG.scopes, scope)
        {
            Message::of(&rules::claim::a_claim_has_a_scope_that_the_server_declares, &[name, scope]).fail();
        }
        claims = rest;
    }
}

/// A claim that only goes where no OpenID provider is, goes nowhere.
#[track_caller]
pub const fn check_claim_destinations<S: AuthorizationServer>() {
    if <S::IdTokens as IdTokenSigner>::IS_OPENID_PROVIDER {
        return;
    }
    let mut claims = <S::Validator as RequestValidator>::CLAIMS;
    while let [claim, rest @ ..] = claims {
        let mut goes_somewhere = claim.to.is_empty();
        let mut destinations = claim.to;
        while let [destination, rest @ ..] = destinations {
            goes_somewhere |= matches!(destination, ClaimDestination::AccessToken);
            destinations = rest;
        }
        if !goes_somewhere {
            let rule = &rules::claim::oidc_core_section_3_1_2_1_a_claim_for_clients_has_an_openid_provider;
            let name = match claim.names {
                [name, ..] => name,
                [] => "",
            };
            Message::of(rule, &[name]).fail();
        }
        claims = rest;
    }
}

/// RFC 6749 §4.5: the `grant_type` says which grant is meant.
#[track_caller]
pub const fn check_grant_types_differ<S: AuthorizationServer>() {
    let mut grants = <S::Grants as GrantSet<S>>::GRANTS;
    while let [grant, rest @ ..] = grants {
        let mut others = rest;
        while let [other, rest @ ..] = others {
            if let (Some(grant), Some(other)) = (grant.grant_type, other.grant_type)
                && is_equal(grant.as_bytes(), other.as_bytes())
            {
                Message::of(
                    &rules::extension_grant::rfc6749_section_4_5_each_grant_has_its_own_name,
                    &[grant],
                )
                .fail();
            }
            others = rest;
        }
        grants = rest;
    }
}

/// Scopes that are types are known to the compiler only: no name twice.
#[track_caller]
pub const fn check_scopes_differ<S: AuthorizationServer>() {
    let mut scopes = S::CONFIG.scopes;
    while let [scope, rest @ ..] = scopes {
        if is_declared(rest, scope.name) {
            Message::of(&rules::parts::a_type_and_a_string_are_not_one_scope, &[scope.name]).fail();
        }
        scopes = rest;
    }
}

/// RFC 6749 §3.3: a default that nobody may ask for is none.
#[track_caller]
pub const fn check_default_scopes<S: AuthorizationServer>() {
    let mut defaults = S::CONFIG.default_scopes;
    while let [default, rest @ ..] = defaults {
        if let Err(broken) = rules::server::scopes::check_default(default) {
            fail(broken.words());
        }
        if !is_declared(S::CONFIG.scopes, default) {
            Message::of(
                &rules::server::scopes::rfc6749_section_3_3_default_scopes_are_declared,
                &[default, ": add it, or correct it"],
            )
            .fail();
        }
        defaults = rest;
    }
}

/// RFC 7591 §2: a scope that nobody may ask for is none of strangers, either.
#[track_caller]
pub const fn check_unverified_scope<S: AuthorizationServer>(index: usize) {
    let Some(scopes) = S::CONFIG.unverified_scopes else { return };
    let Some((_, [scope, ..])) = scopes.split_at_checked(index) else { return };
    if !is_declared(S::CONFIG.scopes, scope) {
        let rule = &rules::strangers::rfc7591_section_2_scopes_of_strangers_are_declared;
        Message::of(rule, &[scope, ": declare it, or remove it"]).fail();
    }
}

/// OIDC Core §11: `offline_access` "requests that an OAuth 2.0 Refresh Token be issued".
#[track_caller]
pub const fn check_offline_access<S: AuthorizationServer>() {
    if is_declared(S::CONFIG.scopes, "offline_access") && !<S::Grants as GrantSet<S>>::HAS_REFRESH_TOKEN {
        fail(rules::server::scopes::oidc_core_section_11_offline_access_needs_refresh_tokens.words);
    }
}

/// `openid` makes a server an OpenID provider, which the macro must see.
#[track_caller]
pub const fn check_openid_is_text<S: AuthorizationServer>() {
    if is_declared(S::CONFIG.scopes, "openid") {
        fail(rules::openid::oidc_core_section_3_1_2_1_openid_is_written_where_the_macro_sees_it.words);
    }
}

/// RFC 8725 §3.12: "the validation rules for those JWTs MUST be written such that they are mutually exclusive".
#[track_caller]
pub const fn check_refresh_tokens_are_no_access_tokens<S: AuthorizationServer>() {
    if <S::RefreshTokens as TokenGenerator>::MAKES_ACCESS_TOKENS {
        fail(rules::parts::rfc8725_section_3_12_a_refresh_token_is_no_access_token.words);
    }
}

/// OIDC Core §15.1: RS256 is what every provider signs with. §10.1: a shared secret signs for one client only.
#[track_caller]
pub const fn check_id_token_algorithm<S: AuthorizationServer>() {
    match <S::IdTokens as IdTokenSigner>::ALGORITHM {
        Some(Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512) => Message::of(
            &rules::start_up::oidc_core_section_10_1_id_tokens_are_signed_with_public_keys,
            &["HMAC"],
        )
        .fail(),
        None | Some(Algorithm::RS256) => {}
        // FAPI 2.0 §5.4.1 forbids it.
        Some(_) if S::CONFIG.profile.is_fapi2() => {}
        Some(_) => fail(rules::openid::oidc_core_section_15_1_id_tokens_can_be_signed_with_rs256.words),
    }
}

/// RFC 7523 §3: an assertion that is replayed is found by its `jti`.
#[track_caller]
pub const fn check_replay_ids_are_kept<S: AuthorizationServer>() {
    if !<S::Validator as StoreRoles>::KEEPS_REPLAY_IDS {
        fail(rules::parts::rfc7523_section_3_assertions_of_clients_have_a_store_for_their_identifiers.words);
    }
}

/// RFC 9449 §11.1: a proof that is replayed is found by its `jti`.
#[track_caller]
pub const fn check_proofs_are_kept<S: AuthorizationServer>() {
    if !<S::Validator as StoreRoles>::KEEPS_REPLAY_IDS {
        fail(rules::dpop::rfc9449_section_11_1_proofs_have_a_store_for_their_identifiers.words);
    }
}

/// RFC 9126 §2.2: what was pushed is kept until it is answered.
#[track_caller]
pub const fn check_pushed_requests_are_kept<S: AuthorizationServer>() {
    if !<S::Validator as StoreRoles>::KEEPS_PUSHED_REQUESTS {
        fail(rules::parts::rfc9126_section_2_2_a_pushed_request_has_a_store.words);
    }
}

/// OIDC Core §9: the key of the HMAC is the secret itself.
#[track_caller]
pub const fn check_client_secrets_are_known<S: AuthorizationServer>() {
    // Without a store, that is told.
    if <S::Validator as StoreRoles>::KEEPS_REPLAY_IDS
        && !<S::Validator as RequestValidator>::KNOWS_CLIENT_SECRETS
    {
        fail(rules::parts::oidc_core_section_9_secrets_that_sign_are_known.words);
    }
}

/// OIDC RP-Initiated Logout §2, Session Management §3: who stays logged in can be logged out.
#[track_caller]
pub const fn check_sessions<S: AuthorizationServer>() {
    if !<S::Grants as GrantSet<S>>::HAS_SESSIONS {
        fail(rules::endpoint::oidc_rp_initiated_logout_section_2_who_is_logged_out_was_logged_in.words);
    }
}

/// RFC 3986 §3.3: a path leads to one place.
#[track_caller]
pub const fn check_is_no_page<S: AuthorizationServer>(path: &str) {
    let mut grants = <S::Grants as GrantSet<S>>::GRANTS;
    while let [grant, rest @ ..] = grants {
        let mut of_grant: &[_] = match &grant.asks {
            Some(asks) => asks.pages,
            None => &[],
        };
        while let [page, rest @ ..] = of_grant {
            if is_equal(page.as_bytes(), path.as_bytes()) {
                Message::of(&rules::endpoint::a_path_is_not_that_of_a_page, &[path]).fail();
            }
            of_grant = rest;
        }
        grants = rest;
    }
}

/// Ends the evaluation with a message. Only called while compiling.
#[track_caller]
#[allow(clippy::panic)]
const fn fail(message: &'static str) -> ! {
    panic!("{}", message)
}
