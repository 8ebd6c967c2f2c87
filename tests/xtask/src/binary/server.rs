//! The smallest server that signs tokens.

use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "15m", self_contained)]
struct AccessTokens {
    #[signing_key]
    key: SigningKey,
}

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials), scopes("jobs"))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (store, secret) = (MemoryStore::new(), ClientSecret::generate());
    store.save_client(Client::confidential("worker", &secret).scope("jobs").build()?).await?;
    let tokens = AccessTokens { key: SigningKey::generate(Algorithm::ES256)? };
    let server = AuthServer { accounts: Accounts { store }, tokens }.start()?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("curl -u worker:{} -d grant_type=client_credentials http://{}/token", secret.expose(), listener.local_addr()?);
    let app = server.clone().into_router();
    Ok(oauth_core::serve(listener, app).maintain(&server).await?)
}
