//! Role `consents`.

use super::PostgresStore;
use super::row::Columns as _;
use crate::scope::ScopeSet;
use crate::store::{ConsentStore, Result, StoreError};

impl ConsentStore for PostgresStore {
    async fn consent(&self, subject: &str, client_id: &str) -> Result<Option<ScopeSet>> {
        const DOING: &str = "read a consent";
        let select = || {
            sqlx::query("SELECT scopes FROM oauth_consents WHERE subject = $1 AND client_id = $2")
                .bind(subject.to_owned())
                .bind(client_id.to_owned())
        };
        let Some(row) = self.read(DOING, select).await? else { return Ok(None) };
        let scopes: String = row.value("scopes", DOING)?;
        ScopeSet::parse(&scopes).map(Some).map_err(|cause| StoreError::new(DOING, cause))
    }

    async fn save_consent(&self, subject: &str, client_id: &str, scopes: ScopeSet) -> Result<()> {
        let upsert = || {
            Ok(sqlx::query(
                "INSERT INTO oauth_consents (subject, client_id, scopes) VALUES ($1, $2, $3) \
                 ON CONFLICT (subject, client_id) DO UPDATE SET scopes = excluded.scopes",
            )
            .bind(subject.to_owned())
            .bind(client_id.to_owned())
            .bind(scopes.to_string()))
        };
        self.write("save a consent", upsert).await?;
        Ok(())
    }

    async fn delete_consent(&self, subject: &str, client_id: &str) -> Result<bool> {
        self.changes("delete a consent", || {
            Ok(sqlx::query("DELETE FROM oauth_consents WHERE subject = $1 AND client_id = $2 RETURNING 1")
                .bind(subject.to_owned())
                .bind(client_id.to_owned()))
        })
        .await
    }
}
