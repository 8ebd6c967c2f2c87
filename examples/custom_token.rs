//! A token of your own: signed with a secret that your gateway shares, so that it turns away forged tokens without asking
//! anyone; what a token is worth, it asks `/introspect`.

use oauth_core::jose::JwtType;
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
    /// The secret, as an HS256 key.
    gateway_key: SigningKey,
}

#[validator]
impl Accounts {
    /// Access tokens. The random `jti` makes each one unguessable; nothing else in it is worth reading.
    #[token_generator]
    async fn generate_access_token(&self, _request: &Request) -> Result<String> {
        let jti = SecretString::random();
        self.gateway_key.sign_jwt(JwtType::Jwt, &serde_json::json!({ "jti": jti.expose() })).await
    }
}

#[authorization_server(issuer = "http://127.0.0.1:8080", grants(client_credentials), scopes("reports"))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = MemoryStore::default();
    let secret = ClientSecret::generate();
    // It is an API, too: of the tokens for this server's own audience, introspection tells it everything.
    let gateway = Client::confidential("gateway", &secret).introspects("http://127.0.0.1:8080");
    store.save_client(gateway.scope("reports").build()?).await?;

    // Read it from where your gateway reads it; 256 bits at least (RFC 7518 §3.2).
    let gateway_key = SigningKey::hmac(SecretString::random().expose(), Algorithm::HS256)?;
    let server = AuthServer { accounts: Accounts { store, gateway_key } }.start()?;
    let listener = oauth_examples::listen().await?;
    let url = format!("http://{}", listener.local_addr()?);
    println!("curl -u gateway:{0} -d grant_type=client_credentials {url}/token", secret.expose());
    println!("curl -u gateway:{0} -d token=… {url}/introspect", secret.expose());
    oauth_core::serve(listener, server.clone().into_router()).maintain(&server).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    oauth_core::conformance!(AuthServer, |_| {
        let gateway_key = SigningKey::hmac(SecretString::random().expose(), Algorithm::HS256)?;
        AuthServer { accounts: Accounts { store: MemoryStore::default(), gateway_key } }
    });
}
