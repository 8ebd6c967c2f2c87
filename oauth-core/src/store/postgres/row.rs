//! Conversions of records to columns and of columns to records. What does not decode is a failure.

use sqlx::Row as _;
use sqlx::postgres::PgRow;

use super::failed;
use crate::secret::TokenHash;
use crate::store::{Marks, Record, Result, StoreError, decode};
use crate::time::UnixTime;

/// A time as a signed integer. What is beyond the range is beyond any clock.
pub(super) fn seconds(time: UnixTime) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}

/// A hash as a column.
pub(super) fn bytes(hash: &TokenHash) -> &[u8] {
    &hash.as_bytes()[..]
}

/// Marks as an array.
pub(super) fn array(marks: &Marks) -> Vec<&[u8]> {
    marks.keys().iter().map(|key| &key[..]).collect()
}

/// Tells whether the database can have such a text: whoever names another names nobody, as at a store that can.
pub(super) fn is_text(name: &str) -> bool {
    !name.contains('\0')
}

/// Reads typed columns, while `doing` something.
pub(super) trait Columns {
    /// The record of the column `record`.
    fn record<R: Record>(&self, doing: &'static str) -> Result<R>;
    fn value<'r, T: sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>>(
        &'r self,
        column: &str,
        doing: &'static str,
    ) -> Result<T>;
    fn hash(&self, column: &str, doing: &'static str) -> Result<TokenHash>;
    fn time(&self, column: &str, doing: &'static str) -> Result<UnixTime>;
    fn time_or_null(&self, column: &str, doing: &'static str) -> Result<Option<UnixTime>>;
}

impl Columns for PgRow {
    fn record<R: Record>(&self, doing: &'static str) -> Result<R> {
        decode(doing, self.value("record", doing)?)
    }

    fn value<'r, T: sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>>(
        &'r self,
        column: &str,
        doing: &'static str,
    ) -> Result<T> {
        self.try_get(column).map_err(failed(doing))
    }

    fn hash(&self, column: &str, doing: &'static str) -> Result<TokenHash> {
        let bytes: &[u8] = self.value(column, doing)?;
        let bytes =
            bytes.try_into().map_err(|_| StoreError::new(doing, format!("{column} is not 32 bytes")))?;
        Ok(TokenHash::from_bytes(bytes))
    }

    fn time(&self, column: &str, doing: &'static str) -> Result<UnixTime> {
        self.time_or_null(column, doing)?.ok_or_else(|| StoreError::new(doing, format!("{column} is null")))
    }

    fn time_or_null(&self, column: &str, doing: &'static str) -> Result<Option<UnixTime>> {
        let seconds: Option<i64> = self.value(column, doing)?;
        let time = seconds.map(|seconds| u64::try_from(seconds).map(UnixTime::from_secs)).transpose();
        time.map_err(|_| StoreError::new(doing, format!("{column} is before 1970")))
    }
}
