//! Registrations, beside the role `clients`. They are rare, so that each is a transaction: what is counted must not change
//! meanwhile.

use std::sync::Arc;

use sqlx::{PgConnection, Postgres, Transaction};

use super::row::{Columns as _, bytes, is_text, seconds};
use super::run::SYSTEM;
use super::{PostgresStore, failed};
use crate::client::Client;
use crate::secret::TokenHash;
use crate::store::measure::measured;
use crate::store::registrations::FEW;
use crate::store::{Registration, RegistrationStore, Result, StoreError, encode};
use crate::time::UnixTime;

const REGISTER: &str = "register a client";
const READ: &str = "read a registration";
const REPLACE: &str = "replace a registration";
const KEEP: &str = "keep a registration";

/// A difference that no use of a client is worth a write, in seconds.
const DAY: i64 = 24 * 60 * 60;

impl RegistrationStore for PostgresStore {
    async fn register_client(
        &self,
        client: Client,
        registration: Registration,
        most: u64,
        now: UnixTime,
    ) -> Result<bool> {
        let register = async {
            let mut transaction = self.registering(REGISTER).await?;
            // Their registrations go with them.
            sqlx::query(
                "DELETE FROM oauth_clients WHERE client_id IN \
             (SELECT client_id FROM oauth_registrations WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
            )
            .bind(seconds(now))
            .bind(i64::from(FEW))
            .execute(&mut *transaction)
            .await
            .map_err(failed(REGISTER))?;
            let may_be_added: bool = sqlx::query_scalar(
                "SELECT (SELECT count(*) FROM oauth_registrations WHERE expires_at > $3) < $1 \
             AND NOT EXISTS (SELECT 1 FROM oauth_clients WHERE client_id = $2)",
            )
            .bind(i64::try_from(most).unwrap_or(i64::MAX))
            .bind(&client.client_id)
            .bind(seconds(now))
            .fetch_one(&mut *transaction)
            .await
            .map_err(failed(REGISTER))?;
            if may_be_added {
                save(&mut transaction, &client, REGISTER).await?;
                sqlx::query(
                "INSERT INTO oauth_registrations (client_id, token, record, expires_at) VALUES ($1, $2, $3, $4)",
            )
            .bind(&client.client_id)
            .bind(bytes(&registration.token))
            .bind(encode(REGISTER, &registration)?)
            .bind(seconds(registration.expires_at))
            .execute(&mut *transaction)
            .await
            .map_err(failed(REGISTER))?;
            }
            transaction.commit().await.map_err(failed(REGISTER))?;
            Ok(may_be_added)
        };
        measured(SYSTEM, REGISTER, register).await
    }

    async fn registration(&self, client_id: &str) -> Result<Option<(Arc<Client>, Registration)>> {
        if !is_text(client_id) {
            return Ok(None);
        }
        let select = || {
            sqlx::query(
                "SELECT c.metadata, r.record, r.expires_at FROM oauth_registrations AS r \
                 JOIN oauth_clients AS c ON c.client_id = r.client_id WHERE r.client_id = $1",
            )
            .bind(client_id.to_owned())
        };
        let Some(row) = self.read(READ, select).await? else { return Ok(None) };
        let metadata: &str = row.value("metadata", READ)?;
        let client: Client = serde_json::from_str(metadata).map_err(|cause| StoreError::new(READ, cause))?;
        let registration = Registration { expires_at: row.time("expires_at", READ)?, ..row.record(READ)? };
        Ok(Some((Arc::new(client), registration)))
    }

    async fn replace_registration(
        &self,
        token: &TokenHash,
        client: Client,
        registration: Registration,
    ) -> Result<bool> {
        let replace = async {
            let mut transaction = self.connections.pool().begin().await.map_err(failed(REPLACE))?;
            let replaced = sqlx::query(
                "UPDATE oauth_registrations SET token = $3, record = $4, expires_at = $5 \
             WHERE client_id = $1 AND token = $2",
            )
            .bind(&client.client_id)
            .bind(bytes(token))
            .bind(bytes(&registration.token))
            .bind(encode(REPLACE, &registration)?)
            .bind(seconds(registration.expires_at))
            .execute(&mut *transaction)
            .await
            .map_err(failed(REPLACE))?;
            if replaced.rows_affected() != 1 {
                return Ok(false);
            }
            save(&mut transaction, &client, REPLACE).await?;
            transaction.commit().await.map_err(failed(REPLACE))?;
            Ok(true)
        };
        measured(SYSTEM, REPLACE, replace).await
    }

    async fn delete_registration(&self, client_id: &str, token: &TokenHash) -> Result<bool> {
        self.changes("delete a registration", || {
            Ok(sqlx::query(
                // Locked, so that a token which was replaced meanwhile is seen to be another.
                "DELETE FROM oauth_clients WHERE client_id IN (SELECT r.client_id FROM oauth_registrations AS r \
                 WHERE r.client_id = $1 AND r.token = $2 FOR UPDATE) RETURNING 1",
            )
            .bind(client_id.to_owned())
            .bind(bytes(token)))
        })
        .await
    }

    async fn keep_registration(&self, client_id: &str, until: UnixTime) -> Result<()> {
        // A client in use is asked about with each of its tokens, and written once a day: a statement that finds nothing to change
        // writes nothing.
        let keep = || {
            Ok(sqlx::query(
                "UPDATE oauth_registrations SET expires_at = $2 WHERE client_id = $1 AND expires_at < $2 - $3",
            )
            .bind(client_id.to_owned())
            .bind(seconds(until))
            .bind(DAY))
        };
        self.write(KEEP, keep).await?;
        Ok(())
    }
}

impl PostgresStore {
    /// A transaction in which nobody else registers a client.
    async fn registering(&self, doing: &'static str) -> Result<Transaction<'static, Postgres>> {
        // Whatever an application's pool says: who had to wait must see what was committed meanwhile.
        let begin = self.connections.pool().begin_with("BEGIN ISOLATION LEVEL READ COMMITTED");
        let mut transaction = begin.await.map_err(failed(doing))?;
        sqlx::query("SELECT 1 FROM oauth_locks WHERE name = 'registrations' FOR UPDATE")
            .execute(&mut *transaction)
            .await
            .map_err(failed(doing))?;
        Ok(transaction)
    }
}

async fn save(connection: &mut PgConnection, client: &Client, doing: &'static str) -> Result<()> {
    let metadata = serde_json::to_string(client).map_err(|cause| StoreError::new(doing, cause))?;
    super::clients::upsert(client, metadata).execute(connection).await.map_err(failed(doing))?;
    Ok(())
}
