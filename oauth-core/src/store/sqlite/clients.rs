//! Role `clients`.

use std::sync::Arc;

use sqlx::SqliteConnection;

use super::job::Written;
use super::{SqliteStore, failed};
use crate::client::Client;
use crate::store::{ClientStore, Result, StoreError};

impl ClientStore for SqliteStore {
    async fn client(&self, client_id: &str) -> Result<Option<Arc<Client>>> {
        const DOING: &str = "read a client";
        let select =
            sqlx::query_scalar("SELECT metadata FROM oauth_clients WHERE client_id = ?1").bind(client_id);
        let metadata: Option<String> = self.read(DOING, select.fetch_optional(&self.reader)).await?;
        let decode = |metadata: String| serde_json::from_str(&metadata).map(Arc::new);
        metadata.map(decode).transpose().map_err(|cause| StoreError::new(DOING, cause))
    }

    async fn save_client(&self, client: Client) -> Result<()> {
        const DOING: &str = "save a client";
        self.writer
            .transact(DOING, move |connection| {
                Box::pin(async move { save(connection, &client, DOING).await.map(Written::Kept) })
            })
            .await
    }

    async fn is_origin_registered(&self, origin: &str) -> Result<bool> {
        let select =
            sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM oauth_client_origins WHERE origin = ?1)")
                .bind(origin);
        self.read("look up an origin", select.fetch_one(&self.reader)).await
    }
}

/// Adds or replaces a client, in a transaction.
pub(super) async fn save(
    connection: &mut SqliteConnection,
    client: &Client,
    doing: &'static str,
) -> Result<()> {
    let metadata = serde_json::to_string(client).map_err(|cause| StoreError::new(doing, cause))?;
    sqlx::query(
        "INSERT INTO oauth_clients (client_id, metadata) VALUES (?1, ?2) \
         ON CONFLICT (client_id) DO UPDATE SET metadata = excluded.metadata",
    )
    .bind(&client.client_id)
    .bind(metadata)
    .execute(&mut *connection)
    .await
    .map_err(failed(doing))?;
    sqlx::query("DELETE FROM oauth_client_origins WHERE client_id = ?1")
        .bind(&client.client_id)
        .execute(&mut *connection)
        .await
        .map_err(failed(doing))?;
    for origin in &client.origins {
        sqlx::query("INSERT OR IGNORE INTO oauth_client_origins (origin, client_id) VALUES (?1, ?2)")
            .bind(origin)
            .bind(&client.client_id)
            .execute(&mut *connection)
            .await
            .map_err(failed(doing))?;
    }
    Ok(())
}
