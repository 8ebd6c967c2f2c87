//! The audience as a dynamic claim: each token is for the client that asked for it, here a gateway that checks by itself the
//! tokens that it hands on. A claim `aud` of a hook counts where it is set; else it is the generator's `audience`, or the issuer.
//!
//! Not for an OpenID provider that signs ID tokens with the same keys: a client that looks at `aud` and not at `typ` would take
//! one for the other (RFC 9068 §5).

use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    /// Runs wherever a client id is checked; a dynamic claim is set on the request.
    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("aud", client_id)
    }
}

#[token_generator(jwt, issuer = "http://127.0.0.1:8080", expires_in = "15m")]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(grants(client_credentials), scopes("reports"))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = MemoryStore::default();
    let secret = ClientSecret::generate();
    store.save_client(Client::confidential("gateway", &secret).scope("reports").build()?).await?;

    let tokens = AccessTokens { keys: KeyRing::from(SigningKey::generate(Algorithm::ES256)?) };
    let server = AuthServer { accounts: Accounts { store }, tokens }.start()?;
    let listener = oauth_examples::listen().await?;
    let token = format!("http://{}/token", listener.local_addr()?);
    println!("curl -u gateway:{} -d grant_type=client_credentials {token}", secret.expose());
    oauth_core::serve(listener, server.clone().into_router()).maintain(&server).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    oauth_core::conformance!(AuthServer, |_| {
        let tokens = AccessTokens { keys: KeyRing::from(SigningKey::generate(Algorithm::ES256)?) };
        AuthServer { accounts: Accounts { store: MemoryStore::default() }, tokens }
    });
}
