//! Reference tokens: random, meaningless to whoever holds them.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_rules::{entropy, token_prefix};
use zeroize::Zeroizing;

use super::{TokenGenerator, Tokens, check_audience};
use crate::error::{Error, Result};
use crate::request::Request;

/// Random bits as base64url: 256 of them are 43 characters.
///
/// With a prefix, a token is `prefix`, then those characters, then a checksum of 6: the CRC-32 (IEEE) of all before
/// it, in base62 (`0-9A-Za-z`, zero-padded). So a secret scanner finds a leaked token and can tell it from look-alikes,
/// and a resource server refuses a mistyped one without asking.
///
/// ```
/// use oauth_core::token::Opaque;
///
/// const TOKENS: Opaque = Opaque::DEFAULT.prefix("acme_at_").audience("https://api.example.com");
///
/// assert!(!TOKENS.looks_valid("acme_at_0000000000000000000000000000000000000000000000000"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opaque {
    prefix: &'static str,
    entropy: u16,
    audience: Option<&'static str>,
}

/// Base62 characters of 32 bits.
const CHECKSUM_LEN: usize = 6;

impl Opaque {
    /// 256 bits, without a prefix, for the server's own audience.
    pub const DEFAULT: Self = Self { prefix: "", entropy: 256, audience: None };

    /// The fewest random bits that make a token. RFC 6749 §10.10: "The probability of an attacker guessing generated tokens
    /// [...] MUST be less than or equal to 2^(-128)"; RFC 6819 §5.1.4.2.2 says the same.
    pub const MIN_ENTROPY: u16 = entropy::LEAST;

    /// The most that makes sense: stores know a token by its SHA-256.
    pub const MAX_ENTROPY: u16 = entropy::MOST;

    /// Starts every token with `prefix`, and ends it with a checksum. End a prefix with `_`: a double click then selects
    /// the whole token.
    ///
    /// The prefix may contain letters, digits and `-._~`, as bearer tokens may (RFC 6750 §2.1): with anything else,
    /// `into_router` refuses the server, and generating fails.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }

    /// Sets how many random bits a token has, rounded up to whole bytes; default: 256.
    ///
    /// Below [`MIN_ENTROPY`](Self::MIN_ENTROPY) or above [`MAX_ENTROPY`](Self::MAX_ENTROPY), `into_router` refuses the server,
    /// and generating fails.
    #[must_use]
    pub const fn entropy(mut self, bits: u16) -> Self {
        self.entropy = bits;
        self
    }

    /// Sets whom the tokens are for: what introspection tells as `aud` (RFC 7662 §2.2) where a request has no claim `aud` of
    /// its own. Default: the server's issuer.
    ///
    /// If it is empty, `into_router` refuses the server, and generating fails.
    #[must_use]
    pub const fn audience(mut self, audience: &'static str) -> Self {
        self.audience = Some(audience);
        self
    }

    /// The number of random bytes of a token.
    fn random_bytes(self) -> usize {
        usize::from(self.entropy).div_ceil(8)
    }

    /// Base64url characters of those bytes, without padding.
    fn random_len(self) -> usize {
        (self.random_bytes() * 4).div_ceil(3)
    }

    /// Tells whether a text could be one of these tokens: prefix, length, alphabet and checksum are right. It
    /// says nothing of whether the token was ever issued.
    pub fn looks_valid(&self, token: &str) -> bool {
        let Some(rest) = token.strip_prefix(self.prefix) else {
            return false;
        };
        let checksum_len = if self.prefix.is_empty() { 0 } else { CHECKSUM_LEN };
        if rest.len() != self.random_len() + checksum_len
            || !rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        {
            return false;
        }
        checksum_len == 0
            || token
                .split_at_checked(token.len() - checksum_len)
                .is_some_and(|(checked, checksum)| checksum.as_bytes() == base62(crc32(checked.as_bytes())))
    }

    pub(super) const fn audience_of(self) -> Option<&'static str> {
        self.audience
    }

    pub(super) fn generate(self) -> Result<String> {
        self.check().map_err(Error::server)?;
        let mut random = Zeroizing::new([0; Self::MAX_ENTROPY as usize / 8]);
        let random = random.get_mut(..self.random_bytes());
        let random = random.ok_or_else(|| Error::server("a token has more random bits than there may be"))?;
        rand::fill(random);
        let mut token = String::with_capacity(self.prefix.len() + self.random_len() + CHECKSUM_LEN);
        token.push_str(self.prefix);
        URL_SAFE_NO_PAD.encode_string(random, &mut token);
        if !self.prefix.is_empty() {
            let checksum = base62(crc32(token.as_bytes()));
            token.extend(checksum.map(char::from));
        }
        Ok(token)
    }

    /// Checks the prefix, the entropy and the audience, as `into_router` does.
    ///
    /// # Errors
    ///
    /// One line that says what is wrong and what to write instead.
    pub fn check(self) -> std::result::Result<(), String> {
        token_prefix::check_or_none(self.prefix)?;
        entropy::check(u64::from(self.entropy))?;
        check_audience(self.audience)
    }
}

impl Default for Opaque {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl TokenGenerator for Opaque {
    const EXPIRES_IN: Option<Duration> = Some(Tokens::DEFAULT_EXPIRES_IN);
    const NAMES_STATIC_CLAIMS: bool = true;

    fn tokens(&self) -> Tokens<'_> {
        Tokens::opaque(*self)
    }

    async fn generate_token(&self, _request: &Request) -> Result<String> {
        self.generate()
    }
}

/// CRC-32 of IEEE 802.3, as zlib and PNG have it.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    })
}

/// Six digits hold 32 bits: 62⁶ is more than 2³².
fn base62(mut number: u32) -> [u8; CHECKSUM_LEN] {
    let mut digits = [0; CHECKSUM_LEN];
    for digit in digits.iter_mut().rev() {
        // The remainder is below 62.
        *digit = match u8::try_from(number % 62).unwrap_or_default() {
            value @ 0..=9 => b'0' + value,
            value @ 10..=35 => b'A' + (value - 10),
            value => b'a' + (value - 36),
        };
        number /= 62;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::{base62, crc32};

    #[test]
    fn crc32_has_the_published_check_value() {
        // "Catalogue of parametrised CRC algorithms", CRC-32/ISO-HDLC: check=0xcbf43926.
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn base62_pads_and_holds_the_largest() {
        assert_eq!(&base62(0), b"000000");
        assert_eq!(&base62(61), b"00000z");
        assert_eq!(&base62(62), b"000010");
        assert_eq!(&base62(u32::MAX), b"4gfFC3");
    }
}
