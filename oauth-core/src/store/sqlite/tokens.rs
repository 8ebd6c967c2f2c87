//! Role `tokens`.

use std::time::Duration;

use sqlx::{Row as _, SqliteConnection};

use super::insert::Row;
use super::job::Written;
use super::markers::{is_live, is_revoked};
use super::row::{Columns, seconds};
use super::writer::Statement;
use super::{SqliteStore, failed, failed_or_kept};
use crate::secret::TokenHash;
use crate::store::{
    AccessToken, Marks, RefreshToken, Result, Revocation, Rotation, Saving, Successor, TokenStore, decode,
    encode,
};
use crate::time::UnixTime;

const SAVE: &str = "save tokens";
const READ: &str = "read an access token";
const READ_REFRESH: &str = "read a refresh token";
const ROTATE: &str = "rotate a refresh token";

impl TokenStore for SqliteStore {
    async fn save_tokens(
        &self,
        access: Option<AccessToken>,
        refresh: Option<RefreshToken>,
        _: UnixTime,
    ) -> Result<Saving> {
        let inserted = match (access, refresh) {
            (None, None) => return Ok(Saving::Saved),
            (Some(access), None) => self.writer.insert(SAVE, ACCESS, access_row(&access, SAVE)?).await?,
            (None, Some(refresh)) => self.writer.insert(SAVE, REFRESH, refresh_row(&refresh, SAVE)?).await?,
            (Some(access), Some(refresh)) => {
                return self
                    .writer
                    .transact(SAVE, move |connection| {
                        Box::pin(async move {
                            insert_both(connection, Some(&access), &refresh, SAVE).await.map(undo_if_revoked)
                        })
                    })
                    .await;
            }
        };
        Ok(saving(inserted))
    }

    async fn access_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<AccessToken>> {
        let select = sqlx::query(concat!(
            "SELECT record FROM oauth_access_tokens AS t WHERE hash = ?1 AND expires_at > ?2 AND ",
            is_live!()
        ))
        .bind(&token.as_bytes()[..])
        .bind(seconds(now));
        let row = self.read(READ, select.fetch_optional(&self.reader)).await?;
        row.map(|row| decode(READ, row.json(READ)?)).transpose()
    }

    async fn refresh_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<RefreshToken>> {
        let select = sqlx::query(concat!(
            "SELECT record, is_rotated FROM oauth_refresh_tokens AS t WHERE hash = ?1 AND expires_at > ?2 AND ",
            is_live!()
        ))
        .bind(&token.as_bytes()[..])
        .bind(seconds(now));
        let row = self.read(READ_REFRESH, select.fetch_optional(&self.reader)).await?;
        let Some(row) = row else { return Ok(None) };
        let is_rotated = row.try_get("is_rotated").map_err(failed(READ_REFRESH))?;
        Ok(Some(RefreshToken { is_rotated, ..decode(READ_REFRESH, row.json(READ_REFRESH)?)? }))
    }

    async fn rotate_refresh_token(
        &self,
        presented: &TokenHash,
        successor: Successor,
        access: Option<AccessToken>,
        now: UnixTime,
        grace: Duration,
    ) -> Result<Rotation> {
        let presented = *presented;
        self.writer
            .transact(ROTATE, move |connection| {
                Box::pin(rotate(connection, presented, successor, access, now, grace))
            })
            .await
    }

    async fn revoke(&self, revocation: &Revocation, until: UnixTime) -> Result<()> {
        self.keep_marker(revocation, until).await
    }
}

async fn rotate(
    connection: &mut SqliteConnection,
    presented: TokenHash,
    successor: Successor,
    access: Option<AccessToken>,
    now: UnixTime,
    grace: Duration,
) -> Result<Written<Rotation>> {
    let rotated = sqlx::query(concat!(
        "UPDATE oauth_refresh_tokens AS t SET is_rotated = 1 \
         WHERE hash = ?1 AND is_rotated = 0 AND expires_at > ?2 AND ",
        is_live!()
    ))
    .bind(&presented.as_bytes()[..])
    .bind(seconds(now))
    .execute(&mut *connection)
    .await
    .map_err(failed(ROTATE))?;
    if rotated.rows_affected() == 0 {
        return rotated_before(connection, &presented, now).await.map(Written::Kept);
    }
    let saving = insert_both(connection, access.as_ref(), &successor.token, ROTATE).await?;
    // A marker of the new tokens that is none of the presented one.
    if saving == Saving::Revoked {
        return Ok(Written::Undone(Rotation::Unknown));
    }
    keep_sealed(connection, &presented, &successor, now, grace).await.map_err(failed(ROTATE))?;
    Ok(Written::Kept(Rotation::Rotated))
}

/// The meaning of presenting a token that was not there to be rotated.
async fn rotated_before(
    connection: &mut SqliteConnection,
    presented: &TokenHash,
    now: UnixTime,
) -> Result<Rotation> {
    let row = sqlx::query(concat!(
        "SELECT s.sealed FROM oauth_refresh_tokens AS t \
         LEFT JOIN oauth_sealed_successors AS s ON s.presented = t.hash AND s.expires_at > ?2 \
         WHERE t.hash = ?1 AND t.expires_at > ?2 AND ",
        is_live!()
    ))
    .bind(&presented.as_bytes()[..])
    .bind(seconds(now))
    .fetch_optional(connection)
    .await
    .map_err(failed(ROTATE))?;
    let Some(row) = row else { return Ok(Rotation::Unknown) };
    let sealed: Option<Vec<u8>> = row.try_get("sealed").map_err(failed(ROTATE))?;
    Ok(sealed.map_or(Rotation::Reused, |sealed| Rotation::Retried { sealed }))
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

/// Keeps a row unless a marker ends it, in one statement.
macro_rules! insert {
    ($table:literal) => {
        concat!(
            "INSERT INTO ",
            $table,
            " (hash, record, marks, granted_at, expires_at) \
             SELECT * FROM (SELECT ? AS hash, ? AS record, ? AS marks, ? AS granted_at, ? AS expires_at) AS t WHERE ",
            is_live!(),
            ";"
        )
    };
}

const ACCESS: &str = insert!("oauth_access_tokens");
const REFRESH: &str = insert!("oauth_refresh_tokens");

/// Inserts both tokens, unless a marker ends them, which is looked at first: then nothing is kept, whatever
/// is kept already.
async fn insert_both(
    connection: &mut SqliteConnection,
    access: Option<&AccessToken>,
    refresh: &RefreshToken,
    doing: &'static str,
) -> Result<Saving> {
    if let Some(access) = access {
        let marks = Marks::of(&access.hash, &access.authorization);
        if is_revoked(&mut *connection, &marks, access.authorization.granted_at)
            .await
            .map_err(failed(doing))?
        {
            return Ok(Saving::Revoked);
        }
    }
    let run = async |statement: Statement, connection: &mut SqliteConnection| {
        let inserted = statement.execute(connection).await.map_err(failed_or_kept(doing))?;
        Ok(saving(inserted.rows_affected()))
    };
    match (run(refresh_row(refresh, doing)?.statement(REFRESH), connection).await?, access) {
        (Saving::Saved, Some(access)) => run(access_row(access, doing)?.statement(ACCESS), connection).await,
        (saving, _) => Ok(saving),
    }
}

/// The meaning of the number of rows that an insertion added.
const fn saving(inserted: u64) -> Saving {
    if inserted == 1 { Saving::Saved } else { Saving::Revoked }
}

const fn undo_if_revoked(saving: Saving) -> Written<Saving> {
    match saving {
        Saving::Saved => Written::Kept(saving),
        Saving::Revoked => Written::Undone(saving),
    }
}

fn access_row(token: &AccessToken, doing: &'static str) -> Result<Row> {
    Ok(Row::new(token.hash, encode(doing, token)?, &token.authorization, token.expires_at))
}

fn refresh_row(token: &RefreshToken, doing: &'static str) -> Result<Row> {
    Ok(Row::new(token.hash, encode(doing, token)?, &token.authorization, token.expires_at))
}
