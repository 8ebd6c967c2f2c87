//! Ours, with people who have passwords: the client asks for tokens of its own, and for those of people by their passwords.

use oauth_core::prelude::*;
use tokio::net::TcpListener;

use super::{CLIENT, SCOPE, SECRET};

#[validator]
struct People {
    #[store]
    store: MemoryStore,
}

#[token_generator(opaque, expires_in = "1h")]
struct Tokens;

#[authorization_server(
    profile = "oauth2.0",
    issuer = "https://auth.example.com",
    grants(client_credentials, password),
    scopes("jobs")
)]
struct Server {
    #[validator]
    people: People,
    #[access_token]
    tokens: Tokens,
}

pub(super) async fn serve(listener: TcpListener) -> crate::Result {
    let (store, secret) = (MemoryStore::new(), ClientSecret::new(SECRET)?);
    let client = Client::confidential(CLIENT, &secret).scope(SCOPE);
    let client = client.grant_type(GrantType::CLIENT_CREDENTIALS).grant_type(GrantType::PASSWORD);
    store.save_client(client.build()?).await?;
    store.save_user(User::new("1", "alice").with_password("correct horse battery staple")?).await?;
    let server = Server { people: People { store }, tokens: Tokens }.start()?;
    let app = server.clone().into_router();
    Ok(oauth_core::serve(listener, app).maintain(&server).await?)
}
