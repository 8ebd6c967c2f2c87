//! Scope tokens, RFC 6749 §3.3.

use super::{Verdict, all};

pub(crate) fn check(token: &str) -> Verdict {
    all(&[is_not_empty, is_one_word, has_characters_of_scopes], token)
}

/// RFC 6749 §3.3: `scope-token = 1*( … )`.
fn is_not_empty(token: &str) -> Verdict {
    if token.is_empty() {
        return Err("is empty: a scope has at least one character (RFC 6749 §3.3)".into());
    }
    Ok(())
}

/// RFC 6749 §3.3: `scope = scope-token *( SP scope-token )`.
fn is_one_word(token: &str) -> Verdict {
    if token.contains(' ') {
        return Err(
            "has a space, which separates scopes (RFC 6749 §3.3): write each as a string of its own".into()
        );
    }
    Ok(())
}

/// RFC 6749 §3.3: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
fn has_characters_of_scopes(token: &str) -> Verdict {
    match token.chars().find(|c| !matches!(c, '\x21' | '\x23'..='\x5B' | '\x5D'..='\x7E')) {
        Some(c) => Err(format!(
            "has the character {c:?}: RFC 6749 §3.3 allows printable ASCII without `\"` and `\\`"
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn vectors() {
        for token in ["profile", "calendar.read", "https://example.com/scope", "a:b", "!", "~", "urn:x#[]"] {
            assert_eq!(check(token), Ok(()), "{token}");
        }
        for token in ["", " ", "a b", "a\"b", "a\\b", "ü", "a\tb", "\x7f"] {
            assert!(check(token).is_err(), "{token}");
        }
    }
}
