//! The response types of a configuration: each needs the grants that make it up.

use super::repeated;
use crate::grant::{GrantSet, ResponseType};
use crate::openid::IdTokenSigner;
use crate::server::AuthorizationServer;

pub(super) fn check<S: AuthorizationServer>(mistakes: &mut Vec<String>) {
    let configured = S::CONFIG.response_types;
    mistakes.extend(are_given_twice(configured));
    for (index, response_type) in configured.iter().enumerate() {
        if !configured.iter().take(index).any(|earlier| earlier == response_type) {
            mistakes.extend(lacks_the_code_grant::<S>(*response_type));
            mistakes.extend(lacks_the_implicit_grant::<S>(*response_type));
            mistakes.extend(lacks_an_openid_provider::<S>(*response_type));
        }
    }
}

fn are_given_twice(configured: &[ResponseType]) -> Vec<String> {
    repeated(configured)
        .map(|twice| format!("the response type `{twice}` is given twice: keep one"))
        .collect()
}

/// RFC 6749 §4.1.1: `code` begins the authorization code grant; and whatever has no `token` needs the endpoint.
fn lacks_the_code_grant<S: AuthorizationServer>(response_type: ResponseType) -> Option<String> {
    let is_unreachable = S::Grants::RESPONSE_TYPE.is_none() && !response_type.contains(ResponseType::TOKEN);
    (is_unreachable || lacks::<S>(response_type, ResponseType::CODE)).then(|| {
        format!("the response type `{response_type}` needs the grant `AuthorizationCode` (RFC 6749 §4.1.1)")
    })
}

/// RFC 6749 §4.2.1: `token` begins the implicit grant.
fn lacks_the_implicit_grant<S: AuthorizationServer>(response_type: ResponseType) -> Option<String> {
    lacks::<S>(response_type, ResponseType::TOKEN)
        .then(|| format!("the response type `{response_type}` needs the grant `Implicit` (RFC 6749 §4.2.1)"))
}

/// OIDC Core §3.2.2.1: `id_token` is OpenID Connect's.
fn lacks_an_openid_provider<S: AuthorizationServer>(response_type: ResponseType) -> Option<String> {
    let is_openid =
        S::IdTokens::IS_OPENID_PROVIDER || S::CONFIG.scopes.iter().any(|scope| scope.name == "openid");
    (response_type.contains(ResponseType::ID_TOKEN) && !is_openid).then(|| {
        format!(
            "the response type `{response_type}` needs an OpenID provider: `IdTokens` other than `NoIdTokens`, and the \
             scope `openid` (OpenID Connect Core §3.2.2.1)"
        )
    })
}

fn lacks<S: AuthorizationServer>(response_type: ResponseType, part: ResponseType) -> bool {
    response_type.contains(part) && !S::Grants::RESPONSE_TYPE.is_some_and(|all| all.contains(part))
}
