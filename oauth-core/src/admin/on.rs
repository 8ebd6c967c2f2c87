//! The servers and stores that are administered.

use std::fmt;
use std::sync::Arc;

use super::Result;
use crate::client::{Client, InvalidClientMetadata};
use crate::clock::Clock;
use crate::event::{Event, Log, Observer};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::store::{
    AnyUpkeep, ClientStore, FamilyId, Ready, Revocation, Session, StoreRoles, Sweep, TokenStore,
};
use crate::time::UnixTime;

/// Something that is administered: a [`RunningServer`], or [`OneStore`].
pub trait Administered: Send + Sync {
    /// The stores.
    type Roles: StoreRoles;

    /// The stores, by role.
    fn roles(&self) -> &Self::Roles;

    /// The present second, by its clock.
    fn now(&self) -> UnixTime;

    /// Tells its observer of an event.
    fn observe(&self, event: &Event<'_>);

    /// Checks that a client fits the server. Default: a store takes any.
    ///
    /// # Errors
    ///
    /// One line that says what the client wants and the server lacks.
    fn check_client(&self, _: &Client) -> std::result::Result<(), InvalidClientMetadata> {
        Ok(())
    }

    /// The end of the lease of notices to the clients of a session, where they are kept: who ends a session tells them first, and
    /// later those who find the notices due.
    fn notices_leased_until(&self) -> Option<UnixTime>;

    /// Ends the tokens that die with a session, which has ended, and tells its clients, where that can be done.
    fn session_ended(&self, session: &Session) -> impl Future<Output = Result<()>> + Send;
}

impl<S: AuthorizationServer> Administered for RunningServer<S> {
    type Roles = S::Validator;

    fn roles(&self) -> &S::Validator {
        self.validator()
    }

    fn now(&self) -> UnixTime {
        Self::now(self)
    }

    fn observe(&self, event: &Event<'_>) {
        Self::observe(self, event);
    }

    fn check_client(&self, client: &Client) -> std::result::Result<(), InvalidClientMetadata> {
        Self::check_client(self, client)
    }

    fn notices_leased_until(&self) -> Option<UnixTime> {
        #[cfg(feature = "http-client")]
        {
            let context = self.context();
            context.outbox().map(|_| context.leased_until())
        }
        #[cfg(not(feature = "http-client"))]
        None
    }

    async fn session_ended(&self, session: &Session) -> Result<()> {
        let context = self.context();
        revoke_session(self.validator().tokens(), session, self.now()).await?;
        let _frames = context.tell_clients(std::slice::from_ref(session)).await;
        Ok(())
    }
}

/// A store that plays every role, without a server.
#[derive(Clone)]
pub struct OneStore<S> {
    pub(super) store: S,
    pub(super) clock: Clock,
    pub(super) observer: Arc<dyn Observer>,
}

impl<S> OneStore<S> {
    pub(super) fn new(store: S) -> Self {
        Self { store, clock: Clock::system(), observer: Arc::new(Log) }
    }
}

impl<S: fmt::Debug> fmt::Debug for OneStore<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OneStore").field(&self.store).finish()
    }
}

impl<S: ClientStore + TokenStore + Sweep + Ready + 'static> Administered for OneStore<S> {
    type Roles = Self;

    fn roles(&self) -> &Self {
        self
    }

    fn now(&self) -> UnixTime {
        self.clock.now()
    }

    fn observe(&self, event: &Event<'_>) {
        self.observer.on(event);
    }

    /// They are due at once: the servers that run over the store deliver them.
    fn notices_leased_until(&self) -> Option<UnixTime> {
        Some(self.clock.now())
    }

    async fn session_ended(&self, session: &Session) -> Result<()> {
        revoke_session(&self.store, session, self.now()).await
    }
}

async fn revoke_session(tokens: &impl TokenStore, session: &Session, now: UnixTime) -> Result<()> {
    let revocation = Revocation::Family(FamilyId::of_session(&session.sid));
    Ok(tokens.revoke(&revocation, now + Revocation::LONGEST).await?)
}

impl<S: ClientStore + TokenStore + Sweep + Ready + 'static> StoreRoles for OneStore<S> {
    type Clients = S;
    type Tokens = S;
    type Codes = S;
    type Users = S;
    type Sessions = S;
    type Consents = S;
    type Devices = S;
    type ReplayIds = S;

    const KEEPS_REPLAY_IDS: bool = false;

    fn clients(&self) -> &S {
        &self.store
    }

    fn tokens(&self) -> &S {
        &self.store
    }

    fn codes(&self) -> &S {
        &self.store
    }

    fn users(&self) -> &S {
        &self.store
    }

    fn sessions(&self) -> &S {
        &self.store
    }

    fn consents(&self) -> &S {
        &self.store
    }

    fn devices(&self) -> &S {
        &self.store
    }

    fn replay_ids(&self) -> &S {
        &self.store
    }

    fn upkeep(&self) -> Vec<&dyn AnyUpkeep> {
        vec![&self.store]
    }
}
