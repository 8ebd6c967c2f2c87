//! Clients that came by themselves.

use oauth_core::prelude::*;
use oauth_core::store::{Registration, RegistrationStore};
use oauth_core::time::UnixTime;
use oauth_tests::valkey::{node, prefix, url};

use crate::support::{after, hash, now, valkey, valkey_cluster};

fn registration(token: &str, end: UnixTime) -> Registration {
    let record = serde_json::json!({"token": hash(token), "issued_at": 1, "expires_at": end, "members": {}});
    serde_json::from_value(record).unwrap()
}

fn client(id: &str) -> Client {
    Client::public(id).origin(format!("https://{id}.example")).build().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_came_by_themselves_are_counted_and_expire() {
    let (now, end) = (now(), after(now(), 600));
    for store in [valkey().await, valkey_cluster().await] {
        let register = async |id: &str, end, now| {
            store.register_client(client(id), registration(id, end), 2, now).await.unwrap()
        };
        assert!(register("a", end, now).await);
        assert!(!register("a", end, now).await, "it is registered");
        assert!(register("b", after(end, 600), now).await);
        assert!(!register("c", end, now).await, "that is one too many");
        let (kept, record) = store.registration("a").await.unwrap().unwrap();
        assert_eq!((kept.client_id.as_str(), record), ("a", registration("a", end)));
        assert!(!register("c", end, UnixTime::from_secs(end.as_secs() - 1)).await);
        assert!(register("c", after(end, 600), end).await, "the first has expired");
        assert!(store.client("a").await.unwrap().is_none());
        assert!(!store.is_origin_registered("https://a.example").await.unwrap());
        // Kept longer, it is there when its first end has come.
        store.keep_registration("b", after(end, 3 * 24 * 3600)).await.unwrap();
        assert!(!register("d", after(end, 1200), after(end, 599)).await);
        assert!(register("d", after(end, 1200), after(end, 600)).await);
        assert!(store.registration("b").await.unwrap().is_some());
        assert!(store.registration("c").await.unwrap().is_none());
        assert!(!store.delete_registration("d", &hash("another")).await.unwrap());
        assert!(store.delete_registration("d", &hash("d")).await.unwrap());
        assert!(store.client("d").await.unwrap().is_none());
        assert!(register("e", after(end, 1200), after(end, 600)).await);
    }
}

/// Whoever registers does not do the work of all who did not come back.
#[tokio::test]
async fn a_registration_removes_a_few_that_have_expired() {
    let (prefix, now, end) = (prefix(), now(), after(now(), 600));
    let store = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    let register = async |id: &str, end, now| {
        store.register_client(client(id), registration(id, end), 40, now).await.unwrap()
    };
    for number in 0..40 {
        assert!(register(&format!("client{number}"), end, now).await);
    }
    let left = || node().ask(&["zcard", &format!("{prefix}rx:")]).parse::<u32>().unwrap();
    assert!(!register("late", end, now).await, "there are as many as there may be");
    assert!(register("new", after(end, 600), end).await, "those that have expired do not count");
    assert_eq!(left(), 31);
    for _ in 0..5 {
        assert!(!register("new", after(end, 600), end).await, "it is registered");
    }
    assert_eq!(left(), 1, "and all of them go");
}

/// RFC 7592 §3: the registration access token "MAY be rotated", and then the earlier one is nobody's.
#[tokio::test(flavor = "multi_thread")]
async fn a_registration_token_that_was_replaced_deletes_nothing() {
    let (store, end) = (valkey_cluster().await, after(now(), 600));
    for round in 0..40 {
        let id = format!("client{round}");
        store.register_client(client(&id), registration("first", end), 1000, now()).await.unwrap();
        let (one, other) = (hash("first"), hash("first"));
        let (replaced, deleted) = tokio::join!(
            store.replace_registration(&one, client(&id), registration("second", end)),
            store.delete_registration(&id, &other),
        );
        assert!(replaced.unwrap() != deleted.unwrap(), "round {round}");
    }
}
