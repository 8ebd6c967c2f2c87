//! Lists: what administration and account pages look at. Each is a trait of its own, for no server needs them.

use std::sync::Arc;

use super::{
    ClientStore, ConsentStore, Cursor, FamilyId, Page, Result, Session, SessionStore, TokenStore, User,
    UserStore,
};
use crate::client::Client;
use crate::model::RefreshToken;
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// Lists clients, and removes them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot list clients, which their administration needs",
    label = "no store that implements `ListClients`",
    note = "`SqliteStore`, `PostgresStore`, `ValkeyStore` and `MemoryStore` do; a store of yours implements `ListClients`"
)]
pub trait ListClients: ClientStore {
    /// The clients after this place, those too that registered themselves, [1,000](Page::MOST) at most.
    fn clients(
        &self,
        after: Option<&Cursor>,
        limit: u16,
    ) -> impl Future<Output = Result<Page<Arc<Client>>>> + Send;

    /// Removes a client, with its registration if it registered itself, and what people agreed to. What was granted to it until `now`
    /// ends in the same step, by a store that keeps the tokens as well; where they are kept apart, call
    /// [`RunningServer::revoke_client`](crate::server::RunningServer::revoke_client). `false`: there was none.
    fn delete_client(&self, client_id: &str, now: UnixTime) -> impl Future<Output = Result<bool>> + Send;
}

/// Lists users.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot list users, which their administration needs",
    label = "no store that implements `ListUsers`",
    note = "`SqliteStore`, `PostgresStore`, `ValkeyStore` and `MemoryStore` do; a store of yours implements `ListUsers`"
)]
pub trait ListUsers: UserStore {
    /// The users after this place, [1,000](Page::MOST) at most.
    fn users(&self, after: Option<&Cursor>, limit: u16) -> impl Future<Output = Result<Page<User>>> + Send;
}

/// Lists the sessions of a person.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot list the sessions of a person, which their administration needs",
    label = "no store that implements `ListSessions`",
    note = "`SqliteStore`, `PostgresStore`, `ValkeyStore` and `MemoryStore` do; a store of yours implements `ListSessions`"
)]
pub trait ListSessions: SessionStore {
    /// The sessions of a person that have not expired at `now`, after this place, [1,000](Page::MOST) at most; each by the hash of its
    /// identifier, which [`end_session`](SessionStore::end_session) takes. Logins that still await a code are none of them
    /// ([`Session::is_logged_in`]).
    fn sessions_of(
        &self,
        subject: &str,
        now: UnixTime,
        after: Option<&Cursor>,
        limit: u16,
    ) -> impl Future<Output = Result<Page<(TokenHash, Session)>>> + Send;
}

/// Lists what a person granted that goes on by itself: the clients that have a refresh token for them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot list what a person granted, which its administration needs",
    label = "no store that implements `ListGrants`",
    note = "`SqliteStore`, `PostgresStore`, `ValkeyStore` and `MemoryStore` do; a store of yours implements `ListGrants`"
)]
pub trait ListGrants: TokenStore {
    /// The grants of a person that are neither expired at `now` nor revoked, after this place, [1,000](Page::MOST) at most: one a
    /// family, as its newest refresh token has it.
    fn grants_of(
        &self,
        subject: &str,
        now: UnixTime,
        after: Option<&Cursor>,
        limit: u16,
    ) -> impl Future<Output = Result<Page<StandingGrant>>> + Send;
}

/// Lists what a person agreed to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot list what a person agreed to, which its administration needs",
    label = "no store that implements `ListConsents`",
    note = "`SqliteStore`, `PostgresStore`, `ValkeyStore` and `MemoryStore` do; a store of yours implements `ListConsents`"
)]
pub trait ListConsents: ConsentStore {
    /// The consents of a person after this place, [1,000](Page::MOST) at most.
    fn consents_of(
        &self,
        subject: &str,
        after: Option<&Cursor>,
        limit: u16,
    ) -> impl Future<Output = Result<Page<Consent>>> + Send;
}

/// A grant that a client can refresh (RFC 6749 §6).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StandingGrant {
    /// The family: [`Revocation::Family`](super::Revocation::Family) ends it.
    pub family: FamilyId,
    /// The client that it was granted to.
    pub client_id: String,
    /// The scopes that were granted.
    pub scopes: ScopeSet,
    /// The resources that it is for (RFC 8707); empty: it names none.
    pub resources: Vec<String>,
    /// The time of the decision.
    pub granted_at: UnixTime,
    /// The time when it ends, unless it is refreshed before.
    pub expires_at: UnixTime,
}

impl StandingGrant {
    /// The grant of a refresh token. One without a family is a family of its own.
    pub fn of(token: &RefreshToken) -> Self {
        let authorization = &token.authorization;
        Self {
            family: authorization.family.unwrap_or_else(|| FamilyId::of_code(&token.hash)),
            client_id: authorization.client_id.clone(),
            scopes: authorization.scopes.clone(),
            resources: authorization.resources.clone(),
            granted_at: authorization.granted_at,
            expires_at: token.expires_at,
        }
    }

    /// The place of an entry in the list.
    pub(super) fn cursor(&self) -> Cursor {
        Cursor::after(*self.family.as_bytes())
    }
}

/// The scopes that a person granted a client, so that they are not asked again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Consent {
    /// The client.
    pub client_id: String,
    /// The scopes; those that are for a resource (RFC 8707) as `https://…|scope`.
    pub scopes: ScopeSet,
}

impl Consent {
    /// A consent to these scopes.
    pub fn new(client_id: impl Into<String>, scopes: ScopeSet) -> Self {
        Self { client_id: client_id.into(), scopes }
    }
}
