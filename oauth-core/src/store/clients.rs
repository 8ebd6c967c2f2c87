//! Role `clients`.

use std::sync::Arc;

use super::Result;
use crate::client::Client;

/// Keeps registered clients. Role `#[clients]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep clients, which every server needs",
    label = "no store plays the role `clients`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[clients] clients: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `ClientStore`",
    note = "a store is shared by `clone()`: it needs no `Arc`, `Box`, `Mutex` or `Option` around it"
)]
pub trait ClientStore: Send + Sync {
    /// The client with this identifier, shared: a store may keep it, and a request only reads it.
    fn client(&self, client_id: &str) -> impl Future<Output = Result<Option<Arc<Client>>>> + Send;

    /// Adds a client, or replaces the one with the same identifier. A server with
    /// [`client_id_metadata_documents`](crate::server::ServerConfig::client_id_metadata_documents) answers with an error to a client
    /// that is saved here under the URL of a document: deleted, it would come back by it.
    fn save_client(&self, client: Client) -> impl Future<Output = Result<()>> + Send;

    /// Tells whether any client registered this origin: the answer to a CORS preflight, which names no
    /// client.
    fn is_origin_registered(&self, origin: &str) -> impl Future<Output = Result<bool>> + Send;
}
