//! What is logged: causes, and no secrets. A process of its own, for its subscriber is the process's.

use std::io::Write;
use std::sync::{Arc, Mutex};

use oauth_tests::{App, CAUSE, Failing, Role, VERIFIER, basic, secret};

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

#[tokio::test]
async fn logs_hold_causes_and_no_secrets() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();

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

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains(CAUSE) && log.contains("no such client") && log.contains("used twice"), "{log}");
    assert!(log.contains("Token") && log.contains("status=200"), "the spans are there: {log}");
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
