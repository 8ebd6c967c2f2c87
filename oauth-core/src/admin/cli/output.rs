//! The output of the program, and its end.

use std::io::{self, BufWriter, Stdout, Write as _};

use serde_json::Value;

use crate::admin::AdminError;

/// The store failed, or something is wrong with it.
const FAILED: u8 = 1;
/// The exit code of a request that cannot be met.
pub(super) const USAGE: u8 = 2;
/// There is nothing of that name, or something already.
const NAME: u8 = 3;

/// Lines for people, or JSON for programs: one value a line.
pub(super) struct Output {
    is_json: bool,
    to: BufWriter<Stdout>,
}

impl Output {
    pub(super) fn new(is_json: bool) -> Self {
        Self { is_json, to: BufWriter::new(io::stdout()) }
    }

    /// Says something: as this value, or in these words.
    pub(super) fn say(&mut self, value: &Value, words: impl AsRef<str>) -> Result<(), Failure> {
        if self.is_json {
            writeln!(self.to, "{value}")?;
        } else {
            writeln!(self.to, "{}", words.as_ref())?;
        }
        Ok(())
    }

    /// Says what is empty, to people; to a program, no line says it.
    pub(super) fn say_nothing(&mut self, words: &str) -> Result<(), Failure> {
        if !self.is_json {
            writeln!(self.to, "{words}")?;
        }
        Ok(())
    }

    pub(super) fn line(&mut self, line: &str) -> Result<(), Failure> {
        writeln!(self.to, "{line}")?;
        Ok(())
    }

    pub(super) fn finish(&mut self) -> Result<(), Failure> {
        Ok(self.to.flush()?)
    }
}

/// Tells how far a long work is, on the standard error where that is a terminal.
pub(super) fn progress(words: &str) {
    use std::io::IsTerminal as _;
    if io::stderr().is_terminal() {
        eprint!("\r\x1b[K{words}");
    }
}

/// Ends the line of [`progress`].
pub(super) fn end_progress() {
    progress("");
}

/// The reason why a command was not done.
#[derive(Debug)]
pub(super) enum Failure {
    Admin(AdminError),
    /// Of the store, in one line.
    Store(String),
    /// Of the standard input, the standard output or a file.
    Io(io::Error),
    Input(String),
    /// It has been said already.
    Said,
}

impl Failure {
    pub(super) fn line(&self) -> Option<String> {
        match self {
            Self::Admin(error) => Some(error.to_string()),
            // Who reads the output has seen enough.
            Self::Io(error) if error.kind() == io::ErrorKind::BrokenPipe => None,
            Self::Io(error) => Some(error.to_string()),
            Self::Store(line) | Self::Input(line) => Some(line.clone()),
            Self::Said => None,
        }
    }

    pub(super) fn code(&self) -> u8 {
        match self {
            Self::Admin(AdminError::NotFound(_) | AdminError::Exists(_)) => NAME,
            Self::Admin(AdminError::Invalid(_)) | Self::Input(_) => USAGE,
            Self::Io(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Self::Admin(AdminError::Store(_)) | Self::Store(_) | Self::Io(_) | Self::Said => FAILED,
        }
    }
}

impl From<AdminError> for Failure {
    fn from(error: AdminError) -> Self {
        Self::Admin(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
