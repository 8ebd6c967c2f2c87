//! The log: causes, and no secrets. A process of its own, for its subscriber is the process's.

mod generators;
mod keys;
mod maintenance;
mod nested;

use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Accounts, App, CAUSE, Failing, Role, TestServer, VERIFIER, basic, clients, secret};

const CALLBACK: &str = "https://web.example/cb";

/// Everything that is logged, at every level.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// The log from now on, by all tests together: the subscriber is the process's.
    fn started() -> &'static Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        LOG.get_or_init(|| {
            let log = Self::default();
            let writer = log.clone();
            let subscriber = tracing_subscriber::fmt()
                .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
                .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
                .with_writer(move || writer.clone())
                .with_ansi(false)
                .finish();
            tracing::subscriber::set_global_default(subscriber).unwrap();
            log
        })
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// A validator whose hooks meet errors of others.
#[validator(custom)]
struct Broken {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Broken {
    async fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        let cause = std::io::Error::other("row 17 of tenants is torn");
        Err(std::io::Error::new(std::io::ErrorKind::InvalidData, DatabaseError(cause)))?;
        Ok(())
    }
}

#[derive(Debug)]
struct DatabaseError(std::io::Error);

impl std::fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("tenant db unreachable")
    }
}

impl std::error::Error for DatabaseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[tokio::test]
async fn the_cause_of_any_error_in_a_hook_is_in_the_log_and_not_on_the_wire() {
    let log = Log::started();
    let store = MemoryStore::new();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let app = App::of(TestServer::<_, 10> { validator: Broken { store } });
    let answer = app.post("/token", &basic("web"), &[("grant_type", "client_credentials")]).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (500, r#"{"error":"server_error"}"#));
    let log = log.text();
    assert!(log.contains("tenant db unreachable: row 17 of tenants is torn"), "the whole chain: {log}");
}

#[tokio::test]
async fn logs_hold_causes_and_no_secrets() {
    let log = Log::started();
    let store = Failing::default();
    let app = App::over(store.clone()).await;
    let code = app.code("web", CALLBACK).await;
    let tokens = app.redeem(&code).await;
    let (access, refresh) = (tokens.member("access_token"), tokens.member("refresh_token"));
    let next = app.refresh(&refresh).await.member("refresh_token");
    app.redeem(&code).await;
    app.post("/token", &basic("nobody"), &[("grant_type", "client_credentials")]).await;
    app.post("/token", "", &[("client_id", "web"), ("client_secret", secret())]).await;
    store.fail(Role::Tokens);
    app.post("/introspect", &basic("web"), &[("token", &access)]).await;

    let log = log.text();
    assert!(log.contains(CAUSE) && log.contains("no such client") && log.contains("family.revoked"), "{log}");
    for event in ["token.issued", "token.error", "client_auth.failed", "code.replayed", "family.revoked"] {
        assert!(log.contains(&format!("event=\"{event}\"")), "{event}: {log}");
    }
    assert!(log.contains("token_endpoint") && log.contains("status=200"), "the spans are there: {log}");
    for (what, value) in [
        ("secret", secret()),
        ("code", &code),
        ("verifier", VERIFIER),
        ("access", &access),
        ("refresh", &refresh),
        ("next", &next),
    ] {
        assert!(!log.contains(value), "the log holds the {what}: {log}");
    }
}

/// Keys and password hashes are for whoever runs the server.
#[cfg(unix)]
#[tokio::test]
async fn a_file_of_secrets_that_others_can_read_is_in_the_log() {
    use std::os::unix::fs::PermissionsExt as _;

    let log = Log::started();
    let directory = tempfile::tempdir().unwrap();
    let (key, database) = (directory.path().join("server.key.pem"), directory.path().join("oauth.db"));
    let open = async || {
        KeyRing::load_or_generate(&key, Algorithm::ES256).unwrap();
        SqliteStore::open(&database).await.unwrap().close().await;
    };
    open().await;
    open().await;
    assert!(!log.text().contains("can read or change"), "what the framework makes is its owner's");
    for (file, mode) in [(&key, 0o644), (&database, 0o660)] {
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    open().await;
    let log = log.text();
    for (file, holds, mode) in [(&key, "a private key", "644"), (&database, "password hashes", "660")] {
        let line =
            log.lines().find(|line| line.contains(&format!("can read or change `{}`", file.display())));
        let line = line.unwrap_or_else(|| panic!("{}: {log}", file.display()));
        assert!(
            line.contains("WARN") && line.contains(holds) && line.contains(&format!("mode {mode}")),
            "{line}"
        );
    }
}

#[tokio::test]
async fn a_stranger_writes_no_line_of_the_log() {
    let log = Log::started();
    let forged = "x\nevent=\"token.issued\" client_id=\"bank\"";
    App::new().await.post("/token", "", &[("grant_type", forged)]).await.assert_error(401, "invalid_client");
    assert!(!log.text().contains("client_id=\"bank\""), "{}", log.text());
}

/// Each instance counts for itself then: somebody should know, and not be told with each guess.
#[tokio::test]
async fn a_store_that_cannot_count_guesses_is_in_the_log_once_a_minute() {
    let log = Log::started();
    let store = Failing::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    store.fail(Role::Limits);
    let clock = Clock::manual();
    let server = TestServer::<_, 10> { validator: Accounts(store) };
    let app = App::in_environment(server, Environment::new().clock(clock.clone())).from("198.51.100.1");
    let guess = || app.post("/token", "Basic d2ViOndyb25n", &[("grant_type", "client_credentials")]);
    let lines = || log.text().matches("guesses are limited by each instance for itself").count();
    for _ in 0..30 {
        guess().await.assert_error(401, "invalid_client");
    }
    guess().await.assert_error(429, "temporarily_unavailable");
    assert_eq!(lines(), 1);
    assert!(log.text().contains(CAUSE));
    clock.advance(Duration::from_mins(1));
    guess().await.assert_error(401, "invalid_client");
    assert_eq!(lines(), 2);
}
