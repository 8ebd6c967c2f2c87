//! Keys that instances share.

use sqlx::postgres::PgRow;

use super::PostgresStore;
use super::row::{Columns as _, is_text, seconds};
use crate::store::{KeyStore, Result, StoreError, StoredKey};
use crate::time::UnixTime;

const READ: &str = "read the keys";

impl KeyStore for PostgresStore {
    async fn keys(&self) -> Result<Vec<StoredKey>> {
        self.read_all(READ, || sqlx::query("SELECT kid, purpose, generation, sign_from, sign_until, publish_until, kek, sealed, public_jwk FROM oauth_keys")).await?.iter().map(read).collect()
    }

    async fn add_key(&self, key: StoredKey) -> Result<bool> {
        const DOING: &str = "add a key";
        let public = key.public_jwk.as_ref().map(serde_json::to_string).transpose();
        let public = public.map_err(|cause| StoreError::new(DOING, cause))?;
        self.changes(DOING, || {
            Ok(sqlx::query(
                "INSERT INTO oauth_keys \
                 (kid, purpose, generation, sign_from, sign_until, publish_until, kek, sealed, public_jwk) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING 1",
            )
            .bind(key.kid.clone())
            .bind(key.purpose.clone())
            .bind(i64::from(key.generation))
            .bind(seconds(key.sign_from))
            .bind(seconds(key.sign_until))
            .bind(seconds(key.publish_until))
            .bind(key.kek.clone())
            .bind(key.sealed.clone())
            .bind(public.clone()))
        })
        .await
    }

    async fn revoke_key(&self, kid: &str, at: UnixTime) -> Result<bool> {
        if !is_text(kid) {
            return Ok(false);
        }
        self.changes("revoke a key", || {
            Ok(sqlx::query(
                "UPDATE oauth_keys SET sign_until = $2, publish_until = $2 \
                 WHERE kid = $1 AND publish_until > $2 RETURNING 1",
            )
            .bind(kid.to_owned())
            .bind(seconds(at)))
        })
        .await
    }

    async fn rewrap_key(&self, kid: &str, from: &str, kek: &str, sealed: &str) -> Result<bool> {
        self.changes("rewrap a key", || {
            Ok(sqlx::query(
                "UPDATE oauth_keys SET kek = $3, sealed = $4 WHERE kid = $1 AND sealed = $2 RETURNING 1",
            )
            .bind(kid.to_owned())
            .bind(from.to_owned())
            .bind(kek.to_owned())
            .bind(sealed.to_owned()))
        })
        .await
    }

    async fn remove_key(&self, kid: &str) -> Result<bool> {
        self.changes("remove a key", || {
            Ok(sqlx::query("DELETE FROM oauth_keys WHERE kid = $1 RETURNING 1").bind(kid.to_owned()))
        })
        .await
    }
}

fn read(row: &PgRow) -> Result<StoredKey> {
    let generation: i64 = row.value("generation", READ)?;
    let public: Option<String> = row.value("public_jwk", READ)?;
    let undecodable = |cause: serde_json::Error| StoreError::new(READ, cause);
    Ok(StoredKey {
        kid: row.value("kid", READ)?,
        purpose: row.value("purpose", READ)?,
        generation: u32::try_from(generation).map_err(|cause| StoreError::new(READ, cause))?,
        sign_from: row.time("sign_from", READ)?,
        sign_until: row.time("sign_until", READ)?,
        publish_until: row.time("publish_until", READ)?,
        kek: row.value("kek", READ)?,
        sealed: row.value("sealed", READ)?,
        public_jwk: public.map(|jwk| serde_json::from_str(&jwk)).transpose().map_err(undecodable)?,
    })
}
