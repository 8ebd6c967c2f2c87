//! The client that a request is from, with what it may have now.

use std::sync::Arc;

use super::{AuthorizationServer, RunningServer};
use crate::client::{Client, ClientSource};
use crate::error::Result;
use crate::request::Request;
use crate::store::StoreRoles as _;
use crate::validator::RequestValidator as _;

impl<S: AuthorizationServer> RunningServer<S> {
    /// Makes a client that was found (and at the token endpoint authenticated) the request's, and runs the hook for it. A stranger has
    /// the scopes of strangers.
    pub(crate) async fn identified(&self, client: Arc<Client>, request: &mut Request) -> Result<Arc<Client>> {
        let is_vouched_for = self.has_all_of_its_scopes(&client) || self.is_vouched_for(&client).await?;
        let client = self.with_scopes_of_now(client, is_vouched_for);
        request.validated.client = Some(Arc::clone(&client));
        self.validator().validate_client_id(&client.client_id, request).await?;
        Ok(client)
    }

    /// The client with those of its scopes that it may have now. A registration outlives the run of its server, and
    /// `unverified_scopes(…)` of the next may name fewer (RFC 7591 §2); for a client that somebody vouched for they are none of its
    /// limits.
    pub(crate) fn with_scopes_of_now(&self, client: Arc<Client>, is_vouched_for: bool) -> Arc<Client> {
        if is_vouched_for || self.has_all_of_its_scopes(&client) {
            return client;
        }
        let mut client = Arc::unwrap_or_clone(client);
        client.scope = client.scope.intersection(&self.config().unverified_scope_set());
        Arc::new(client)
    }

    fn has_all_of_its_scopes(&self, client: &Client) -> bool {
        client.source == ClientSource::Operator
            || client.scope.is_subset(&self.config().unverified_scope_set())
    }

    async fn is_vouched_for(&self, client: &Client) -> Result<bool> {
        let Some(store) = self.validator().registrations() else { return Ok(false) };
        let found = store.registration(&client.client_id).await?;
        Ok(found.is_some_and(|(_, registration)| registration.is_vouched_for))
    }
}
