//! What an SQLite file keeps, and how it fails.

use std::error::Error as _;

use oauth_core::prelude::*;
use oauth_core::store::{CodeRedemption, CodeStore, ConsentStore, FamilyId, SessionStore, TokenStore};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::support::{
    access_token, after, grant, hash, now, refresh_token, scopes, session, sqlite, successor,
};

#[tokio::test]
async fn everything_survives_reopening() {
    let (folder, store) = sqlite().await;
    let (now, family, revoked) = (now(), FamilyId::random(), FamilyId::random());
    let end = after(now, 600);
    store.save_client(Client::public("c").origin("https://app.example").build().unwrap()).await.unwrap();
    store.save_user(User::new("u1", "anna")).await.unwrap();
    store.save_consent("u1", "c", scopes("profile")).await.unwrap();
    store.save_session(hash("session"), session("u1", end)).await.unwrap();
    store.save_code(hash("code"), grant(family, end)).await.unwrap();
    store.save_code(hash("used"), grant(family, end)).await.unwrap();
    store.take_code(&hash("used"), now).await.unwrap();
    store.save_access_token(access_token("access", Some(family), end)).await.unwrap();
    store.save_access_token(access_token("revoked", Some(revoked), end)).await.unwrap();
    store.revoke_family(revoked, end).await.unwrap();
    store.save_refresh_token(refresh_token("refresh", family, end)).await.unwrap();
    let grace = std::time::Duration::from_secs(10);
    store.rotate_refresh_token(&hash("refresh"), successor("next", family, end), now, grace).await.unwrap();
    store.close().await;

    let store = SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
    assert!(store.client("c").await.unwrap().is_some());
    assert!(store.is_origin_registered("https://app.example").await.unwrap());
    assert_eq!(store.user_by_username("anna").await.unwrap(), Some(User::new("u1", "anna")));
    assert_eq!(store.consent("u1", "c").await.unwrap(), Some(scopes("profile")));
    assert!(store.session(&hash("session"), now).await.unwrap().is_some());
    assert_eq!(store.take_code(&hash("used"), now).await.unwrap(), CodeRedemption::Replayed { family });
    let redeemed = CodeRedemption::Redeemed(grant(family, end));
    assert_eq!(store.take_code(&hash("code"), now).await.unwrap(), redeemed);
    assert!(store.access_token(&hash("access"), now).await.unwrap().is_some());
    assert!(store.access_token(&hash("revoked"), now).await.unwrap().is_none());
    assert!(store.refresh_token(&hash("refresh"), now).await.unwrap().unwrap().is_rotated);
    assert!(!store.refresh_token(&hash("next"), now).await.unwrap().unwrap().is_rotated);
    let again = successor("x", family, end);
    let rotation = store.rotate_refresh_token(&hash("refresh"), again, now, grace).await.unwrap();
    assert_eq!(rotation, oauth_core::store::Rotation::Retried { sealed: b"sealed next".to_vec() });
}

/// A store that is down has not "found nothing": every operation fails, and says what it was doing.
#[tokio::test]
async fn a_closed_store_fails() {
    macro_rules! all_fail {
        ($($call:expr => $doing:literal),* $(,)?) => {
            $( assert_eq!($call.await.unwrap_err().to_string(), concat!("the store could not ", $doing)); )*
        };
    }
    let (_folder, store) = sqlite().await;
    let (now, family) = (now(), FamilyId::random());
    let (key, grace) = (hash("x"), std::time::Duration::ZERO);
    store.close().await;
    all_fail!(
        store.client("c") => "read a client",
        store.save_client(Client::public("c").build().unwrap()) => "save a client",
        store.is_origin_registered("https://app.example") => "look up an origin",
        store.user("u") => "read a user",
        store.user_by_username("u") => "read a user",
        store.save_user(User::new("u", "u")) => "save a user",
        store.consent("u", "c") => "read a consent",
        store.save_consent("u", "c", ScopeSet::new()) => "save a consent",
        store.session(&key, now) => "read a session",
        store.save_session(key, session("u", now)) => "save a session",
        store.end_session(&key, oauth_core::time::UnixTime::now()) => "end a session",
        store.save_code(key, grant(family, now)) => "save a code",
        store.take_code(&key, now) => "redeem a code",
        store.access_token(&key, now) => "read an access token",
        store.save_access_token(access_token("x", None, now)) => "save an access token",
        store.revoke_access_token(&key) => "revoke an access token",
        store.refresh_token(&key, now) => "read a refresh token",
        store.save_refresh_token(refresh_token("x", family, now)) => "save a refresh token",
        store.rotate_refresh_token(&key, successor("y", family, now), now, grace) => "rotate a refresh token",
        store.revoke_family(family, now) => "revoke a family of tokens",
    );
}

/// A row that cannot be read back is a failure, never "not found".
#[tokio::test]
async fn an_undecodable_row_is_a_failure() {
    let (folder, store) = sqlite().await;
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    store.save_client(Client::public("c").build().unwrap()).await.unwrap();
    store.save_user(User::new("u1", "anna")).await.unwrap();
    store.save_consent("u1", "c", scopes("profile")).await.unwrap();
    store.save_session(hash("x"), session("u1", end)).await.unwrap();
    store.save_code(hash("x"), grant(family, end)).await.unwrap();
    store.save_access_token(access_token("x", Some(family), end)).await.unwrap();
    store.save_access_token(access_token("y", Some(family), end)).await.unwrap();
    store.save_refresh_token(refresh_token("x", family, end)).await.unwrap();
    let options = SqliteConnectOptions::new().filename(folder.path().join("oauth.db"));
    let mut second = SqliteConnection::connect_with(&options).await.unwrap();
    for damage in [
        "UPDATE oauth_clients SET metadata = '{\"client_id\": \"c\"'",
        "UPDATE oauth_users SET claims = '[]'",
        "UPDATE oauth_consents SET scopes = 'a  b'",
        "UPDATE oauth_sessions SET auth_time = -1",
        "UPDATE oauth_codes SET grant_json = '{}'",
        "UPDATE oauth_access_tokens SET claims = 'null'",
        "UPDATE oauth_refresh_tokens SET family = x'00'",
    ] {
        sqlx::query(damage).execute(&mut second).await.unwrap();
    }
    assert!(store.client("c").await.is_err());
    assert!(store.user("u1").await.is_err());
    assert!(store.user_by_username("anna").await.is_err());
    assert!(store.consent("u1", "c").await.is_err());
    assert!(store.session(&hash("x"), now).await.is_err());
    assert!(store.take_code(&hash("x"), now).await.is_err());
    assert!(store.access_token(&hash("x"), now).await.is_err());
    let error = store.refresh_token(&hash("x"), now).await.unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "family is not 16 bytes");
}

/// Rows come before the commit: who is told that a session has ended must be able to rely on it.
#[tokio::test]
async fn a_session_has_not_ended_if_the_commit_failed() {
    let (folder, store) = sqlite().await;
    let now = now();
    store.save_session(hash("s"), session("u1", after(now, 60))).await.unwrap();
    let options = SqliteConnectOptions::new().filename(folder.path().join("oauth.db"));
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    // A constraint that is looked at when the transaction commits, and does not hold then.
    for statement in [
        "CREATE TABLE parents (id INTEGER PRIMARY KEY)",
        "CREATE TABLE children (id INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED)",
        "CREATE TRIGGER refuse AFTER DELETE ON oauth_sessions BEGIN INSERT INTO children VALUES (1); END",
    ] {
        sqlx::query(statement).execute(&mut connection).await.unwrap();
    }
    store.end_session(&hash("s"), now).await.unwrap_err();
    assert!(store.session(&hash("s"), now).await.unwrap().is_some());
    sqlx::query("DROP TRIGGER refuse").execute(&mut connection).await.unwrap();
    assert!(store.end_session(&hash("s"), now).await.unwrap().is_some());
}
