//! An authorization server that signs its access tokens and puts claims of yours into them.

use oauth_core::prelude::*;

/// The records of this server: its clients, users, codes and tokens.
#[validator(custom)]
struct Accounts {
    #[store]
    store: SqliteStore,
}

#[validator]
impl Accounts {
    /// Runs wherever a client id is checked; a dynamic claim is set on the request.
    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("service", format!("acme-{client_id}"))
    }

    /// A declared claim, known at compile time. Subjects look like `acme:alice` here.
    #[claim("tenant", scope = "profile")]
    fn tenant(&self, request: &Request) -> Option<String> {
        Some(request.subject.as_ref()?.split_once(':')?.0.to_owned())
    }
}

#[token_generator(jwt, issuer = "http://127.0.0.1:8080", expires_in = "15m", claims(tier = 3))]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes("profile", "calendar")
)]
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
    let (store, secret) = (SqliteStore::open("signed_jwt.db").await?, ClientSecret::generate());
    let client = Client::confidential("calendar", &secret).redirect_uri("http://127.0.0.1:3000/callback");
    store.save_client(client.scope("profile calendar").build()?).await?;
    store.save_user(User::new("acme:alice", "alice").with_password(secret.expose())?).await?;

    let tokens = AccessTokens { keys: KeyRing::load_or_generate("signed_jwt.key.pem", Algorithm::ES256)? };
    let server = AuthServer { accounts: Accounts { store }, tokens, pages: LoginPages::new() }.start()?;
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    let (secret, address) = (secret.expose(), listener.local_addr()?);
    println!("curl -u calendar:{secret} -d grant_type=client_credentials http://{address}/token");
    let app = server.clone().into_router();
    Ok(oauth_core::serve(listener, app).maintain(&server).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    oauth_core::conformance!(AuthServer, |fixture| {
        let directory = tempfile::tempdir()?;
        let store = SqliteStore::open(directory.path().join("test.db")).await?;
        fixture.keep(directory);
        store.save_user(fixture.user()?).await?;
        let tokens = AccessTokens { keys: KeyRing::from(SigningKey::generate(Algorithm::ES256)?) };
        AuthServer { accounts: Accounts { store }, tokens, pages: LoginPages::new() }
    });
}
