//! Ours, as its users write it.

use oauth_core::clock::Clock;
use oauth_core::prelude::*;
use oauth_core::server::{Environment, RunningServer};
use tokio::net::TcpListener;

use super::{CLIENT, SCOPE, SECRET};

#[validator]
pub(crate) struct Accounts {
    #[store]
    pub(super) store: MemoryStore,
}

impl Accounts {
    /// So many clients, each with the same secret.
    async fn new(store: MemoryStore, clients: usize) -> crate::Result<Self> {
        let secret = ClientSecret::new(SECRET)?;
        for number in 0..clients {
            store.save_client(Client::confidential(client(number), &secret).scope(SCOPE).build()?).await?;
        }
        Ok(Self { store })
    }

    pub(super) async fn with(client: Client) -> crate::Result<Self> {
        let store = MemoryStore::new();
        store.save_client(client).await?;
        Ok(Self { store })
    }
}

/// The name of a client, the first of which is the one of all servers.
pub(crate) fn client(number: usize) -> String {
    if number == 0 { CLIENT.to_owned() } else { format!("{CLIENT}-{number}") }
}

#[token_generator(opaque, expires_in = "1h")]
pub(crate) struct OpaqueTokens;

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "1h", self_contained)]
pub(super) struct SignedTokens {
    #[signing_key]
    pub(super) key: SigningKey,
}

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials), scopes("jobs"))]
pub(crate) struct Server<G: TokenGenerator + 'static> {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: G,
}

/// The server with opaque tokens, where it runs.
pub(crate) type Opaque = RunningServer<Server<OpaqueTokens>>;

/// A server that is asked in this process.
pub(crate) async fn in_process(store: MemoryStore, clients: usize, clock: Clock) -> crate::Result<Opaque> {
    let server = Server { accounts: Accounts::new(store, clients).await?, tokens: OpaqueTokens };
    Ok(server.start_in(Environment::new().clock(clock))?)
}

pub(super) async fn opaque(listener: TcpListener) -> crate::Result {
    serve(listener, OpaqueTokens).await
}

pub(super) async fn self_contained(listener: TcpListener) -> crate::Result {
    serve(listener, SignedTokens { key: SigningKey::generate(Algorithm::ES256)? }).await
}

async fn serve<G: TokenGenerator + 'static>(listener: TcpListener, tokens: G) -> crate::Result {
    let server = Server { accounts: Accounts::new(MemoryStore::new(), 1).await?, tokens }.start()?;
    let app = server.clone().into_router();
    Ok(oauth_core::serve(listener, app).maintain(&server).await?)
}
