//! The client authentication methods of a configuration: each needs what checks it, and each grant one that its clients can
//! use.

use super::repeated;
use crate::client::ClientAuthMethod;
use crate::grant::{GrantSet, GrantType};
use crate::server::AuthorizationServer;
use crate::validator::{RequestValidator, StoreRoles};

pub(super) fn check<S: AuthorizationServer>(outside: &[ClientAuthMethod], mistakes: &mut Vec<String>) {
    let configured = S::CONFIG.token_endpoint_auth_methods;
    mistakes.extend(are_given_twice(configured));
    mistakes.extend(are_given_twice(&[&ClientAuthMethod::BUILT_IN, outside].concat()));
    mistakes.extend(configured.iter().filter_map(|method| nothing_checks(*method, outside)));
    for (index, method) in configured.iter().enumerate() {
        if configured.iter().take(index).any(|earlier| earlier == method) {
            continue;
        }
        let lacks_store = keeps_no_replay_ids::<S::Validator>(*method);
        if lacks_store.is_none() {
            mistakes.extend(knows_no_secrets::<S::Validator>(*method));
        }
        mistakes.extend(lacks_store);
    }
    if outside.is_empty()
        && !configured.is_empty()
        && configured.iter().all(|method| *method == ClientAuthMethod::None)
    {
        mistakes.extend(nobody_gets_client_credentials::<S>());
        mistakes.extend(nobody_introspects::<S>());
    }
}

fn are_given_twice(configured: &[ClientAuthMethod]) -> Vec<String> {
    repeated(configured)
        .map(|twice| {
            format!("the client authentication method `{}` is given twice: keep one", twice.as_str())
        })
        .collect()
}

/// RFC 6749 §2.3: "The authorization server MAY accept any form of client authentication meeting its security requirements":
/// something must check it.
fn nothing_checks(method: ClientAuthMethod, outside: &[ClientAuthMethod]) -> Option<String> {
    let is_checked = ClientAuthMethod::BUILT_IN.contains(&method) || outside.contains(&method);
    (!is_checked).then(|| {
        format!(
            "nothing here checks the client authentication method `{}` (RFC 6749 §2.3): add it to the environment by \
             `client_authentication`, or remove it",
            method.as_str().escape_debug()
        )
    })
}

/// RFC 7523 §3: an assertion that is replayed is found by its `jti`.
fn keeps_no_replay_ids<V: StoreRoles>(method: ClientAuthMethod) -> Option<String> {
    (method.is_assertion() && !V::KEEPS_REPLAY_IDS).then(|| {
        format!(
            "the client authentication method `{}` needs a store for the identifiers of used assertions (RFC 7523 §3): give \
             the validator one for the role `replay_ids`, and set `KEEPS_REPLAY_IDS`",
            method.as_str()
        )
    })
}

/// OIDC Core §9: the key of the HMAC is the secret itself, which stores keep hashed.
fn knows_no_secrets<V: RequestValidator>(method: ClientAuthMethod) -> Option<String> {
    (method == ClientAuthMethod::ClientSecretJwt && !V::KNOWS_CLIENT_SECRETS).then(|| {
        "the client authentication method `client_secret_jwt` needs the secrets themselves, and stores keep hashes (OpenID \
         Connect Core §9): implement `get_client_secret` and set `KNOWS_CLIENT_SECRETS`, or offer `private_key_jwt`"
            .to_owned()
    })
}

/// RFC 6749 §4.4: "The client credentials grant type MUST only be used by confidential clients."
fn nobody_gets_client_credentials<S: AuthorizationServer>() -> Option<String> {
    S::Grants::has_grant_type(&GrantType::CLIENT_CREDENTIALS).then(|| {
        "the grant `ClientCredentials` is for clients that authenticate (RFC 6749 §4.4), and the only client authentication \
         method is `none`: add another, or remove the grant"
            .to_owned()
    })
}

/// RFC 7662 §2.1: "the endpoint MUST also require some form of authorization to access this endpoint".
fn nobody_introspects<S: AuthorizationServer>() -> Option<String> {
    S::CONFIG.endpoints.introspection.map(|_| {
        "the introspection endpoint answers only those who authenticate (RFC 7662 §2.1), and the only client authentication \
         method is `none`: add another, or switch the endpoint off"
            .to_owned()
    })
}
