//! The one writer of a database, and one commit for all that waits for it.
//!
//! `SQLite` has one writer at a time, and a commit waits for the disk. What is asked for during one commit waits in a queue, and the
//! next commit takes all of it: there is no timer, so that who comes alone waits no longer than for a commit of its own.

use std::mem;
use std::result::Result as Outcome;

use parking_lot::Mutex;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Sqlite, SqliteConnection, SqlitePool};
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::failed_or_kept;
use super::job::{BoxFuture, Broken, Extent, Job, Pending, Written};
use super::sweep::Sweep;
use crate::store::{Result, StoreError};

/// The most that one commit takes.
const BATCH: usize = 256;
/// The most that may wait. Who comes then is told that there is too much to do.
const QUEUE: usize = 1024;

/// A statement that waits for its turn.
pub(super) type Statement = sqlx::query::Query<'static, Sqlite, SqliteArguments>;

type Queue = mpsc::Sender<Box<dyn Job>>;

/// Writes what others ask for.
#[derive(Debug)]
pub(super) struct Writer {
    pool: SqlitePool,
    /// The task that writes. It begins with the first write, in the runtime of that, and ends with the last store that shares it,
    /// or with its runtime.
    task: Mutex<Option<(Queue, JoinHandle<()>)>>,
}

impl Writer {
    pub(super) const fn new(pool: SqlitePool) -> Self {
        Self { pool, task: Mutex::new(None) }
    }

    /// Runs one statement; the number of rows that it changed.
    pub(super) async fn execute(&self, doing: &'static str, statement: Statement) -> Result<u64> {
        self.ask(doing, Extent::Statement, move |connection| {
            Box::pin(async move {
                let executed = statement.execute(connection).await.map_err(failed_or_kept(doing))?;
                Ok(Written::Kept(executed.rows_affected()))
            })
        })
        .await
    }

    /// Runs one statement; the rows that it returns.
    pub(super) async fn rows(&self, doing: &'static str, statement: Statement) -> Result<Vec<SqliteRow>> {
        self.ask(doing, Extent::Statement, move |connection| {
            Box::pin(async move {
                statement.fetch_all(connection).await.map(Written::Kept).map_err(failed_or_kept(doing))
            })
        })
        .await
    }

    /// Runs several statements, of which all count or none: none if the work fails or says that they are to be undone.
    pub(super) async fn transact<T, W>(&self, doing: &'static str, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<Written<T>>> + Send + 'static,
    {
        self.ask(doing, Extent::Several, work).await
    }

    async fn ask<T, W>(&self, doing: &'static str, extent: Extent, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<Written<T>>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Pending::new(doing, extent, work, answer));
        self.queue(doing)?.try_send(job).map_err(|cause| match cause {
            mpsc::error::TrySendError::Full(_) => {
                StoreError::overloaded(doing, "too much waits to be written")
            }
            mpsc::error::TrySendError::Closed(_) => StoreError::new(doing, ENDED),
        })?;
        answered.await.map_err(|_| StoreError::new(doing, ENDED))?
    }

    fn queue(&self, doing: &'static str) -> Result<Queue> {
        let mut task = self.task.lock();
        if let Some((queue, _)) = task.as_ref().filter(|(queue, _)| !queue.is_closed()) {
            return Ok(queue.clone());
        }
        let runtime = Handle::try_current().map_err(|cause| StoreError::new(doing, cause))?;
        let (queue, waiting) = mpsc::channel(QUEUE);
        *task = Some((queue.clone(), runtime.spawn(write(self.pool.clone(), waiting))));
        Ok(queue)
    }

    /// Closes the connections, once all that waits is written.
    pub(super) async fn close(&self) {
        let task = self.task.lock().take();
        if let Some((queue, task)) = task {
            drop(queue);
            // That it was ended, by the end of its runtime, is an end as well.
            let _ = task.await;
        }
        self.pool.close().await;
    }
}

const ENDED: &str = "the writer has ended";

/// Writes until nobody can ask any more.
async fn write(pool: SqlitePool, mut waiting: mpsc::Receiver<Box<dyn Job>>) {
    let mut sweep = Sweep::default();
    let mut jobs = Vec::with_capacity(BATCH);
    while waiting.recv_many(&mut jobs, BATCH).await > 0 {
        // Nothing has been done yet for who has gone away meanwhile.
        jobs.retain(|job| job.is_awaited());
        sweep.count(jobs.len());
        while !jobs.is_empty() {
            let (ran, committed) = commit(&pool, &mut jobs).await;
            for job in ran {
                job.answer(committed.clone());
            }
        }
        sweep.run_if_due(&pool, waiting.is_empty()).await;
    }
}

/// Runs jobs, up to one that breaks the transaction, and commits. Those that ran share the outcome.
async fn commit(pool: &SqlitePool, jobs: &mut Vec<Box<dyn Job>>) -> (Vec<Box<dyn Job>>, Outcome<(), Broken>) {
    let mut transaction = match pool.begin_with("BEGIN IMMEDIATE").await {
        Ok(transaction) => transaction,
        Err(cause) => return (mem::take(jobs), Err(cause.into())),
    };
    for (index, job) in jobs.iter_mut().enumerate() {
        if let Err(broken) = job.run(&mut transaction).await {
            // Perhaps it was rolled back already.
            let _ = transaction.rollback().await;
            return (jobs.drain(..=index).collect(), Err(broken));
        }
    }
    (mem::take(jobs), transaction.commit().await.map_err(Broken::from))
}
