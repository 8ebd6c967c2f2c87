//! Role `consents`.

use super::SqliteStore;
use super::row::Columns;
use crate::scope::ScopeSet;
use crate::store::{ConsentStore, Result, StoreError};

impl ConsentStore for SqliteStore {
    async fn consent(&self, subject: &str, client_id: &str) -> Result<Option<ScopeSet>> {
        const DOING: &str = "read a consent";
        let select = sqlx::query("SELECT scopes FROM oauth_consents WHERE subject = ?1 AND client_id = ?2")
            .bind(subject)
            .bind(client_id);
        let row = self.read(DOING, select.fetch_optional(&self.reader)).await?;
        row.map(|row| row.scopes("scopes")).transpose().map_err(|cause| StoreError::new(DOING, cause))
    }

    async fn save_consent(&self, subject: &str, client_id: &str, scopes: ScopeSet) -> Result<()> {
        let statement = sqlx::query(
            "INSERT INTO oauth_consents (subject, client_id, scopes) VALUES (?1, ?2, ?3) \
             ON CONFLICT (subject, client_id) DO UPDATE SET scopes = excluded.scopes",
        )
        .bind(subject)
        .bind(client_id)
        .bind(scopes.to_string());
        self.writer.execute("save a consent", statement).await?;
        Ok(())
    }

    async fn delete_consent(&self, subject: &str, client_id: &str) -> Result<bool> {
        let statement = sqlx::query("DELETE FROM oauth_consents WHERE subject = ?1 AND client_id = ?2")
            .bind(subject)
            .bind(client_id);
        Ok(self.writer.execute("delete a consent", statement).await? == 1)
    }
}
