//! Figures, by the names that are documented.

use std::collections::BTreeMap;
use std::time::Duration;

use http::Request;
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};
use oauth_core::clock::Clock;
use oauth_core::event::{Event, EventKind, Metrics, Observer as _};
use oauth_core::keys::{Keks, KeyPolicy, StoredKeys};
use oauth_core::prelude::*;
use oauth_core::store::KeyStore as _;
use oauth_core::time::UnixTime;
use oauth_tests::{Role, basic};

use crate::visitor::{ALICE, PASSWORD};
use crate::world::{Seen, World};

/// Reads what was counted since it was read last; of a histogram, how often.
fn figures(snapshotter: &Snapshotter) -> BTreeMap<String, i64> {
    let snapshot = snapshotter.snapshot().into_vec();
    let read = snapshot.into_iter().map(|(key, _, _, value)| {
        let key = key.key();
        let labels: Vec<_> = key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
        #[expect(clippy::cast_possible_truncation, reason = "they are whole, and few")]
        let value = match value {
            DebugValue::Counter(count) => i64::try_from(count).unwrap(),
            DebugValue::Gauge(gauge) => gauge.into_inner() as i64,
            DebugValue::Histogram(values) => i64::try_from(values.len()).unwrap(),
        };
        (format!("{}{{{}}}", key.name(), labels.join(",")), value)
    });
    read.collect()
}

#[tokio::test]
async fn a_running_server_counts() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let mut world = World::told_to(Metrics::new(), Seen::default()).await;
    world.visitor.log_in(ALICE, "wrong").await;
    world.visitor.log_in("locked", PASSWORD).await;
    world.visitor.log_in_as_alice().await;
    let code = world.code().await;
    let first = world.redeem(&code).await.member("refresh_token");
    let second = world.refresh(&first).await.member("refresh_token");
    world.refresh(&first).await;
    world.refresh(&second).await;
    world.refresh(&first).await;
    let code = world.code().await;
    world.redeem(&code).await;
    world.redeem(&code).await;
    world.machine().await;
    world.token(&[("grant_type", "client_credentials"), ("scope", "unknown")]).await;
    world.token(&[("grant_type", "made up")]).await;
    for _ in 0..31 {
        let form = [("client_id", "app"), ("client_secret", "wrong")];
        world.app.post("/token", "", &form).await;
    }
    world.store.fail(Role::Clients);
    world.app.from("198.51.100.8").post("/token", &basic("app"), &[]).await;
    // Of what a stranger makes up there is one line.
    for method in ["BREW", "WHEN"] {
        world.app.send(Request::builder().method(method).uri("/token"), "").await;
    }

    let figures = figures(&snapshotter);
    for (name, value) in [
        ("oauth.login{outcome=failed}", 1),
        ("oauth.login{outcome=refused}", 1),
        ("oauth.login{outcome=succeeded}", 1),
        ("oauth.code{outcome=issued}", 2),
        ("oauth.code{outcome=redeemed}", 2),
        ("oauth.code{outcome=replayed}", 1),
        ("oauth.refresh{outcome=rotated}", 2),
        ("oauth.refresh{outcome=retried}", 1),
        ("oauth.refresh{outcome=reused}", 1),
        ("oauth.tokens.issued{grant_type=authorization_code,kind=access_token}", 2),
        ("oauth.tokens.issued{grant_type=authorization_code,kind=refresh_token}", 2),
        ("oauth.tokens.issued{grant_type=authorization_code,kind=id_token}", 2),
        ("oauth.tokens.issued{grant_type=refresh_token,kind=refresh_token}", 3),
        ("oauth.tokens.issued{grant_type=client_credentials,kind=access_token}", 1),
        ("oauth.token.errors{grant_type=client_credentials,error.type=invalid_scope}", 1),
        ("oauth.token.errors{grant_type=unknown,error.type=unsupported_grant_type}", 1),
        ("oauth.client.auth{method=client_secret_post,outcome=failed}", 30),
        ("oauth.limit.denied{rule=client_secret}", 1),
        ("oauth.store.errors{}", 1),
        (
            "http.server.request.duration{http.route=/token,http.request.method=_OTHER,http.response.status_code=405}",
            2,
        ),
        (
            "http.server.request.duration{http.route=/login,http.request.method=POST,http.response.status_code=303}",
            1,
        ),
        ("http.server.active_requests{http.request.method=POST}", 0),
    ] {
        assert_eq!(figures.get(name), Some(&value), "{name} in {figures:#?}");
    }
    let text = format!("{figures:?}");
    for unwanted in ["made up", "BREW", "client_id", "=app", "subject"] {
        assert!(!text.contains(unwanted), "{unwanted} is no label: {figures:#?}");
    }
}

/// A request whose caller goes away is under way no more.
#[tokio::test]
async fn a_request_that_is_given_up_is_not_active() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let world = World::told_to(Metrics::new(), Seen::default()).await;
    let active = "http.server.active_requests{http.request.method=POST}";

    let request = Request::post("/token").header("content-type", "application/x-www-form-urlencoded");
    let mut asked = Box::pin(world.app.send(request, axum::body::Body::new(Never)));
    let poll =
        std::future::poll_fn(|context| std::task::Poll::Ready(asked.as_mut().poll(context).is_ready()));
    assert!(!poll.await);
    assert_eq!(figures(&snapshotter)[active], 1);
    drop(asked);
    let figures = figures(&snapshotter);
    assert_eq!(figures[active], -1, "it is one less than it was");
    assert!(!figures.keys().any(|name| name.starts_with("http.server.request.duration")), "{figures:?}");
}

/// A body that never comes.
struct Never;

impl http_body::Body for Never {
    type Data = bytes::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

/// What no request is asked for: of keys and stores, by the recorder of the process.
#[tokio::test]
async fn keys_and_stores_are_measured() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    recorder.install().unwrap();
    let directory = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(directory.path().join("oauth.db")).await.unwrap();
    let kek = Keks::parse("a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
    let clock = Clock::manual();
    let policy = KeyPolicy::new([Algorithm::ES256]).clock(clock.clone());
    let keys = StoredKeys::open(store.clone(), kek, policy).await.unwrap();
    clock.advance(Duration::from_secs(30));
    keys.reload().await.unwrap();
    #[cfg(feature = "interop")]
    {
        PostgresStore::connect(&oauth_tests::postgres::database()).await.unwrap().keys().await.unwrap();
        ValkeyStore::connect(&oauth_tests::valkey::url()).await.unwrap().keys().await.unwrap();
    }
    store.close().await;
    store.keys().await.unwrap_err();
    let figures = figures(&snapshotter);
    assert_eq!(figures["oauth.key.age{alg=ES256}"], 30);
    assert!(figures["oauth.store.batch.size{}"] > 0, "{figures:#?}");
    assert!(figures.contains_key("oauth.store.queue{}"), "{figures:#?}");
    for labels in [
        "db.system.name=sqlite,db.operation.name=add a key",
        "db.system.name=sqlite,db.operation.name=read the keys",
        "db.system.name=sqlite,db.operation.name=read the keys,error.type=_OTHER",
        #[cfg(feature = "interop")]
        "db.system.name=postgresql,db.operation.name=read the keys",
        #[cfg(feature = "interop")]
        "db.system.name=redis,db.operation.name=read the keys",
    ] {
        let name = format!("db.client.operation.duration{{{labels}}}");
        assert!(figures.get(&name).is_some_and(|count| *count > 0), "{name} in {figures:#?}");
    }
}

/// Values that come without end, by a mistake of an application, do not fill the memory.
#[test]
fn labels_have_an_end() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let metrics = metrics::with_local_recorder(&recorder, || {
        let metrics = Metrics::new();
        for number in 0..1100 {
            let name: &'static str = format!("grant-{number}").leak();
            let grant_type = oauth_core::client::GrantType::from_static(name);
            let mut event = Event::new(EventKind::TokenError, UnixTime::now());
            event.grant_type = Some(&grant_type);
            metrics.on(&event);
        }
        metrics
    });
    drop(metrics);
    let of_errors = |name: &&String| name.starts_with("oauth.token.errors");
    assert_eq!(figures(&snapshotter).keys().filter(of_errors).count(), 1000);
}
