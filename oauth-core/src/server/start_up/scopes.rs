//! The scopes of a server, RFC 6749 §3.3.

use super::repeated;
use crate::grant::GrantSet;
use crate::scope::{Scope, is_scope_token, twins};
use crate::server::{AuthorizationServer, ServerConfig};

pub(super) fn check<S: AuthorizationServer>(mistakes: &mut Vec<String>) {
    let config = S::CONFIG;
    mistakes.extend(config.scopes.iter().filter_map(is_malformed));
    mistakes.extend(are_declared_twice(config.scopes));
    mistakes.extend(twins(config.scopes));
    mistakes.extend(are_undeclared_defaults(&config));
    mistakes.extend(asks_for_refresh_tokens_in_vain::<S>());
}

/// RFC 6749 §3.3: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
fn is_malformed(scope: &Scope) -> Option<String> {
    (!is_scope_token(scope.name)).then(|| {
        format!(
            "the scope `{}` is malformed: it is printable ASCII without blanks, `\"` and `\\` (RFC 6749 §3.3)",
            scope.name.escape_debug()
        )
    })
}

/// One of them would describe what the other means.
fn are_declared_twice(scopes: &[Scope]) -> Vec<String> {
    let names: Vec<_> = scopes.iter().map(|scope| scope.name).collect();
    repeated(&names).map(|name| format!("the scope `{name}` is declared twice: keep one")).collect()
}

/// RFC 6749 §3.3: without `scope`, a request is processed "using a pre-defined default value": of scopes that there are.
fn are_undeclared_defaults(config: &ServerConfig) -> Vec<String> {
    let is_declared = |name: &str| config.scopes.iter().any(|scope| scope.name == name);
    let undeclared = config.default_scopes.iter().filter(|name| !is_declared(name));
    undeclared
        .map(|name| {
            format!(
                "the default scope `{name}` is not among the scopes (RFC 6749 §3.3): declare it, or remove it"
            )
        })
        .collect()
}

/// OIDC Core §11: `offline_access` "requests that an OAuth 2.0 Refresh Token be issued".
fn asks_for_refresh_tokens_in_vain<S: AuthorizationServer>() -> Option<String> {
    let is_declared = S::CONFIG.scopes.iter().any(|scope| scope.name == "offline_access");
    (is_declared && !S::Grants::HAS_REFRESH_TOKEN).then(|| {
        "the scope `offline_access` asks for a refresh token (OpenID Connect Core §11): add the grant `RefreshToken`, or \
         remove the scope"
            .to_owned()
    })
}
