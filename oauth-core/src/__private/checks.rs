//! Rules about constants, evaluated while the user's crate compiles. A message is what the compiler prints.

use super::message::Message;
use crate::claims::ClaimDestination;
use crate::grant::GrantSet;
use crate::jose::Algorithm;
use crate::openid::IdTokenSigner;
use crate::scope::is_declared;
use crate::server::{AuthorizationServer, Warning};
use crate::token::{Issuer, TokenGenerator, is_equal, issuer_defect, without_slash};
use crate::validator::{RequestValidator, StoreRoles};

/// The issuer of `issuer = env!("…")` or of another constant.
#[track_caller]
pub const fn checked_issuer(issuer: &'static str) -> Issuer {
    if let Some(defect) = issuer_defect(issuer) {
        fail(defect);
    }
    Issuer::Literal(issuer)
}

/// As [`checked_issuer`], for another's: it may end with `/` (RFC 8414 §3.1).
#[track_caller]
pub const fn checked_foreign_issuer(issuer: &'static str) -> Issuer {
    if let Some(defect) = issuer_defect(without_slash(issuer)) {
        fail(defect);
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
        fail(
            "the server has no issuer, and this generator states none either (RFC 8414 §2): add `issuer = \"https://…\"` \
             to `#[authorization_server(…)]`",
        );
    }
}

/// RFC 9068 §4: a resource compares `iss` with the issuer of the metadata, which RFC 8414 §3.3 fixes.
#[track_caller]
pub const fn check_issuers_agree<S: AuthorizationServer>() {
    if !S::ISSUER.agrees(<S::AccessTokens as TokenGenerator>::ISSUER) {
        fail(
            "the server and its access token generator name different issuers, so that every token would be refused \
             (RFC 9068 §4): make them equal, or remove this `issuer`",
        );
    }
}

/// One generator makes the access tokens.
#[track_caller]
pub const fn check_access_token_generators<S: AuthorizationServer>() {
    if <S::Validator as RequestValidator>::GENERATES_ACCESS_TOKENS {
        fail(
            "two generators of access tokens: a `#[token_generator]` method of the validator, and this field; remove \
             one",
        );
    }
}

/// What a token generator does against the advice of `denied[index]` of a server, unless an earlier name denies it already.
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
        fail(
            "two generators of refresh tokens: a `#[token_generator(refresh)]` method of the validator, and this field; \
             remove one",
        );
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
            Message::new(&[
                "the claim `",
                name,
                "` of the validator is tied to the scope `",
                scope,
                "`, which this server does not declare: add it to `scopes(…)`, or correct the claim",
            ])
            .fail();
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
            fail(
                "a `#[claim(…, to(…))]` or `#[claims(to(…))]` of the validator goes to ID tokens or userinfo responses alone, \
                 and this server has neither: add \"openid\" to `scopes(…)` (OpenID Connect Core §3.1.2.1), or let the claim \
                 go to `access_token`",
            );
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
                fail(
                    "two of the grants have the same `grant_type`, so that no request could reach the second (RFC 6749 §4.5): \
                     give each `#[extension_grant(\"urn:…\")]` a URI of its own",
                );
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
            Message::new(&["the scope `", scope.name, "` is given twice, once as a type: keep one"]).fail();
        }
        scopes = rest;
    }
}

/// RFC 6749 §3.3: a default that nobody may ask for is none.
#[track_caller]
pub const fn check_default_scopes<S: AuthorizationServer>() {
    let mut defaults = S::CONFIG.default_scopes;
    while let [default, rest @ ..] = defaults {
        if !is_declared(S::CONFIG.scopes, default) {
            Message::new(&[
                "the default scope `",
                default,
                "` is not among `scopes(…)` (RFC 6749 §3.3): add it, or correct it",
            ])
            .fail();
        }
        defaults = rest;
    }
}

/// OIDC Core §11: `offline_access` "requests that an OAuth 2.0 Refresh Token be issued".
#[track_caller]
pub const fn check_offline_access<S: AuthorizationServer>() {
    if is_declared(S::CONFIG.scopes, "offline_access") && !<S::Grants as GrantSet<S>>::HAS_REFRESH_TOKEN {
        fail(
            "the scope `offline_access` asks for a refresh token (OpenID Connect Core §11): add the grant `refresh_token`, or \
             remove the scope",
        );
    }
}

/// `openid` makes a server an OpenID provider, which the macro must see.
#[track_caller]
pub const fn check_openid_is_text<S: AuthorizationServer>() {
    if is_declared(S::CONFIG.scopes, "openid") {
        fail(
            "the scope `openid` makes this server an OpenID provider (OpenID Connect Core §3.1.2.1): write it as the \
             string `\"openid\"` in `scopes(…)`",
        );
    }
}

/// RFC 8725 §3.12: "the validation rules for those JWTs MUST be written such that they are mutually exclusive".
#[track_caller]
pub const fn check_refresh_tokens_are_no_access_tokens<S: AuthorizationServer>() {
    if <S::RefreshTokens as TokenGenerator>::MAKES_ACCESS_TOKENS {
        fail(
            "this generator makes access tokens (RFC 9068 §2.1), and an API would take a refresh token for one (RFC 8725 \
             §3.12): let `Opaque` or a `#[token_generator(opaque)]` make the refresh tokens",
        );
    }
}

/// OIDC Core §15.1: RS256 is what every provider signs with. §10.1: a shared secret signs for one client only.
#[track_caller]
pub const fn check_id_token_algorithm<S: AuthorizationServer>() {
    match <S::IdTokens as IdTokenSigner>::ALGORITHM {
        Some(Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512) => fail(
            "ID tokens would be signed with a secret that no client knows (OpenID Connect Core §10.1): add \
             `#[id_token] id_tokens: IdTokenKeys` with a key for RS256, or sign the access tokens with one",
        ),
        None | Some(Algorithm::RS256) => {}
        Some(_) => fail(
            "no key signs ID tokens with RS256, which every OpenID provider supports and clients expect (OpenID Connect \
             Core §15.1): add `#[id_token] id_tokens: IdTokenKeys` with a key for RS256 beside the other",
        ),
    }
}

/// RFC 7523 §3: an assertion that is replayed is found by its `jti`.
#[track_caller]
pub const fn check_replay_ids_are_kept<S: AuthorizationServer>() {
    if !<S::Validator as StoreRoles>::KEEPS_REPLAY_IDS {
        fail(
            "this method needs a store for the identifiers of used assertions (RFC 7523 §3), or one could be replayed: add \
             `#[store] store: SqliteStore` (all roles) or `#[replay_ids] replay_ids: …` to the `#[validator]` struct",
        );
    }
}

/// OIDC Core §9: the key of the HMAC is the secret itself.
#[track_caller]
pub const fn check_client_secrets_are_known<S: AuthorizationServer>() {
    // Without a store, that is told.
    if <S::Validator as StoreRoles>::KEEPS_REPLAY_IDS
        && !<S::Validator as RequestValidator>::KNOWS_CLIENT_SECRETS
    {
        fail(
            "this method needs the secrets of clients, and stores keep hashes (OpenID Connect Core §9): write \
             `\"private_key_jwt\"`, or a hook `get_client_secret` in a `#[validator] impl` block",
        );
    }
}

/// OIDC RP-Initiated Logout §2, Session Management §3: who stays logged in can be logged out.
#[track_caller]
pub const fn check_sessions<S: AuthorizationServer>() {
    if !<S::Grants as GrantSet<S>>::HAS_SESSIONS {
        fail(
            "nobody stays logged in here, so this endpoint is not there (RP-Initiated Logout §2): add the grant \
             `authorization_code` and `#[interaction] pages: LoginPages`, or remove this",
        );
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
                Message::new(&[
                    "the path `",
                    path,
                    "` is that of a page of the interaction: choose another, for each has its own",
                ])
                .fail();
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

#[cfg(test)]
mod tests {
    #[test]
    fn reserved_claims_are_those_of_the_macros() {
        let names = include_str!("../../../oauth-macros/src/rules/vectors/reserved_claims.txt").lines();
        assert!(crate::claims::RESERVED.into_iter().eq(names));
    }

    /// The macros' own vectors: both implementations judge alike.
    #[test]
    fn issuers_are_judged_as_the_macros_judge_them() {
        for line in include_str!("../../../oauth-macros/src/rules/vectors/issuer.txt").lines() {
            let (verdict, issuer) = line.split_once('\t').unwrap();
            assert_eq!(super::issuer_defect(issuer).is_none(), verdict == "ok", "{issuer:?}");
        }
    }
}
