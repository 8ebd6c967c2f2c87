//! Role `sessions`.

use super::{AnyLogoutStore, Result, Session};
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// Keeps the sessions of people who logged in, and the logins that await a code ([`Session::second_step`], which a store keeps like the
/// rest). Role `#[sessions]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep login sessions, which `LoginPages` need",
    label = "no store plays the role `sessions`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[sessions] sessions: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `SessionStore`",
    note = "a login of your own needs none: it implements `Interaction`"
)]
pub trait SessionStore: Send + Sync {
    /// Keeps a session until `session.expires_at`, in place of an earlier one of the same identifier.
    fn save_session(&self, id: TokenHash, session: Session) -> impl Future<Output = Result<()>> + Send;

    /// The session, if it has not expired.
    fn session(&self, id: &TokenHash, now: UnixTime) -> impl Future<Output = Result<Option<Session>>> + Send;

    /// Adds a client to those of a session, if it is not among them, in **one atomic step**. A session that is not there is
    /// none of its concern.
    fn add_session_client(
        &self,
        id: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Ends a session, in **one atomic step**, and returns it unless it has expired at `now`. Of any number of concurrent
    /// calls one gets it: that one tells the clients.
    fn end_session(
        &self,
        id: &TokenHash,
        now: UnixTime,
    ) -> impl Future<Output = Result<Option<Session>>> + Send;

    /// Ends every session of a person, in **one atomic step**, and returns those that had not expired at `now`: their clients
    /// are to be told.
    fn end_sessions_of(
        &self,
        subject: &str,
        now: UnixTime,
    ) -> impl Future<Output = Result<Vec<Session>>> + Send;

    /// The same store as an outbox of logouts, if it is a [`LogoutStore`](super::LogoutStore): `Some(self)`. A server finds it by this.
    /// Default: it is none, and each client is told once.
    fn logouts(&self) -> Option<&dyn AnyLogoutStore> {
        None
    }
}
