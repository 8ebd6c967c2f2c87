//! Registrations, beside the role `clients`.

use std::sync::Arc;

use sqlx::{Row as _, SqliteConnection};

use super::clients::save;
use super::job::Written;
use super::row::{Columns, seconds};
use super::{SqliteStore, failed};
use crate::client::Client;
use crate::secret::TokenHash;
use crate::store::registrations::FEW;
use crate::store::{Registration, RegistrationStore, Result, StoreError, decode, encode};
use crate::time::UnixTime;

const REGISTER: &str = "register a client";
const READ: &str = "read a registration";
const REPLACE: &str = "replace a registration";
const DELETE: &str = "delete a registration";
const KEEP: &str = "keep a registration";

/// A difference that no use of a client is worth a write, in seconds.
const DAY: i64 = 24 * 60 * 60;

impl RegistrationStore for SqliteStore {
    async fn register_client(
        &self,
        client: Client,
        registration: Registration,
        most: u64,
        now: UnixTime,
    ) -> Result<bool> {
        self.writer
            .transact(REGISTER, move |connection| {
                Box::pin(register(connection, client, registration, most, now))
            })
            .await
    }

    async fn registration(&self, client_id: &str) -> Result<Option<(Arc<Client>, Registration)>> {
        let select = sqlx::query(
            "SELECT c.metadata, r.record, r.expires_at FROM oauth_registrations r \
             JOIN oauth_clients c ON c.client_id = r.client_id WHERE r.client_id = ?1",
        )
        .bind(client_id);
        let row = self.read(READ, select.fetch_optional(&self.reader)).await?;
        let Some(row) = row else { return Ok(None) };
        let metadata: &str = row.try_get("metadata").map_err(failed(READ))?;
        let client: Client = serde_json::from_str(metadata).map_err(|cause| StoreError::new(READ, cause))?;
        let mut registration: Registration = decode(READ, row.json(READ)?)?;
        registration.expires_at = row.time("expires_at").map_err(|cause| StoreError::new(READ, cause))?;
        Ok(Some((Arc::new(client), registration)))
    }

    async fn replace_registration(
        &self,
        token: &TokenHash,
        client: Client,
        registration: Registration,
    ) -> Result<bool> {
        let token = *token;
        self.writer
            .transact(REPLACE, move |connection| Box::pin(replace(connection, token, client, registration)))
            .await
    }

    async fn delete_registration(&self, client_id: &str, token: &TokenHash) -> Result<bool> {
        let statement = sqlx::query(
            "DELETE FROM oauth_clients WHERE client_id = ?1 AND EXISTS \
             (SELECT 1 FROM oauth_registrations r WHERE r.client_id = ?1 AND r.token = ?2)",
        )
        .bind(client_id)
        .bind(&token.as_bytes()[..]);
        Ok(self.writer.execute(DELETE, statement).await? == 1)
    }

    async fn keep_registration(&self, client_id: &str, until: UnixTime) -> Result<()> {
        let select = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM oauth_registrations WHERE client_id = ?1 AND expires_at < ?2 - ?3)",
        )
        .bind(client_id)
        .bind(seconds(until))
        .bind(DAY);
        // A client in use is asked about with each of its tokens, and written once a day: it does not wait for the writers.
        let is_due: bool = self.read(KEEP, select.fetch_one(&self.reader)).await?;
        if !is_due {
            return Ok(());
        }
        let statement = sqlx::query(
            "UPDATE oauth_registrations SET expires_at = ?2 WHERE client_id = ?1 AND expires_at < ?2 - ?3",
        )
        .bind(client_id)
        .bind(seconds(until))
        .bind(DAY);
        self.writer.execute(KEEP, statement).await?;
        Ok(())
    }
}

async fn register(
    connection: &mut SqliteConnection,
    client: Client,
    registration: Registration,
    most: u64,
    now: UnixTime,
) -> Result<Written<bool>> {
    // Their registrations go with them.
    sqlx::query(
        "DELETE FROM oauth_clients WHERE client_id IN \
         (SELECT client_id FROM oauth_registrations WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)",
    )
    .bind(seconds(now))
    .bind(i64::from(FEW))
    .execute(&mut *connection)
    .await
    .map_err(failed(REGISTER))?;
    let may_be_added: bool = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM oauth_registrations WHERE expires_at > ?3) < ?1 \
         AND NOT EXISTS (SELECT 1 FROM oauth_clients WHERE client_id = ?2)",
    )
    .bind(i64::try_from(most).unwrap_or(i64::MAX))
    .bind(&client.client_id)
    .bind(seconds(now))
    .fetch_one(&mut *connection)
    .await
    .map_err(failed(REGISTER))?;
    if may_be_added {
        save(connection, &client, REGISTER).await?;
        sqlx::query(
            "INSERT INTO oauth_registrations (client_id, token, record, expires_at) VALUES (?1, ?2, ?3, ?4)",
        )
        .bind(&client.client_id)
        .bind(&registration.token.as_bytes()[..])
        .bind(encode(REGISTER, &registration)?)
        .bind(seconds(registration.expires_at))
        .execute(&mut *connection)
        .await
        .map_err(failed(REGISTER))?;
    }
    Ok(Written::Kept(may_be_added))
}

async fn replace(
    connection: &mut SqliteConnection,
    token: TokenHash,
    client: Client,
    registration: Registration,
) -> Result<Written<bool>> {
    let replaced = sqlx::query(
        "UPDATE oauth_registrations SET token = ?3, record = ?4, expires_at = ?5 \
         WHERE client_id = ?1 AND token = ?2",
    )
    .bind(&client.client_id)
    .bind(&token.as_bytes()[..])
    .bind(&registration.token.as_bytes()[..])
    .bind(encode(REPLACE, &registration)?)
    .bind(seconds(registration.expires_at))
    .execute(&mut *connection)
    .await
    .map_err(failed(REPLACE))?;
    if replaced.rows_affected() != 1 {
        return Ok(Written::Undone(false));
    }
    save(connection, &client, REPLACE).await?;
    Ok(Written::Kept(true))
}
