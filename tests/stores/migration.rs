//! A database that the version before wrote goes on working.

use std::time::Duration;

use oauth_core::openid::ClaimsRequest;
use oauth_core::prelude::*;
use oauth_core::store::{
    Attempt, CodeRedemption, CodeStore, ConsentStore, DevicePoll, DeviceStore, FamilyId, ReplayStore,
    Revocation, Rotation, SessionStore, Successor, TokenStore,
};
use oauth_core::time::UnixTime;
use serde_json::json;

use crate::support::{access_token, after, hash, refresh_token, save_access, scopes};

/// The moment when all of it dies: in the year 2100.
const END: UnixTime = UnixTime::from_secs(4_102_444_800);
const LOGIN: UnixTime = UnixTime::from_secs(1_760_000_000);

/// A copy of what the version before wrote, opened by this one.
async fn migrated() -> (tempfile::TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oauth.db");
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/stores/fixtures/before_authorizations.db");
    std::fs::copy(fixture, &file).unwrap();
    let store = SqliteStore::open(&file).await.unwrap();
    (folder, store)
}

#[tokio::test]
async fn clients_users_sessions_and_consents_are_there() {
    let (_folder, store) = migrated().await;
    let now = UnixTime::now();
    let web = store.client("web").await.unwrap().unwrap();
    assert_eq!(web.scope, scopes("openid email offline_access notes:read notes:write"));
    assert!(store.is_origin_registered("https://web.example").await.unwrap());
    assert!(store.client("tv").await.unwrap().is_some());
    assert_eq!(store.user_by_username("anna").await.unwrap().unwrap().subject, "user-1");
    assert_eq!(store.consent("user-1", "web").await.unwrap(), Some(scopes("openid email notes:read")));
    let session = store.session(&hash("fixture-session"), now).await.unwrap().unwrap();
    assert_eq!((session.sid.as_str(), session.clients), ("fixture-sid", vec!["web".to_owned()]));
    let claimed =
        store.claim_replay_id(&hash("fixture-assertion"), Attempt::random(), END, now).await.unwrap();
    assert!(!claimed, "an assertion that was used stays used");
}

#[tokio::test]
async fn a_code_redeems_and_a_used_one_is_a_replay() {
    let (_folder, store) = migrated().await;
    let now = UnixTime::now();
    let peeked = store.peek_code(&hash("fixture-code"), now).await.unwrap().unwrap();
    assert!(!peeked.is_taken);
    let granted = &peeked.grant.authorization;
    assert_eq!((granted.client_id.as_str(), granted.subject.as_deref()), ("web", Some("user-1")));
    assert_eq!(granted.scopes, scopes("openid email notes:read"));
    assert_eq!((granted.auth_time, granted.acr.as_deref()), (Some(LOGIN), Some("1")));
    assert_eq!(
        (granted.amr.as_slice(), &granted.claims["tenant"]),
        (["pwd".to_owned()].as_slice(), &json!("bücher"))
    );
    assert_eq!(granted.family, Some(FamilyId::from_bytes([1; 16])));
    assert_eq!(granted.session, Some(FamilyId::of_session("fixture-sid")));
    let openid = granted.openid.as_ref().unwrap();
    assert_eq!(
        (openid.nonce.as_deref(), openid.sid.as_deref()),
        (Some("fixture-nonce"), Some("fixture-sid"))
    );
    assert_eq!(openid.claims, requested());
    assert_eq!(peeked.grant.redirect_uri.as_deref(), Some("https://web.example/callback"));
    assert!(peeked.grant.code_challenge.unwrap().verify("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
    let take = async |code: &str| store.take_code(&hash(code), Attempt::random(), now).await.unwrap();
    assert_eq!(take("fixture-code").await, CodeRedemption::Redeemed);
    assert_eq!(take("fixture-used-code").await, CodeRedemption::Taken);
    assert!(store.peek_code(&hash("fixture-used-code"), now).await.unwrap().unwrap().is_taken);
}

fn requested() -> ClaimsRequest {
    ClaimsRequest::parse(r#"{"userinfo":{"email":{"essential":true}},"id_token":{"email":null}}"#).unwrap()
}

#[tokio::test]
async fn access_tokens_live_unless_they_were_revoked() {
    let (_folder, store) = migrated().await;
    let now = UnixTime::now();
    let token = store.access_token(&hash("fixture-access"), now).await.unwrap().unwrap();
    assert_eq!((token.client_id(), token.subject()), ("web", Some("user-1")));
    assert_eq!((token.scopes, token.issued_at, token.expires_at), (scopes("openid notes:read"), LOGIN, END));
    assert_eq!(token.claims["aud"], "https://api.example");
    assert_eq!(token.authorization.openid.as_ref().unwrap().claims.userinfo, requested().userinfo);
    let machine = store.access_token(&hash("fixture-machine"), now).await.unwrap().unwrap();
    assert_eq!((machine.subject(), machine.authorization.family), (None, None));
    assert_eq!(store.access_token(&hash("fixture-revoked"), now).await.unwrap(), None);
    // It is met by markers of every kind.
    let before = after(now, 60);
    store.revoke(&Revocation::Client { client_id: "web".to_owned(), before }, END).await.unwrap();
    assert_eq!(store.access_token(&hash("fixture-access"), now).await.unwrap(), None);
    assert_eq!(store.access_token(&hash("fixture-machine"), now).await.unwrap(), None);
}

#[tokio::test]
async fn refresh_tokens_go_on_from_where_they_were() {
    let (_folder, store) = migrated().await;
    let (started, now) = (UnixTime::now(), UnixTime::now());
    let token = store.refresh_token(&hash("fixture-refresh"), now).await.unwrap().unwrap();
    let granted = &token.authorization;
    assert_eq!((token.client_id(), token.subject()), ("web", Some("user-1")));
    assert_eq!(granted.scopes, scopes("openid email offline_access notes:read"));
    assert_eq!((granted.auth_time, granted.acr.as_deref()), (Some(LOGIN), Some("1")));
    assert_eq!(granted.session, Some(FamilyId::of_session("fixture-sid")));
    assert!(granted.granted_at.as_secs() + 60 >= started.as_secs(), "its time begins anew");
    assert!(!token.is_rotated);
    let offline = store.refresh_token(&hash("fixture-plain"), now).await.unwrap().unwrap();
    assert_eq!(offline.authorization.session, None);

    let rotate = async |presented: &str, next: &str| {
        let record = store.refresh_token(&hash(presented), now).await.unwrap().unwrap();
        let token = oauth_core::store::RefreshToken { hash: hash(next), is_rotated: false, ..record };
        let next = Successor { token, sealed: b"new".to_vec() };
        store.rotate_refresh_token(&hash(presented), next, None, now, Duration::from_secs(10)).await.unwrap()
    };
    assert_eq!(rotate("fixture-plain", "next").await, Rotation::Rotated);
    assert_eq!(rotate("fixture-rotated", "no").await, Rotation::Reused);
    let sealed = b"sealed".to_vec();
    assert_eq!(rotate("fixture-lost", "no").await, Rotation::Retried { sealed });
    assert_eq!(rotate("fixture-successor", "next of that").await, Rotation::Rotated);
    // Signing out of the session ends what it ended before.
    store.revoke(&Revocation::Family(FamilyId::of_session("fixture-sid")), END).await.unwrap();
    assert_eq!(store.refresh_token(&hash("fixture-refresh"), now).await.unwrap(), None);
    assert!(store.refresh_token(&hash("next"), now).await.unwrap().is_some());
}

#[tokio::test]
async fn devices_go_on_from_where_they_were() {
    let (_folder, store) = migrated().await;
    let now = UnixTime::now();
    let poll = async |name: &str| store.poll_device_code(&hash(name), "tv", now).await.unwrap();
    let DevicePoll::Approved(grant) = poll("fixture-approved").await else { panic!("it was approved") };
    let granted = grant.authorization;
    assert_eq!((granted.client_id.as_str(), granted.subject.as_deref()), ("tv", Some("user-1")));
    assert_eq!((&granted.scopes, granted.auth_time), (&scopes("notes:read"), Some(LOGIN)));
    assert_eq!(granted.claims["tenant"], "bücher");
    let taken = store.take_device_code(&hash("fixture-approved"), Attempt::random(), now).await.unwrap();
    assert_eq!(taken, CodeRedemption::Redeemed);
    assert_eq!(poll("fixture-denied").await, DevicePoll::Denied);
    assert_eq!(poll("fixture-pending").await, DevicePoll::Pending);
    let polled = store.device_authorization(&hash("fixture-polled-user"), now).await.unwrap().unwrap();
    assert_eq!(polled.interval, Duration::from_secs(10), "it was slowed down");
    assert!(store.device_authorization(&hash("fixture-approved-user"), now).await.unwrap().is_none());
}

#[tokio::test]
async fn it_is_migrated_once_and_then_as_any_other() {
    let (folder, store) = migrated().await;
    let now = UnixTime::now();
    save_access(&store, access_token("new", Some(FamilyId::random()), END)).await;
    let refresh = refresh_token("new", FamilyId::random(), END);
    let _ = store.save_tokens(None, Some(refresh), now).await.unwrap();
    store.close().await;
    let store = SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
    for token in ["new", "fixture-access"] {
        assert!(store.access_token(&hash(token), now).await.unwrap().is_some(), "{token}");
    }
    assert!(store.refresh_token(&hash("fixture-refresh"), now).await.unwrap().is_some());
    let mut raw = <sqlx::sqlite::SqliteConnection as sqlx::Connection>::connect_with(
        &sqlx::sqlite::SqliteConnectOptions::new().filename(folder.path().join("oauth.db")),
    )
    .await
    .unwrap();
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%old%'")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    assert_eq!(left, 0, "nothing of the old tables is left");
}
