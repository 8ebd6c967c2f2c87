//! Connections that go from one statement to the next, and whose other end may be gone without a word.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgQueryResult, PgRow};
use sqlx::{PgConnection, PgPool, Postgres};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::run::Statement;

/// The statements that a connection runs before it goes back to the pool, where the rest of an application may wait for it.
const STATEMENTS: u32 = 64;
/// The time between two looks for connections that nobody wants.
const LOOK: Duration = Duration::from_millis(100);
/// The longest that an answer is waited for. The server gives up a statement before, and says so: who hears nothing has no link.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(3);

/// The connections of a pool. The pool asks each that comes back whether it is well, which is a second round trip for each statement;
/// so they go from one statement to the next as long as there is a next, and back when nobody has wanted them for a while.
#[derive(Debug, Clone)]
pub(super) struct Connections {
    pool: PgPool,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    /// The last is taken first.
    idle: Vec<Lent>,
    waiting: VecDeque<oneshot::Sender<Lent>>,
    /// The least number that was idle since the last look.
    unused: usize,
    /// A task looks for what is unused.
    is_watched: bool,
}

impl Connections {
    pub(super) fn of(pool: PgPool) -> Self {
        Self { pool, kept: Arc::default() }
    }

    pub(super) fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// The number of those that nobody uses.
    pub(super) fn idle(&self) -> usize {
        self.pool.num_idle() + self.kept().idle.len()
    }

    /// Runs a statement; the rows that it returns.
    pub(super) async fn fetch_all(&self, statement: Statement) -> sqlx::Result<Vec<PgRow>> {
        let mut lent = self.lend().await?;
        let answer = timeout(ANSWER_TIMEOUT, statement.fetch_all(lent.connection()?)).await;
        self.answered(lent, answer.unwrap_or_else(|_| Err(silence())))
    }

    /// Runs a statement that returns nothing.
    pub(super) async fn execute(&self, statement: Statement) -> sqlx::Result<PgQueryResult> {
        let mut lent = self.lend().await?;
        let answer = timeout(ANSWER_TIMEOUT, statement.execute(lent.connection()?)).await;
        self.answered(lent, answer.unwrap_or_else(|_| Err(silence())))
    }

    async fn lend(&self) -> sqlx::Result<Lent> {
        let given_back = {
            let mut kept = self.kept();
            if let Some(lent) = kept.idle.pop() {
                kept.unused = kept.unused.min(kept.idle.len());
                return Ok(lent);
            }
            if let Some(connection) = self.pool.try_acquire() {
                return Ok(Lent::new(connection));
            }
            let (giver, given_back) = oneshot::channel();
            kept.waiting.push_back(giver);
            given_back
        };
        tokio::select! {
            Ok(lent) = given_back => Ok(lent),
            connection = self.pool.acquire() => connection.map(Lent::new),
        }
    }

    /// Takes a connection back that has answered, and asks all others where the link is gone: where one broke, others did, and
    /// whoever got them would wait in vain.
    fn answered<T>(&self, lent: Lent, answer: sqlx::Result<T>) -> sqlx::Result<T> {
        match &answer {
            Ok(_) => self.give_back(lent),
            Err(error) if is_silence(error) => {
                self.return_all();
                while let Some(connection) = self.pool.try_acquire() {
                    drop(Lent::new(connection));
                }
            }
            Err(sqlx::Error::Io(_) | sqlx::Error::Protocol(_)) => self.return_all(),
            Err(_) => {}
        }
        answer
    }

    fn give_back(&self, mut lent: Lent) {
        lent.statements += 1;
        if lent.statements == STATEMENTS || self.pool.is_closed() {
            return;
        }
        let mut kept = self.kept();
        while let Some(waiting) = kept.waiting.pop_front() {
            match waiting.send(lent) {
                Ok(()) => return,
                // The pool was faster.
                Err(back) => lent = back,
            }
        }
        kept.idle.push(lent);
        if !kept.is_watched {
            kept.is_watched = true;
            tokio::spawn(return_unused(Arc::clone(&self.kept)));
        }
    }

    fn return_all(&self) {
        let idle = std::mem::take(&mut self.kept().idle);
        drop(idle);
    }

    pub(super) async fn close(&self) {
        let closed = self.pool.close();
        self.return_all();
        closed.await;
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        lock(&self.kept)
    }
}

fn lock(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns what nobody has wanted from one look to the next, until nothing is kept.
async fn return_unused(kept: Arc<Mutex<Kept>>) {
    loop {
        tokio::time::sleep(LOOK).await;
        let (returned, is_done) = {
            let mut kept = lock(&kept);
            let unused = kept.unused.min(kept.idle.len());
            let returned: Vec<_> = kept.idle.drain(..unused).collect();
            kept.unused = kept.idle.len();
            kept.is_watched = kept.unused > 0;
            (returned, !kept.is_watched)
        };
        drop(returned);
        if is_done {
            return;
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
    statements: u32,
}

impl Lent {
    const fn new(connection: PoolConnection<Postgres>) -> Self {
        Self { connection: Some(connection), statements: 0 }
    }

    fn connection(&mut self) -> sqlx::Result<&mut PgConnection> {
        self.connection.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        match Handle::try_current() {
            // Where the time is over the connection is closed.
            Ok(runtime) => drop(runtime.spawn(timeout(ANSWER_TIMEOUT, connection.return_to_pool()))),
            // Nobody is left to ask it.
            Err(_) => drop(connection.detach()),
        }
    }
}
