//! Role `clients`.

use std::sync::Arc;

use super::Result;
use crate::client::{Client, is_document_url};

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

/// The client that a token was issued to; where documents may stand for clients, one that is registered nowhere, too. What its
/// document says by now does not matter: whoever uses a token does not depend on the client's web site.
pub(crate) async fn client_of_token(
    clients: &impl ClientStore,
    client_id: &str,
    may_be_documented: bool,
) -> Result<Option<Arc<Client>>> {
    let registered = clients.client(client_id).await?;
    Ok(registered.or_else(|| {
        let is_documented = may_be_documented && is_document_url(client_id);
        is_documented.then(|| Arc::new(Client::of_document_url(client_id)))
    }))
}
