//! The server of `signed_jwt`, for programs only, without a macro: what the attributes write, written out.

use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;
use oauth_core::store::NoStore;
use oauth_core::token::{JwtProfile, StaticClaim};
use oauth_core::validator::{Hook, Hooks};

/// The records of this server: its clients and its tokens.
struct Accounts {
    store: MemoryStore,
}

/// The stores, and what each keeps: `#[validator]` on a struct. A role that no grant of yours needs is played
/// by nobody.
impl StoreRoles for Accounts {
    type Clients = MemoryStore;
    type Tokens = MemoryStore;
    type Codes = NoStore;
    type Users = NoStore;
    type Sessions = NoStore;
    type Consents = NoStore;
    type Devices = NoStore;
    type ReplayIds = NoStore;

    const KEEPS_REPLAY_IDS: bool = false;

    fn clients(&self) -> &MemoryStore {
        &self.store
    }
    fn tokens(&self) -> &MemoryStore {
        &self.store
    }
    fn codes(&self) -> &NoStore {
        &NoStore
    }
    fn users(&self) -> &NoStore {
        &NoStore
    }
    fn sessions(&self) -> &NoStore {
        &NoStore
    }
    fn consents(&self) -> &NoStore {
        &NoStore
    }
    fn devices(&self) -> &NoStore {
        &NoStore
    }
    fn replay_ids(&self) -> &NoStore {
        &NoStore
    }
}

/// The decisions that you make differently: `#[validator]` on an `impl` block. Everything else has a default.
impl RequestValidator for Accounts {
    const HOOKS: Hooks = Hooks::These(&[Hook::VALIDATE_CLIENT_ID]);

    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("service", format!("acme-{client_id}"))
    }
}

/// Signed tokens: `#[token_generator(jwt, …)]`.
struct AccessTokens {
    keys: KeyRing,
}

const ISSUER: &str = "http://127.0.0.1:8080";
const PROFILE: JwtProfile =
    JwtProfile::new().expires_in(std::time::Duration::from_mins(15)).claims(&[("tier", StaticClaim::Int(3))]);

impl TokenGenerator for AccessTokens {
    const ISSUER: Issuer = Issuer::Literal(ISSUER);

    fn tokens(&self) -> Tokens<'_> {
        Tokens::jwt(PROFILE, &self.keys)
    }

    async fn generate_token(&self, request: &Request) -> Result<String> {
        self.tokens().generate(ISSUER, request).await
    }
}

/// The server: `#[authorization_server(…)]`.
struct AuthServer {
    accounts: Accounts,
    tokens: AccessTokens,
}

impl AuthorizationServer for AuthServer {
    type Validator = Accounts;
    type AccessTokens = AccessTokens;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = NoInteraction;
    type Grants = (ClientCredentials,);

    const ISSUER: Issuer = <AccessTokens as TokenGenerator>::ISSUER;
    const CONFIG: ServerConfig = ServerConfig::new(&[Scope::described("calendar", "See your calendar")]);

    fn validator(&self) -> &Accounts {
        &self.accounts
    }
    fn access_tokens(&self) -> &AccessTokens {
        &self.tokens
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &NoIdTokens {
        &NoIdTokens
    }
    fn interaction(&self) -> &NoInteraction {
        &NoInteraction
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = MemoryStore::default();
    let secret = ClientSecret::generate();
    store.save_client(Client::confidential("calendar", &secret).scope("calendar").build()?).await?;

    let keys = KeyRing::from(SigningKey::generate(Algorithm::ES256)?);
    let server = AuthServer { accounts: Accounts { store }, tokens: AccessTokens { keys } }.start()?;
    let listener = oauth_examples::listen().await?;
    let token = format!("http://{}/token", listener.local_addr()?);
    println!("curl -u calendar:{} -d grant_type=client_credentials {token}", secret.expose());
    oauth_core::serve(listener, server.clone().into_router()).maintain(&server).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    oauth_core::conformance!(AuthServer, |_| {
        let keys = KeyRing::from(SigningKey::generate(Algorithm::ES256)?);
        AuthServer { accounts: Accounts { store: MemoryStore::default() }, tokens: AccessTokens { keys } }
    });
}
