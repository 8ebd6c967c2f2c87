//! A server written by hand, over any store. Whoever opens its authorization endpoint is Alice, and she agrees, unless
//! the request says `x-test-decision: deny`.

use std::sync::OnceLock;

use oauth_core::interaction::{Context, Decision, Interaction};
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::server::ServerConfig;
use oauth_core::store::{
    AnyLimitStore, AnyRevocationStore, Attempt, CodeStore, ConsentStore, DeviceStore, LimitStore,
    ReplayStore, RevocationStore, SessionStore, TokenStore,
};
use oauth_core::time::UnixTime;
use oauth_core::validator::PlainValidator;

/// A store for every role.
pub trait Store:
    ClientStore
    + TokenStore
    + RevocationStore
    + CodeStore
    + UserStore
    + SessionStore
    + ConsentStore
    + DeviceStore
    + ReplayStore
    + LimitStore
    + 'static
{
}
impl<
    T: ClientStore
        + TokenStore
        + RevocationStore
        + CodeStore
        + UserStore
        + SessionStore
        + ConsentStore
        + DeviceStore
        + ReplayStore
        + LimitStore
        + 'static,
> Store for T
{
}

/// A validator with every default.
#[derive(Debug)]
pub struct Accounts<T>(pub T);

impl<T: Store> StoreRoles for Accounts<T> {
    type Clients = T;
    type Tokens = T;
    type Codes = T;
    type Users = T;
    type Sessions = T;
    type Consents = T;
    type Devices = T;
    type ReplayIds = T;

    const KEEPS_REPLAY_IDS: bool = true;

    fn clients(&self) -> &T {
        &self.0
    }
    fn tokens(&self) -> &T {
        &self.0
    }
    fn codes(&self) -> &T {
        &self.0
    }
    fn users(&self) -> &T {
        &self.0
    }
    fn sessions(&self) -> &T {
        &self.0
    }
    fn consents(&self) -> &T {
        &self.0
    }
    fn devices(&self) -> &T {
        &self.0
    }
    fn replay_ids(&self) -> &T {
        &self.0
    }

    fn revocations(&self) -> Option<&dyn AnyRevocationStore> {
        Some(&self.0)
    }

    fn limits(&self) -> Option<&dyn AnyLimitStore> {
        Some(&self.0)
    }

    async fn find_user(&self, subject: &str) -> oauth_core::store::Result<Option<User>> {
        self.0.user(subject).await
    }

    async fn claim_replay_id(
        &self,
        id: &TokenHash,
        attempt: Attempt,
        until: UnixTime,
        now: UnixTime,
    ) -> oauth_core::store::Result<bool> {
        self.0.claim_replay_id(id, attempt, until, now).await
    }
}

impl<T: Store> PlainValidator for Accounts<T> {}

/// Alice agrees to everything.
#[derive(Debug)]
pub struct Alice;

impl<V: Sync> Interaction<V> for Alice {
    async fn decide(
        &self,
        _: &Context<'_, V>,
        _: &AuthorizationRequest,
        request: &Request,
    ) -> Result<Decision> {
        match request.headers().get("x-test-decision") {
            Some(_) => Ok(Decision::Deny),
            None => Ok(Decision::approve("alice")),
        }
    }
}

/// A server of every grant. `GRACE` is that for lost refresh responses, in seconds.
#[derive(Debug)]
pub struct TestServer<V, const GRACE: u64 = 10> {
    /// The validator under test.
    pub validator: V,
}

impl<V, const GRACE: u64> AuthorizationServer for TestServer<V, GRACE>
where
    V: RequestValidator<Codes: CodeStore>,
{
    type Validator = V;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = Alice;
    type Grants = (AuthorizationCode, RefreshToken, ClientCredentials);
    const ISSUER: Issuer = Issuer::Literal(crate::ISSUER);
    const CONFIG: ServerConfig = ServerConfig::new(&[
        Scope::described("profile", "See your name"),
        Scope::described("calendar", "See your calendar"),
        Scope::new("jobs"),
        Scope::new("admin"),
    ])
    .default_scopes(&["profile", "jobs"])
    .refresh_token_grace(std::time::Duration::from_secs(GRACE));

    fn validator(&self) -> &V {
        &self.validator
    }
    fn access_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &NoIdTokens {
        &NoIdTokens
    }
    fn interaction(&self) -> &Alice {
        &Alice
    }
}

/// The secret of every confidential client, random once a run.
pub fn secret() -> &'static str {
    static SECRET: OnceLock<ClientSecret> = OnceLock::new();
    SECRET.get_or_init(ClientSecret::generate).expose()
}

/// The clients of every test server.
///
/// # Panics
///
/// If one of them is malformed.
pub fn clients() -> Vec<Client> {
    let secret = ClientSecret::new(secret()).unwrap();
    [
        Client::confidential("web", &secret)
            .redirect_uri("https://web.example/cb")
            .scope("profile calendar")
            .danger_introspects_all(),
        Client::confidential("other", &secret)
            .redirect_uri("https://other.example/cb")
            .scope("profile calendar")
            .introspects(crate::ISSUER),
        Client::confidential("post", &secret)
            .token_endpoint_auth_method(ClientAuthMethod::ClientSecretPost)
            .redirect_uri("https://post.example/cb?keep=1")
            .scope("profile"),
        Client::confidential("two", &secret)
            .redirect_uri("https://two.example/a")
            .redirect_uri("https://two.example/b")
            .scope("profile"),
        Client::confidential("machine", &secret).scope("jobs").danger_introspects_all(),
        Client::public("spa")
            .redirect_uri("https://spa.example/cb")
            .scope("profile")
            .origin("https://spa.example"),
        Client::public("native")
            .redirect_uri("http://127.0.0.1/cb")
            .redirect_uri("com.example.app:/cb")
            .scope("profile"),
        Client::confidential("dev", &secret).redirect_uri("http://127.0.0.1:3000/cb").scope("profile"),
        Client::confidential("once", &secret)
            .redirect_uri("https://once.example/cb")
            .grant_type(GrantType::AUTHORIZATION_CODE)
            .scope("profile"),
    ]
    .map(|client| client.build().unwrap())
    .into()
}
