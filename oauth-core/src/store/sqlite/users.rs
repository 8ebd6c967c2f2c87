//! Role `users`.

use sqlx::sqlite::SqliteRow;

use super::row::{Cause, Columns, json};
use super::{SqliteStore, failed};
use crate::store::{Result, StoreError, User, UserStore};

const READ: &str = "read a user";
const SAVE: &str = "save a user";

impl UserStore for SqliteStore {
    async fn user_by_username(&self, username: &str) -> Result<Option<User>> {
        let row = sqlx::query("SELECT * FROM oauth_users WHERE username = ?1")
            .bind(username)
            .fetch_optional(&self.reader)
            .await
            .map_err(failed(READ))?;
        row.as_ref().map(decode).transpose().map_err(|cause| StoreError::new(READ, cause))
    }

    async fn user(&self, subject: &str) -> Result<Option<User>> {
        let row = sqlx::query("SELECT * FROM oauth_users WHERE subject = ?1")
            .bind(subject)
            .fetch_optional(&self.reader)
            .await
            .map_err(failed(READ))?;
        row.as_ref().map(decode).transpose().map_err(|cause| StoreError::new(READ, cause))
    }

    async fn save_user(&self, user: User) -> Result<()> {
        let claims = json(&user.claims).map_err(|cause| StoreError::new(SAVE, cause))?;
        let saved = sqlx::query(
            "INSERT INTO oauth_users (subject, username, password_hash, claims) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (subject) DO UPDATE SET username = excluded.username, \
             password_hash = excluded.password_hash, claims = excluded.claims",
        )
        .bind(&user.subject)
        .bind(&user.username)
        .bind(&user.password_hash)
        .bind(claims)
        .execute(&self.writer)
        .await;
        match saved {
            Ok(_) => Ok(()),
            // The subject's own conflict is an update, so the login name's is left.
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                Err(StoreError::username_taken(&user.username))
            }
            Err(cause) => Err(StoreError::new(SAVE, cause)),
        }
    }
}

fn decode(row: &SqliteRow) -> std::result::Result<User, Cause> {
    Ok(User {
        subject: row.text("subject")?,
        username: row.text("username")?,
        password_hash: row.text_or_null("password_hash")?,
        claims: row.claims("claims")?,
    })
}
