//! Rows that are inserted, of which one call of the database takes many.
//!
//! A call goes to the thread of the connection and back, which costs more than to insert a row does.

use std::result::Result as Outcome;

use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, Either, Executor as _, SqliteConnection};

use super::failed_or_kept;
use super::job::{Asked, BoxFuture, Broken, Job, breaks};
use super::row::seconds;
use super::writer::Statement;
use crate::secret::TokenHash;
use crate::store::{Authorization, Marks, StoreError};
use crate::time::UnixTime;

/// The most rows of a call.
const CALL: usize = 64;

/// Something that was granted, in the columns that its tables share.
pub(super) struct Row {
    hash: TokenHash,
    record: String,
    marks: Marks,
    granted_at: UnixTime,
    expires_at: UnixTime,
}

impl Row {
    pub(super) fn new(
        hash: TokenHash,
        record: String,
        authorization: &Authorization,
        expires_at: UnixTime,
    ) -> Self {
        let marks = Marks::of(&hash, authorization);
        Self { hash, record, marks, granted_at: authorization.granted_at, expires_at }
    }

    /// The statement that inserts it alone.
    pub(super) fn statement(&self, insert: &'static str) -> Statement {
        self.bind_to(sqlx::query(insert))
    }

    fn bind_to(&self, statement: Statement) -> Statement {
        statement
            .bind(&self.hash.as_bytes()[..])
            .bind(&self.record)
            .bind(self.marks.as_bytes())
            .bind(seconds(self.granted_at))
            .bind(seconds(self.expires_at))
    }
}

/// Inserts rows, all for one statement. A failure of one is its own answer; what fails here is the transaction.
pub(super) async fn insert(
    connection: &mut SqliteConnection,
    mut insertions: &mut [&mut Insertion],
) -> Outcome<(), Broken> {
    while !insertions.is_empty() {
        let called = Insertion::call(connection, insertions).await?;
        insertions = insertions.get_mut(called..).unwrap_or_default();
    }
    Ok(())
}

/// A row that waits to be inserted.
pub(super) struct Insertion {
    insert: &'static str,
    row: Row,
    asked: Asked<u64>,
}

impl Insertion {
    /// The row for a statement whose five parameters, each a `?`, are the columns in their order.
    pub(super) const fn new(insert: &'static str, row: Row, asked: Asked<u64>) -> Self {
        Self { insert, row, asked }
    }

    /// Inserts the first of some rows for one statement; the number of those that had their turn.
    async fn call(connection: &mut SqliteConnection, insertions: &mut [&mut Self]) -> Outcome<usize, Broken> {
        let Some(insert) = insertions.first().map(|first| first.insert) else { return Ok(0) };
        // A power of two, so that there are few statements to prepare.
        let count = 1 << insertions.len().min(CALL).ilog2();
        let query = sqlx::query(AssertSqlSafe(insert.repeat(count)));
        let rows = insertions.iter().take(count).map(|insertion| &insertion.row);
        let mut executed = connection.fetch_many(rows.fold(query, |query, row| row.bind_to(query)));
        for (index, insertion) in insertions.iter_mut().take(count).enumerate() {
            let inserted = match executed.try_next().await {
                Ok(Some(Either::Left(executed))) => Ok(executed.rows_affected()),
                Ok(_) => {
                    Err(StoreError::new(insertion.asked.doing, "the database did not say whether it did"))
                }
                Err(cause) => Err(failed_or_kept(insertion.asked.doing)(cause)),
            };
            let (has_failed, broken) = (inserted.is_err(), inserted.as_ref().err().and_then(breaks));
            insertion.asked.result = Some(inserted);
            if let Some(broken) = broken {
                return Err(broken);
            }
            // Those after it were not run.
            if has_failed {
                return Ok(index + 1);
            }
        }
        Ok(count)
    }
}

impl Job for Insertion {
    fn is_awaited(&self) -> bool {
        self.asked.is_awaited()
    }

    fn is_a_statement(&self) -> bool {
        true
    }

    fn inserts(&self) -> Option<&'static str> {
        Some(self.insert)
    }

    fn insertion(&mut self) -> Option<&mut Self> {
        Some(self)
    }

    fn run<'j>(&'j mut self, transaction: &'j mut SqliteConnection) -> BoxFuture<'j, Outcome<(), Broken>> {
        Box::pin(async move { insert(transaction, &mut [self]).await })
    }

    fn answer(self: Box<Self>, committed: Outcome<(), Broken>) {
        self.asked.answer(committed);
    }
}
