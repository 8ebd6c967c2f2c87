//! A provider where Alice and Bob have a second step, and Carol has none.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::clock::Clock;
use oauth_core::event::{Event, Observer};
use oauth_core::interaction::{LoginPages, password};
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::server::Environment;
use oauth_core::store::{self, Session, SessionStore};
use oauth_core::time::UnixTime;
use oauth_tests::{Answer, App, CHALLENGE, ISSUER, VERIFIER, basic, secret};
use serde_json::Value;
use tokio::sync::{RwLock, RwLockWriteGuard};

use crate::visitor::{ALICE, PASSWORD, Visitor, store, users};

/// Alice's code, which is right however often.
pub(super) const CODE: &str = "111111";
/// A code of Alice's that is right once (RFC 6238 §5.2).
pub(super) const ONCE: &str = "333333";
/// Bob's code.
pub(super) const OTHER: &str = "222222";

#[validator(custom)]
struct Enrolled {
    #[store]
    store: MemoryStore,
    #[sessions]
    sessions: Held,
    gate: Gate,
    sent: Arc<AtomicUsize>,
    is_used_up: AtomicBool,
}

/// Holds requests, as long as the test has it shut.
#[derive(Clone, Default)]
pub(super) struct Gate {
    door: Arc<RwLock<()>>,
    entered: Arc<AtomicUsize>,
}

impl Gate {
    pub(super) async fn shut(&self) -> RwLockWriteGuard<'_, ()> {
        self.door.write().await
    }

    async fn pass(&self) {
        self.entered.fetch_add(1, Ordering::SeqCst);
        drop(self.door.read().await);
    }

    /// The number of requests that have come to it.
    pub(super) fn entered(&self) -> usize {
        self.entered.load(Ordering::SeqCst)
    }
}

/// Sessions, whose store takes as long to begin one as the test has its gate shut.
struct Held {
    store: MemoryStore,
    gate: Gate,
}

impl SessionStore for Held {
    async fn save_session(&self, id: TokenHash, session: Session) -> store::Result<()> {
        if session.is_logged_in() {
            self.gate.pass().await;
        }
        self.store.save_session(id, session).await
    }
    async fn session(&self, id: &TokenHash, now: UnixTime) -> store::Result<Option<Session>> {
        self.store.session(id, now).await
    }
    async fn add_session_client(&self, id: &TokenHash, client: &str, now: UnixTime) -> store::Result<()> {
        self.store.add_session_client(id, client, now).await
    }
    async fn end_session(&self, id: &TokenHash, now: UnixTime) -> store::Result<Option<Session>> {
        self.store.end_session(id, now).await
    }
    async fn end_sessions_of(&self, subject: &str, now: UnixTime) -> store::Result<Vec<Session>> {
        self.store.end_sessions_of(subject, now).await
    }
}

#[validator]
impl Enrolled {
    async fn validate_user(&self, name: &str, password: &str, request: &mut Request) -> Result<Option<User>> {
        if name == "elsewhere" {
            return User::new("elsewhere", name).with_password(password).map(Some);
        }
        let user = password::validate_user(self, name, password, request).await?;
        match &user {
            Some(user) if user.claims.get("checked").is_some() => self.renew(user).await?,
            _ => {}
        }
        Ok(user)
    }

    async fn is_otp_required(&self, user: &User, request: &mut Request) -> Result<bool> {
        match user.claims.get("asked").and_then(Value::as_str) {
            Some("broken") => return Err(Error::server("the table of keys is down")),
            Some("barred") => return Err(Error::access_denied("Enrol a key first.")),
            Some("renewed") => self.renew(user).await?,
            Some("rehashed") => self.rehash(user).await?,
            Some("deleted") => {
                self.store.delete_user(&user.subject).await?;
            }
            _ => {}
        }
        let is_required = matches!(&*user.subject, "1" | "2") || user.claims.contains_key("enrolled");
        // The grant `password` asks as well, and has no place for a code.
        if is_required && request.grant_type.is_none() {
            self.sent.fetch_add(1, Ordering::SeqCst);
        }
        Ok(is_required)
    }

    async fn validate_otp(&self, user: &User, otp: &str, _request: &mut Request) -> Result<bool> {
        self.gate.pass().await;
        match otp {
            "broken" => return Err(Error::server("the table of keys is down")),
            "busy" => return Err(Error::new(oauth_core::error::ErrorCode::TemporarilyUnavailable)),
            "stolen" => return Err(Error::access_denied("This key was reported stolen.")),
            "renewed" => self.renew(user).await?,
            "deleted" => {
                self.store.delete_user(&user.subject).await?;
            }
            ONCE => return Ok(!self.is_used_up.swap(true, Ordering::SeqCst)),
            _ => return Ok(otp == if user.subject == "2" { OTHER } else { CODE }),
        }
        Ok(true)
    }
}

impl Enrolled {
    /// Gives the user another password, as a request at the same time would.
    async fn renew(&self, user: &User) -> Result<()> {
        let mut user = user.clone();
        user.claims.clear();
        self.store.save_user(user.with_password("another password")?).await?;
        Ok(())
    }

    /// Gives the same password another hash, once.
    async fn rehash(&self, user: &User) -> Result<()> {
        let mut user = user.clone();
        user.claims.clear();
        self.store.save_user(user.clone()).await?;
        let from = user.password_hash.clone().unwrap();
        let to = user.with_password(PASSWORD)?;
        assert!(self.store.rehash_password(&to.subject, &from, &to.password_hash.unwrap()).await?);
        Ok(())
    }
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct Tokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    profile = "oauth2.0",
    grants(authorization_code, refresh_token, password, device_code),
    scopes("openid", "profile")
)]
struct Server {
    #[validator]
    accounts: Enrolled,
    #[access_token]
    tokens: Tokens,
    #[interaction]
    pages: LoginPages,
}

/// The kinds of events that were told, with their errors and rules.
#[derive(Clone, Default)]
pub(super) struct Seen(Arc<Mutex<Vec<String>>>);

impl Seen {
    /// The events since the last time.
    pub(super) fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Observer for Seen {
    fn on(&self, event: &Event<'_>) {
        let parts = [Some(event.kind.as_str()), event.subject, event.rule];
        self.0.lock().unwrap().push(parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
}

/// The provider, its clock and what it tells, and somebody at a browser.
pub(super) struct World {
    pub(super) store: MemoryStore,
    pub(super) app: App,
    pub(super) clock: Clock,
    pub(super) seen: Seen,
    pub(super) visitor: Visitor,
    /// Where a code is checked.
    pub(super) gate: Gate,
    /// Where a session is saved.
    pub(super) start: Gate,
    /// The number of codes that were sent.
    pub(super) sent: Arc<AtomicUsize>,
}

impl World {
    pub(super) async fn new() -> Self {
        static KEYS: LazyLock<KeyRing> =
            LazyLock::new(|| KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap()));
        let store = store().await;
        let mut carol = User::new("4", "carol");
        carol.password_hash.clone_from(&users()[1].password_hash);
        store.save_user(carol).await.unwrap();
        let secret = ClientSecret::new(secret()).unwrap();
        let clients = [
            Client::confidential("rp", &secret)
                .first_party()
                .redirect_uri("https://rp.example/cb")
                .scope("openid profile"),
            Client::confidential("legacy", &secret).grant_type(GrantType::PASSWORD).scope("profile"),
            Client::public("tv").grant_type(GrantType::DEVICE_CODE).scope("openid profile"),
        ];
        for client in clients {
            store.save_client(client.build().unwrap()).await.unwrap();
        }
        let (clock, seen) = (Clock::manual(), Seen::default());
        let (gate, start, sent) = (Gate::default(), Gate::default(), Arc::<AtomicUsize>::default());
        let server = Server {
            accounts: Enrolled {
                store: store.clone(),
                sessions: Held { store: store.clone(), gate: start.clone() },
                gate: gate.clone(),
                sent: sent.clone(),
                is_used_up: AtomicBool::new(false),
            },
            tokens: Tokens { keys: KEYS.clone() },
            pages: LoginPages::new().acr("at-the-pages"),
        };
        let environment = Environment::new().clock(clock.clone()).observer(seen.clone());
        let app = App::in_environment(server, environment);
        let visitor = Visitor::of_app(app.clone(), ISSUER.to_owned()).from("198.51.100.1");
        Self { store, app, clock, seen, visitor, gate, start, sent }
    }

    /// A world where Alice has given her password.
    pub(super) async fn with_first_step() -> (Self, Answer) {
        let mut world = Self::new().await;
        let page = world.visitor.log_in(ALICE, PASSWORD).await;
        assert_asks_for_code(&page);
        (world, page)
    }

    /// Sets a claim of Carol's, which the hooks read.
    pub(super) async fn set_claim(&self, name: &str, value: &str) {
        let mut carol = self.store.user("4").await.unwrap().unwrap();
        carol.claims.insert(name.to_owned(), value.into());
        self.store.save_user(carol).await.unwrap();
    }

    /// Asks for a token by the grant `password`.
    pub(super) async fn by_password(&self, name: &str, password: &str) -> Answer {
        let form = [("grant_type", "password"), ("username", name), ("password", password)];
        self.app.post("/token", &basic("legacy"), &form).await
    }

    /// The ID token of the visitor's session: its claims.
    pub(super) async fn id_token(&mut self) -> Value {
        let query = format!(
            "/authorize?response_type=code&client_id=rp&redirect_uri=https%3A%2F%2Frp.example%2Fcb&scope=openid\
             &code_challenge={CHALLENGE}&code_challenge_method=S256"
        );
        let code = self.visitor.get(&query).await.params()["code"].clone();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", "https://rp.example/cb"),
            ("code_verifier", VERIFIER),
        ];
        claims(&self.app.post("/token", &basic("rp"), &form).await)
    }

    /// Tells whether the visitor is logged in: at the authorization endpoint, at the page for devices and at the login page.
    pub(super) async fn is_logged_in(&mut self) -> bool {
        let asked = self.visitor.authorize("web", "").await.status == 200;
        let device = self.visitor.get("/device").await.status == 200;
        let page = self.visitor.get("/login").await.text().contains("You are signed in");
        assert!(asked == device && asked == page, "{asked} {device} {page}");
        asked
    }

    /// The visitor's cookie of this name, whatever its prefix.
    pub(super) fn cookie(&self, purpose: &str) -> Option<(String, String)> {
        let has = |name: &str| name.trim_start_matches("__Host-").starts_with(&format!("{purpose}-"));
        let found = self.visitor.cookies.iter().find(|(name, _)| has(name));
        found.map(|(name, value)| (name.clone(), value.clone()))
    }
}

/// The claims of the ID token in a response.
pub(super) fn claims(tokens: &Answer) -> Value {
    let token = tokens.member("id_token");
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&payload).unwrap()
}

#[track_caller]
pub(super) fn assert_asks_for_code(page: &Answer) {
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(
        page.text().contains("name=\"otp\"") && !page.text().contains("name=\"password\""),
        "{}",
        page.text()
    );
}

#[track_caller]
pub(super) fn assert_asks_for_password(page: &Answer) {
    assert!(
        page.text().contains("name=\"password\"") && !page.text().contains("name=\"otp\""),
        "{}",
        page.text()
    );
}
