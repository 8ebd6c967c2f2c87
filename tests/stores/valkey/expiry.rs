//! The server removes what has expired.

use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::store::{
    Attempt, CodeStore, DeviceStore, FamilyId, ListGrants, PushedRequestStore, ReplayStore, SessionStore,
    TokenStore,
};
use oauth_core::time::UnixTime;
use oauth_tests::valkey::{node, prefix, url};

use crate::support::{
    access_token, after, device, grant, hash, now, past, pushed, refresh_token, revoke_family, save_access,
    save_refresh, session, successor,
};

/// The server removes by itself what has expired, and keeps the rest.
#[tokio::test]
async fn whatever_expires_has_an_expiry() {
    let (prefix, end) = (prefix(), after(now(), 600));
    let store = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    let save = async |name: &str, end: UnixTime| {
        let family = FamilyId::random();
        store.save_code(hash(name), grant(family, end)).await.unwrap();
        save_access(&store, access_token(name, Some(family), end)).await;
        store.save_session(hash(name), session("user-1", end)).await.unwrap();
        revoke_family(&store, FamilyId::random(), end).await;
        assert!(
            store.save_device_code(hash(name), hash(&format!("{name} user")), device(end)).await.unwrap()
        );
        assert!(store.claim_replay_id(&hash(name), Attempt::random(), end, past()).await.unwrap());
        store.save_pushed_request(hash(name), pushed(end)).await.unwrap();
        let refresh = refresh_token(name, family, end);
        let _ = store.save_tokens(None, Some(refresh), past()).await.unwrap();
        let next = successor(&format!("{name} next"), family, end);
        store.rotate_refresh_token(&hash(name), next, None, past(), Duration::from_secs(1)).await.unwrap();
    };
    save("live", end).await;
    let keys = || node().ask(&["keys", &format!("{prefix}*")]).lines().map(str::to_owned).collect::<Vec<_>>();
    let live = keys();
    // Of a device two, of a session its index, of refresh tokens theirs, and a successor.
    assert_eq!(live.len(), 12);
    for key in &live {
        let left: u64 = node().ask(&["ttl", key]).parse().unwrap();
        assert!((3600..3600 + 900).contains(&left), "{key} has {left} seconds");
    }
    // Long ago by every clock.
    save("dead", UnixTime::from_secs(1_700_000_000)).await;
    assert_eq!(keys().len(), live.len());
}

/// However often it is refreshed, a grant has few entries in the index of its person.
#[tokio::test]
async fn a_chain_of_rotations_leaves_its_index_short() {
    let prefix = prefix();
    let store = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    let (family, end) = (FamilyId::random(), after(now(), 600));
    save_refresh(&store, refresh_token("0", family, end)).await;
    for number in 0..10 {
        let next = successor(&(number + 1).to_string(), family, end);
        let presented = hash(&number.to_string());
        store.rotate_refresh_token(&presented, next, None, now(), Duration::from_secs(10)).await.unwrap();
    }
    assert_eq!(store.grants_of("user-1", now(), None, 10).await.unwrap().items.len(), 1);
    let entries: usize = node().ask(&["zcard", &format!("{prefix}ug:user-1")]).parse().unwrap();
    assert!(entries <= 2, "{entries}");
}
