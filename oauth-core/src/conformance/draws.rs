//! Tokens that are drawn one after the other, and compared.

use std::collections::BTreeSet;

use super::Check;
use super::answer::Answer;

/// The number of tokens that a rule draws.
pub(super) const DRAWS: usize = 4;

/// The tokens that were drawn.
#[derive(Debug, Default)]
pub(super) struct Drawn(BTreeSet<String>);

impl Drawn {
    /// RFC 6749 §10.10: "The probability of an attacker guessing generated tokens […] MUST be less than or equal to 2^(-128)".
    pub(super) fn add(&mut self, kind: &str, token: &str, answer: &Answer) -> Check {
        let likely =
            format!("the generator of {kind} tokens repeats itself, or makes tokens that can be guessed");
        answer.expect(token.len() >= 22, "a token of 128 bits at least: 22 characters", &likely)?;
        answer.expect(self.0.insert(token.to_owned()), "another token than before", &likely)
    }
}
