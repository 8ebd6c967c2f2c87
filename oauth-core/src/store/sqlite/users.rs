//! Role `users`.

use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::job::Written;
use super::logouts::keep_due;
use super::markers::mark;
use super::row::{Cause, Columns, json};
use super::{SqliteStore, failed};
use crate::store::{Result, Revocation, StoreError, User, UserStore};
use crate::time::UnixTime;

const READ: &str = "read a user";
const DELETE: &str = "delete a user";
const SAVE: &str = "save a user";

impl UserStore for SqliteStore {
    async fn user_by_username(&self, username: &str) -> Result<Option<User>> {
        let select = sqlx::query(
            "SELECT subject, username, password_hash, claims FROM oauth_users WHERE username = ?1",
        )
        .bind(username);
        let row = self.read(READ, select.fetch_optional(&self.reader)).await?;
        row.as_ref().map(decode).transpose().map_err(|cause| StoreError::new(READ, cause))
    }

    async fn user(&self, subject: &str) -> Result<Option<User>> {
        let select = sqlx::query(
            "SELECT subject, username, password_hash, claims FROM oauth_users WHERE subject = ?1",
        )
        .bind(subject);
        let row = self.read(READ, select.fetch_optional(&self.reader)).await?;
        row.as_ref().map(decode).transpose().map_err(|cause| StoreError::new(READ, cause))
    }

    async fn save_user(&self, user: User) -> Result<()> {
        self.writer.transact(SAVE, move |connection| Box::pin(save(connection, user))).await
    }

    async fn rehash_password(&self, subject: &str, from: &str, to: &str) -> Result<bool> {
        let statement = sqlx::query(
            "UPDATE oauth_users SET password_hash = ?3 WHERE subject = ?1 AND password_hash = ?2",
        )
        .bind(subject)
        .bind(from)
        .bind(to);
        Ok(self.writer.execute("replace the hash of a password", statement).await? == 1)
    }

    async fn delete_user(&self, subject: &str) -> Result<bool> {
        let subject = subject.to_owned();
        self.writer.transact(DELETE, move |connection| Box::pin(delete(connection, subject))).await
    }
}

/// Ends all that a person granted or logged in to until now.
async fn sign_out(connection: &mut SqliteConnection, subject: &str) -> std::result::Result<(), sqlx::Error> {
    let before = UnixTime::now();
    let revocation = Revocation::Subject { subject: subject.to_owned(), before };
    mark(&mut *connection, &revocation, before + Revocation::LONGEST).await?;
    keep_due(&mut *connection, subject, before).await?;
    sqlx::query("DELETE FROM oauth_sessions WHERE subject = ?1").bind(subject).execute(connection).await?;
    Ok(())
}

pub(super) fn decode(row: &SqliteRow) -> std::result::Result<User, Cause> {
    Ok(User {
        subject: row.text("subject")?,
        username: row.text("username")?,
        password_hash: row.text_or_null("password_hash")?,
        claims: row.claims("claims")?,
    })
}

async fn save(connection: &mut SqliteConnection, user: User) -> Result<Written<()>> {
    let claims = json(&user.claims).map_err(|cause| StoreError::new(SAVE, cause))?;
    let earlier: Option<Option<String>> =
        sqlx::query_scalar("SELECT password_hash FROM oauth_users WHERE subject = ?1")
            .bind(&user.subject)
            .fetch_optional(&mut *connection)
            .await
            .map_err(failed(SAVE))?;
    let saved = sqlx::query(
        "INSERT INTO oauth_users (subject, username, password_hash, claims) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (subject) DO UPDATE SET username = excluded.username, \
         password_hash = excluded.password_hash, claims = excluded.claims",
    )
    .bind(&user.subject)
    .bind(&user.username)
    .bind(&user.password_hash)
    .bind(claims)
    .execute(&mut *connection)
    .await;
    match saved {
        Ok(_) => {}
        // The subject's own conflict is an update, so the login name's is left.
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            return Err(StoreError::username_taken(&user.username));
        }
        Err(cause) => return Err(failed(SAVE)(cause)),
    }
    // A first password is not another one.
    let earlier = earlier.flatten();
    if earlier.is_some() && earlier != user.password_hash {
        sign_out(connection, &user.subject).await.map_err(failed(SAVE))?;
    }
    Ok(Written::Kept(()))
}

async fn delete(connection: &mut SqliteConnection, subject: String) -> Result<Written<bool>> {
    let deleted = sqlx::query("DELETE FROM oauth_users WHERE subject = ?1")
        .bind(&subject)
        .execute(&mut *connection)
        .await
        .map_err(failed(DELETE))?;
    if deleted.rows_affected() == 0 {
        return Ok(Written::Kept(false));
    }
    sign_out(connection, &subject).await.map_err(failed(DELETE))?;
    Ok(Written::Kept(true))
}
