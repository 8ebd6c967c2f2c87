//! The one writer of a database, and one commit for all that waits for it.
//!
//! `SQLite` has one writer at a time, and a commit waits for the disk. What is asked for during one commit waits in a queue, and the
//! next commit takes all of it: there is no timer, so that who comes alone waits no longer than for a commit of its own.

use std::mem;
use std::result::Result as Outcome;
use std::thread;

use parking_lot::Mutex;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Connection as _, Sqlite, SqliteConnection, SqlitePool};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot, watch};

use super::insert::{Insertion, Row, insert};
use super::job::{Asked, BoxFuture, Broken, Extent, Job, Pending, Written};
use super::sweep::Sweep;
use super::{SYSTEM, failed_or_kept};
use crate::store::measure::measured;
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
    /// True if nobody else uses the connections. An application may have left a transaction open on one of its own.
    is_own: bool,
    thread: Mutex<Thread>,
}

/// The thread that writes. It begins with the first write and ends with the last store that shares it. It is a thread, and no task
/// of the runtime that happened to write first: others would wait for that one to be run.
#[derive(Debug)]
enum Thread {
    Idle,
    Running(Queue, Ended),
    Closed(Option<Ended>),
}

/// Its sender is dropped when the thread ends.
type Ended = watch::Receiver<()>;

impl Writer {
    /// Writes by connections that are the store's alone.
    pub(super) const fn of_own_file(pool: SqlitePool) -> Self {
        Self { pool, is_own: true, thread: Mutex::new(Thread::Idle) }
    }

    /// Writes by connections of the application.
    pub(super) const fn of_application(pool: SqlitePool) -> Self {
        Self { pool, is_own: false, thread: Mutex::new(Thread::Idle) }
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

    /// Inserts a row; the number of rows that this added. The statement has a `?` for each column of the row, and ends with `;`.
    pub(super) async fn insert(&self, doing: &'static str, insert: &'static str, row: Row) -> Result<u64> {
        let (asked, answered) = Asked::new(doing);
        self.wait(doing, Box::new(Insertion::new(insert, row, asked)), answered).await
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
        let (asked, answered) = Asked::new(doing);
        self.wait(doing, Box::new(Pending::new(extent, work, asked)), answered).await
    }

    async fn wait<T>(
        &self,
        doing: &'static str,
        job: Box<dyn Job>,
        answered: oneshot::Receiver<Result<T>>,
    ) -> Result<T> {
        let asked = async {
            self.queue(doing)?.try_send(job).map_err(|cause| match cause {
                mpsc::error::TrySendError::Full(_) => {
                    StoreError::overloaded(doing, "too much waits to be written")
                }
                mpsc::error::TrySendError::Closed(_) => StoreError::overloaded(doing, ENDED),
            })?;
            answered.await.map_err(|_| StoreError::overloaded(doing, ENDED))?
        };
        measured(SYSTEM, doing, asked).await
    }

    fn queue(&self, doing: &'static str) -> Result<Queue> {
        let mut running = self.thread.lock();
        match &*running {
            Thread::Running(queue, _) if !queue.is_closed() => return Ok(queue.clone()),
            Thread::Closed(_) => return Err(StoreError::new(doing, "the store is closed")),
            Thread::Idle | Thread::Running(..) => {}
        }
        let failed = |cause| StoreError::new(doing, cause);
        let runtime = Builder::new_current_thread().enable_time().build().map_err(failed)?;
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (end, ended) = watch::channel(());
        let (pool, is_own) = (self.pool.clone(), self.is_own);
        let write = move || {
            runtime.block_on(write(pool, is_own, waiting));
            drop(end);
        };
        thread::Builder::new().name("oauth-sqlite-writer".to_owned()).spawn(write).map_err(failed)?;
        *running = Thread::Running(queue.clone(), ended);
        Ok(queue)
    }

    /// Closes the connections, once all that waits is written.
    pub(super) async fn close(&self) {
        let ended = {
            let mut running = self.thread.lock();
            let ended = match mem::replace(&mut *running, Thread::Closed(None)) {
                Thread::Idle => None,
                Thread::Running(_, ended) => Some(ended),
                Thread::Closed(ended) => ended,
            };
            *running = Thread::Closed(ended.clone());
            ended
        };
        if let Some(mut ended) = ended {
            // An error is the end that is waited for.
            let _ = ended.changed().await;
        }
        self.pool.close().await;
    }
}

const ENDED: &str = "the writer has ended";

/// Writes until nobody can ask any more.
async fn write(pool: SqlitePool, is_own: bool, mut waiting: mpsc::Receiver<Box<dyn Job>>) {
    let mut sweep = Sweep::default();
    let mut jobs = Vec::with_capacity(BATCH);
    #[cfg(feature = "metrics")]
    let figures = super::figures::Figures::new();
    while waiting.recv_many(&mut jobs, BATCH).await > 0 {
        #[cfg(feature = "metrics")]
        figures.record(jobs.len(), waiting.len());
        // Nothing has been done yet for who has gone away meanwhile.
        jobs.retain(|job| job.is_awaited());
        sweep.count(jobs.len());
        while !jobs.is_empty() {
            let (ran, committed) = commit(&pool, is_own, &mut jobs).await;
            for job in ran {
                job.answer(committed.clone());
            }
        }
        sweep.run_if_due(&pool, waiting.is_empty()).await;
    }
}

/// Runs jobs, up to one that breaks the transaction, and commits. Those that ran share the outcome.
async fn commit(
    pool: &SqlitePool,
    is_own: bool,
    jobs: &mut Vec<Box<dyn Job>>,
) -> (Vec<Box<dyn Job>>, Outcome<(), Broken>) {
    if is_own
        && let [job] = &mut jobs[..]
        && job.is_a_statement()
    {
        let committed = alone(pool, job).await;
        return (mem::take(jobs), committed);
    }
    // Those of one statement go together. None of those that wait comes before another.
    jobs.sort_by_key(|job| job.inserts());
    let mut ran = 0;
    let committed = in_transaction(pool, async |connection: &mut SqliteConnection| {
        for alike in
            jobs.chunk_by_mut(|one, other| one.inserts().is_some() && one.inserts() == other.inserts())
        {
            ran += alike.len();
            if let [job] = alike {
                job.run(connection).await?;
            } else {
                let mut insertions: Vec<_> = alike.iter_mut().filter_map(|job| job.insertion()).collect();
                insert(connection, &mut insertions).await?;
            }
        }
        Ok(())
    })
    .await;
    // Where it did not even begin, nobody's turn comes.
    let ran = if ran == 0 { jobs.len() } else { ran };
    (jobs.drain(..ran).collect(), committed)
}

/// Runs a job of one statement, which takes effect or does not.
async fn alone(pool: &SqlitePool, job: &mut Box<dyn Job>) -> Outcome<(), Broken> {
    let mut connection = pool.acquire().await?;
    let done = job.run(&mut connection).await;
    leave(connection, done.is_ok()).await;
    done
}

/// Does some work in a transaction that may write. It takes the file's write lock at once: one that started by reading could not get
/// it any more after another has written (`SQLITE_BUSY_SNAPSHOT`).
///
/// After a full disk or a failed write `SQLite` has ended the transaction by itself, and what should end it fails: a connection of
/// which nobody knows whether it is in one is closed.
pub(super) async fn in_transaction<E: From<sqlx::Error>>(
    pool: &SqlitePool,
    work: impl AsyncFnOnce(&mut SqliteConnection) -> Outcome<(), E>,
) -> Outcome<(), E> {
    let mut connection = pool.acquire().await?;
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let (done, ended) = match work(&mut transaction).await {
        Ok(()) => (Ok(()), transaction.commit().await),
        Err(broken) => (Err(broken), transaction.rollback().await),
    };
    leave(connection, ended.is_ok()).await;
    done.and(ended.map_err(E::from))
}

/// Returns a connection, or closes one of which nobody knows what it is in. Here, and not in the task that dropping it would leave
/// behind: the thread may end before that one's turn comes, and a database that is not closed keeps its log.
async fn leave(mut connection: PoolConnection<Sqlite>, is_sound: bool) {
    if is_sound {
        connection.return_to_pool().await;
    } else {
        // That it cannot be closed either makes no difference.
        drop(connection.close().await);
    }
}
