//! The code that a person carries from a device to a browser, RFC 8628 §6.1.

use std::fmt;

use crate::secret::{SecretString, TokenHash};

/// RFC 8628 §6.1: "Character set BCDFGHJKLMNPQRSTVWXZ": no vowels, so no words, and nothing that looks like a digit.
const ALPHABET: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// 20⁸ is more than 2³⁴: §6.1 calls it "enough entropy to be secure against brute-force attacks" with attempts limited.
const LENGTH: usize = 8;

/// A user code: eight letters, shown as `WDJB-MJHT`. `Debug` does not show it.
///
/// ```
/// use oauth_core::grant::UserCode;
///
/// let code = UserCode::parse(" wdjb mjht").unwrap();
/// assert_eq!(code.hash(), UserCode::parse("WDJB-MJHT").unwrap().hash());
/// assert!(UserCode::parse("WDJB-MJHA").is_none());
/// ```
#[derive(Clone)]
pub struct UserCode(SecretString);

impl UserCode {
    /// A new one.
    pub fn random() -> Self {
        let mut code = String::with_capacity(LENGTH);
        while code.len() < LENGTH {
            // 240 is the largest multiple of 20 in a byte: above it, the first letters would come up more often.
            let byte = rand::random::<u8>();
            if let Some(letter) = ALPHABET.get(usize::from(byte % 20)).filter(|_| byte < 240) {
                code.push(char::from(*letter));
            }
        }
        Self(SecretString::new(code))
    }

    /// Reads what a person typed. RFC 8628 §6.1: "The server should ignore any characters like punctuation that are not in
    /// the user code character set", and case. `None`: it is none of ours, whatever the store holds.
    pub fn parse(typed: &str) -> Option<Self> {
        // Digits and other letters are mistakes; leaving them out could make another code of it.
        if typed.len() > 64 || typed.chars().any(|c| c.is_alphanumeric() && !is_letter(c)) {
            return None;
        }
        let code: String = typed.chars().filter(|c| is_letter(*c)).map(|c| c.to_ascii_uppercase()).collect();
        (code.len() == LENGTH).then(|| Self(SecretString::new(code)))
    }

    /// The code as it is shown: `WDJB-MJHT`.
    pub fn expose(&self) -> String {
        let (left, right) = self.0.expose().split_at_checked(LENGTH / 2).unwrap_or_default();
        format!("{left}-{right}")
    }

    /// The hash that a [`DeviceStore`](crate::store::DeviceStore) knows the code by.
    pub fn hash(&self) -> TokenHash {
        self.0.hash()
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii() && ALPHABET.iter().any(|letter| char::from(*letter) == c.to_ascii_uppercase())
}

impl fmt::Debug for UserCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::{ALPHABET, UserCode};

    #[test]
    fn codes_are_eight_letters_of_the_alphabet_and_differ() {
        let codes: Vec<_> = (0..1_000).map(|_| UserCode::random().expose()).collect();
        for code in &codes {
            let (left, right) = code.split_once('-').unwrap();
            assert!(left.len() == 4 && right.len() == 4, "{code}");
            assert!(code.bytes().all(|b| b == b'-' || ALPHABET.contains(&b)), "{code}");
        }
        let all = codes.concat();
        assert!(ALPHABET.iter().all(|letter| all.bytes().any(|b| b == *letter)), "every letter comes up");
        let distinct: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!(distinct.len(), codes.len());
    }

    #[test]
    fn what_is_typed_is_read_whatever_its_case_and_punctuation() {
        for typed in ["WDJB-MJHT", "wdjb-mjht", "WDJBMJHT", " w d j b . m j h t ", "wdjb\u{2013}mjht"] {
            assert_eq!(UserCode::parse(typed).unwrap().expose(), "WDJB-MJHT", "{typed}");
        }
        for typed in ["", "WDJB", "WDJB-MJHT-B", "WDJB-MJH1", "WDJB-MJHTA", "ẄDJB-MJHT", "WDJB-MJH\u{212a}"]
        {
            assert!(UserCode::parse(typed).is_none(), "{typed}");
        }
        assert!(UserCode::parse(&"-".repeat(100)).is_none());
    }
}
