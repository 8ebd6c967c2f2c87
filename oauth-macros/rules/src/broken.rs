//! A verdict: which rule is broken, and by what.

use core::fmt;

use crate::Rule;

/// A rule that is broken, in words that follow what breaks it: `the issuer …` **`has no host`**.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// The rule.
    pub rule: &'static Rule,
    words: &'static str,
    found: Option<char>,
}

impl Broken {
    /// The verdict in the words of the rule.
    pub const fn new(rule: &'static Rule) -> Self {
        Self { rule, words: rule.words, found: None }
    }

    /// The verdict in words of its own.
    pub(crate) const fn saying(self, words: &'static str) -> Self {
        Self { words, ..self }
    }

    /// The verdict about a character, which the words have as `{}`.
    pub(crate) const fn by(self, found: char) -> Self {
        Self { found: Some(found), ..self }
    }

    /// The words, with `{}` for the character, if there is one.
    pub const fn words(&self) -> &'static str {
        self.words
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.words.split_once("{}"), self.found) {
            (Some((before, after)), Some(found)) => write!(f, "{before}{found:?}{after}"),
            _ => f.write_str(self.words),
        }
    }
}

/// `Ok` if it holds.
pub(crate) const fn ensure(holds: bool, rule: &'static Rule) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(Broken::new(rule)) }
}

/// `Ok` unless there is such a character.
pub(crate) const fn none_is_found(found: Option<char>, rule: &'static Rule) -> Result<(), Broken> {
    match found {
        Some(found) => Err(Broken::new(rule).by(found)),
        None => Ok(()),
    }
}
