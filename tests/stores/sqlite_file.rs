//! The content of an SQLite file, and how it fails.

use std::error::Error as _;

use oauth_core::prelude::*;
use oauth_core::store::{
    Attempt, CodeRedemption, CodeStore, ConsentStore, DeviceStore, FamilyId, ListSessions, PeekedCode,
    Revocation, SessionStore, TokenStore,
};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::support::{
    access_token, after, grant, hash, now, refresh_token, revoke_family, save_access, save_refresh, scopes,
    session, sqlite, successor,
};

/// As an instance from before there were second steps writes it.
#[tokio::test]
async fn a_session_without_a_second_step_is_logged_in() {
    let (folder, store) = sqlite().await;
    let options = SqliteConnectOptions::new().filename(folder.path().join("oauth.db"));
    let mut older = SqliteConnection::connect_with(&options).await.unwrap();
    let (now, end) = (now(), after(now(), 60));
    sqlx::query("INSERT INTO oauth_sessions (hash, subject, auth_time, expires_at) VALUES (?1, 'u1', 1, ?2)")
        .bind(&hash("older").as_bytes()[..])
        .bind(i64::try_from(end.as_secs()).unwrap())
        .execute(&mut older)
        .await
        .unwrap();
    let session = store.session(&hash("older"), now).await.unwrap().unwrap();
    assert!(session.is_logged_in() && session.subject == "u1");
    assert_eq!(store.sessions_of("u1", now, None, 10).await.unwrap().items, [(hash("older"), session)]);
    // What a newer one writes logs nobody in, and is no failure.
    sqlx::query("UPDATE oauth_sessions SET second_step = 'passkey'").execute(&mut older).await.unwrap();
    let newer = store.session(&hash("older"), now).await.unwrap().unwrap();
    assert!(!newer.is_logged_in() && !newer.is_first_step());
}

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
    store.take_code(&hash("used"), Attempt::random(), now).await.unwrap();
    save_access(&store, access_token("access", Some(family), end)).await;
    save_access(&store, access_token("revoked", Some(revoked), end)).await;
    revoke_family(&store, revoked, end).await;
    save_refresh(&store, refresh_token("refresh", family, end)).await;
    let grace = std::time::Duration::from_secs(10);
    store
        .rotate_refresh_token(&hash("refresh"), successor("next", family, end), None, now, grace)
        .await
        .unwrap();
    store.close().await;

    let store = SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
    assert!(store.client("c").await.unwrap().is_some());
    assert!(store.is_origin_registered("https://app.example").await.unwrap());
    assert_eq!(store.user_by_username("anna").await.unwrap(), Some(User::new("u1", "anna")));
    assert_eq!(store.consent("u1", "c").await.unwrap(), Some(scopes("profile")));
    assert!(store.session(&hash("session"), now).await.unwrap().is_some());
    for (code, is_taken) in [("used", true), ("code", false)] {
        let peeked = store.peek_code(&hash(code), now).await.unwrap();
        assert_eq!(peeked, Some(PeekedCode { grant: grant(family, end), is_taken }));
    }
    let taken = store.take_code(&hash("used"), Attempt::random(), now).await.unwrap();
    assert_eq!(taken, CodeRedemption::Taken);
    assert!(store.access_token(&hash("access"), now).await.unwrap().is_some());
    assert!(store.access_token(&hash("revoked"), now).await.unwrap().is_none());
    assert!(store.refresh_token(&hash("refresh"), now).await.unwrap().unwrap().is_rotated);
    assert!(!store.refresh_token(&hash("next"), now).await.unwrap().unwrap().is_rotated);
    let again = successor("x", family, end);
    let rotation = store.rotate_refresh_token(&hash("refresh"), again, None, now, grace).await.unwrap();
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
        store.peek_code(&key, now) => "look at a code",
        store.take_code(&key, Attempt::random(), now) => "redeem a code",
        store.access_token(&key, now) => "read an access token",
        store.save_tokens(Some(access_token("x", None, now)), None, now) => "save tokens",
        store.refresh_token(&key, now) => "read a refresh token",
        store.save_tokens(None, Some(refresh_token("x", family, now)), now) => "save tokens",
        store.rotate_refresh_token(&key, successor("y", family, now), None, now, grace) => "rotate a refresh token",
        store.revoke(&Revocation::Family(family), now) => "revoke",
        store.end_sessions_of("u", now) => "end the sessions of a user",
        store.delete_user("u") => "delete a user",
        store.rehash_password("u", "a", "b") => "replace the hash of a password",
        store.delete_consent("u", "c") => "delete a consent",
        store.take_device_code(&key, Attempt::random(), now) => "redeem a device code",
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
    save_access(&store, access_token("x", Some(family), end)).await;
    save_access(&store, access_token("y", Some(family), end)).await;
    save_refresh(&store, refresh_token("x", family, end)).await;
    let options = SqliteConnectOptions::new().filename(folder.path().join("oauth.db"));
    let mut second = SqliteConnection::connect_with(&options).await.unwrap();
    for damage in [
        "UPDATE oauth_clients SET metadata = '{\"client_id\": \"c\"'",
        "UPDATE oauth_users SET claims = '[]'",
        "UPDATE oauth_consents SET scopes = 'a  b'",
        "UPDATE oauth_sessions SET auth_time = -1",
        "UPDATE oauth_codes SET record = '{}'",
        "UPDATE oauth_access_tokens SET record = json_set(record, '$.claims', null)",
        "UPDATE oauth_refresh_tokens SET record = json_set(record, '$.authorization.family', 'AA')",
    ] {
        sqlx::query(damage).execute(&mut second).await.unwrap();
    }
    assert!(store.client("c").await.is_err());
    assert!(store.user("u1").await.is_err());
    assert!(store.user_by_username("anna").await.is_err());
    assert!(store.consent("u1", "c").await.is_err());
    assert!(store.session(&hash("x"), now).await.is_err());
    assert!(store.peek_code(&hash("x"), now).await.is_err());
    assert!(store.access_token(&hash("x"), now).await.is_err());
    let error = store.refresh_token(&hash("x"), now).await.unwrap_err();
    let cause = error.source().unwrap().to_string();
    assert!(cause.starts_with("a family is 16 bytes in base64url"), "{cause}");
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

/// Checks that what an instance of a newer version wrote is left as it is, and its client is told to try
/// again.
#[tokio::test]
async fn a_record_of_a_higher_format_is_neither_read_nor_changed() {
    let (folder, store) = sqlite().await;
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    store.save_code(hash("x"), grant(family, end)).await.unwrap();
    save_access(&store, access_token("x", Some(family), end)).await;
    save_refresh(&store, refresh_token("x", family, end)).await;
    let options = SqliteConnectOptions::new().filename(folder.path().join("oauth.db"));
    let mut second = SqliteConnection::connect_with(&options).await.unwrap();
    for newer in [
        "UPDATE oauth_codes SET record = json_set(record, '$.v', 2)",
        "UPDATE oauth_access_tokens SET record = json_set(record, '$.v', 2)",
        "UPDATE oauth_refresh_tokens SET record = json_set(record, '$.v', 2)",
    ] {
        sqlx::query(newer).execute(&mut second).await.unwrap();
    }
    for error in [
        store.peek_code(&hash("x"), now).await.unwrap_err(),
        store.access_token(&hash("x"), now).await.unwrap_err(),
        store.refresh_token(&hash("x"), now).await.unwrap_err(),
    ] {
        assert!(error.is_of_newer_version());
        assert_eq!(Error::from(error).code(), ErrorCode::TemporarilyUnavailable);
    }
}
