//! The claims that a validator declares.

use crate::claims::{ClaimDeclaration, ClaimDestination, of_id_tokens, repeated, reserved};
use crate::openid::IdTokenSigner;
use crate::scope::Scope;
use crate::server::AuthorizationServer;
use crate::validator::RequestValidator;

pub(super) fn check<S: AuthorizationServer>(mistakes: &mut Vec<String>) {
    let claims = S::Validator::CLAIMS;
    mistakes.extend(is_declared_twice(claims));
    mistakes.extend(is_reserved(claims));
    mistakes.extend(is_of_id_tokens(claims));
    mistakes.extend(claims.iter().filter_map(|claim| has_no_scope(claim, S::CONFIG.scopes)));
    if !S::IdTokens::IS_OPENID_PROVIDER {
        mistakes.extend(claims.iter().filter_map(goes_nowhere));
    }
}

/// RFC 7519 §4: "The Claim Names within a JWT Claims Set MUST be unique".
fn is_declared_twice(claims: &[ClaimDeclaration]) -> Option<String> {
    repeated(claims)
        .map(|name| format!("the claim `{name}` is declared twice by the validator (RFC 7519 §4): keep one"))
}

/// RFC 7519 §4.1 and RFC 9068 §2.2: what the format itself carries, no declaration may contradict.
fn is_reserved(claims: &[ClaimDeclaration]) -> Option<String> {
    reserved(claims).map(|name| {
        format!(
            "the claim `{name}` is set by the framework (RFC 7519 §4.1, RFC 9068 §2.2): choose another name"
        )
    })
}

/// OIDC Core §2: what the protocol itself says of an authentication.
fn is_of_id_tokens(claims: &[ClaimDeclaration]) -> Option<String> {
    of_id_tokens(claims).map(|name| {
        format!(
            "the claim `{name}` is set by the framework in ID tokens and userinfo responses (OpenID Connect Core §2): choose \
             another name, or `to(access_token)`"
        )
    })
}

/// A claim whose scope can never be granted is never set.
fn has_no_scope(claim: &ClaimDeclaration, scopes: &[Scope]) -> Option<String> {
    let undeclared = claim.scope.filter(|needed| !scopes.iter().any(|scope| scope.name == *needed));
    undeclared.map(|scope| {
        format!(
            "the claim `{}` is tied to the scope `{scope}`, which this server does not declare: declare it, or correct the claim",
            claim.names.join("`, `")
        )
    })
}

/// OIDC Core §5.3 and §2: who issues no ID tokens has no userinfo endpoint either.
fn goes_nowhere(claim: &ClaimDeclaration) -> Option<String> {
    let goes_to_clients_alone = !claim.to.is_empty() && !claim.to.contains(&ClaimDestination::AccessToken);
    goes_to_clients_alone.then(|| {
        format!(
            "the claim `{}` goes to ID tokens or userinfo responses alone, and this server has neither: declare the scope \
             `openid` (OpenID Connect Core §3.1.2.1), or let the claim go to access tokens",
            claim.names.join("`, `")
        )
    })
}
