//! A server for one program, over any store: what benchmarks and soaks load.

use oauth_core::prelude::*;

/// The accounts of a store, which are one client's.
#[validator]
#[derive(Debug)]
pub struct Workers<S> {
    /// The store of all roles.
    #[store]
    pub store: S,
}

/// The server, with access tokens of any kind.
#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials), scopes("jobs"))]
#[derive(Debug)]
pub struct WorkServer<V: RequestValidator + 'static, G: TokenGenerator + 'static> {
    /// The accounts.
    #[validator]
    pub accounts: V,
    /// The kind of access tokens.
    #[access_token]
    pub tokens: G,
}

/// The value of the `Authorization` header of the client.
pub const WORKER: &str = "Basic d29ya2VyOmEtc2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXMtb3ItbW9yZQ==";

/// The accounts of a store, with the client in it, which may ask about every token.
pub async fn workers<S: ClientStore>(store: S) -> Workers<S> {
    let secret = ClientSecret::new("a-secret-of-thirty-two-bytes-or-more").expect("a secret");
    let client = Client::confidential("worker", &secret).scope("jobs").danger_introspects_all();
    store.save_client(client.build().expect("a well-formed client")).await.expect("the store works");
    Workers { store }
}
