//! Instances of one server, each with a connection of its own to the same store.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::event::{Event, EventKind, Observer};
use oauth_core::jose::{KeySet, SigningKeys as _};
use oauth_core::keys::{Keks, KeyPolicy, KeyState, KeysError, StoredKeys};
use oauth_core::prelude::*;
use oauth_core::server::{Environment, RunningServer};
use oauth_core::store::KeyStore;
use oauth_tests::{Accounts, App, Provider, basic, clients, relying_parties};

/// A KEK called `a`.
pub(crate) const A: &str = "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
/// A KEK called `b`.
pub(crate) const B: &str = "b:8PHy8/T19vf4+fr7/P3+/+Dh4uPk5ebn6Onq6+zt7u8=";

pub(crate) const MINUTE: Duration = Duration::from_mins(1);
pub(crate) const HOUR: Duration = Duration::from_hours(1);
pub(crate) const DAY: Duration = Duration::from_hours(24);

pub(crate) fn keks(text: &str) -> Keks {
    Keks::parse(text).unwrap()
}

pub(crate) fn es256(clock: &Clock) -> KeyPolicy {
    KeyPolicy::new([Algorithm::ES256]).clock(clock.clone())
}

pub(crate) async fn open<S: KeyStore + 'static>(store: S, clock: &Clock) -> Result<StoredKeys, KeysError> {
    StoredKeys::open(store, keks(A), es256(clock)).await
}

/// The `kid` of the key that signs.
pub(crate) fn active(keys: &StoredKeys) -> String {
    keys.ring(Algorithm::ES256).unwrap().active().kid().unwrap().to_owned()
}

/// The states of the keys for ES256, by generation.
pub(crate) async fn states(keys: &StoredKeys) -> Vec<KeyState> {
    let keys = keys.list().await.unwrap();
    keys.iter().filter(|key| key.purpose == "sign:ES256").map(|key| key.state).collect()
}

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "ES256", self_contained)]
struct Signed {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(grants(client_credentials), scopes("jobs"))]
struct Server {
    #[validator]
    accounts: Accounts<MemoryStore>,
    #[access_token]
    tokens: Signed,
}

/// A server of access tokens alone.
pub(crate) struct Served {
    app: App,
    server: RunningServer<Server>,
}

impl Served {
    #[cfg(feature = "interop")]
    pub(crate) async fn start(keys: KeyRing) -> Self {
        Self::start_at(keys, None, &Clock::system()).await
    }

    async fn start_at(keys: KeyRing, stored: Option<StoredKeys>, clock: &Clock) -> Self {
        let store = MemoryStore::default();
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        let server = Server { accounts: Accounts(store), tokens: Signed { keys } };
        let environment = match stored {
            Some(stored) => Environment::new().keys(stored),
            None => Environment::new(),
        };
        let server = server.start_in(environment.clock(clock.clone())).unwrap();
        Self { app: App::over_router(server.clone().into_router()), server }
    }

    /// An access token.
    pub(crate) async fn token(&self) -> String {
        let form = [("grant_type", "client_credentials")];
        self.app.post("/token", &basic("machine"), &form).await.member("access_token")
    }

    /// The keys that it publishes.
    pub(crate) async fn published(&self) -> KeySet {
        published(&self.app).await
    }
}

async fn published(app: &App) -> KeySet {
    KeySet::from_json(&app.get("/jwks.json").await.body).unwrap()
}

/// An instance: a server of access tokens, and an OpenID provider beside it, if there are keys for RS256.
pub(crate) struct Instance {
    pub(crate) keys: StoredKeys,
    server: Served,
    provider: Option<App>,
}

impl Instance {
    pub(crate) async fn start(store: impl KeyStore + 'static, policy: KeyPolicy, clock: &Clock) -> Self {
        let keys = StoredKeys::open(store, keks(A), policy).await.unwrap();
        let ring = keys.ring(Algorithm::ES256).unwrap();
        let server = Served::start_at(ring, Some(keys.clone()), clock).await;
        let memory = MemoryStore::default();
        for client in relying_parties() {
            memory.save_client(client).await.unwrap();
        }
        let provider = keys.ring(Algorithm::RS256).is_ok().then(|| {
            let provider =
                Provider { validator: Accounts(memory.clone()), keys: keys.id_token_keys().unwrap() };
            App::in_environment(provider, Environment::new().clock(clock.clone()))
        });
        Self { keys, server, provider }
    }

    /// An access token.
    pub(crate) async fn token(&self) -> String {
        self.server.token().await
    }

    /// An ID token signed with the algorithm that the client asked for.
    pub(crate) async fn id_token(&self, client_id: &str) -> String {
        let redirect_uri = format!("https://{client_id}.example/cb?tenant=1");
        let request = [
            ("response_type", "id_token"),
            ("client_id", client_id),
            ("redirect_uri", &redirect_uri),
            ("scope", "openid"),
            ("nonce", "n-0S6_WzA2Mj"),
        ];
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(request).finish();
        let answer = self.provider.as_ref().unwrap().get(&format!("/authorize?{query}")).await;
        let pairs = answer.header("location").split_once('#').unwrap().1;
        let token = form_urlencoded::parse(pairs.as_bytes()).find(|(name, _)| name == "id_token");
        token.unwrap().1.into_owned()
    }

    /// The keys that it publishes: those of the provider, which has all.
    pub(crate) async fn published(&self) -> KeySet {
        published(self.provider.as_ref().unwrap_or(&self.server.app)).await
    }

    /// Does the background work of the server of access tokens.
    pub(crate) fn maintain(&self) -> impl Future<Output = ()> + Send + 'static {
        let server = self.server.server.clone();
        async move { server.maintain().await }
    }

    pub(crate) async fn is_active(&self, token: &str) -> bool {
        let form = [("token", token)];
        self.server.app.post("/introspect", &basic("machine"), &form).await.json()["active"] == true
    }
}

/// The kinds of the events of keys.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<(EventKind, String)>>>);

impl Seen {
    pub(crate) fn count(&self, kind: EventKind) -> usize {
        self.0.lock().unwrap().iter().filter(|(seen, _)| *seen == kind).count()
    }
}

impl Observer for Seen {
    fn on(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push((event.kind, event.key.unwrap().to_owned()));
    }
}

/// Runs a case, and no longer than any machine takes: one that waits in vain says that it does.
pub(crate) async fn in_time(case: impl Future<Output = ()>) {
    tokio::time::timeout(5 * MINUTE, Box::pin(case)).await.expect("it ends");
}

/// Runs each case over three connections to one store: as `memory::…`, `sqlite::…`, `postgres::…` and `valkey::…`.
macro_rules! over_every_store {
    ($($case:ident),* $(,)?) => {
        mod memory {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    let store = oauth_core::store::MemoryStore::new();
                    $crate::world::in_time(super::$case([store.clone(), store.clone(), store])).await;
                }
            )*
        }
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    let folder = tempfile::tempdir().unwrap();
                    let open = || oauth_core::store::SqliteStore::open(folder.path().join("oauth.db"));
                    let stores = [open().await.unwrap(), open().await.unwrap(), open().await.unwrap()];
                    $crate::world::in_time(super::$case(stores)).await;
                }
            )*
        }
        #[cfg(feature = "interop")]
        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    let url = oauth_tests::postgres::database();
                    let open = || oauth_core::store::PostgresStore::connect(&url);
                    let stores = [open().await.unwrap(), open().await.unwrap(), open().await.unwrap()];
                    $crate::world::in_time(super::$case(stores)).await;
                }
            )*
        }
        #[cfg(feature = "interop")]
        mod valkey {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    use oauth_tests::valkey;
                    let prefix = valkey::prefix();
                    let open = async || {
                        oauth_core::store::ValkeyStore::connect(&valkey::url()).await.unwrap().prefix(&prefix)
                    };
                    $crate::world::in_time(super::$case([open().await, open().await, open().await])).await;
                }
            )*
        }
    };
}
pub(crate) use over_every_store;
