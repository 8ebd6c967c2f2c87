//! Conversions of records to columns and of columns to records. What does not decode is a failure.

use serde_json::{Map, Value};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::failed;
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::store::FamilyId;
use crate::time::UnixTime;

/// The reason that a row does not decode.
pub(super) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A time as `SQLite`'s signed integer. What is beyond the range is beyond any clock.
pub(super) fn seconds(time: UnixTime) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}

pub(super) fn json(claims: &Map<String, Value>) -> Result<String, serde_json::Error> {
    serde_json::to_string(claims)
}

/// Reads typed columns.
pub(super) trait Columns {
    /// The record, as it was encoded.
    fn json(&self, doing: &'static str) -> crate::store::Result<&str>;
    fn text(&self, column: &str) -> Result<String, Cause>;
    fn text_or_null(&self, column: &str) -> Result<Option<String>, Cause>;
    fn time(&self, column: &str) -> Result<UnixTime, Cause>;
    fn flag(&self, column: &str) -> Result<bool, Cause>;
    fn hash(&self, column: &str) -> Result<TokenHash, Cause>;
    fn family_or_null(&self, column: &str) -> Result<Option<FamilyId>, Cause>;
    fn scopes(&self, column: &str) -> Result<ScopeSet, Cause>;
    fn claims(&self, column: &str) -> Result<Map<String, Value>, Cause>;
}

impl Columns for SqliteRow {
    fn json(&self, doing: &'static str) -> crate::store::Result<&str> {
        self.try_get("record").map_err(failed(doing))
    }

    fn text(&self, column: &str) -> Result<String, Cause> {
        Ok(self.try_get(column)?)
    }

    fn text_or_null(&self, column: &str) -> Result<Option<String>, Cause> {
        Ok(self.try_get(column)?)
    }

    fn time(&self, column: &str) -> Result<UnixTime, Cause> {
        let seconds: i64 = self.try_get(column)?;
        let seconds = u64::try_from(seconds).map_err(|_| format!("{column} is before 1970"))?;
        Ok(UnixTime::from_secs(seconds))
    }

    fn flag(&self, column: &str) -> Result<bool, Cause> {
        Ok(self.try_get(column)?)
    }

    fn hash(&self, column: &str) -> Result<TokenHash, Cause> {
        let bytes: &[u8] = self.try_get(column)?;
        Ok(TokenHash::from_bytes(bytes.try_into().map_err(|_| format!("{column} is not 32 bytes"))?))
    }

    fn family_or_null(&self, column: &str) -> Result<Option<FamilyId>, Cause> {
        let Some(bytes): Option<&[u8]> = self.try_get(column)? else {
            return Ok(None);
        };
        Ok(Some(FamilyId::from_bytes(bytes.try_into().map_err(|_| format!("{column} is not 16 bytes"))?)))
    }

    fn scopes(&self, column: &str) -> Result<ScopeSet, Cause> {
        let text: &str = self.try_get(column)?;
        Ok(ScopeSet::parse(text)?)
    }

    fn claims(&self, column: &str) -> Result<Map<String, Value>, Cause> {
        let text: &str = self.try_get(column)?;
        Ok(serde_json::from_str(text)?)
    }
}
