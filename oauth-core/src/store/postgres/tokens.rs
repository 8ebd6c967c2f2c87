//! Role `tokens`.

use std::time::Duration;

use super::PostgresStore;
use super::markers::is_live;
use super::row::{Columns as _, array, bytes, seconds};
use crate::secret::TokenHash;
use crate::store::{
    AccessToken, Marks, RefreshToken, Result, Revocation, Rotation, Saving, Successor, TokenStore, encode,
};
use crate::time::UnixTime;

const SAVE: &str = "save tokens";
const READ: &str = "read an access token";
const READ_REFRESH: &str = "read a refresh token";
const ROTATE: &str = "rotate a refresh token";

/// A token as the columns of its table.
struct Columns {
    hash: Vec<u8>,
    record: String,
    marks: Vec<Vec<u8>>,
    granted_at: i64,
    expires_at: i64,
}

impl Columns {
    fn of_access(token: &AccessToken, doing: &'static str) -> Result<Self> {
        Ok(Self {
            hash: bytes(&token.hash).to_vec(),
            record: encode(doing, token)?,
            marks: marks(&Marks::of(&token.hash, &token.authorization)),
            granted_at: seconds(token.authorization.granted_at),
            expires_at: seconds(token.expires_at),
        })
    }

    fn of_refresh(token: &RefreshToken, doing: &'static str) -> Result<Self> {
        Ok(Self {
            hash: bytes(&token.hash).to_vec(),
            record: encode(doing, token)?,
            marks: marks(&Marks::of(&token.hash, &token.authorization)),
            granted_at: seconds(token.authorization.granted_at),
            expires_at: seconds(token.expires_at),
        })
    }
}

fn marks(marks: &Marks) -> Vec<Vec<u8>> {
    array(marks).into_iter().map(<[u8]>::to_vec).collect()
}

/// Binds the columns of a token that may be absent: five parameters, all null without it.
macro_rules! bind {
    ($statement:expr, $token:expr) => {{
        let token: Option<&Columns> = $token;
        $statement
            .bind(token.map(|token| token.hash.clone()))
            .bind(token.map(|token| token.record.clone()))
            .bind(token.map(|token| token.marks.clone()))
            .bind(token.map(|token| token.granted_at))
            .bind(token.map(|token| token.expires_at))
    }};
}

impl TokenStore for PostgresStore {
    async fn save_tokens(
        &self,
        access: Option<AccessToken>,
        refresh: Option<RefreshToken>,
        _: UnixTime,
    ) -> Result<Saving> {
        let access = access.map(|token| Columns::of_access(&token, SAVE)).transpose()?;
        let refresh = refresh.map(|token| Columns::of_refresh(&token, SAVE)).transpose()?;
        let insert = || {
            let statement = sqlx::query(concat!(
                "WITH live AS (SELECT 1 WHERE ",
                is_live!("$3", "$4"),
                " AND ",
                is_live!("$8", "$9"),
                "), access AS (INSERT INTO oauth_access_tokens (hash, record, marks, granted_at, expires_at) \
                 SELECT $1, $2, $3, $4, $5 FROM live WHERE $1::bytea IS NOT NULL), \
                 refresh AS (INSERT INTO oauth_refresh_tokens (hash, record, marks, granted_at, expires_at) \
                 SELECT $6, $7, $8, $9, $10 FROM live WHERE $6::bytea IS NOT NULL) \
                 SELECT 1 FROM live"
            ));
            Ok(bind!(bind!(statement, access.as_ref()), refresh.as_ref()))
        };
        Ok(if self.changes(SAVE, insert).await? { Saving::Saved } else { Saving::Revoked })
    }

    async fn access_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<AccessToken>> {
        let select = || {
            sqlx::query(concat!(
                "SELECT record FROM oauth_access_tokens AS t WHERE hash = $1 AND expires_at > $2 AND ",
                is_live!()
            ))
            .bind(bytes(token))
            .bind(seconds(now))
        };
        self.read(READ, select).await?.map(|row| row.record(READ)).transpose()
    }

    async fn refresh_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<RefreshToken>> {
        let select = || {
            sqlx::query(concat!(
                "SELECT record, EXISTS (SELECT 1 FROM oauth_rotations AS n WHERE n.presented = t.hash) AS is_rotated \
                 FROM oauth_refresh_tokens AS t WHERE hash = $1 AND expires_at > $2 AND ",
                is_live!()
            ))
            .bind(bytes(token))
            .bind(seconds(now))
        };
        let Some(row) = self.read(READ_REFRESH, select).await? else { return Ok(None) };
        let is_rotated = row.value("is_rotated", READ_REFRESH)?;
        Ok(Some(RefreshToken { is_rotated, ..row.record(READ_REFRESH)? }))
    }

    async fn rotate_refresh_token(
        &self,
        presented: &TokenHash,
        successor: Successor,
        access: Option<AccessToken>,
        now: UnixTime,
        grace: Duration,
    ) -> Result<Rotation> {
        let access = access.map(|token| Columns::of_access(&token, ROTATE)).transpose()?;
        let next = Columns::of_refresh(&successor.token, ROTATE)?;
        // Each table is changed once, and nothing is updated: of any number of callers one inserts the rotation, and the others wait
        // for its commit.
        let rotate = || {
            let statement = sqlx::query(concat!(
                "WITH live AS (SELECT t.expires_at FROM oauth_refresh_tokens AS t WHERE t.hash = $11 AND t.expires_at > $12 AND ",
                is_live!(),
                " AND ",
                is_live!("$3", "$4"),
                " AND ",
                is_live!("$8", "$9"),
                "), claim AS (INSERT INTO oauth_rotations (presented, successor, expires_at) \
                 SELECT $11, $6, expires_at FROM live ON CONFLICT (presented) DO NOTHING RETURNING 1), \
                 access AS (INSERT INTO oauth_access_tokens (hash, record, marks, granted_at, expires_at) \
                 SELECT $1, $2, $3, $4, $5 FROM claim WHERE $1::bytea IS NOT NULL), \
                 refresh AS (INSERT INTO oauth_refresh_tokens (hash, record, marks, granted_at, expires_at) \
                 SELECT $6, $7, $8, $9, $10 FROM claim), \
                 seal AS (INSERT INTO oauth_sealed_successors (presented, successor, sealed, expires_at) \
                 SELECT $11, $6, $13, $14 FROM claim WHERE $14 > $12) \
                 SELECT 1 FROM claim"
            ));
            Ok(bind!(bind!(statement, access.as_ref()), Some(&next))
                .bind(bytes(presented))
                .bind(seconds(now))
                .bind(successor.sealed.clone())
                .bind(seconds(now + grace)))
        };
        if self.changes(ROTATE, rotate).await? {
            return Ok(Rotation::Rotated);
        }
        self.rotated_before(presented, now).await
    }

    async fn revoke(&self, revocation: &Revocation, until: UnixTime) -> Result<()> {
        self.keep_marker(revocation, until).await
    }
}

impl PostgresStore {
    /// The meaning of presenting a token that was not there to be rotated: whoever was first has committed by now. Whoever has
    /// rotated the successor has received it.
    async fn rotated_before(&self, presented: &TokenHash, now: UnixTime) -> Result<Rotation> {
        let select = || {
            sqlx::query(concat!(
                "SELECT n.presented IS NOT NULL AS is_rotated, s.sealed FROM oauth_refresh_tokens AS t \
                 LEFT JOIN oauth_rotations AS n ON n.presented = t.hash \
                 LEFT JOIN oauth_sealed_successors AS s ON s.presented = t.hash AND s.expires_at > $2 \
                 AND NOT EXISTS (SELECT 1 FROM oauth_rotations AS l WHERE l.presented = s.successor) \
                 WHERE t.hash = $1 AND t.expires_at > $2 AND ",
                is_live!()
            ))
            .bind(bytes(presented))
            .bind(seconds(now))
        };
        let Some(row) = self.read(ROTATE, select).await? else { return Ok(Rotation::Unknown) };
        let sealed: Option<Vec<u8>> = row.value("sealed", ROTATE)?;
        Ok(match (row.value("is_rotated", ROTATE)?, sealed) {
            // A marker of the new tokens that is none of the presented one.
            (false, _) => Rotation::Unknown,
            (true, Some(sealed)) => Rotation::Retried { sealed },
            (true, None) => Rotation::Reused,
        })
    }
}
