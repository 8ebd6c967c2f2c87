//! Rules about constants, evaluated while the user's crate compiles. A message is what the compiler prints.

use crate::claims::ClaimDestination;
use crate::grant::GrantSet;
use crate::openid::IdTokenSigner;
use crate::server::{AuthorizationServer, Warning};
use crate::token::{Issuer, TokenGenerator, is_equal, issuer_defect, without_slash};
use crate::validator::RequestValidator;

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
        if let Some(scope) = claim.scope {
            let mut scopes = S::CONFIG.scopes;
            let mut is_declared = false;
            while let [declared, rest @ ..] = scopes {
                is_declared |= is_equal(declared.name.as_bytes(), scope.as_bytes());
                scopes = rest;
            }
            if !is_declared {
                fail(
                    "a `#[claim(…, scope = \"…\")]` or `#[claims(scope = \"…\")]` of the validator is tied to a scope that this \
                     server does not declare: add it to `scopes(…)`, or correct the claim",
                );
            }
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
        let mut destinations = claim.to;
        while let [destination, rest @ ..] = destinations {
            if !matches!(destination, ClaimDestination::AccessToken) {
                fail(
                    "a `#[claim(…, to(…))]` or `#[claims(to(…))]` of the validator goes to ID tokens or userinfo responses, and this server has \
                     neither: add \"openid\" to `scopes(…)` (OpenID Connect Core §3.1.2.1), or let the claim go to \
                     `access_token` alone",
                );
            }
            destinations = rest;
        }
        claims = rest;
    }
}

/// RFC 6749 §4.5: the `grant_type` says which grant is meant.
#[track_caller]
pub const fn check_grant_types_differ<S: AuthorizationServer>() {
    let mut grants = <S::Grants as GrantSet<S>>::GRANT_TYPES;
    while let [grant, rest @ ..] = grants {
        let mut others = rest;
        while let [other, rest @ ..] = others {
            if let (Some(grant), Some(other)) = (grant, other)
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

/// Scopes that are types are known to the compiler only: no name twice, and defaults that are declared.
#[track_caller]
pub const fn check_scopes<S: AuthorizationServer>() {
    let mut scopes = S::CONFIG.scopes;
    while let [scope, rest @ ..] = scopes {
        let mut others = rest;
        while let [other, rest @ ..] = others {
            if is_equal(scope.name.as_bytes(), other.name.as_bytes()) {
                fail("two of these scopes have the same name: keep one");
            }
            others = rest;
        }
        scopes = rest;
    }
    let mut defaults = S::CONFIG.default_scopes;
    while let [default, rest @ ..] = defaults {
        let mut scopes = S::CONFIG.scopes;
        let mut is_declared = false;
        while let [declared, rest @ ..] = scopes {
            is_declared |= is_equal(declared.name.as_bytes(), default.as_bytes());
            scopes = rest;
        }
        if !is_declared {
            fail(
                "one of the `default_scopes(…)` is not among `scopes(…)` (RFC 6749 §3.3): add it, or correct it",
            );
        }
        defaults = rest;
    }
}

/// `openid` makes a server an OpenID provider, which the macro must see.
#[track_caller]
pub const fn check_openid_is_text<S: AuthorizationServer>() {
    let mut scopes = S::CONFIG.scopes;
    while let [scope, rest @ ..] = scopes {
        if is_equal(scope.name.as_bytes(), b"openid") {
            fail(
                "the scope `openid` makes this server an OpenID provider (OpenID Connect Core §3.1.2.1): write it as the \
                 string `\"openid\"` in `scopes(…)`",
            );
        }
        scopes = rest;
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
