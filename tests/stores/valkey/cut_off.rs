//! A server that is cut off, full or gone.

use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::store::{
    Attempt, CodeStore, DeviceDecision, DeviceStore, FamilyId, Ready, ReplayStore, SessionStore,
};
use oauth_core::time::UnixTime;
use oauth_tests::valkey::{Server, cluster, node, prefix, url};

use super::assert_passes;
use crate::support::{after, device, grant, hash, now, past, scopes, session};

/// A server that was restarted has no scripts.
#[tokio::test]
async fn a_script_that_the_server_forgot_is_sent_again() {
    let server = Server::start(&[]);
    let store = ValkeyStore::connect(&server.url()).await.unwrap();
    for _ in 0..2 {
        let id = hash(&FamilyId::random().to_string());
        assert!(store.claim_replay_id(&id, Attempt::random(), after(now(), 60), now()).await.unwrap());
        assert_eq!(server.ask(&["script", "flush"]), "OK");
    }
}

#[tokio::test]
async fn what_is_cut_off_is_sent_again() {
    let server = Server::start(&[]);
    let store = ValkeyStore::connect(&server.url()).await.unwrap();
    for name in ["a", "b", "c"] {
        store.save_user(User::new(name, name)).await.unwrap();
        assert_ne!(server.ask(&["client", "kill", "type", "normal", "skipme", "yes"]), "0");
        assert!(store.user(name).await.unwrap().is_some());
    }
}

/// RFC 6749 §4.1.2.1 `temporarily_unavailable`.
#[tokio::test]
async fn a_server_that_is_full_stalls_or_is_gone_is_no_failure_of_ours() {
    let server = Server::start(&[]);
    let store = ValkeyStore::connect(&server.url()).await.unwrap();
    let save = async || store.save_code(hash("code"), grant(FamilyId::random(), after(now(), 60))).await;
    assert_eq!(server.ask(&["config", "set", "maxmemory", "1"]), "OK");
    assert_passes(save().await.unwrap_err());
    assert_passes(store.save_user(User::new("u1", "anna")).await.unwrap_err());
    assert_eq!(server.ask(&["config", "set", "maxmemory", "0"]), "OK");
    assert_eq!(server.ask(&["client", "pause", "600000", "all"]), "OK");
    assert_passes(save().await.unwrap_err());
    drop(server);
    assert_passes(save().await.unwrap_err());
}

/// A replica takes no writes, and neither does who is full.
#[tokio::test]
async fn a_server_that_takes_no_writes_is_not_ready() {
    let server = Server::start(&[]);
    let store = ValkeyStore::connect(&server.url()).await.unwrap();
    store.ready().await.unwrap();
    assert_eq!(server.ask(&["config", "set", "maxmemory", "1"]), "OK");
    assert_passes(store.ready().await.unwrap_err());
    assert_eq!(server.ask(&["config", "set", "maxmemory", "0"]), "OK");
    assert_eq!(server.ask(&["replicaof", "127.0.0.1", "1"]), "OK");
    assert_passes(store.ready().await.unwrap_err());
    assert_passes(store.save_user(User::new("u1", "anna")).await.unwrap_err());
}

/// A cluster of which a part is gone answers for the rest, and is not ready.
#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_lost_a_node_is_not_ready() {
    let [first, second, third] = cluster(&["--cluster-node-timeout", "1000"]);
    let store = ValkeyStore::connect_cluster([first.url(), second.url()]).await.unwrap();
    store.ready().await.unwrap();
    drop(third);
    // The others have to notice.
    let unready = async {
        loop {
            if let Err(error) = store.ready().await {
                break error;
            }
        }
    };
    assert_passes(tokio::time::timeout(Duration::from_secs(20), unready).await.unwrap());
}

/// A login name whose user was never saved is free again, a minute later.
#[tokio::test]
async fn a_name_that_was_claimed_and_cut_off_is_free_again() {
    let prefix = prefix();
    let store = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    let name = format!("{prefix}un:anna");
    let claimed_until = |time: u64| node().ask(&["hset", &name, "s", "ghost", "until", &time.to_string()]);
    let _ = claimed_until(UnixTime::now().as_secs() + 600);
    assert_passes(store.save_user(User::new("u1", "anna")).await.unwrap_err());
    assert_eq!(store.user("u1").await.unwrap(), None);
    assert_eq!(store.user_by_username("anna").await.unwrap(), None);
    let _ = claimed_until(past().as_secs());
    store.save_user(User::new("u1", "anna")).await.unwrap();
    assert!(store.user_by_username("anna").await.unwrap().is_some());
    // A name that a user has is nobody else's, however long ago it was claimed.
    let _ = node().ask(&["hset", &name, "until", "0"]);
    assert!(!store.save_user(User::new("u2", "anna")).await.unwrap_err().is_overloaded());
}

/// RFC 9700 §4.14.2: a new password throws out whoever has the old one, also if the server stopped right after it was kept.
#[tokio::test]
async fn a_sign_out_that_was_cut_off_is_done_by_the_next() {
    let prefix = prefix();
    let store = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    let end = after(now(), 600);
    for subject in ["u1", "u2"] {
        store.save_user(User::new(subject, subject)).await.unwrap();
        store.save_session(hash(subject), session(subject, end)).await.unwrap();
        let _ = node().ask(&["hset", &format!("{prefix}u:{subject}"), "out", "a call"]);
    }
    store.save_user(User::new("u1", "u1")).await.unwrap();
    let _ = node().ask(&["hdel", &format!("{prefix}u:u2"), "n", "c"]);
    assert!(store.delete_user("u2").await.unwrap());
    assert!(!store.delete_user("u2").await.unwrap());
    for subject in ["u1", "u2"] {
        assert_eq!(store.session(&hash(subject), now()).await.unwrap(), None, "{subject}");
    }
    store.save_session(hash("u1"), session("u1", end)).await.unwrap();
    store.save_user(User::new("u1", "u1")).await.unwrap();
    assert!(store.session(&hash("u1"), now()).await.unwrap().is_some(), "it was done once");
}

/// The second user code is there for a moment, until its device turns out to be another's.
#[tokio::test]
async fn a_user_code_decides_on_no_device_but_its_own() {
    let prefix = prefix();
    let store = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    assert!(store.save_device_code(hash("tv"), hash("screen"), device(after(now(), 600))).await.unwrap());
    let code = |name: &str| serde_json::to_value(hash(name)).unwrap().as_str().unwrap().to_owned();
    let leads = format!("{}{}", "x".repeat(22), code("tv"));
    let _ = node().ask(&["set", &format!("{prefix}uc:{}", code("another")), &leads]);
    let approval = DeviceDecision::approve("user-1", now(), scopes("profile"));
    assert_eq!(store.device_authorization(&hash("another"), now()).await.unwrap(), None);
    assert!(!store.decide_device_code(&hash("another"), approval.clone(), now()).await.unwrap());
    assert!(store.decide_device_code(&hash("screen"), approval, now()).await.unwrap());
}
