//! A store failure is a failure, its cause is for the log, and no log holds a secret.

use std::io::Write;
use std::sync::{Arc, Mutex};

use oauth_tests::{Answer, App, CAUSE, Failing, Role, VERIFIER, basic, secret};

const CALLBACK: &str = "https://web.example/cb";

#[track_caller]
fn assert_server_error(answer: &Answer) {
    answer.assert_error(500, "server_error");
    assert!(!answer.text().contains(CAUSE), "{}", answer.text());
}

#[tokio::test]
async fn a_failing_store_is_500_and_never_not_found() {
    let store = Failing::default();
    let app = App::over(store.clone()).await;
    let code = app.code("web", CALLBACK).await;
    let tokens = app.tokens().await;
    let (access, refresh) = (tokens.member("access_token"), tokens.member("refresh_token"));
    let grant = [("grant_type", "client_credentials")];

    store.fail(Role::Clients);
    assert_server_error(&app.post("/token", &basic("machine"), &grant).await);
    assert_server_error(&app.post("/token", &basic("nobody"), &grant).await);
    let page = app.authorize(&[("client_id", "web")]).await;
    page.assert_page(500);
    assert!(!page.text().contains(CAUSE), "{}", page.text());

    store.fail(Role::Codes);
    assert_server_error(&app.redeem(&code).await);

    store.fail(Role::Tokens);
    assert_server_error(&app.post("/token", &basic("machine"), &grant).await);
    assert_server_error(&app.refresh(&refresh).await);
    for path in ["/introspect", "/revoke"] {
        assert_server_error(&app.post(path, &basic("web"), &[("token", &access)]).await);
    }
}

#[tokio::test]
async fn rfc6749_section_4_1_2_1_a_failure_behind_a_valid_redirect_uri_goes_there() {
    let store = Failing::default();
    let app = App::over(store.clone()).await;
    store.fail(Role::Codes);
    let params = [
        ("response_type", "code"),
        ("client_id", "web"),
        ("code_challenge", oauth_tests::CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let answer = app.authorize(&params).await;
    answer.assert_redirected_error(CALLBACK, "server_error");
    assert!(!answer.location().to_string().contains(CAUSE));
}

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
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

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
