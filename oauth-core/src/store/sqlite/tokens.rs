//! Role `tokens`.

use std::collections::BTreeMap;
use std::time::Duration;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::row::{Cause, Columns, json, seconds};
use super::{SqliteStore, failed, failed_or_kept};
use crate::secret::TokenHash;
use crate::store::{
    AccessToken, FamilyId, RefreshToken, Result, Rotation, StoreError, Successor, TokenStore,
};
use crate::time::UnixTime;

const SAVE: &str = "save an access token";
const READ: &str = "read an access token";
const SAVE_REFRESH: &str = "save a refresh token";
const READ_REFRESH: &str = "read a refresh token";
const ROTATE: &str = "rotate a refresh token";

impl TokenStore for SqliteStore {
    async fn save_access_token(&self, token: AccessToken) -> Result<()> {
        let claims = json(&token.claims).map_err(|cause| StoreError::new(SAVE, cause))?;
        let requested = Some(&token.userinfo_claims).filter(|names| !names.is_empty());
        let userinfo_claims = requested.map(serde_json::to_string).transpose();
        let userinfo_claims = userinfo_claims.map_err(|cause| StoreError::new(SAVE, cause))?;
        sqlx::query(
            "INSERT INTO oauth_access_tokens \
             (hash, client_id, subject, scopes, claims, issued_at, expires_at, family, session, userinfo_claims) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )
        .bind(&token.hash.as_bytes()[..])
        .bind(&token.client_id)
        .bind(&token.subject)
        .bind(token.scopes.to_string())
        .bind(claims)
        .bind(seconds(token.issued_at))
        .bind(seconds(token.expires_at))
        .bind(token.family.as_ref().map(|family| &family.as_bytes()[..]))
        .bind(token.session.as_ref().map(|session| &session.as_bytes()[..]))
        .bind(userinfo_claims)
        .execute(&self.writer)
        .await
        .map_err(failed_or_kept(SAVE))?;
        self.purge_if_due().await;
        Ok(())
    }

    async fn access_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<AccessToken>> {
        let row = sqlx::query(
            "SELECT * FROM oauth_access_tokens AS t WHERE hash = ?1 AND expires_at > ?2 \
             AND NOT EXISTS (SELECT 1 FROM oauth_revoked_families AS r WHERE r.family IN (t.family, t.session))",
        )
        .bind(&token.as_bytes()[..])
        .bind(seconds(now))
        .fetch_optional(&self.reader)
        .await
        .map_err(failed(READ))?;
        row.as_ref().map(decode_access).transpose().map_err(|cause| StoreError::new(READ, cause))
    }

    async fn revoke_access_token(&self, token: &TokenHash) -> Result<()> {
        sqlx::query("DELETE FROM oauth_access_tokens WHERE hash = ?1")
            .bind(&token.as_bytes()[..])
            .execute(&self.writer)
            .await
            .map_err(failed("revoke an access token"))?;
        Ok(())
    }

    async fn save_refresh_token(&self, token: RefreshToken) -> Result<()> {
        let mut connection = self.writer.acquire().await.map_err(failed(SAVE_REFRESH))?;
        insert(&mut connection, &token, SAVE_REFRESH).await?;
        drop(connection);
        self.purge_if_due().await;
        Ok(())
    }

    async fn refresh_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<RefreshToken>> {
        let row = sqlx::query(
            "SELECT * FROM oauth_refresh_tokens AS t WHERE hash = ?1 AND expires_at > ?2 \
             AND NOT EXISTS (SELECT 1 FROM oauth_revoked_families AS r WHERE r.family IN (t.family, t.session))",
        )
        .bind(&token.as_bytes()[..])
        .bind(seconds(now))
        .fetch_optional(&self.reader)
        .await
        .map_err(failed(READ_REFRESH))?;
        row.as_ref().map(decode_refresh).transpose().map_err(|cause| StoreError::new(READ_REFRESH, cause))
    }

    async fn rotate_refresh_token(
        &self,
        presented: &TokenHash,
        successor: Successor,
        now: UnixTime,
        grace: Duration,
    ) -> Result<Rotation> {
        let mut transaction = self.begin(ROTATE).await?;
        let rotated = sqlx::query(
            "UPDATE oauth_refresh_tokens AS t SET is_rotated = 1 \
             WHERE hash = ?1 AND is_rotated = 0 AND expires_at > ?2 \
             AND NOT EXISTS (SELECT 1 FROM oauth_revoked_families AS r WHERE r.family IN (t.family, t.session))",
        )
        .bind(&presented.as_bytes()[..])
        .bind(seconds(now))
        .execute(&mut *transaction)
        .await
        .map_err(failed(ROTATE))?;
        if rotated.rows_affected() == 0 {
            return rotated_before(&mut transaction, presented, now).await;
        }
        insert(&mut transaction, &successor.token, ROTATE).await?;
        keep_sealed(&mut transaction, presented, &successor, now, grace).await.map_err(failed(ROTATE))?;
        transaction.commit().await.map_err(failed(ROTATE))?;
        self.purge_if_due().await;
        Ok(Rotation::Rotated)
    }

    async fn revoke_family(&self, family: FamilyId, until: UnixTime) -> Result<()> {
        sqlx::query(
            "INSERT INTO oauth_revoked_families (family, expires_at) VALUES (?1, ?2) \
             ON CONFLICT (family) DO UPDATE SET expires_at = max(expires_at, excluded.expires_at)",
        )
        .bind(&family.as_bytes()[..])
        .bind(seconds(until))
        .execute(&self.writer)
        .await
        .map_err(failed("revoke a family of tokens"))?;
        self.purge_if_due().await;
        Ok(())
    }
}

/// What presenting a token means that was not there to be rotated.
async fn rotated_before(
    connection: &mut SqliteConnection,
    presented: &TokenHash,
    now: UnixTime,
) -> Result<Rotation> {
    let row = sqlx::query(
        "SELECT t.family, s.sealed FROM oauth_refresh_tokens AS t \
         LEFT JOIN oauth_sealed_successors AS s ON s.presented = t.hash AND s.expires_at > ?2 \
         WHERE t.hash = ?1 AND t.expires_at > ?2 \
         AND NOT EXISTS (SELECT 1 FROM oauth_revoked_families AS r WHERE r.family IN (t.family, t.session))",
    )
    .bind(&presented.as_bytes()[..])
    .bind(seconds(now))
    .fetch_optional(connection)
    .await
    .map_err(failed(ROTATE))?;
    let Some(row) = row else {
        return Ok(Rotation::Unknown);
    };
    if let Some(sealed) = row.try_get("sealed").map_err(failed(ROTATE))? {
        return Ok(Rotation::Retried { sealed });
    }
    let family = row.family("family").map_err(|cause| StoreError::new(ROTATE, cause))?;
    Ok(Rotation::Reused { family })
}

async fn keep_sealed(
    connection: &mut SqliteConnection,
    presented: &TokenHash,
    successor: &Successor,
    now: UnixTime,
    grace: Duration,
) -> std::result::Result<(), sqlx::Error> {
    // Whoever uses the successor has received it: from here on the token before it is only ever reused.
    sqlx::query("DELETE FROM oauth_sealed_successors WHERE successor = ?1")
        .bind(&presented.as_bytes()[..])
        .execute(&mut *connection)
        .await?;
    let retry_until = now + grace;
    if retry_until > now {
        sqlx::query(
            "INSERT INTO oauth_sealed_successors (presented, successor, sealed, expires_at) \
             VALUES (?1, ?2, ?3, ?4)",
        )
        .bind(&presented.as_bytes()[..])
        .bind(&successor.token.hash.as_bytes()[..])
        .bind(&successor.sealed)
        .bind(seconds(retry_until))
        .execute(connection)
        .await?;
    }
    Ok(())
}

async fn insert(connection: &mut SqliteConnection, token: &RefreshToken, doing: &'static str) -> Result<()> {
    let failed_json = |cause| StoreError::new(doing, cause);
    let claims = json(&token.claims).map_err(failed_json)?;
    let openid = token.openid.as_ref().map(serde_json::to_string).transpose().map_err(failed_json)?;
    sqlx::query(
        "INSERT INTO oauth_refresh_tokens \
         (hash, client_id, subject, scopes, auth_time, claims, issued_at, expires_at, family, session, openid, \
         is_rotated) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )
    .bind(&token.hash.as_bytes()[..])
    .bind(&token.client_id)
    .bind(&token.subject)
    .bind(token.scopes.to_string())
    .bind(seconds(token.auth_time))
    .bind(claims)
    .bind(seconds(token.issued_at))
    .bind(seconds(token.expires_at))
    .bind(&token.family.as_bytes()[..])
    .bind(token.session.as_ref().map(|session| &session.as_bytes()[..]))
    .bind(openid)
    .bind(token.is_rotated)
    .execute(connection)
    .await
    .map_err(failed_or_kept(doing))?;
    Ok(())
}

fn decode_access(row: &SqliteRow) -> std::result::Result<AccessToken, Cause> {
    Ok(AccessToken {
        hash: row.hash("hash")?,
        client_id: row.text("client_id")?,
        subject: row.text_or_null("subject")?,
        scopes: row.scopes("scopes")?,
        claims: row.claims("claims")?,
        issued_at: row.time("issued_at")?,
        expires_at: row.time("expires_at")?,
        family: row.family_or_null("family")?,
        session: row.family_or_null("session")?,
        userinfo_claims: match row.text_or_null("userinfo_claims")? {
            Some(names) => serde_json::from_str(&names)?,
            None => BTreeMap::new(),
        },
    })
}

fn decode_refresh(row: &SqliteRow) -> std::result::Result<RefreshToken, Cause> {
    Ok(RefreshToken {
        hash: row.hash("hash")?,
        client_id: row.text("client_id")?,
        subject: row.text("subject")?,
        scopes: row.scopes("scopes")?,
        auth_time: row.time("auth_time")?,
        claims: row.claims("claims")?,
        issued_at: row.time("issued_at")?,
        expires_at: row.time("expires_at")?,
        family: row.family("family")?,
        session: row.family_or_null("session")?,
        openid: row.text_or_null("openid")?.as_deref().map(serde_json::from_str).transpose()?,
        is_rotated: row.flag("is_rotated")?,
    })
}
