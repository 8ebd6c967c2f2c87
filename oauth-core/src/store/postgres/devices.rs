//! Role `devices`.

use std::time::Duration;

use sqlx::postgres::PgRow;

use super::PostgresStore;
use super::row::{Columns as _, bytes, seconds};
use crate::secret::TokenHash;
use crate::store::{
    Attempt, CodeRedemption, DeviceAuthorization, DeviceDecision, DeviceGrant, DevicePoll, DeviceStore,
    Marks, Result, StoreError, decode, encode,
};
use crate::time::UnixTime;

const SAVE: &str = "save a device code";
const READ: &str = "read a device code";
const DECIDE: &str = "decide on a device code";
const POLL: &str = "poll a device code";
const TAKE: &str = "redeem a device code";

impl DeviceStore for PostgresStore {
    async fn save_device_code(
        &self,
        device_code: TokenHash,
        user_code: TokenHash,
        authorization: DeviceAuthorization,
    ) -> Result<bool> {
        let insert = || {
            Ok(sqlx::query(
                "WITH saved AS (INSERT INTO oauth_device_codes \
                 (hash, user_code, client_id, record, poll_interval, expires_at, kept_until) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (user_code) DO NOTHING RETURNING 1) \
                 SELECT EXISTS (SELECT 1 FROM saved) AS is_saved, \
                 EXISTS (SELECT 1 FROM oauth_device_codes WHERE hash = $1) AS is_kept",
            )
            .bind(bytes(&device_code))
            .bind(bytes(&user_code))
            .bind(authorization.client_id.clone())
            .bind(encode(SAVE, &authorization)?)
            .bind(interval(&authorization))
            .bind(seconds(authorization.expires_at))
            .bind(seconds(authorization.kept_until)))
        };
        let Some(row) = self.write(SAVE, insert).await?.pop() else { return Ok(false) };
        match (row.value("is_saved", SAVE)?, row.value("is_kept", SAVE)?) {
            (false, true) => Err(StoreError::already_kept(SAVE)),
            (is_saved, _) => Ok(is_saved),
        }
    }

    async fn device_authorization(
        &self,
        user_code: &TokenHash,
        now: UnixTime,
    ) -> Result<Option<DeviceAuthorization>> {
        let select = || {
            sqlx::query(
                "SELECT record, poll_interval FROM oauth_device_codes \
                 WHERE user_code = $1 AND decision IS NULL AND expires_at > $2",
            )
            .bind(bytes(user_code))
            .bind(seconds(now))
        };
        self.read(READ, select).await?.map(|row| asked(&row, READ)).transpose()
    }

    async fn decide_device_code(
        &self,
        user_code: &TokenHash,
        decision: DeviceDecision,
        now: UnixTime,
    ) -> Result<bool> {
        self.changes(DECIDE, || {
            Ok(sqlx::query(
                "UPDATE oauth_device_codes SET decision = $3, decided_at = $2 \
                 WHERE user_code = $1 AND decision IS NULL AND expires_at > $2 RETURNING 1",
            )
            .bind(bytes(user_code))
            .bind(seconds(now))
            .bind(encode(DECIDE, &decision)?))
        })
        .await
    }

    async fn poll_device_code(
        &self,
        device_code: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> Result<DevicePoll> {
        // The row as it was before, and locked: the next poll sees what this one made of it, which is what `polled` says.
        let poll = || {
            Ok(sqlx::query(
                "WITH before AS (SELECT * FROM oauth_device_codes \
                 WHERE hash = $1 AND client_id = $2 AND kept_until > $3 AND taken_by IS NULL FOR UPDATE), \
                 polled AS (UPDATE oauth_device_codes AS d SET polled_at = $3, poll_interval = before.poll_interval \
                 + CASE WHEN before.polled_at + before.poll_interval > $3 THEN $4 ELSE 0 END FROM before \
                 WHERE d.hash = before.hash AND before.expires_at > $3 AND before.decision IS NULL) \
                 SELECT record, poll_interval, polled_at, decision, decided_at FROM before",
            )
            .bind(bytes(device_code))
            .bind(client_id.to_owned())
            .bind(seconds(now))
            .bind(whole(DeviceAuthorization::SLOW_DOWN)))
        };
        let Some(row) = self.write(POLL, poll).await?.pop() else { return Ok(DevicePoll::Unknown) };
        let mut authorization = asked(&row, POLL)?;
        if authorization.expires_at <= now {
            return Ok(DevicePoll::Expired);
        }
        if let Some((decision, at)) = decision(&row, POLL)? {
            let Some(grant) = DeviceGrant::of(device_code, authorization, decision, at) else {
                return Ok(DevicePoll::Denied);
            };
            let is_revoked = self.is_grant_revoked(device_code, &grant, POLL).await?;
            return Ok(if is_revoked { DevicePoll::Unknown } else { DevicePoll::Approved(grant) });
        }
        let mut polled_at = row.time_or_null("polled_at", POLL)?;
        Ok(authorization.polled(&mut polled_at, now))
    }

    async fn take_device_code(
        &self,
        device_code: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> Result<CodeRedemption> {
        let select = || {
            sqlx::query(
                "SELECT record, poll_interval, polled_at, decision, decided_at FROM oauth_device_codes WHERE hash = $1 AND expires_at > $2 AND decision IS NOT NULL",
            )
            .bind(bytes(device_code))
            .bind(seconds(now))
        };
        // A decision stays as it is, so that it can be looked at before.
        let Some(row) = self.read(TAKE, select).await? else { return Ok(CodeRedemption::Unknown) };
        let Some((decision, at)) = decision(&row, TAKE)? else { return Ok(CodeRedemption::Unknown) };
        let Some(grant) = DeviceGrant::of(device_code, asked(&row, TAKE)?, decision, at) else {
            return Ok(CodeRedemption::Unknown);
        };
        if self.is_grant_revoked(device_code, &grant, TAKE).await? {
            return Ok(CodeRedemption::Unknown);
        }
        let take = || {
            Ok(sqlx::query(
                "UPDATE oauth_device_codes SET taken_by = $2 \
                 WHERE hash = $1 AND (taken_by IS NULL OR taken_by = $2) RETURNING 1",
            )
            .bind(bytes(device_code))
            .bind(&attempt.as_bytes()[..]))
        };
        let is_taken = !self.write_again(TAKE, take).await?.is_empty();
        Ok(if is_taken { CodeRedemption::Redeemed } else { CodeRedemption::Taken })
    }
}

impl PostgresStore {
    async fn is_grant_revoked(
        &self,
        device_code: &TokenHash,
        grant: &DeviceGrant,
        doing: &'static str,
    ) -> Result<bool> {
        let marks = Marks::of(device_code, &grant.authorization);
        self.is_marked(&marks, grant.authorization.granted_at, doing).await
    }
}

fn whole(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

fn interval(authorization: &DeviceAuthorization) -> i64 {
    whole(authorization.interval)
}

/// The request of the device; its interval may have become longer.
fn asked(row: &PgRow, doing: &'static str) -> Result<DeviceAuthorization> {
    let interval: i64 = row.value("poll_interval", doing)?;
    let interval = u64::try_from(interval).map_err(|cause| StoreError::new(doing, cause))?;
    Ok(DeviceAuthorization { interval: Duration::from_secs(interval), ..row.record(doing)? })
}

/// The decision, and when it was made.
fn decision(row: &PgRow, doing: &'static str) -> Result<Option<(DeviceDecision, UnixTime)>> {
    let Some(decision): Option<&str> = row.value("decision", doing)? else { return Ok(None) };
    Ok(Some((decode(doing, decision)?, row.time("decided_at", doing)?)))
}
