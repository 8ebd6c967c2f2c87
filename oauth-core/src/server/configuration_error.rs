//! The mistakes of a configuration that compiles: what only a run can tell.

use std::error::Error as StdError;
use std::fmt;

/// Every mistake in the configuration of an authorization server or a protected resource, all at once, one line each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigurationError(Vec<String>);

impl ConfigurationError {
    pub(crate) fn check(mistakes: Vec<String>) -> Result<(), Self> {
        if mistakes.is_empty() { Ok(()) } else { Err(Self::new(mistakes)) }
    }

    /// Each on a line of its own.
    pub(crate) fn new(mistakes: Vec<String>) -> Self {
        Self(mistakes.into_iter().map(|mistake| mistake.replace('\n', "; ")).collect())
    }

    /// The mistakes.
    pub fn mistakes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [only] => f.write_str(only),
            all => {
                write!(f, "{} mistakes in the configuration:", all.len())?;
                all.iter().try_for_each(|mistake| write!(f, "\n- {mistake}"))
            }
        }
    }
}

impl StdError for ConfigurationError {}
