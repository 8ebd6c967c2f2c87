//! The people who can log in, in a table of the application's own.

use oauth_core::prelude::*;
use oauth_core::store::{Result, StoreError};
use sqlx::postgres::{PgPool, PgPoolOptions, PgRow};
use sqlx::{Row as _, query};

#[derive(Debug, Clone)]
pub struct People(pub PgPool);

impl People {
    /// Connects, and makes the tables that are missing.
    pub async fn connect(url: &str) -> sqlx::Result<Self> {
        let pool = PgPoolOptions::new().max_connections(8).connect(url).await?;
        sqlx::raw_sql(include_str!("people.sql")).execute(&pool).await?;
        Ok(Self(pool))
    }

    async fn find(&self, select: &'static str, value: &str) -> Result<Option<User>> {
        let row = query(select).bind(value).fetch_optional(&self.0).await;
        let person = row.and_then(|row| row.map(|row| person(&row)).transpose());
        person.map_err(|cause| StoreError::new("read a person", cause))
    }
}

impl UserStore for People {
    async fn user_by_username(&self, username: &str) -> Result<Option<User>> {
        self.find("SELECT * FROM people WHERE username = $1", username).await
    }

    async fn user(&self, subject: &str) -> Result<Option<User>> {
        self.find("SELECT * FROM people WHERE id = $1", subject).await
    }

    /// Where a password becomes another one, sign the person out: `RunningServer::sign_out_everywhere`.
    async fn save_user(&self, user: User) -> Result<()> {
        let save = "INSERT INTO people VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE \
             SET username = excluded.username, name = excluded.name, password_hash = excluded.password_hash";
        let name = user.claims.get("name").and_then(|name| name.as_str());
        let save = query(save).bind(&user.subject).bind(&user.username).bind(name).bind(&user.password_hash);
        save.execute(&self.0).await.map(drop).map_err(|cause| StoreError::new("save a person", cause))
    }

    async fn rehash_password(&self, subject: &str, from: &str, to: &str) -> Result<bool> {
        let rehash = query("UPDATE people SET password_hash = $3 WHERE id = $1 AND password_hash = $2");
        let done = rehash.bind(subject).bind(from).bind(to).execute(&self.0).await;
        Ok(done.map_err(|cause| StoreError::new("rehash a password", cause))?.rows_affected() == 1)
    }

    async fn delete_user(&self, subject: &str) -> Result<bool> {
        let done = query("DELETE FROM people WHERE id = $1").bind(subject).execute(&self.0).await;
        Ok(done.map_err(|cause| StoreError::new("delete a person", cause))?.rows_affected() == 1)
    }
}

fn person(row: &PgRow) -> sqlx::Result<User> {
    let mut user = User::new(row.try_get::<&str, _>("id")?, row.try_get::<&str, _>("username")?);
    user.password_hash = row.try_get("password_hash")?;
    if let Some(name) = row.try_get::<Option<&str>, _>("name")? {
        user.claims.insert("name".to_owned(), name.into());
    }
    Ok(user)
}
