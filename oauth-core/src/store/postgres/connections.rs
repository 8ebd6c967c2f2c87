//! Connections that go from one statement to the next, and whose other end may be gone without a word.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgQueryResult, PgRow};
use sqlx::{PgConnection, PgPool, Postgres};
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout};

use super::run::Statement;

/// The time that a connection stays out of the pool, where the rest of an application may wait for it.
const LENT: Duration = Duration::from_millis(100);
/// The longest that an answer is waited for. The server gives up a statement before, and says so: who hears nothing has no link.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(3);

/// The connections of a pool. The pool asks each that comes back whether it is well, which is a second round trip for each statement;
/// so each goes from one statement to the next for a while, and then back.
#[derive(Debug, Clone)]
pub(super) struct Connections {
    pool: PgPool,
    /// As many as the pool has connections. Who waits for one waits here, since a connection that is being made is not left half made.
    turns: Arc<Semaphore>,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    idle: Vec<Lent>,
    /// A task returns what nobody wants.
    is_watched: bool,
}

impl Connections {
    pub(super) fn of(pool: PgPool) -> Self {
        let most = usize::try_from(pool.options().get_max_connections()).unwrap_or(usize::MAX);
        let turns = Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS)));
        Self { pool, turns, kept: Arc::default() }
    }

    pub(super) fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// The number of those that nobody uses.
    pub(super) fn idle(&self) -> usize {
        self.idle_in_pool() + self.kept.lock().idle.len()
    }

    /// The pool counts one that is taken before it counts that it came back, so that it may say less than none for a moment.
    fn idle_in_pool(&self) -> usize {
        self.pool.num_idle().min(usize::try_from(self.pool.size()).unwrap_or(usize::MAX))
    }

    /// Runs a statement; the rows that it returns.
    pub(super) async fn fetch_all(&self, statement: Statement) -> sqlx::Result<Vec<PgRow>> {
        let _turn = self.turn().await?;
        let mut lent = self.lend().await?;
        let answer = timeout(ANSWER_TIMEOUT, statement.fetch_all(lent.connection()?)).await;
        self.answered(lent, answer.unwrap_or_else(|_| Err(silence())))
    }

    /// Runs a statement that returns nothing.
    pub(super) async fn execute(&self, statement: Statement) -> sqlx::Result<PgQueryResult> {
        let _turn = self.turn().await?;
        let mut lent = self.lend().await?;
        let answer = timeout(ANSWER_TIMEOUT, statement.execute(lent.connection()?)).await;
        self.answered(lent, answer.unwrap_or_else(|_| Err(silence())))
    }

    async fn turn(&self) -> sqlx::Result<SemaphorePermit<'_>> {
        let turn = timeout(self.pool.options().get_acquire_timeout(), self.turns.acquire()).await;
        turn.map_err(|_| sqlx::Error::PoolTimedOut)?.map_err(|_| sqlx::Error::PoolClosed)
    }

    async fn lend(&self) -> sqlx::Result<Lent> {
        let kept = self.kept.lock().idle.pop();
        match kept {
            Some(lent) => Ok(lent),
            None => Ok(Lent::new(self.pool.acquire().await?)),
        }
    }

    /// Takes a connection back that has answered, and asks all others where the link is gone: where one broke, others did, and
    /// whoever got them would wait in vain.
    fn answered<T>(&self, lent: Lent, answer: sqlx::Result<T>) -> sqlx::Result<T> {
        match &answer {
            Ok(_) if lent.may_stay() && !self.pool.is_closed() => self.keep(lent),
            Err(error) if is_silence(error) => {
                self.return_all();
                for connection in (0..self.idle_in_pool()).map_while(|_| self.pool.try_acquire()) {
                    drop(Lent::new(connection));
                }
            }
            Err(sqlx::Error::Io(_) | sqlx::Error::Protocol(_)) => self.return_all(),
            Ok(_) | Err(_) => {}
        }
        answer
    }

    fn keep(&self, lent: Lent) {
        let mut kept = self.kept.lock();
        kept.idle.push(lent);
        if !kept.is_watched {
            kept.is_watched = true;
            tokio::spawn(return_unused(Watch(Arc::clone(&self.kept))));
        }
    }

    fn return_all(&self) {
        let idle = std::mem::take(&mut self.kept.lock().idle);
        drop(idle);
    }

    pub(super) async fn close(&self) {
        let closed = self.pool.close();
        self.return_all();
        closed.await;
    }
}

/// Returns what has been lent long enough and nobody uses, until nothing is kept.
async fn return_unused(watch: Watch) {
    loop {
        tokio::time::sleep(LENT).await;
        let (returned, is_done) = {
            let mut kept = watch.0.lock();
            let returned: Vec<_> = kept.idle.extract_if(.., |lent| !lent.may_stay()).collect();
            // Under the lock: who keeps one from here on sees that nobody watches.
            kept.is_watched = !kept.idle.is_empty();
            (returned, !kept.is_watched)
        };
        drop(returned);
        if is_done {
            return;
        }
    }
}

/// The task that returns connections. It may end with its runtime.
struct Watch(Arc<Mutex<Kept>>);

impl Drop for Watch {
    fn drop(&mut self) {
        let mut kept = self.0.lock();
        if !kept.idle.is_empty() {
            kept.is_watched = false;
        }
    }
}

/// Tells whether an answer was waited for in vain.
pub(super) fn is_silence(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Io(cause) if cause.kind() == io::ErrorKind::TimedOut)
}

fn silence() -> sqlx::Error {
    sqlx::Error::Io(io::Error::new(io::ErrorKind::TimedOut, "the database does not answer"))
}

/// A connection that goes back to its pool when it is dropped. The pool asks it whether it is well, and would wait for the answer as
/// long as the system repeats what nobody acknowledges: a quarter of an hour, in which the connection is lent to nobody.
#[derive(Debug)]
struct Lent {
    /// Until it is dropped.
    connection: Option<PoolConnection<Postgres>>,
    since: Instant,
    /// The runtime in which it goes back, wherever it is dropped.
    runtime: Handle,
}

impl Lent {
    fn new(connection: PoolConnection<Postgres>) -> Self {
        Self { connection: Some(connection), since: Instant::now(), runtime: Handle::current() }
    }

    fn connection(&mut self) -> sqlx::Result<&mut PgConnection> {
        self.connection.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
    }

    fn may_stay(&self) -> bool {
        self.since.elapsed() < LENT
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let _entered = self.runtime.enter();
        let Some(mut connection) = self.connection.take() else { return };
        // Where the time is over the connection is closed.
        self.runtime.spawn(timeout(ANSWER_TIMEOUT, connection.return_to_pool()));
    }
}
