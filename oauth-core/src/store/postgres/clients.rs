//! Role `clients`.

use std::sync::Arc;

use super::PostgresStore;
use super::row::{Columns as _, is_text};
use super::run::Statement;
use crate::client::Client;
use crate::store::{ClientStore, Result, StoreError};

impl ClientStore for PostgresStore {
    async fn client(&self, client_id: &str) -> Result<Option<Arc<Client>>> {
        const DOING: &str = "read a client";
        if !is_text(client_id) {
            return Ok(None);
        }
        let select = || {
            sqlx::query("SELECT metadata FROM oauth_clients WHERE client_id = $1").bind(client_id.to_owned())
        };
        let Some(row) = self.read(DOING, select).await? else { return Ok(None) };
        let metadata: &str = row.value("metadata", DOING)?;
        serde_json::from_str(metadata)
            .map(|client| Some(Arc::new(client)))
            .map_err(|cause| StoreError::new(DOING, cause))
    }

    async fn save_client(&self, client: Client) -> Result<()> {
        const DOING: &str = "save a client";
        let metadata = serde_json::to_string(&client).map_err(|cause| StoreError::new(DOING, cause))?;
        self.write(DOING, || Ok(upsert(&client, metadata.clone()))).await?;
        Ok(())
    }

    async fn is_origin_registered(&self, origin: &str) -> Result<bool> {
        let select = || {
            sqlx::query("SELECT 1 FROM oauth_clients WHERE origins @> ARRAY[$1] LIMIT 1")
                .bind(origin.to_owned())
        };
        Ok(self.read("look up an origin", select).await?.is_some())
    }
}

/// Adds or replaces a client.
pub(super) fn upsert(client: &Client, metadata: String) -> Statement {
    sqlx::query(
        "INSERT INTO oauth_clients (client_id, metadata, origins) VALUES ($1, $2, $3) \
         ON CONFLICT (client_id) DO UPDATE SET metadata = excluded.metadata, origins = excluded.origins",
    )
    .bind(client.client_id.clone())
    .bind(metadata)
    .bind(client.origins.clone())
}
