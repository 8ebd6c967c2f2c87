//! Work for the writer, and the one who waits for it.

use std::error::Error as _;
use std::pin::Pin;
use std::result::Result as Outcome;
use std::sync::Arc;

use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::oneshot;

use super::insert::Insertion;
use super::open::{is_passing, is_refusal};
use crate::store::{Result, StoreError};

pub(super) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The fate of what a job wrote.
pub(super) enum Written<T> {
    /// It is to be kept.
    Kept(T),
    /// It is to be undone.
    Undone(T),
}

/// The number of statements of a job. One alone takes effect or does not; several need a point to go back to, which costs a good
/// part of what sharing a commit saves.
#[derive(Debug, Clone, Copy)]
pub(super) enum Extent {
    Statement,
    Several,
}

/// The reason that nothing of a transaction counts.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    why: Arc<str>,
    is_passing: bool,
}

impl From<sqlx::Error> for Broken {
    fn from(cause: sqlx::Error) -> Self {
        Self { why: cause.to_string().into(), is_passing: is_passing(&cause) }
    }
}

impl Broken {
    fn while_doing(self, doing: &'static str) -> StoreError {
        let new = if self.is_passing { StoreError::overloaded } else { StoreError::new };
        new(doing, self.why.to_string())
    }
}

/// A job of the writer.
pub(super) trait Job: Send {
    /// Tells whether somebody waits for its answer.
    fn is_awaited(&self) -> bool;

    /// Tells whether it is one statement, which is a transaction by itself.
    fn is_a_statement(&self) -> bool;

    /// The statement, if all it does is to insert a row.
    fn inserts(&self) -> Option<&'static str> {
        None
    }

    /// The insertion that it is, if it is one.
    fn insertion(&mut self) -> Option<&mut Insertion> {
        None
    }

    /// Runs it. A failure of its own is its answer; what fails here is the transaction.
    fn run<'j>(&'j mut self, transaction: &'j mut SqliteConnection) -> BoxFuture<'j, Outcome<(), Broken>>;

    /// Answers, now that the transaction is committed or broken.
    fn answer(self: Box<Self>, committed: Outcome<(), Broken>);
}

/// The one who waits for a job.
pub(super) struct Asked<T> {
    pub(super) doing: &'static str,
    /// The outcome of the job, which counts as soon as it is committed.
    pub(super) result: Option<Result<T>>,
    waiting: oneshot::Sender<Result<T>>,
}

impl<T> Asked<T> {
    /// Somebody who waits, and what they wait with.
    pub(super) fn new(doing: &'static str) -> (Self, oneshot::Receiver<Result<T>>) {
        let (waiting, answered) = oneshot::channel();
        (Self { doing, result: None, waiting }, answered)
    }

    /// Tells whether they still do.
    pub(super) fn is_awaited(&self) -> bool {
        !self.waiting.is_closed()
    }

    /// Tells them what became of the job.
    pub(super) fn answer(self, committed: Outcome<(), Broken>) {
        let result = match (self.result, committed) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(broken)) => Err(broken.while_doing(self.doing)),
            (Some(Ok(answer)), Ok(())) => Ok(answer),
            (None, Ok(())) => Err(StoreError::new(self.doing, "it was not run")),
        };
        // Who has gone away meanwhile does not hear of it.
        let _ = self.waiting.send(result);
    }
}

/// Work of which nothing or all has run.
pub(super) struct Pending<T, W> {
    extent: Extent,
    work: Option<W>,
    asked: Asked<T>,
}

impl<T, W> Pending<T, W>
where
    T: Send,
    W: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<Written<T>>> + Send,
{
    pub(super) const fn new(extent: Extent, work: W, asked: Asked<T>) -> Self {
        Self { extent, work: Some(work), asked }
    }

    async fn result(&mut self, transaction: &mut SqliteConnection) -> Outcome<(), Broken> {
        let Some(work) = self.work.take() else { return Ok(()) };
        let written = match self.extent {
            Extent::Statement => work(transaction).await,
            Extent::Several => {
                let mut savepoint = transaction.begin().await?;
                let written = work(&mut savepoint).await;
                match &written {
                    Ok(Written::Kept(_)) => savepoint.commit().await?,
                    // What broke the transaction has undone everything already.
                    Err(error) if breaks(error).is_some() => drop(savepoint),
                    Ok(Written::Undone(_)) | Err(_) => savepoint.rollback().await?,
                }
                written
            }
        };
        let broken = written.as_ref().err().and_then(breaks);
        self.asked.result = Some(written.map(|(Written::Kept(answer) | Written::Undone(answer))| answer));
        broken.map_or(Ok(()), Err)
    }
}

impl<T, W> Job for Pending<T, W>
where
    T: Send,
    W: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<Written<T>>> + Send,
{
    fn is_awaited(&self) -> bool {
        self.asked.is_awaited()
    }

    fn is_a_statement(&self) -> bool {
        matches!(self.extent, Extent::Statement)
    }

    fn run<'j>(&'j mut self, transaction: &'j mut SqliteConnection) -> BoxFuture<'j, Outcome<(), Broken>> {
        Box::pin(self.result(transaction))
    }

    fn answer(self: Box<Self>, committed: Outcome<(), Broken>) {
        self.asked.answer(committed);
    }
}

/// The failure of a transaction behind the failure of a job. A constraint that does not hold, or a row that does not decode, is
/// the job's own; after a full disk or an interrupted write `SQLite` may have undone everything.
pub(super) fn breaks(error: &StoreError) -> Option<Broken> {
    let is_broken = error.is_overloaded()
        || error.source()?.downcast_ref::<sqlx::Error>().is_some_and(|cause| !is_refusal(cause));
    let why = || error.source().map_or_else(|| error.to_string(), ToString::to_string);
    is_broken.then(|| Broken { why: why().into(), is_passing: error.is_overloaded() })
}
