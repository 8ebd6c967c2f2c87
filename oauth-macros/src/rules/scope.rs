//! Scope tokens, RFC 6749 §3.3.

/// RFC 6749 §3.3: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
pub(crate) fn check(token: &str) -> Result<(), String> {
    if token.is_empty() {
        return Err("is empty: a scope has at least one character (RFC 6749 §3.3)".into());
    }
    if token.contains(' ') {
        return Err(
            "has a space, which separates scopes (RFC 6749 §3.3): write each as a string of its own".into()
        );
    }
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
