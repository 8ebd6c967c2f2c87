//! Role `devices`.

use std::time::Duration;

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::row::{Cause, Columns, json, seconds};
use super::{SqliteStore, failed, failed_or_kept};
use crate::secret::TokenHash;
use crate::store::{
    DeviceAuthorization, DeviceDecision, DeviceGrant, DevicePoll, DeviceStore, Result, StoreError,
};
use crate::time::UnixTime;

const SAVE: &str = "save a device code";
const READ: &str = "read a device code";
const DECIDE: &str = "decide on a device code";
const POLL: &str = "poll a device code";

impl DeviceStore for SqliteStore {
    async fn save_device_code(
        &self,
        device_code: TokenHash,
        user_code: TokenHash,
        authorization: DeviceAuthorization,
    ) -> Result<bool> {
        let claims = json(&authorization.claims).map_err(|cause| StoreError::new(SAVE, cause))?;
        let saved = sqlx::query(
            "INSERT INTO oauth_device_codes \
             (hash, user_code, client_id, scopes, claims, interval, expires_at, kept_until) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (user_code) DO NOTHING",
        )
        .bind(&device_code.as_bytes()[..])
        .bind(&user_code.as_bytes()[..])
        .bind(&authorization.client_id)
        .bind(authorization.scopes.to_string())
        .bind(claims)
        .bind(interval(&authorization))
        .bind(seconds(authorization.expires_at))
        .bind(seconds(authorization.kept_until))
        .execute(&self.writer)
        .await
        .map_err(failed_or_kept(SAVE))?;
        self.purge_if_due().await;
        Ok(saved.rows_affected() == 1)
    }

    async fn device_authorization(
        &self,
        user_code: &TokenHash,
        now: UnixTime,
    ) -> Result<Option<DeviceAuthorization>> {
        let row = sqlx::query(
            "SELECT * FROM oauth_device_codes WHERE user_code = ?1 AND is_approved IS NULL AND expires_at > ?2",
        )
        .bind(&user_code.as_bytes()[..])
        .bind(seconds(now))
        .fetch_optional(&self.reader)
        .await
        .map_err(failed(READ))?;
        row.as_ref().map(decode).transpose().map_err(|cause| StoreError::new(READ, cause))
    }

    async fn decide_device_code(
        &self,
        user_code: &TokenHash,
        decision: DeviceDecision,
        now: UnixTime,
    ) -> Result<bool> {
        let (is_approved, subject, auth_time, scopes) = match decision {
            DeviceDecision::Approve { subject, auth_time, scopes } => {
                (true, Some(subject), Some(seconds(auth_time)), Some(scopes.to_string()))
            }
            DeviceDecision::Deny => (false, None, None, None),
        };
        let decided = sqlx::query(
            "UPDATE oauth_device_codes SET is_approved = ?3, subject = ?4, auth_time = ?5, \
             scopes = coalesce(?6, scopes) \
             WHERE user_code = ?1 AND is_approved IS NULL AND expires_at > ?2",
        )
        .bind(&user_code.as_bytes()[..])
        .bind(seconds(now))
        .bind(is_approved)
        .bind(subject)
        .bind(auth_time)
        .bind(scopes)
        .execute(&self.writer)
        .await
        .map_err(failed(DECIDE))?;
        Ok(decided.rows_affected() == 1)
    }

    async fn poll_device_code(
        &self,
        device_code: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> Result<DevicePoll> {
        let mut transaction = self.begin(POLL).await?;
        let row = sqlx::query(
            "SELECT * FROM oauth_device_codes WHERE hash = ?1 AND client_id = ?2 AND kept_until > ?3",
        )
        .bind(&device_code.as_bytes()[..])
        .bind(client_id)
        .bind(seconds(now))
        .fetch_optional(&mut *transaction)
        .await
        .map_err(failed(POLL))?;
        let Some(row) = row else { return Ok(DevicePoll::Unknown) };
        let undecoded = |cause| StoreError::new(POLL, cause);
        let mut authorization = decode(&row).map_err(undecoded)?;
        if authorization.expires_at <= now {
            return Ok(DevicePoll::Expired);
        }
        let poll = match row.try_get("is_approved").map_err(failed(POLL))? {
            Some(false) => return Ok(DevicePoll::Denied),
            Some(true) => {
                sqlx::query("DELETE FROM oauth_device_codes WHERE hash = ?1")
                    .bind(&device_code.as_bytes()[..])
                    .execute(&mut *transaction)
                    .await
                    .map_err(failed(POLL))?;
                DevicePoll::Approved(DeviceGrant {
                    subject: row.text("subject").map_err(undecoded)?,
                    auth_time: row.time("auth_time").map_err(undecoded)?,
                    scopes: authorization.scopes,
                    claims: authorization.claims,
                })
            }
            None => {
                let polled_at: Option<i64> = row.try_get("polled_at").map_err(failed(POLL))?;
                let mut polled_at =
                    polled_at.map(|_| row.time("polled_at")).transpose().map_err(undecoded)?;
                let poll = authorization.polled(&mut polled_at, now);
                sqlx::query("UPDATE oauth_device_codes SET polled_at = ?2, interval = ?3 WHERE hash = ?1")
                    .bind(&device_code.as_bytes()[..])
                    .bind(polled_at.map(seconds))
                    .bind(interval(&authorization))
                    .execute(&mut *transaction)
                    .await
                    .map_err(failed(POLL))?;
                poll
            }
        };
        transaction.commit().await.map_err(failed(POLL))?;
        Ok(poll)
    }
}

fn interval(authorization: &DeviceAuthorization) -> i64 {
    i64::try_from(authorization.interval.as_secs()).unwrap_or(i64::MAX)
}

fn decode(row: &SqliteRow) -> std::result::Result<DeviceAuthorization, Cause> {
    let interval: i64 = row.try_get("interval")?;
    Ok(DeviceAuthorization {
        client_id: row.text("client_id")?,
        scopes: row.scopes("scopes")?,
        claims: row.claims("claims")?,
        interval: Duration::from_secs(u64::try_from(interval)?),
        expires_at: row.time("expires_at")?,
        kept_until: row.time("kept_until")?,
    })
}
