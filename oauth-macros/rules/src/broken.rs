//! A verdict: which rule is broken, and by what.

use core::fmt;

use crate::Rule;
use crate::text::ShortText;

/// A rule that is broken, in words that follow what breaks it: `the issuer …` **`has no host`**.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// The rule.
    pub rule: &'static Rule,
    words: &'static str,
    found: Option<Found>,
}

/// The part of a text that breaks a rule, or what to write instead of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A character.
    Character(char),
    /// A text.
    Text(ShortText),
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
        Self { found: Some(Found::Character(found)), ..self }
    }

    /// The verdict with a text, which the words have as `{}`.
    pub(crate) const fn with(self, found: ShortText) -> Self {
        Self { found: Some(Found::Text(found)), ..self }
    }

    /// The value that the words have as `{}`, if there is one.
    pub const fn found(&self) -> Option<Found> {
        self.found
    }

    /// The words, with `{}` for what was [found](Self::found).
    pub const fn words(&self) -> &'static str {
        self.words
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.words.split_once("{}"), self.found) {
            (Some((before, after)), Some(Found::Character(found))) => {
                write!(f, "{before}{found:?}{after}")
            }
            (Some((before, after)), Some(Found::Text(found))) => {
                write!(f, "{before}{}{after}", found.as_str())
            }
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
