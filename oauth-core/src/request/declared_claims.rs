//! Declared claims: which of them are due.

use super::Request;
use crate::claims::{ClaimDeclaration, ClaimDestination};

impl ClaimDeclaration {
    /// Tells whether this claim, one of its names, is set for this request: it goes there, and its scope is
    /// granted, or else the `claims` parameter asks for it by name (OIDC Core §5.5) and the client may have
    /// the scope.
    pub fn is_due(&self, name: &str, destination: ClaimDestination, request: &Request) -> bool {
        let is_granted = || match self.scope {
            None => true,
            Some(scope) => request.scopes.as_ref().is_some_and(|scopes| scopes.contains(scope)),
        };
        let is_requested = || {
            let claims = request.openid.as_ref().map(|openid| &openid.claims);
            claims.is_some_and(|claims| claims.asks_for(destination, name))
                && self.scope.is_none_or(|scope| request.client_may_have(scope))
        };
        self.names.contains(&name) && self.to.contains(&destination) && (is_granted() || is_requested())
    }
}
