//! Nothing that is secret is in an event, a line of the log or the audit table, whatever flow it is of.

use std::io::Write;
use std::sync::{Arc, Mutex};

use oauth_core::event::{All, Log};
use oauth_core::prelude::*;
use oauth_tests::{Role, VERIFIER, basic, secret};

use crate::visitor::{ALICE, Form, PASSWORD};
use crate::world::{BEARER, Seen, World};

/// What is logged, at every level.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Lines {
    /// All that this process logs from now on.
    fn started() -> Self {
        let lines = Self::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
            .with_writer(move || writer.clone())
            .with_ansi(false)
            .finish();
        tracing::subscriber::set_global_default(subscriber).unwrap();
        lines
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Does all that there is to do, well and badly; what was secret in it.
async fn everything(world: &mut World) -> Vec<(&'static str, String)> {
    let mut secrets = vec![
        ("client secret", secret().to_owned()),
        ("credentials", basic("app").replace("Basic ", "")),
        ("password", PASSWORD.to_owned()),
        ("wrong password", "Tr0ub4dor&3".to_owned()),
        ("mistyped user name", "my-password-by-mistake".to_owned()),
        ("code verifier", VERIFIER.to_owned()),
        ("wrong client secret", "a-guess-of-a-secret".to_owned()),
        ("unknown client", "https://who.example/nobody".to_owned()),
        ("unknown grant type", "grant-made-up".to_owned()),
        ("unknown scope", "scope-made-up".to_owned()),
        ("unknown token", "token-made-up".to_owned()),
    ];
    let mut keep = |what, text: String| secrets.push((what, text));

    world.visitor.log_in(ALICE, "Tr0ub4dor&3").await;
    world.visitor.log_in("my-password-by-mistake", PASSWORD).await;
    world.visitor.log_in("locked", PASSWORD).await;
    world.visitor.log_in_as_alice().await;
    let question = world.authorize().await;
    keep("CSRF token", Form::of(&question).hidden["csrf"].clone());
    world.visitor.submit(&question, &[("decision", "deny")]).await;
    let code = world.code().await;
    let tokens = world.redeem(&code).await;
    world.redeem(&code).await;
    keep("code", code);
    for what in ["access_token", "id_token", "refresh_token"] {
        keep(what, tokens.member(what));
    }
    let code = world.code().await;
    let first = world.redeem(&code).await.member("refresh_token");
    let second = world.refresh(&first).await.member("refresh_token");
    world.refresh(&first).await;
    world.refresh(&second).await;
    world.refresh(&first).await;
    keep("first refresh token", first);
    keep("second refresh token", second);

    let begun = world.begin_device().await;
    world.poll(&begun).await;
    world.poll(&begun).await;
    let form = world.visitor.get("/device").await;
    let question = world.visitor.submit(&form, &[("user_code", &begun.member("user_code"))]).await;
    world.visitor.submit(&question, &[("decision", "allow")]).await;
    keep("token of a device", world.poll(&begun).await.member("access_token"));
    keep("user code", begun.member("user_code"));
    keep("device code", begun.member("device_code"));

    let assertion = world.assertion();
    let form = [("grant_type", BEARER), ("assertion", assertion.as_str())];
    keep("token of an assertion", world.token(&form).await.member("access_token"));
    world.token(&form).await;
    keep("assertion", assertion);
    for password in [PASSWORD, "Tr0ub4dor&3"] {
        world.token(&[("grant_type", "password"), ("username", ALICE), ("password", password)]).await;
    }
    let token = world.machine().await.member("access_token");
    world.app.post("/introspect", &basic("app"), &[("token", &token)]).await;
    world.app.post("/introspect", &basic("app"), &[("token", "token-made-up")]).await;
    world.app.post("/revoke", &basic("app"), &[("token", &token)]).await;
    keep("token of a machine", token);
    let guess = [("client_id", "app"), ("client_secret", "a-guess-of-a-secret")];
    world.app.post("/token", "", &guess).await;
    world.app.post("/token", &basic("https://who.example/nobody"), &[]).await;
    world.token(&[("grant_type", "grant-made-up")]).await;
    world.token(&[("grant_type", "client_credentials"), ("scope", "scope-made-up")]).await;
    world.app.authorize(&[("client_id", "https://who.example/nobody")]).await;

    for (name, value) in &world.visitor.cookies {
        keep(if name.contains("session") { "session cookie" } else { "cookie" }, value.clone());
    }
    world.store.fail(Role::Tokens);
    world.machine().await;
    world.store.fail(Role::None);
    let page = world.visitor.get("/logout").await;
    world.visitor.submit(&page, &[]).await;
    world.visitor.get("/end_session?client_id=app").await;
    secrets
}

/// Anyone who reads the log, the table or what an observer made of it can do nothing with it.
#[tokio::test]
async fn nothing_secret_is_told() {
    let lines = Lines::started();
    let directory = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(directory.path().join("audit.db")).await.unwrap();
    let (seen, table) = (Seen::default(), store.audit());
    let observers = All::of(Log).and(seen.clone()).and(table.clone());
    let mut world = World::told_to(observers, seen.clone()).await;
    let secrets = everything(&mut world).await;
    table.flush().await.unwrap();

    let events = seen.take();
    let kept = table.events(None, 1000).await.unwrap();
    assert_eq!(kept.items.len(), events.len());
    let log = lines.text();
    for told in &events {
        let line = format!("event=\"{}\"", told.kind);
        assert!(log.lines().any(|it| it.contains("INFO") && it.contains(&line)), "{line} is no line at info");
    }
    let kinds: std::collections::BTreeSet<_> = events.iter().map(|told| told.kind.as_str()).collect();
    assert!(kinds.len() > 25, "the scenario is whole: {kinds:?}");
    let told: Vec<_> = events.iter().map(|told| told.text.as_str()).collect();
    let told = told.join("\n");
    let kept = format!("{:?}", kept.items);
    for (what, secret) in &secrets {
        assert!(secret.len() > 7, "the {what} is too short to be looked for: {secret}");
        assert!(!told.contains(secret), "an event has the {what}");
        assert!(!kept.contains(secret), "the table has the {what}");
        let is_info = |line: &&str| line.contains("oauth_core::audit");
        assert!(!log.lines().filter(is_info).any(|line| line.contains(secret)), "the log has the {what}");
        // What a stranger named is in the log for who looks for causes, at the level `debug`.
        let is_named = ["unknown client"].contains(what);
        assert!(is_named || !log.contains(secret), "the log has the {what}: {log}");
    }
}
