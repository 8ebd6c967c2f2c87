//! The floor under the tokens that an application makes itself: what can be guessed is not issued.

use crate::error::{Error, Result};
use crate::secret::SecretString;

/// RFC 6749 §10.10: "The probability of an attacker guessing generated tokens [...] MUST be less than or equal to 2^(-128)".
///
/// How a token was made, nobody can tell from its text; that it is too short for that is certain. (That it came before, its store
/// knows.)
pub(super) fn check(kind: &str, token: &SecretString) -> Result<()> {
    let text = token.expose();
    if text.len() >= least_len(text) {
        return Ok(());
    }
    Err(Error::server(format!(
        "the generator made {kind} token of {} characters, which can be guessed: 128 random bits are 22 characters of base64url, 32 \
         hexadecimal or 39 decimal digits (RFC 6749 §10.10); write `SecretString::random().expose().to_owned()`, for example",
        text.len()
    )))
}

/// The characters that 128 bits need at least, by the digits that a text is made of. (That random base64url has no others is as
/// improbable as that it is guessed.)
fn least_len(text: &str) -> usize {
    let is_all = |is_it: fn(&u8) -> bool| text.as_bytes().iter().all(is_it);
    if is_all(u8::is_ascii_digit) {
        39
    } else if is_all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        || is_all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F'))
    {
        32
    } else {
        22
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::secret::SecretString;

    #[test]
    fn what_is_long_enough_passes_and_what_is_not_does_not() {
        let check = |text: &str| check("an access", &SecretString::new(text));
        for text in [
            "AAECAwQFBgcICQoLDA0ODw",
            "00112233445566778899aabbccddeeff",
            "00112233445566778899AABBCCDDEEFF",
            "123456789012345678901234567890123456789",
            "0191f1f2-7e9a-7c3d-8e4f-0123456789ab",
            "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl",
        ] {
            assert!(check(text).is_ok(), "{text}");
        }
        for text in [
            "constant",
            "AAECAwQFBgcICQoLDA0OD",
            "00112233445566778899aabbccddee",
            "12345678901234567890123456",
        ] {
            let error = check(text).unwrap_err();
            let cause = error.source().map(ToString::to_string).unwrap_or_default();
            assert!(cause.contains("RFC 6749 §10.10") && !cause.contains(text), "{cause}");
        }
    }
}
