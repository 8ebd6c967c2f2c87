//! Role `devices`.

use std::time::Duration;

use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::job::Written;
use super::markers::is_revoked;
use super::row::{Columns, seconds};
use super::{SqliteStore, failed};
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

impl DeviceStore for SqliteStore {
    async fn save_device_code(
        &self,
        device_code: TokenHash,
        user_code: TokenHash,
        authorization: DeviceAuthorization,
    ) -> Result<bool> {
        let statement = sqlx::query(
            "INSERT INTO oauth_device_codes \
             (hash, user_code, client_id, record, interval, expires_at, kept_until) \
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS \
             (SELECT 1 FROM oauth_device_codes WHERE user_code = ?2 AND hash <> ?1)",
        )
        .bind(&device_code.as_bytes()[..])
        .bind(&user_code.as_bytes()[..])
        .bind(&authorization.client_id)
        .bind(encode(SAVE, &authorization)?)
        .bind(interval(&authorization))
        .bind(seconds(authorization.expires_at))
        .bind(seconds(authorization.kept_until));
        Ok(self.writer.execute(SAVE, statement).await? == 1)
    }

    async fn device_authorization(
        &self,
        user_code: &TokenHash,
        now: UnixTime,
    ) -> Result<Option<DeviceAuthorization>> {
        let select = sqlx::query(
            "SELECT record, interval, polled_at, decision, decided_at FROM oauth_device_codes WHERE user_code = ?1 AND decision IS NULL AND expires_at > ?2",
        )
        .bind(&user_code.as_bytes()[..])
        .bind(seconds(now));
        let row = self.read(READ, select.fetch_optional(&self.reader)).await?;
        row.map(|row| asked(&row, READ)).transpose()
    }

    async fn decide_device_code(
        &self,
        user_code: &TokenHash,
        decision: DeviceDecision,
        now: UnixTime,
    ) -> Result<bool> {
        let statement = sqlx::query(
            "UPDATE oauth_device_codes SET decision = ?3, decided_at = ?2 \
             WHERE user_code = ?1 AND decision IS NULL AND expires_at > ?2",
        )
        .bind(&user_code.as_bytes()[..])
        .bind(seconds(now))
        .bind(encode(DECIDE, &decision)?);
        Ok(self.writer.execute(DECIDE, statement).await? == 1)
    }

    async fn poll_device_code(
        &self,
        device_code: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> Result<DevicePoll> {
        let (device_code, client_id) = (*device_code, client_id.to_owned());
        self.writer
            .transact(POLL, move |connection| Box::pin(poll(connection, device_code, client_id, now)))
            .await
    }

    async fn take_device_code(
        &self,
        device_code: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> Result<CodeRedemption> {
        let device_code = *device_code;
        self.writer
            .transact(TAKE, move |connection| Box::pin(take(connection, device_code, attempt, now)))
            .await
    }
}

async fn poll(
    connection: &mut SqliteConnection,
    device_code: TokenHash,
    client_id: String,
    now: UnixTime,
) -> Result<Written<DevicePoll>> {
    let row = sqlx::query(
        "SELECT record, interval, polled_at, decision, decided_at FROM oauth_device_codes \
         WHERE hash = ?1 AND client_id = ?2 AND kept_until > ?3 AND taken_by IS NULL",
    )
    .bind(&device_code.as_bytes()[..])
    .bind(client_id)
    .bind(seconds(now))
    .fetch_optional(&mut *connection)
    .await
    .map_err(failed(POLL))?;
    let Some(row) = row else { return Ok(Written::Kept(DevicePoll::Unknown)) };
    let mut authorization = asked(&row, POLL)?;
    if authorization.expires_at <= now {
        return Ok(Written::Kept(DevicePoll::Expired));
    }
    if let Some(decision) = decision(&row, POLL)? {
        return Ok(Written::Kept(
            match granted(connection, &device_code, authorization, decision, POLL).await? {
                Granted::Live(grant) => DevicePoll::Approved(grant),
                Granted::Revoked => DevicePoll::Unknown,
                Granted::Nothing => DevicePoll::Denied,
            },
        ));
    }
    let polled_at: Option<i64> = row.try_get("polled_at").map_err(failed(POLL))?;
    let polled_at = polled_at.map(|_| row.time("polled_at")).transpose();
    let mut polled_at = polled_at.map_err(|cause| StoreError::new(POLL, cause))?;
    let poll = authorization.polled(&mut polled_at, now);
    sqlx::query("UPDATE oauth_device_codes SET polled_at = ?2, interval = ?3 WHERE hash = ?1")
        .bind(&device_code.as_bytes()[..])
        .bind(polled_at.map(seconds))
        .bind(interval(&authorization))
        .execute(&mut *connection)
        .await
        .map_err(failed(POLL))?;
    Ok(Written::Kept(poll))
}

async fn take(
    connection: &mut SqliteConnection,
    device_code: TokenHash,
    attempt: Attempt,
    now: UnixTime,
) -> Result<Written<CodeRedemption>> {
    let row = sqlx::query(
        "SELECT record, interval, decision, decided_at, taken_by FROM oauth_device_codes WHERE hash = ?1 AND expires_at > ?2 AND decision IS NOT NULL",
    )
    .bind(&device_code.as_bytes()[..])
    .bind(seconds(now))
    .fetch_optional(&mut *connection)
    .await
    .map_err(failed(TAKE))?;
    let Some(row) = row else { return Ok(Written::Kept(CodeRedemption::Unknown)) };
    let Some(decision) = decision(&row, TAKE)? else { return Ok(Written::Kept(CodeRedemption::Unknown)) };
    let granted = granted(connection, &device_code, asked(&row, TAKE)?, decision, TAKE).await?;
    if !matches!(granted, Granted::Live(_)) {
        return Ok(Written::Kept(CodeRedemption::Unknown));
    }
    let taken_by: Option<&[u8]> = row.try_get("taken_by").map_err(failed(TAKE))?;
    match taken_by {
        Some(earlier) if earlier == attempt.as_bytes() => return Ok(Written::Kept(CodeRedemption::Redeemed)),
        Some(_) => return Ok(Written::Kept(CodeRedemption::Taken)),
        None => {}
    }
    sqlx::query("UPDATE oauth_device_codes SET taken_by = ?2 WHERE hash = ?1")
        .bind(&device_code.as_bytes()[..])
        .bind(&attempt.as_bytes()[..])
        .execute(&mut *connection)
        .await
        .map_err(failed(TAKE))?;
    Ok(Written::Kept(CodeRedemption::Redeemed))
}

/// The result of a decision.
enum Granted {
    Nothing,
    Revoked,
    Live(DeviceGrant),
}

async fn granted(
    connection: &mut SqliteConnection,
    device_code: &TokenHash,
    asked: DeviceAuthorization,
    (decision, decided_at): (DeviceDecision, UnixTime),
    doing: &'static str,
) -> Result<Granted> {
    let Some(grant) = DeviceGrant::of(device_code, asked, decision, decided_at) else {
        return Ok(Granted::Nothing);
    };
    let marks = Marks::of(device_code, &grant.authorization);
    let is_revoked =
        is_revoked(&mut *connection, &marks, grant.authorization.granted_at).await.map_err(failed(doing))?;
    Ok(if is_revoked { Granted::Revoked } else { Granted::Live(grant) })
}

fn interval(authorization: &DeviceAuthorization) -> i64 {
    i64::try_from(authorization.interval.as_secs()).unwrap_or(i64::MAX)
}

/// The request of the device; its interval may have become longer.
fn asked(row: &SqliteRow, doing: &'static str) -> Result<DeviceAuthorization> {
    let interval: i64 = row.try_get("interval").map_err(failed(doing))?;
    let interval = u64::try_from(interval).map_err(|cause| StoreError::new(doing, cause))?;
    Ok(DeviceAuthorization { interval: Duration::from_secs(interval), ..decode(doing, row.json(doing)?)? })
}

/// The decision, and when it was made.
fn decision(row: &SqliteRow, doing: &'static str) -> Result<Option<(DeviceDecision, UnixTime)>> {
    let Some(decision): Option<&str> = row.try_get("decision").map_err(failed(doing))? else {
        return Ok(None);
    };
    let at = row.time("decided_at").map_err(|cause| StoreError::new(doing, cause))?;
    Ok(Some((decode(doing, decision)?, at)))
}
