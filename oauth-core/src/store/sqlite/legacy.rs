//! The tables that the version before wrote: columns become records. Migration 5 leaves its tables beside the
//! new ones.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, SqliteConnection};

use super::row::{Cause, Columns, seconds};
use crate::model::IdTokenContext;
use crate::model::pkce::CodeChallenge;
use crate::scope::ScopeSet;
use crate::store::{
    AccessToken, Authorization, AuthorizationGrant, DeviceAuthorization, DeviceDecision, FamilyId, Marks,
    RefreshToken, encode,
};
use crate::time::UnixTime;

/// The migration after which there is something to carry over.
pub(super) const VERSION: i64 = 5;
/// The number of rows that are in memory at a time.
const BATCH: i64 = 256;
const DOING: &str = "carry a record over";

/// Carries everything over. What was granted counts from now on: when, nobody wrote down.
pub(super) async fn carry_over(connection: &mut SqliteConnection) -> Result<(), Cause> {
    let now = UnixTime::now();
    codes(connection, now).await?;
    access_tokens(connection, now).await?;
    refresh_tokens(connection, now).await?;
    device_codes(connection, now).await?;
    for drop in [
        "DROP TABLE oauth_old_codes",
        "DROP TABLE oauth_old_access_tokens",
        "DROP TABLE oauth_old_refresh_tokens",
        "DROP TABLE oauth_old_device_codes",
    ] {
        sqlx::query(drop).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Runs a function over every row of a table, a batch at a time.
macro_rules! for_each_row {
    ($connection:ident, $table:literal, $end:literal > $now:expr, |$row:ident| $body:expr) => {
        let mut last = i64::MIN;
        loop {
            let rows = sqlx::query(concat!(
                "SELECT rowid AS row, * FROM ",
                $table,
                " WHERE rowid > ?1 AND ",
                $end,
                " > ?3 ORDER BY rowid LIMIT ?2"
            ))
            .bind(last)
            .bind(BATCH)
            .bind(seconds($now))
            .fetch_all(&mut *$connection)
            .await?;
            let Some(end) = rows.last() else { break };
            last = end.try_get("row")?;
            for $row in &rows {
                $body
            }
        }
    };
}

async fn codes(connection: &mut SqliteConnection, now: UnixTime) -> Result<(), Cause> {
    for_each_row!(connection, "oauth_old_codes", "expires_at" > now, |row| {
        let (hash, old) = (row.hash("hash")?, serde_json::from_str::<Grant>(&row.text("grant_json")?)?);
        let grant = old.into_grant(now);
        // A redeemed code was redeemed by nobody in particular.
        let taken_by = row.flag("is_redeemed")?.then_some([0; 16]);
        sqlx::query(
            "INSERT INTO oauth_codes (hash, record, marks, granted_at, taken_by, expires_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .bind(&hash.as_bytes()[..])
        .bind(encode(DOING, &grant)?)
        .bind(Marks::of(&hash, &grant.authorization).as_bytes())
        .bind(seconds(now))
        .bind(taken_by.as_ref().map(|attempt| &attempt[..]))
        .bind(seconds(grant.expires_at))
        .execute(&mut *connection)
        .await?;
    });
    Ok(())
}

async fn access_tokens(connection: &mut SqliteConnection, now: UnixTime) -> Result<(), Cause> {
    for_each_row!(connection, "oauth_old_access_tokens", "expires_at" > now, |row| {
        let mut authorization = authorization(row, now)?;
        if let Some(names) = row.text_or_null("userinfo_claims")? {
            let mut openid = IdTokenContext::default();
            openid.claims.userinfo = serde_json::from_str(&names)?;
            authorization.openid = Some(openid);
        }
        let claims = std::mem::take(&mut authorization.claims);
        let token = AccessToken {
            hash: row.hash("hash")?,
            scopes: authorization.scopes.clone(),
            authorization: Arc::new(authorization),
            claims: claims.into(),
            issued_at: row.time("issued_at")?,
            expires_at: row.time("expires_at")?,
        };
        sqlx::query(
            "INSERT INTO oauth_access_tokens (hash, record, marks, granted_at, expires_at) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .bind(&token.hash.as_bytes()[..])
        .bind(encode(DOING, &token)?)
        .bind(Marks::of(&token.hash, &token.authorization).as_bytes())
        .bind(seconds(now))
        .bind(seconds(token.expires_at))
        .execute(&mut *connection)
        .await?;
    });
    Ok(())
}

async fn refresh_tokens(connection: &mut SqliteConnection, now: UnixTime) -> Result<(), Cause> {
    for_each_row!(connection, "oauth_old_refresh_tokens", "expires_at" > now, |row| {
        let mut authorization = authorization(row, now)?;
        authorization.auth_time = Some(row.time("auth_time")?);
        if let Some(openid) = row.text_or_null("openid")? {
            serde_json::from_str::<OpenId>(&openid)?.add_to(&mut authorization);
        }
        let token = RefreshToken {
            hash: row.hash("hash")?,
            authorization: Arc::new(authorization),
            issued_at: row.time("issued_at")?,
            expires_at: row.time("expires_at")?,
            is_rotated: row.flag("is_rotated")?,
        };
        sqlx::query(
            "INSERT INTO oauth_refresh_tokens (hash, record, marks, granted_at, is_rotated, expires_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .bind(&token.hash.as_bytes()[..])
        .bind(encode(DOING, &token)?)
        .bind(Marks::of(&token.hash, &token.authorization).as_bytes())
        .bind(seconds(now))
        .bind(token.is_rotated)
        .bind(seconds(token.expires_at))
        .execute(&mut *connection)
        .await?;
    });
    Ok(())
}

async fn device_codes(connection: &mut SqliteConnection, now: UnixTime) -> Result<(), Cause> {
    for_each_row!(connection, "oauth_old_device_codes", "kept_until" > now, |row| {
        let interval: i64 = row.try_get("interval")?;
        let authorization = DeviceAuthorization {
            client_id: row.text("client_id")?,
            scopes: row.scopes("scopes")?,
            resources: Vec::new(),
            claims: row.claims("claims")?,
            interval: Duration::from_secs(u64::try_from(interval)?),
            expires_at: row.time("expires_at")?,
            kept_until: row.time("kept_until")?,
        };
        let decision = match row.try_get("is_approved")? {
            None => None,
            Some(false) => Some(DeviceDecision::Deny),
            Some(true) => Some(DeviceDecision::approve(
                row.text("subject")?,
                row.time("auth_time")?,
                authorization.scopes.clone(),
            )),
        };
        let decided_at = decision.is_some().then(|| seconds(now));
        let (user_code, polled_at): (&[u8], Option<i64>) =
            (row.try_get("user_code")?, row.try_get("polled_at")?);
        sqlx::query(
            "INSERT INTO oauth_device_codes (hash, user_code, client_id, record, interval, polled_at, decision, \
             decided_at, expires_at, kept_until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )
        .bind(&row.hash("hash")?.as_bytes()[..])
        .bind(user_code)
        .bind(&authorization.client_id)
        .bind(encode(DOING, &authorization)?)
        .bind(interval)
        .bind(polled_at)
        .bind(decision.map(|decision| encode(DOING, &decision)).transpose()?)
        .bind(decided_at)
        .bind(seconds(authorization.expires_at))
        .bind(seconds(authorization.kept_until))
        .execute(&mut *connection)
        .await?;
    });
    Ok(())
}

/// The authorization in the columns of both kinds of tokens.
fn authorization(row: &SqliteRow, now: UnixTime) -> Result<Authorization, Cause> {
    let mut authorization = Authorization::new(row.text("client_id")?, now);
    authorization.subject = row.text_or_null("subject")?;
    authorization.scopes = row.scopes("scopes")?;
    authorization.claims = row.claims("claims")?;
    authorization.family = row.family_or_null("family")?;
    authorization.session = row.family_or_null("session")?;
    Ok(authorization)
}

/// `grant_json`.
#[derive(Deserialize)]
struct Grant {
    client_id: String,
    redirect_uri: Option<String>,
    subject: String,
    scopes: ScopeSet,
    code_challenge: Option<CodeChallenge>,
    auth_time: UnixTime,
    claims: Map<String, Value>,
    openid: Option<OpenId>,
    family: [u8; 16],
    expires_at: UnixTime,
}

impl Grant {
    fn into_grant(self, now: UnixTime) -> AuthorizationGrant {
        let mut authorization = Authorization::new(self.client_id, now);
        authorization.subject = Some(self.subject);
        authorization.auth_time = Some(self.auth_time);
        authorization.scopes = self.scopes;
        authorization.claims = self.claims;
        authorization.family = Some(FamilyId::from_bytes(self.family));
        if let Some(openid) = self.openid {
            openid.add_to(&mut authorization);
            authorization.session = authorization.openid.as_ref().and_then(IdTokenContext::session);
        }
        AuthorizationGrant {
            authorization: Arc::new(authorization),
            redirect_uri: self.redirect_uri,
            code_challenge: self.code_challenge,
            dpop_jkt: None,
            expires_at: self.expires_at,
        }
    }
}

/// The context of ID tokens, when how the login went was a part of it.
#[derive(Deserialize)]
struct OpenId {
    acr: Option<String>,
    #[serde(default)]
    amr: Vec<String>,
    #[serde(flatten)]
    context: IdTokenContext,
}

impl OpenId {
    fn add_to(self, authorization: &mut Authorization) {
        authorization.acr = self.acr;
        authorization.amr = self.amr;
        authorization.openid = Some(self.context);
    }
}
