//! Prefixes of opaque tokens.

use super::{Verdict, all};

pub(crate) fn check(prefix: &str) -> Verdict {
    all(&[is_not_empty, is_short, has_characters_of_bearer_tokens], prefix)
}

/// It would be no prefix.
fn is_not_empty(prefix: &str) -> Verdict {
    if prefix.is_empty() {
        return Err("is empty: leave `prefix` out".into());
    }
    Ok(())
}

/// It comes with every request, in a header whose length servers limit.
fn is_short(prefix: &str) -> Verdict {
    if prefix.len() > 32 {
        return Err(format!("has {} characters: 32 are enough to recognise a token", prefix.len()));
    }
    Ok(())
}

/// RFC 6750 §2.1: `b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="`; a prefix cannot have the
/// `=`, for more follows. `+` and `/` are out too: forms and paths change them.
fn has_characters_of_bearer_tokens(prefix: &str) -> Verdict {
    match prefix.chars().find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~'))) {
        Some(c) => Err(format!(
            "has the character {c:?}: a bearer token has letters, digits, `-`, `.`, `_` and `~` (RFC 6750 §2.1)"
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn vectors() {
        for prefix in ["acme_at_", "a", "A-Z.0~"] {
            assert_eq!(check(prefix), Ok(()), "{prefix}");
        }
        for prefix in ["", "acme at", "acme=", "a+b", "a/b", "ä", "\n", "a,b", &"x".repeat(33)] {
            assert!(check(prefix).is_err(), "{prefix}");
        }
    }
}
