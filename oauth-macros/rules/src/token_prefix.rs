//! Prefixes of opaque tokens.

use alloc::format;
use alloc::string::{String, ToString as _};

use crate::broken::{ensure, none_is_found};

rules! { "token_generator" {
    /// It would be no prefix.
    ///
    /// - refused: `prefix = ""`
    /// - accepted: `prefix = "acme_at_"`
    error a_prefix_is_not_empty = "is empty: leave `prefix` out";
    /// It comes with every request, in a header whose length servers limit.
    ///
    /// - refused: `prefix = "a_prefix_that_is_longer_than_the_token_"`
    /// - accepted: `prefix = "acme_at_"`
    both a_prefix_is_short = "has {} characters: 32 are enough to recognise a token";
    /// RFC 6750 §2.1: `b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="`; a prefix cannot have the `=`,
    /// for more follows. `+` and `/` are out too: forms and paths change them.
    ///
    /// - refused: `prefix = "acme at "`
    /// - accepted: `prefix = "acme_at_"`
    both rfc6750_section_2_1_a_prefix_fits_bearer_tokens = "has the character {}: a bearer token has letters, digits, `-`, `.`, `_` and `~` (RFC 6750 §2.1)";
} }

/// Judges a prefix that was given.
///
/// # Errors
///
/// Words about it.
pub fn check(prefix: &str) -> Result<(), String> {
    let words = if prefix.is_empty() { Err(a_prefix_is_not_empty.words.into()) } else { judge(prefix) };
    words.map_err(|words| format!("the prefix `{}` {words}", prefix.escape_debug()))
}

/// Judges a prefix, or none.
///
/// # Errors
///
/// Words about it.
pub fn check_or_none(prefix: &str) -> Result<(), String> {
    if prefix.is_empty() { Ok(()) } else { check(prefix) }
}

fn judge(prefix: &str) -> Result<(), String> {
    ensure(prefix.len() <= 32, &a_prefix_is_short).map_err(|broken| broken.rule.says(&[&prefix.len()]))?;
    let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~');
    none_is_found(prefix.chars().find(|c| !fits(c)), &rfc6750_section_2_1_a_prefix_fits_bearer_tokens)
        .map_err(|broken| broken.to_string())
}

#[cfg(test)]
mod tests {
    use super::{check, check_or_none};

    #[test]
    fn vectors() {
        for prefix in ["acme_at_", "a", "A-Z.0~"] {
            assert_eq!(check(prefix), Ok(()), "{prefix}");
        }
        for prefix in ["", "acme at", "acme=", "a+b", "a/b", "ä", "\n", "a,b", &"x".repeat(33)] {
            assert!(check(prefix).is_err(), "{prefix}");
        }
        assert_eq!(check_or_none(""), Ok(()));
    }
}
