//! The claims that a validator declares.

use super::repeated;
use crate::claims::{ClaimDeclaration, ClaimDestination, RESERVED};
use crate::openid::IdTokenSigner;
use crate::scope::Scope;
use crate::server::AuthorizationServer;
use crate::validator::RequestValidator;

pub(super) fn check<S: AuthorizationServer>(mistakes: &mut Vec<String>) {
    let claims = S::Validator::CLAIMS;
    mistakes.extend(are_declared_twice(claims));
    mistakes.extend(claims.iter().filter_map(is_reserved));
    mistakes.extend(claims.iter().filter_map(|claim| has_no_scope(claim, S::CONFIG.scopes)));
    if !S::IdTokens::IS_OPENID_PROVIDER {
        mistakes.extend(claims.iter().filter_map(goes_nowhere));
    }
}

fn are_declared_twice(claims: &[ClaimDeclaration]) -> Vec<String> {
    let names: Vec<_> = claims.iter().map(|claim| claim.name).collect();
    repeated(&names).map(|name| format!("the claim `{name}` is declared twice: keep one")).collect()
}

/// RFC 7519 §4.1 and RFC 9068 §2.2: what the format itself carries, no declaration may contradict.
fn is_reserved(claim: &ClaimDeclaration) -> Option<String> {
    (claim.name.is_empty() || RESERVED.contains(&claim.name)).then(|| {
        format!(
            "the claim `{}` is set by the framework (RFC 7519 §4.1, RFC 9068 §2.2): choose another name",
            claim.name
        )
    })
}

/// A claim whose scope can never be granted is never set.
fn has_no_scope(claim: &ClaimDeclaration, scopes: &[Scope]) -> Option<String> {
    let undeclared = claim.scope.filter(|needed| !scopes.iter().any(|scope| scope.name == *needed));
    undeclared.map(|scope| {
        format!(
            "the claim `{}` is tied to the scope `{scope}`, which this server does not declare: declare it, or correct the claim",
            claim.name
        )
    })
}

/// OIDC Core §5.3 and §2: who issues no ID tokens has no userinfo endpoint either.
fn goes_nowhere(claim: &ClaimDeclaration) -> Option<String> {
    claim.to.iter().any(|destination| *destination != ClaimDestination::AccessToken).then(|| {
        format!(
            "the claim `{}` goes to ID tokens or userinfo responses, and this server has neither: declare the scope `openid` \
             (OpenID Connect Core §3.1.2.1), or let the claim go to access tokens alone",
            claim.name
        )
    })
}
