//! The scopes that a person is asked for.

use super::AuthorizationRequest;
use crate::claims::{ClaimDestination, scopes_and_names};
use crate::model::ClaimsRequest;
use crate::scope::ScopeSet;

impl AuthorizationRequest {
    /// The scopes that consent is about: the scopes of the request, and those that the client may have and
    /// whose claims it asks for by name (OIDC Core §5.5). A page that asks a person shows these, and the
    /// [`Approval`](crate::interaction::Approval) has those of them that were granted.
    pub fn asked_scopes(&self) -> ScopeSet {
        let requested = &self.openid.claims;
        let by_name = scopes_and_names(self.declared_claims)
            .filter(|(_, name)| {
                requested.asks_for(ClaimDestination::IdToken, name)
                    || requested.asks_for(ClaimDestination::Userinfo, name)
            })
            .map(|(scope, _)| scope);
        self.scopes.clone().union(&ScopeSet::from_static(by_name).intersection(&self.client.scope))
    }

    /// The claims that the `claims` parameter asks for, less the names of scopes that are not granted.
    /// §3.1.2.4: "Once the End-User is authenticated, the Authorization Server MUST obtain an authorization
    /// decision before releasing information to the Relying Party."
    pub(crate) fn granted_claims(&self, granted: &ScopeSet) -> ClaimsRequest {
        let is_granted = |name: &str| {
            scopes_and_names(self.declared_claims)
                .filter(|(_, known)| *known == name)
                .all(|(scope, _)| granted.contains(scope))
        };
        let mut claims = self.openid.claims.clone();
        claims.userinfo.retain(|name, _| is_granted(name));
        claims.id_token.retain(|name, _| is_granted(name));
        claims
    }
}
