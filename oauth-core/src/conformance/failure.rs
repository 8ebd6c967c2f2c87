//! The words of a failed rule.

use std::error::Error as StdError;
use std::fmt;

use crate::server::Rule;

/// The error that the closure of [`conformance!`](crate::conformance!) may fail with.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// The verdict of a rule on a server.
pub(super) type Check = Result<(), Stop>;

/// The reason that a rule does not pass.
#[derive(Debug)]
pub(super) enum Stop {
    /// The part that the server does not have.
    NotEnabled(String),
    /// The thing that the suite would need.
    NotTried(String),
    /// The failure: what is wrong.
    Failed(Box<Failure>),
}

/// The outcome of a rule.
#[derive(Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The server keeps it.
    Passed,
    /// It is about something that the server does not have.
    NotEnabled(String),
    /// The suite lacks what it would need to try it, such as something that the [`Fixture`](super::Fixture) is not told.
    NotTried(String),
    /// The server breaks it.
    Failed(Box<Failure>),
}

/// A broken rule: what was sent, what was expected and why, what came, and what is most likely wrong. It shows codes and
/// tokens of the suite's own clients, but no credentials of theirs and no password: logs of tests are kept.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The rule; `None`: the server could not be made.
    pub rule: Option<&'static Rule>,
    /// The requests, the last one last.
    pub sent: String,
    /// The answer that was expected.
    pub expected: String,
    /// The answer that came.
    pub came: String,
    /// The thing that is most likely wrong.
    pub likely: String,
}

impl Failure {
    /// The server could not be made.
    pub(super) fn setup(problem: impl Into<String>) -> Self {
        Self {
            rule: None,
            sent: "nothing".to_owned(),
            expected: "a server, made by the closure of `conformance!`".to_owned(),
            came: problem.into(),
            likely: "the closure, or the configuration of the server".to_owned(),
        }
    }

    pub(super) fn of_rule(self, rule: &'static Rule) -> Self {
        Self { rule: Some(rule), ..self }
    }
}

impl Outcome {
    pub(super) fn of(stop: Stop) -> Self {
        match stop {
            Stop::NotEnabled(what) => Self::NotEnabled(what),
            Stop::NotTried(what) => Self::NotTried(what),
            Stop::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(Box::new(failure))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.rule {
            Some(rule) => writeln!(f, "{rule}")?,
            None => writeln!(f, "the suite cannot start")?,
        }
        for (title, text) in [
            ("sent", &self.sent),
            ("expected", &self.expected),
            ("came", &self.came),
            ("likely", &self.likely),
        ] {
            write!(f, "\n{title:<10}{}", text.trim_end().replace('\n', "\n          "))?;
        }
        Ok(())
    }
}

/// The same as `Display`: a test that returns an error prints its `Debug`.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl StdError for Failure {}
