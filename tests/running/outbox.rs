//! OIDC Back-Channel Logout §2.5: each client of an ended session hears of it at least once, whatever dies meanwhile.

use std::collections::BTreeSet;
use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::event::EventKind;
use oauth_core::prelude::*;
use oauth_core::store::LogoutNotice;
use oauth_core::time::UnixTime;

use crate::provider::{Everything, Instance, log_in};
use crate::receiver::{Answer, Receiver};
use crate::world::until;

macro_rules! over_stores {
    ($($case:ident),* $(,)?) => {
        mod memory {
            $(
                #[tokio::test]
                async fn $case() {
                    super::$case(oauth_core::store::MemoryStore::new()).await;
                }
            )*
        }
        mod sqlite {
            $(
                #[tokio::test]
                async fn $case() {
                    let folder = tempfile::tempdir().unwrap();
                    let store = oauth_core::store::SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
                    super::$case(store).await;
                }
            )*
        }
        #[cfg(feature = "interop")]
        mod postgres {
            $(
                #[tokio::test]
                async fn $case() {
                    let url = oauth_tests::postgres::database();
                    super::$case(oauth_core::store::PostgresStore::connect(&url).await.unwrap()).await;
                }
            )*
        }
        #[cfg(feature = "interop")]
        mod valkey {
            $(
                #[tokio::test]
                async fn $case() {
                    use oauth_tests::valkey;
                    let store = oauth_core::store::ValkeyStore::connect(&valkey::url()).await.unwrap();
                    super::$case(store.prefix(&valkey::prefix())).await;
                }
            )*
        }
    };
}

over_stores!(
    a_client_that_fails_is_told_again_with_another_token,
    a_client_that_never_takes_it_is_given_up_after_a_day,
    a_slow_client_is_not_waited_for_and_told_again,
    a_client_that_is_gone_is_forgotten,
    two_instances_tell_each_client_once_and_never_at_once,
    an_instance_whose_clock_is_ahead_leaves_what_another_does,
    a_client_that_never_answers_holds_up_no_other,
    a_client_is_told_of_many_logouts_a_few_at_a_time,
    whom_the_store_signs_out_by_itself_their_clients_hear_of_it,
    all_sessions_of_a_person_end_with_their_notices,
    an_expired_session_tells_nobody,
    a_maintained_instance_tells_by_itself,
);

async fn a_client_that_fails_is_told_again_with_another_token<S: Everything>(store: S) {
    let (receiver, instance) = (Receiver::new().await, Instance::over(&store));
    log_in(&store, &receiver, "alice", &["web", "app"]).await;
    receiver.answers("web", [Answer::Status(500)]);
    instance.server.sign_out_everywhere("alice").await.unwrap();
    assert_eq!((receiver.told("web").len(), receiver.told("app").len()), (1, 1));
    assert_eq!(instance.deliver().await, 0, "it is not time yet");
    instance.advance(5);
    assert_eq!(instance.deliver().await, 1);
    let told = receiver.told("web");
    assert_eq!((told.len(), receiver.told("app").len()), (2, 1));
    assert_ne!(told[0]["jti"], told[1]["jti"]);
    assert_eq!(told[1]["iat"], told[0]["iat"].as_u64().unwrap() + 5, "it is signed anew");
    for claim in ["iss", "sub", "aud", "sid", "events"] {
        assert_eq!(told[0][claim], told[1][claim], "{claim}");
    }
    instance.advance(100_000);
    assert_eq!(instance.deliver().await, 0, "who was told is told no more");
    let counts =
        [EventKind::BackChannelDelivered, EventKind::BackChannelFailed, EventKind::BackChannelGivenUp]
            .map(|kind| instance.events.count(kind));
    assert_eq!(counts, [2, 1, 0]);
}

async fn a_client_that_never_takes_it_is_given_up_after_a_day<S: Everything>(store: S) {
    let (receiver, instance) = (Receiver::new().await, Instance::over(&store));
    log_in(&store, &receiver, "alice", &["web"]).await;
    receiver.answers("web", [Answer::Status(503); 100]);
    instance.server.sign_out_everywhere("alice").await.unwrap();
    for (attempt, pause) in [5, 30, 120, 600, 3600, 3600].into_iter().enumerate() {
        instance.advance(pause - 1);
        assert_eq!(instance.deliver().await, 0, "{pause} s have not passed");
        instance.advance(1);
        assert_eq!(instance.deliver().await, 1);
        assert_eq!(receiver.told("web").len(), attempt + 2);
    }
    for _ in 0..30 {
        instance.advance(3600);
        instance.deliver().await;
    }
    assert_eq!(receiver.told("web").len(), 1 + 4 + 23, "hourly, for as long as a day has hours left");
    assert_eq!(instance.events.count(EventKind::BackChannelGivenUp), 1);
}

async fn a_slow_client_is_not_waited_for_and_told_again<S: Everything>(store: S) {
    let receiver = Receiver::new().await;
    // The other one answers within it, also where the machine does much else.
    let instance = Instance::new(&store, Clock::manual(), Duration::from_secs(2));
    log_in(&store, &receiver, "alice", &["web", "slow"]).await;
    receiver.answers("slow", [Answer::Never]);
    let signing_out = instance.server.sign_out_everywhere("alice");
    tokio::time::timeout(Duration::from_secs(20), signing_out).await.expect("it is not waited for").unwrap();
    instance.advance(5);
    assert_eq!(instance.deliver().await, 1);
    assert_eq!((receiver.told("web").len(), receiver.told("slow").len()), (1, 2));
    instance.advance(100_000);
    assert_eq!(instance.deliver().await, 0);
}

async fn a_client_that_is_gone_is_forgotten<S: Everything>(store: S) {
    let (receiver, instance) = (Receiver::new().await, Instance::over(&store));
    log_in(&store, &receiver, "alice", &["web"]).await;
    // It hears of logouts no longer, and another never was.
    let deaf = Client::public("web").redirect_uri("https://app.example/cb").scope("openid");
    store.save_client(deaf.build().unwrap()).await.unwrap();
    store
        .add_session_client(&oauth_core::secret::TokenHash::of("alice"), "gone", UnixTime::now())
        .await
        .unwrap();
    instance.server.sign_out_everywhere("alice").await.unwrap();
    instance.advance(100_000);
    assert_eq!(instance.deliver().await, 0);
    assert!(receiver.told("web").is_empty());
    assert_eq!(instance.events.count(EventKind::BackChannelFailed), 0);
}

async fn two_instances_tell_each_client_once_and_never_at_once<S: Everything>(store: S) {
    let receiver = Receiver::new().await;
    let (one, other) = (Instance::over(&store), Instance::over(&store));
    let clients: Vec<_> = (0..100).map(|number| format!("client-{number}")).collect();
    let clients: Vec<_> = clients.iter().map(String::as_str).collect();
    log_in(&store, &receiver, "alice", &clients).await;
    for client in &clients {
        receiver.answers(client, [Answer::Status(500)]);
    }
    one.server.sign_out_everywhere("alice").await.unwrap();
    one.advance(5);
    other.advance(5);
    let (by_one, by_other) = tokio::join!(one.deliver(), other.deliver());
    assert_eq!(by_one + by_other, 100, "{by_one} and {by_other}");
    assert!(clients.iter().all(|client| receiver.told(client).len() == 2));
    assert_eq!(receiver.most_at_once(), 1);
}

async fn an_instance_whose_clock_is_ahead_leaves_what_another_does<S: Everything>(store: S) {
    let receiver = Receiver::new().await;
    let (one, ahead) = (Instance::over(&store), Instance::over(&store));
    log_in(&store, &receiver, "alice", &["web"]).await;
    receiver.answers("web", [Answer::Never]);
    // A minute, and as long as an attempt may take.
    ahead.advance(60 + 20);
    let mut signing_out = std::pin::pin!(one.server.sign_out_everywhere("alice"));
    tokio::select! {
        _ = &mut signing_out => panic!("it is still waited for"),
        () = receiver.wait("web", 1) => {}
    }
    assert_eq!(ahead.deliver().await, 0);
    ahead.advance(15);
    assert_eq!((ahead.deliver().await, receiver.told("web").len()), (1, 2), "by now it must have failed");
}

/// Ends the sessions of many people at a client, whom nobody tells of it at once.
async fn many_log_out<S: Everything>(store: &S, receiver: &Receiver, client: &str) {
    let now = UnixTime::now();
    for number in 0..100 {
        let subject = format!("person {number} at {client}");
        log_in(store, receiver, &subject, &[client]).await;
        assert_eq!(store.end_sessions_with_notices(&subject, now, now).await.unwrap().len(), 1);
    }
}

async fn a_client_that_never_answers_holds_up_no_other<S: Everything>(store: S) {
    let (silent, receiver) = (Receiver::new().await, Receiver::new().await);
    let instance = Instance::over(&store);
    silent.answers("silent", [Answer::Never; 100]);
    many_log_out(&store, &silent, "silent").await;
    let clients: Vec<_> = (0..20).map(|number| format!("client-{number}")).collect();
    let clients: Vec<_> = clients.iter().map(String::as_str).collect();
    log_in(&store, &receiver, "alice", &clients).await;
    let now = UnixTime::now();
    store.end_sessions_with_notices("alice", now, now + Duration::from_secs(1)).await.unwrap();
    instance.advance(2 + now.since(instance.clock.now()).as_secs());

    let others_are_told = async {
        for client in clients {
            receiver.wait(client, 1).await;
        }
    };
    let mut delivering = std::pin::pin!(instance.deliver());
    tokio::select! {
        _ = &mut delivering => panic!("it still waits for an answer"),
        () = others_are_told => {}
    }
    assert_eq!(instance.events.count(EventKind::BackChannelFailed), 0, "they did not wait for it");
    assert_eq!(silent.told("silent").len(), 4);
    // What it is not told is put off like what failed at the second attempt.
    let later = instance.clock.now() + Duration::from_secs(30);
    let mut put_off = 0;
    let all_others_are_put_off = until("that they are put off", async || {
        put_off += store.due_logouts(later, later + LogoutNotice::LEASE, 100).await.unwrap().len();
        put_off == 96
    });
    tokio::select! {
        _ = &mut delivering => panic!("it still waits for an answer"),
        () = all_others_are_put_off => {}
    }
}

async fn a_client_is_told_of_many_logouts_a_few_at_a_time<S: Everything>(store: S) {
    let (receiver, instance) = (Receiver::new().await, Instance::over(&store));
    many_log_out(&store, &receiver, "web").await;
    instance.advance(10);
    assert_eq!(instance.deliver().await, 100);
    assert_eq!((receiver.told("web").len(), receiver.most_at_once()), (100, 4));
}

/// RFC 9700 §4.14.2: a password change ends what there is, and so does the end of an account.
async fn whom_the_store_signs_out_by_itself_their_clients_hear_of_it<S: Everything>(store: S) {
    let receiver = Receiver::new().await;
    let instance = Instance::over(&store);
    for (subject, client) in [("alice", "web"), ("bob", "app"), ("carol", "other")] {
        store
            .save_user(User::new(subject, subject).with_password("a password of theirs").unwrap())
            .await
            .unwrap();
        log_in(&store, &receiver, subject, &[client]).await;
    }
    let alice = store.user("alice").await.unwrap().unwrap();
    store.save_user(alice.clone()).await.unwrap();
    instance.advance(60);
    assert_eq!(instance.deliver().await, 0, "the same password is nothing");
    store.save_user(alice.with_password("another password").unwrap()).await.unwrap();
    assert!(store.delete_user("bob").await.unwrap());
    assert_eq!(instance.deliver().await, 2);
    let told = ["web", "app", "other"].map(|client| receiver.told(client).len());
    assert_eq!(told, [1, 1, 0]);
    assert_eq!(receiver.told("web")[0]["sub"], "alice");
}

async fn all_sessions_of_a_person_end_with_their_notices<S: Everything>(store: S) {
    let (receiver, instance) = (Receiver::new().await, Instance::over(&store));
    log_in(&store, &receiver, "alice", &["web", "app"]).await;
    let now = UnixTime::now();
    let ended = store.end_sessions_with_notices("alice", now, now + Duration::from_secs(30)).await.unwrap();
    assert_eq!(ended.len(), 1);
    assert!(store.end_sessions_with_notices("alice", now, now).await.unwrap().is_empty());
    instance.advance(29);
    assert_eq!(instance.deliver().await, 0, "whoever ended it has it");
    instance.advance(5);
    let due = store
        .due_logouts(instance.clock.now(), instance.clock.now() + Duration::from_secs(30), 1)
        .await
        .unwrap();
    assert_eq!((due.len(), due[0].attempts), (1, 2));
    assert_eq!(instance.deliver().await, 1, "the other");
    // Whose lease was over finds that someone else has taken it up.
    instance.advance(30);
    let late = &due[0];
    let again = store
        .due_logouts(instance.clock.now(), instance.clock.now() + Duration::from_secs(30), 9)
        .await
        .unwrap();
    store.retry(late, instance.clock.now()).await.unwrap();
    assert_eq!((again.len(), instance.deliver().await), (1, 0));
    store.told(&again[0]).await.unwrap();
    instance.advance(100);
    assert_eq!(instance.deliver().await, 0);
}

async fn an_expired_session_tells_nobody<S: Everything>(store: S) {
    let (receiver, instance) = (Receiver::new().await, Instance::over(&store));
    log_in(&store, &receiver, "alice", &["web"]).await;
    instance.advance(101 * 3600);
    instance.server.sign_out_everywhere("alice").await.unwrap();
    instance.advance(3600);
    assert_eq!(instance.deliver().await, 0);
    assert!(receiver.told("web").is_empty());
}

async fn a_maintained_instance_tells_by_itself<S: Everything>(store: S) {
    let (receiver, instance) = (Receiver::new().await, Instance::over(&store));
    log_in(&store, &receiver, "alice", &["web"]).await;
    receiver.answers("web", [Answer::Status(500)]);
    instance.server.sign_out_everywhere("alice").await.unwrap();
    instance.advance(5);
    let server = instance.server.clone();
    let maintained = tokio::spawn(async move { server.maintain().await });
    receiver.wait("web", 2).await;
    until("the delivery", async || instance.events.count(EventKind::BackChannelDelivered) == 1).await;
    maintained.abort();
}

/// The process dies after it ended the session and before the client has answered.
async fn killed<S: Everything>(url: &str, open: impl AsyncFn() -> S) {
    let receiver = Receiver::new().await;
    log_in(&open().await, &receiver, "alice", &["web", "app"]).await;
    receiver.answers("web", [Answer::Never]);
    let mut process = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "outbox::the_process_that_is_killed", "--ignored"])
        .env(STORE, url)
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    receiver.wait("web", 1).await;
    // SIGKILL.
    process.kill().unwrap();
    process.wait().unwrap();
    let store = open().await;
    assert!(store.end_sessions_of("alice", UnixTime::now()).await.unwrap().is_empty(), "it has ended");
    let clock = Clock::manual();
    let instance = Instance::new(&store, clock.clone(), Duration::from_secs(30));
    assert_eq!(instance.deliver().await, 0, "nobody knows yet that it is dead");
    instance.advance(LogoutNotice::LEASE.as_secs() + 1);
    assert!(instance.deliver().await >= 1);
    assert_eq!(receiver.told("web").len(), 2);
    let jti: BTreeSet<_> = receiver.told("web").iter().map(|claims| claims["jti"].to_string()).collect();
    assert_eq!(jti.len(), 2);
    assert!(!receiver.told("app").is_empty());
}

const STORE: &str = "OAUTH_TESTS_OUTBOX";

#[tokio::test]
async fn another_instance_tells_what_a_killed_one_did_not_over_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oauth.db");
    killed(file.to_str().unwrap(), async || SqliteStore::open(&file).await.unwrap()).await;
}

#[cfg(feature = "interop")]
#[tokio::test]
async fn another_instance_tells_what_a_killed_one_did_not_over_postgres() {
    let url = oauth_tests::postgres::database();
    killed(&url, async || PostgresStore::connect(&url).await.unwrap()).await;
}

#[tokio::test]
#[ignore = "it is the process that others kill"]
async fn the_process_that_is_killed() {
    async fn run<S: Everything>(store: S) {
        let instance = Instance::new(&store, Clock::system(), Duration::from_mins(2));
        instance.server.sign_out_everywhere("alice").await.unwrap();
    }
    let url = std::env::var(STORE).unwrap();
    #[cfg(feature = "interop")]
    if url.starts_with("postgres://") {
        return run(PostgresStore::connect(&url).await.unwrap()).await;
    }
    run(SqliteStore::open(url).await.unwrap()).await;
}
