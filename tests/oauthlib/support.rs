//! A validator with hooks, written by hand, and a generator of signed tokens.

use std::sync::LazyLock;

use oauth_core::claims::{ClaimDestination, Claims};
use oauth_core::prelude::*;
use oauth_core::store::MemoryStore;
use oauth_core::token::{JwtProfile, StaticClaim};
use oauth_tests::{ISSUER, ReadJwt as _, clients};
use serde_json::{Map, Value};

static KEYS: LazyLock<KeyRing> = LazyLock::new(|| SigningKey::generate(Algorithm::EdDSA).unwrap().into());

const SIGNED: JwtProfile = JwtProfile::new().claims(&[("tier", StaticClaim::Int(3))]);

/// Signs access tokens, with a static claim `tier`.
pub(crate) struct Signed;

impl TokenGenerator for Signed {
    const ISSUER: Issuer = Issuer::Literal(ISSUER);

    async fn generate_token(&self, request: &Request) -> Result<String> {
        self.tokens().generate(ISSUER, request).await
    }

    fn tokens(&self) -> Tokens<'_> {
        Tokens::jwt(SIGNED, &*KEYS)
    }
}

/// The claims of a signed token.
pub(crate) fn claims(token: &SecretString) -> Map<String, Value> {
    KEYS.verify(token.expose()).unwrap().claims
}

/// Generates what it is told to.
pub(crate) struct Fixed(pub(crate) &'static str);

impl TokenGenerator for Fixed {
    async fn generate_token(&self, _: &Request) -> Result<String> {
        Ok(self.0.to_owned())
    }

    fn tokens(&self) -> Tokens<'_> {
        Tokens::custom()
    }
}

/// Sets a dynamic claim wherever a client id is checked, and declares another.
pub(crate) struct Accounts(pub(crate) MemoryStore);

impl Accounts {
    /// The accounts with every client of the tests.
    pub(crate) async fn new() -> Self {
        let store = MemoryStore::default();
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        Self(store)
    }
}

impl StoreRoles for Accounts {
    type Clients = MemoryStore;
    type Tokens = MemoryStore;
    type Codes = MemoryStore;
    type Users = MemoryStore;
    type Sessions = MemoryStore;
    type Consents = MemoryStore;
    type Devices = MemoryStore;
    type ReplayIds = MemoryStore;

    const KEEPS_REPLAY_IDS: bool = false;

    fn clients(&self) -> &MemoryStore {
        &self.0
    }
    fn tokens(&self) -> &MemoryStore {
        &self.0
    }
    fn codes(&self) -> &MemoryStore {
        &self.0
    }
    fn users(&self) -> &MemoryStore {
        &self.0
    }
    fn sessions(&self) -> &MemoryStore {
        &self.0
    }
    fn consents(&self) -> &MemoryStore {
        &self.0
    }
    fn devices(&self) -> &MemoryStore {
        &self.0
    }
    fn replay_ids(&self) -> &MemoryStore {
        &self.0
    }
}

impl RequestValidator for Accounts {
    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("aud", client_id)?;
        request.claims.insert("org", format!("org-of-{client_id}"))
    }

    async fn declared_claims(&self, _: ClaimDestination, request: &mut Request) -> Result<Claims> {
        // Evaluated after `expires_in` is known.
        let lifetime = request.expires_in.map(|lifetime| lifetime.as_secs());
        let mut claims = Claims::new();
        claims.insert("declared", lifetime)?;
        Ok(claims)
    }
}

/// A request of a client, as the token endpoint has it once the client is identified.
pub(crate) async fn request(accounts: &Accounts, client_id: &str) -> Request {
    let client = clients().into_iter().find(|client| client.client_id == client_id).unwrap();
    let mut request = Request::local(client);
    accounts.validate_client_id(client_id, &mut request).await.unwrap();
    request
}
