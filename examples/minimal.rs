//! An authorization server: people log in, programs authenticate, and signed tokens say whose tenant it is.

use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts(#[store] SqliteStore);

#[validator]
impl Accounts {
    #[claim("tenant", scope = "profile")]
    fn tenant(&self, request: &Request) -> Option<String> {
        Some(request.subject.as_ref()?.split_once(':')?.0.to_owned())
    }
}

#[token_generator(jwt, issuer = "http://127.0.0.1:8080", expires_in = "15m")]
struct AccessTokens(#[signing_key] KeyRing);

#[authorization_server(grants(authorization_code, refresh_token, client_credentials), scopes("profile"))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[interaction]
    pages: LoginPages,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (store, secret) = (SqliteStore::open("minimal.db").await?, ClientSecret::generate());
    let client = Client::confidential("calendar", &secret).redirect_uri("http://127.0.0.1:3000/callback");
    store.save_client(client.scope("profile").build()?).await?;
    store.save_user(User::new("acme:alice", "alice").with_password(secret.expose())?).await?;
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    println!("curl -u calendar:{} -d grant_type=client_credentials http://{address}/token", secret.expose());
    let tokens = AccessTokens(KeyRing::load_or_generate("minimal.key.pem", Algorithm::ES256)?);
    let server = AuthServer { accounts: Accounts(store), tokens, pages: LoginPages::new() };
    Ok(server.start()?.serve(address).await?)
}
