//! Ours, as its users write it.

use oauth_core::prelude::*;
use tokio::net::TcpListener;

use super::{CLIENT, SCOPE, SECRET};

#[validator]
pub(super) struct Accounts {
    #[store]
    pub(super) store: MemoryStore,
}

impl Accounts {
    pub(super) async fn with(client: Client) -> crate::Result<Self> {
        let store = MemoryStore::new();
        store.save_client(client).await?;
        Ok(Self { store })
    }
}

#[token_generator(opaque, expires_in = "1h")]
pub(super) struct OpaqueTokens;

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "1h", self_contained)]
pub(super) struct SignedTokens {
    #[signing_key]
    pub(super) key: SigningKey,
}

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials), scopes("jobs"))]
struct Server<G: TokenGenerator + 'static> {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: G,
}

pub(super) async fn opaque(listener: TcpListener) -> crate::Result {
    serve(listener, OpaqueTokens).await
}

pub(super) async fn self_contained(listener: TcpListener) -> crate::Result {
    serve(listener, SignedTokens { key: SigningKey::generate(Algorithm::ES256)? }).await
}

async fn serve<G: TokenGenerator + 'static>(listener: TcpListener, tokens: G) -> crate::Result {
    let client = Client::confidential(CLIENT, &ClientSecret::new(SECRET)?).scope(SCOPE);
    let server = Server { accounts: Accounts::with(client.build()?).await?, tokens }.start()?;
    let app = server.clone().into_router();
    Ok(oauth_core::serve(listener, app).maintain(&server).await?)
}
