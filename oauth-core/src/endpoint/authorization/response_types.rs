//! What is wrong with the response types of a configuration.

use crate::grant::{GrantSet, ResponseType};
use crate::openid::IdTokenSigner;
use crate::server::AuthorizationServer;

/// What is wrong with the response types of a configuration.
pub(crate) fn check<S: AuthorizationServer>(mistakes: &mut Vec<String>) {
    let configured = S::CONFIG.response_types;
    for (index, response_type) in configured.iter().enumerate() {
        if configured.iter().take(index).any(|earlier| earlier == response_type) {
            mistakes.push(format!("the response type `{response_type}` is given twice"));
            continue;
        }
        let of_grants = S::Grants::RESPONSE_TYPE;
        let lacks = |part| response_type.contains(part) && !of_grants.is_some_and(|all| all.contains(part));
        let is_unreachable = of_grants.is_none() && !response_type.contains(ResponseType::TOKEN);
        if lacks(ResponseType::CODE) || is_unreachable {
            mistakes.push(format!(
                "the response type `{response_type}` needs the grant `AuthorizationCode` (RFC 6749 §4.1.1)"
            ));
        }
        if lacks(ResponseType::TOKEN) {
            mistakes.push(format!(
                "the response type `{response_type}` needs the grant `Implicit` (RFC 6749 §4.2.1)"
            ));
        }
        if response_type.contains(ResponseType::ID_TOKEN) && !S::IdTokens::IS_OPENID_PROVIDER {
            mistakes.push(format!(
                "the response type `{response_type}` needs an OpenID provider: `IdTokens` other than `NoIdTokens`, and the \
                 scope `openid` (OpenID Connect Core §3.2.2.1)"
            ));
        }
    }
}
