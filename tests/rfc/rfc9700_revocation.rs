//! The events that end codes and tokens, and those that do not: RFC 9700 §4.5 and §4.14, RFC 6749 §4.1.2,
//! OAuth 2.1 §4.1.3.

use std::sync::Arc;
use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::server::{Environment, RunningServer};
use oauth_core::store::{Authorization, RefreshToken as Record, Revocation, Saving, TokenStore as _};
use oauth_core::time::UnixTime;
use oauth_tests::{Accounts, Answer, App, CHALLENGE, TestServer, VERIFIER, basic, clients};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

const CALLBACK: &str = "https://web.example/cb";
const DAY: Duration = Duration::from_hours(24);

/// A server with a clock to turn.
struct World {
    app: App,
    server: RunningServer<TestServer<Accounts<MemoryStore>>>,
    store: MemoryStore,
    clock: Clock,
}

impl World {
    async fn new() -> Self {
        let (store, clock) = (MemoryStore::default(), Clock::manual());
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        let server = TestServer { validator: Accounts(store.clone()) };
        let server = server.start_in(Environment::new().clock(clock.clone())).unwrap();
        Self { app: App::over_router(server.clone().into_router()), server, store, clock }
    }

    /// Tokens for Alice, of a client that has a secret.
    async fn tokens_of(&self, client: &str, callback: &str) -> Answer {
        let code = self.app.code(client, callback).await;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", callback),
            ("code_verifier", VERIFIER),
        ];
        self.app.post("/token", &basic(client), &form).await
    }

    async fn is_alive(&self, client: &str, tokens: &Answer) -> bool {
        let (access, refresh) = (tokens.member("access_token"), tokens.member("refresh_token"));
        let is_active = self.app.is_active(&access).await;
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
        let refreshed = self.app.post("/token", &basic(client), &form).await.status == 200;
        assert_eq!(is_active, refreshed, "both or neither");
        is_active
    }
}

/// Everybody but `web` who could present something of it.
async fn present_as_others(app: &App, form: &[(&str, &str)]) {
    for client in ["other", "machine"] {
        let answer = app.post("/token", &basic(client), form).await;
        assert!(answer.status == 400, "{client}: {}", answer.text());
    }
    let mut public = form.to_vec();
    public.push(("client_id", "spa"));
    app.post("/token", "", &public).await.assert_error(400, "invalid_grant");
}

#[tokio::test]
async fn a_code_presented_by_another_client_burns_and_revokes_nothing() {
    let app = App::new().await;
    let code = app.code("web", CALLBACK).await;
    let bare = [("grant_type", "authorization_code"), ("code", code.as_str())];
    let whole = [bare[0], bare[1], ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)];
    present_as_others(&app, &bare).await;
    present_as_others(&app, &whole).await;
    let tokens = app.redeem(&code).await;
    assert_eq!(tokens.status, 200, "its own client's: {}", tokens.text());
    present_as_others(&app, &bare).await;
    present_as_others(&app, &whole).await;
    assert!(app.is_active(&tokens.member("access_token")).await);
    assert_eq!(app.refresh(&tokens.member("refresh_token")).await.status, 200);
}

/// OAuth 2.1 §4.1.3: revoking is for a second request that would otherwise be answered.
#[tokio::test]
async fn a_code_in_an_invalid_request_burns_and_revokes_nothing() {
    let app = App::new().await;
    let code = app.code("web", CALLBACK).await;
    let wrong_verifier = "a-verifier-of-forty-three-characters-or-more-x";
    let try_all = async || {
        for (redirect_uri, verifier) in
            [(CALLBACK, wrong_verifier), ("https://web.example/other", VERIFIER), (CALLBACK, "")]
        {
            let form = [
                ("grant_type", "authorization_code"),
                ("code", code.as_str()),
                ("redirect_uri", redirect_uri),
                ("code_verifier", verifier),
            ];
            app.post("/token", &basic("web"), &form).await.assert_error(400, "invalid_grant");
        }
    };
    try_all().await;
    let tokens = app.redeem(&code).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
    try_all().await;
    assert!(app.is_active(&tokens.member("access_token")).await);
    app.redeem(&code).await.assert_error(400, "invalid_grant");
    assert!(!app.is_active(&tokens.member("access_token")).await, "that was a replay");
    app.refresh(&tokens.member("refresh_token")).await.assert_error(400, "invalid_grant");
}

#[tokio::test]
async fn a_refresh_token_presented_by_another_client_revokes_nothing() {
    let app = App::with_grace::<0>(MemoryStore::default()).await;
    let first = app.tokens().await.member("refresh_token");
    present_as_others(&app, &[("grant_type", "refresh_token"), ("refresh_token", &first)]).await;
    let second = app.refresh(&first).await.member("refresh_token");
    // Used: of its own client, that would be reuse.
    present_as_others(&app, &[("grant_type", "refresh_token"), ("refresh_token", &first)]).await;
    assert_eq!(app.refresh(&second).await.status, 200);
}

#[tokio::test]
async fn a_refresh_loop_is_slowed_down() {
    let world = World::new().await;
    let (looping, other) = (world.tokens_of("web", CALLBACK).await, world.tokens_of("web", CALLBACK).await);
    let mut token = looping.member("refresh_token");
    for round in 0..10 {
        let answer = world.app.refresh(&token).await;
        assert_eq!(answer.status, 200, "{round}: {}", answer.text());
        token = answer.member("refresh_token");
    }
    for _ in 0..3 {
        let answer = world.app.refresh(&token).await;
        assert!([429, 503].contains(&answer.status.as_u16()), "{} {}", answer.status, answer.text());
        assert_eq!(answer.member("error"), "temporarily_unavailable");
    }
    assert_eq!(world.app.refresh(&other.member("refresh_token")).await.status, 200, "nobody else waits");
    world.clock.advance(Duration::from_secs(1));
    let answer = world.app.refresh(&token).await;
    assert_eq!(answer.status, 200, "nothing was used up: {}", answer.text());
    assert_eq!(world.store.usage().refresh_tokens, 2 + 11 + 1, "a loop leaves no more behind");
}

#[tokio::test]
async fn a_scope_taken_from_the_client_is_gone_with_the_next_refresh() {
    let store = MemoryStore::default();
    let app = App::over(store.clone()).await;
    let params = [
        ("response_type", "code"),
        ("client_id", "web"),
        ("redirect_uri", CALLBACK),
        ("scope", "profile calendar"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let code = app.authorize(&params).await.params()["code"].clone();
    let tokens = app.redeem(&code).await;
    assert_eq!(tokens.member("scope"), "profile calendar");
    let mut web = Client::clone(&*store.client("web").await.unwrap().unwrap());
    web.scope = ScopeSet::parse("profile").unwrap();
    store.save_client(web.clone()).await.unwrap();
    let refreshed = app.refresh(&tokens.member("refresh_token")).await;
    assert_eq!(refreshed.member("scope"), "profile");
    let refresh = refreshed.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", &*refresh), ("scope", "calendar")];
    app.post("/token", &basic("web"), &form).await.assert_error(400, "invalid_scope");
    web.scope = ScopeSet::new();
    store.save_client(web.clone()).await.unwrap();
    app.refresh(&refresh).await.assert_error(400, "invalid_scope");
    // What was granted is not narrowed: an operator may change their mind.
    web.scope = ScopeSet::parse("profile calendar").unwrap();
    store.save_client(web).await.unwrap();
    assert_eq!(app.refresh(&refresh).await.member("scope"), "profile calendar");
}

/// The client revokes with a token of a time when they lived a day; the last of its family lives thirty.
#[tokio::test]
async fn a_revocation_outlives_its_tokens() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oauth.db");
    let store = SqliteStore::open(&file).await.unwrap();
    let app = App::over(store.clone()).await;
    let tokens = app.tokens().await;
    let hash = TokenHash::of(&tokens.member("refresh_token"));
    let now = UnixTime::now();
    let last = store.refresh_token(&hash, now).await.unwrap().unwrap();
    let old = Record { hash: TokenHash::of("old"), expires_at: now + DAY, ..last.clone() };
    assert_eq!(store.save_tokens(None, Some(old), now).await.unwrap(), Saving::Saved);
    assert_eq!(app.post("/revoke", &basic("web"), &[("token", "old")]).await.status, 200);
    app.refresh(&tokens.member("refresh_token")).await.assert_error(400, "invalid_grant");
    let options = SqliteConnectOptions::new().filename(&file);
    let mut raw = SqliteConnection::connect_with(&options).await.unwrap();
    let forgotten: i64 = sqlx::query_scalar("SELECT expires_at FROM oauth_revocations WHERE key = ?1")
        .bind(&Revocation::Family(last.authorization.family.unwrap()).key()[..])
        .fetch_one(&mut raw)
        .await
        .unwrap();
    assert!(u64::try_from(forgotten).unwrap() >= last.expires_at.as_secs());
}

/// Finds refresh tokens and forgets to look whose they are, and until when.
#[validator(custom)]
struct Careless {
    #[store]
    store: MemoryStore,
    found: Arc<Record>,
}

#[validator]
impl Careless {
    fn validate_refresh_token(&self, _: &str, _: &Client, _: &Request) -> Result<Record> {
        Ok(Record::clone(&self.found))
    }
}

#[tokio::test]
async fn an_overridden_hook_is_checked_again() {
    let now = UnixTime::now();
    let mut granted = Authorization::new("web", now);
    granted.subject = Some("alice".to_owned());
    granted.family = Some(oauth_core::store::FamilyId::random());
    let record = |expires_at| Record {
        hash: TokenHash::of("found"),
        authorization: Arc::new(granted.clone()),
        issued_at: now,
        expires_at,
        is_rotated: false,
    };
    for (expires_at, client, is_good) in
        [(now + DAY, "other", false), (UnixTime::from_secs(1), "web", false), (now + DAY, "web", true)]
    {
        let store = MemoryStore::default();
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        let found = Arc::new(record(expires_at));
        let saving = store.save_tokens(None, Some(record(now + DAY)), now).await.unwrap();
        assert_eq!(saving, Saving::Saved);
        let server: TestServer<_> = TestServer { validator: Careless { store, found } };
        let form = [("grant_type", "refresh_token"), ("refresh_token", "found")];
        let answer = App::of(server).post("/token", &basic(client), &form).await;
        if is_good {
            assert_eq!(answer.status, 200, "{}", answer.text());
        } else {
            answer.assert_error(400, "invalid_grant");
        }
    }
}

#[tokio::test]
async fn what_a_person_a_client_or_both_were_granted_ends_at_once() {
    let other = "https://other.example/cb";
    for (round, [web_lives, other_lives]) in
        [[false, false], [false, true], [false, true]].into_iter().enumerate()
    {
        let world = World::new().await;
        let of_web = world.tokens_of("web", CALLBACK).await;
        let of_other = world.tokens_of("other", other).await;
        let pending = world.app.code("web", CALLBACK).await;
        match round {
            0 => world.server.revoke_subject("alice").await.unwrap(),
            1 => world.server.revoke_client("web").await.unwrap(),
            _ => world.server.revoke_grant("alice", "web").await.unwrap(),
        }
        assert_eq!(world.is_alive("web", &of_web).await, web_lives, "{round}");
        assert_eq!(world.is_alive("other", &of_other).await, other_lives, "{round}");
        world.app.redeem(&pending).await.assert_error(400, "invalid_grant");
        // What is granted afterwards lives.
        world.clock.advance(Duration::from_secs(1));
        let later = world.tokens_of("web", CALLBACK).await;
        assert!(world.is_alive("web", &later).await, "{round}");
    }
}

#[tokio::test]
async fn a_revoked_client_has_no_tokens_of_its_own() {
    let world = World::new().await;
    let form = [("grant_type", "client_credentials")];
    let token = world.app.post("/token", &basic("machine"), &form).await.member("access_token");
    assert!(world.app.is_active(&token).await);
    world.server.revoke_client("machine").await.unwrap();
    assert!(!world.app.is_active(&token).await);
}

/// RFC 9700 §4.14.2: "Refresh tokens SHOULD expire if the client has been inactive for some time"; and who never is inactive
/// asks the person again after a year.
#[tokio::test]
async fn no_authorization_is_refreshed_for_ever() {
    let world = World::new().await;
    let mut token = world.tokens_of("web", CALLBACK).await.member("refresh_token");
    let mut days = 0;
    loop {
        world.clock.advance(29 * DAY);
        days += 29;
        let answer = world.app.refresh(&token).await;
        if answer.status != 200 {
            answer.assert_error(400, "invalid_grant");
            break;
        }
        assert!(days < 365, "after {days} days");
        token = answer.member("refresh_token");
    }
    assert!(days > 365 - 29, "it ended after {days} days");
}

#[tokio::test]
async fn a_record_of_a_newer_version_is_answered_503_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oauth.db");
    let app = App::over(SqliteStore::open(&file).await.unwrap()).await;
    let tokens = app.tokens().await;
    let code = app.code("web", CALLBACK).await;
    let mut raw = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(&file)).await.unwrap();
    for table in ["oauth_refresh_tokens", "oauth_access_tokens", "oauth_codes"] {
        let newer = format!("UPDATE {table} SET record = json_set(record, '$.v', 2, '$.unheard_of', 'x')");
        sqlx::query(sqlx::AssertSqlSafe(newer)).execute(&mut raw).await.unwrap();
    }
    let content = async |raw: &mut SqliteConnection| -> Vec<(String, i64)> {
        let query = sqlx::query_as("SELECT record, is_rotated FROM oauth_refresh_tokens");
        query.fetch_all(raw).await.unwrap()
    };
    let before = content(&mut raw).await;
    app.refresh(&tokens.member("refresh_token")).await.assert_error(503, "temporarily_unavailable");
    app.redeem(&code).await.assert_error(503, "temporarily_unavailable");
    let form = [("token", &*tokens.member("access_token"))];
    assert_eq!(app.post("/introspect", &basic("web"), &form).await.status, 503);
    assert_eq!(content(&mut raw).await, before);
}
