//! Keys that instances share.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::row::{Cause, Columns, seconds};
use crate::store::{KeyStore, Result, StoreError, StoredKey};
use crate::time::UnixTime;

const READ: &str = "read the keys";

impl KeyStore for SqliteStore {
    async fn keys(&self) -> Result<Vec<StoredKey>> {
        let select = sqlx::query(
            "SELECT kid, purpose, generation, sign_from, sign_until, publish_until, kek, sealed, public_jwk FROM oauth_keys",
        );
        let rows = self.read(READ, select.fetch_all(&self.reader)).await?;
        rows.iter()
            .map(read)
            .collect::<std::result::Result<_, _>>()
            .map_err(|cause| StoreError::new(READ, cause))
    }

    async fn add_key(&self, key: StoredKey) -> Result<bool> {
        const DOING: &str = "add a key";
        let public = key.public_jwk.as_ref().map(serde_json::to_string).transpose();
        let public = public.map_err(|cause| StoreError::new(DOING, cause))?;
        let statement = sqlx::query(
            "INSERT INTO oauth_keys \
             (kid, purpose, generation, sign_from, sign_until, publish_until, kek, sealed, public_jwk) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
        )
        .bind(key.kid)
        .bind(key.purpose)
        .bind(key.generation)
        .bind(seconds(key.sign_from))
        .bind(seconds(key.sign_until))
        .bind(seconds(key.publish_until))
        .bind(key.kek)
        .bind(key.sealed)
        .bind(public);
        Ok(self.writer.execute(DOING, statement).await? == 1)
    }

    async fn revoke_key(&self, kid: &str, at: UnixTime) -> Result<bool> {
        let statement = sqlx::query(
            "UPDATE oauth_keys SET sign_until = ?2, publish_until = ?2 WHERE kid = ?1 AND publish_until > ?2",
        )
        .bind(kid)
        .bind(seconds(at));
        Ok(self.writer.execute("revoke a key", statement).await? == 1)
    }

    async fn rewrap_key(&self, kid: &str, from: &str, kek: &str, sealed: &str) -> Result<bool> {
        let statement =
            sqlx::query("UPDATE oauth_keys SET kek = ?3, sealed = ?4 WHERE kid = ?1 AND sealed = ?2")
                .bind(kid)
                .bind(from)
                .bind(kek)
                .bind(sealed);
        Ok(self.writer.execute("rewrap a key", statement).await? == 1)
    }

    async fn remove_key(&self, kid: &str) -> Result<bool> {
        let statement = sqlx::query("DELETE FROM oauth_keys WHERE kid = ?1").bind(kid);
        Ok(self.writer.execute("remove a key", statement).await? == 1)
    }
}

fn read(row: &SqliteRow) -> std::result::Result<StoredKey, Cause> {
    let public = row.text_or_null("public_jwk")?;
    Ok(StoredKey {
        kid: row.text("kid")?,
        purpose: row.text("purpose")?,
        generation: row.try_get("generation")?,
        sign_from: row.time("sign_from")?,
        sign_until: row.time("sign_until")?,
        publish_until: row.time("publish_until")?,
        kek: row.text("kek")?,
        sealed: row.text("sealed")?,
        public_jwk: public.map(|jwk| serde_json::from_str(&jwk)).transpose()?,
    })
}
