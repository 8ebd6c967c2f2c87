//! The client authentication methods that a server offers: what it is configured for, as far as its validator
//! can check it.

use crate::client::{Client, ClientAuthMethod};
use crate::error::{Error, Result};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::request::Request;
use crate::validator::RequestValidator;

/// Tells whether clients may authenticate like this. RFC 8414 §2, `token_endpoint_auth_methods_supported`:
/// "JSON array containing a list of client authentication methods supported by this token endpoint."
pub(crate) const fn offers<S: AuthorizationServer>(method: ClientAuthMethod) -> bool {
    let configured = S::CONFIG.token_endpoint_auth_methods;
    let is_configured = if configured.is_empty() {
        // FAPI 2.0 §5.3.2.1, whoever emptied the list.
        !S::CONFIG.profile.is_fapi2() || method.is(&ClientAuthMethod::PrivateKeyJwt)
    } else {
        contains(configured, method)
    };
    can_check::<S::Validator>(method) && is_configured
}

/// An authenticated client is refused if its method is not offered, or if its registration is one that the profile of the server
/// refuses: with the answer that a wrong secret gets, and after the
/// same work. One that the validator exempted has authenticated by nothing.
///
/// # Errors
///
/// `invalid_client`; RFC 6749 §5.2: "unsupported authentication method".
pub(crate) fn check_client<S: AuthorizationServer>(
    server: &RunningServer<S>,
    client: &Client,
    request: &Request,
) -> Result<()> {
    let method = if request.is_exempted { ClientAuthMethod::None } else { client.token_endpoint_auth_method };
    // One from outside is offered by being there.
    let (client_id, method_name) = (client.client_id.as_str(), method.as_str());
    if !offers::<S>(method)
        && !server.client_authentication().iter().any(|outside| outside.method() == method)
    {
        tracing::debug!(target: "oauth_core", client_id, method = method_name, "client not authenticated: the server does not offer the method");
        return Err(Error::invalid_client());
    }
    if S::CONFIG.profile.is_fapi2()
        && let Err(reason) = client.check_fapi2()
    {
        tracing::debug!(target: "oauth_core", client_id, %reason, "client not authenticated: it is none of FAPI 2.0");
        return Err(Error::invalid_client());
    }
    Ok(())
}

/// Assertions only where their identifiers are kept, and those under a secret only where the validator knows it.
const fn can_check<V: RequestValidator>(method: ClientAuthMethod) -> bool {
    if method.is(&ClientAuthMethod::PrivateKeyJwt) {
        V::KEEPS_REPLAY_IDS
    } else if method.is(&ClientAuthMethod::ClientSecretJwt) {
        V::KEEPS_REPLAY_IDS && V::KNOWS_CLIENT_SECRETS
    } else {
        contains(&ClientAuthMethod::BUILT_IN, method)
    }
}

/// `==` is not `const`.
const fn contains(mut methods: &[ClientAuthMethod], method: ClientAuthMethod) -> bool {
    while let [first, rest @ ..] = methods {
        if first.is(&method) {
            return true;
        }
        methods = rest;
    }
    false
}
