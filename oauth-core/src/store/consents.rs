//! Role `consents`.

use super::Result;
use crate::scope::ScopeSet;

/// Keeps what people agreed to. Role `#[consents]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep consents, which `LoginPages` need",
    label = "no store plays the role `consents`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[consents] consents: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `ConsentStore`",
    note = "a login of your own needs none: it implements `Interaction`"
)]
pub trait ConsentStore: Send + Sync {
    /// The scopes this person granted this client so far; those that are for a resource (RFC 8707) as `https://…|scope`.
    fn consent(
        &self,
        subject: &str,
        client_id: &str,
    ) -> impl Future<Output = Result<Option<ScopeSet>>> + Send;

    /// Replaces the scopes this person granted this client.
    fn save_consent(
        &self,
        subject: &str,
        client_id: &str,
        scopes: ScopeSet,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Forgets what this person granted this client: they are asked anew. `false`: it was nothing. The tokens that the client has
    /// end with [`RunningServer::revoke_grant`](crate::server::RunningServer::revoke_grant).
    fn delete_consent(&self, subject: &str, client_id: &str) -> impl Future<Output = Result<bool>> + Send;
}
