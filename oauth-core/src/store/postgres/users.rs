//! Role `users`.

use serde_json::{Map, Value};
use sqlx::postgres::PgRow;

use super::PostgresStore;
use super::logouts::notices;
use super::markers::mark;
use super::row::{Columns as _, seconds};
use crate::store::{LogoutNotice, Result, Revocation, StoreError, User, UserStore};
use crate::time::UnixTime;

const READ: &str = "read a user";
const SAVE: &str = "save a user";

impl UserStore for PostgresStore {
    async fn user_by_username(&self, username: &str) -> Result<Option<User>> {
        let select = || {
            sqlx::query(
                "SELECT subject, username, password_hash, claims FROM oauth_users WHERE username = $1",
            )
            .bind(username.to_owned())
        };
        self.read(READ, select).await?.map(|row| user(&row)).transpose()
    }

    async fn user(&self, subject: &str) -> Result<Option<User>> {
        let select = || {
            sqlx::query("SELECT subject, username, password_hash, claims FROM oauth_users WHERE subject = $1")
                .bind(subject.to_owned())
        };
        self.read(READ, select).await?.map(|row| user(&row)).transpose()
    }

    async fn save_user(&self, user: User) -> Result<()> {
        let claims = serde_json::to_string(&user.claims).map_err(|cause| StoreError::new(SAVE, cause))?;
        let (key, before, until, noticed_until) = signing_out(&user.subject);
        let save = || {
            // Ends all that a person granted or logged in to until now, if the password is another one: a first one is none.
            Ok(sqlx::query(concat!(
                "WITH earlier AS (SELECT password_hash FROM oauth_users WHERE subject = $1 FOR UPDATE), \
                 saved AS (INSERT INTO oauth_users (subject, username, password_hash, claims) \
                 SELECT $1, $2, $3, $4 FROM (SELECT count(*) FROM earlier) AS read_first \
                 ON CONFLICT (subject) DO UPDATE SET username = excluded.username, \
                 password_hash = excluded.password_hash, claims = excluded.claims), \
                 is_other AS (SELECT 1 FROM earlier WHERE password_hash IS NOT NULL AND password_hash IS DISTINCT FROM $3), \
                 ended AS (DELETE FROM oauth_sessions WHERE subject = $1 AND EXISTS (SELECT 1 FROM is_other) RETURNING *), ",
                notices!("$6", "$6", "0", "$8"),
                ", marked AS (",
                mark!("SELECT $5::bytea, $6::bigint, $7::bigint FROM is_other"),
                ") SELECT 1"
            ))
            .bind(user.subject.clone())
            .bind(user.username.clone())
            .bind(user.password_hash.clone())
            .bind(claims.clone())
            .bind(key.clone())
            .bind(before)
            .bind(until)
            .bind(noticed_until))
        };
        match self.write(SAVE, save).await {
            // The subject's own conflict is an update, so the login name's is left.
            Err(error) if error.is_already_kept() => Err(StoreError::username_taken(&user.username)),
            saved => saved.map(|_| ()),
        }
    }

    async fn rehash_password(&self, subject: &str, from: &str, to: &str) -> Result<bool> {
        self.changes("replace the hash of a password", || {
            Ok(sqlx::query(
                "UPDATE oauth_users SET password_hash = $3 WHERE subject = $1 AND password_hash = $2 RETURNING 1",
            )
            .bind(subject.to_owned())
            .bind(from.to_owned())
            .bind(to.to_owned()))
        })
        .await
    }

    async fn delete_user(&self, subject: &str) -> Result<bool> {
        let (key, before, until, noticed_until) = signing_out(subject);
        self.changes("delete a user", || {
            Ok(sqlx::query(concat!(
                "WITH deleted AS (DELETE FROM oauth_users WHERE subject = $1 RETURNING 1), \
                 ended AS (DELETE FROM oauth_sessions WHERE subject = $1 AND EXISTS (SELECT 1 FROM deleted) RETURNING *), ",
                notices!("$3", "$3", "0", "$5"),
                ", marked AS (",
                mark!("SELECT $2::bytea, $3::bigint, $4::bigint FROM deleted"),
                ") SELECT 1 FROM deleted"
            ))
            .bind(subject.to_owned())
            .bind(key.clone())
            .bind(before)
            .bind(until)
            .bind(noticed_until))
        })
        .await
    }
}

/// The marker that ends all that a person granted until now, and the time until which their clients are told.
fn signing_out(subject: &str) -> (Vec<u8>, i64, i64, i64) {
    let before = UnixTime::now();
    let revocation = Revocation::Subject { subject: subject.to_owned(), before };
    let noticed_until = seconds(before + LogoutNotice::LIFETIME);
    (revocation.key().to_vec(), seconds(before), seconds(before + Revocation::LONGEST), noticed_until)
}

pub(super) fn user(row: &PgRow) -> Result<User> {
    let claims: &str = row.value("claims", READ)?;
    let claims: Map<String, Value> =
        serde_json::from_str(claims).map_err(|cause| StoreError::new(READ, cause))?;
    Ok(User {
        subject: row.value("subject", READ)?,
        username: row.value("username", READ)?,
        password_hash: row.value("password_hash", READ)?,
        claims,
    })
}
