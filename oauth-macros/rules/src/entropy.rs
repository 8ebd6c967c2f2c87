//! The number of random bits of a token.

use alloc::format;
use alloc::string::String;

use crate::broken::ensure;

rules! { "token_generator" {
    /// RFC 6749 §10.10: "The probability of an attacker guessing generated tokens (and other credentials not intended for
    /// handling by end-users) MUST be less than or equal to 2^(-128) and SHOULD be less than or equal to 2^(-160)."
    /// RFC 6819 §5.1.4.2.2: "The token value should be >=128 bits long".
    ///
    /// - refused: `#[token_generator(opaque, entropy = 64)]`
    /// - accepted: `entropy = 128`
    both rfc6749_section_10_10_a_token_cannot_be_guessed = "can be guessed: a token has 128 random bits at least (RFC 6749 §10.10, RFC 6819 §5.1.4.2.2); write `entropy = 256`, or leave it out";
    /// Stores keep the SHA-256 of a token: what is beyond it is only length, in every request.
    ///
    /// - refused: `entropy = 4096`
    /// - accepted: `entropy = 128`
    both a_token_is_as_long_as_it_need_be = "makes tokens longer and no safer, for stores know them by 256 bits (SHA-256): write 512 at most";
} }

/// The fewest random bits of a token.
pub const LEAST: u16 = 128;
/// The most.
pub const MOST: u16 = 512;

/// Judges a number of random bits.
///
/// # Errors
///
/// Words about it.
pub fn check(bits: u64) -> Result<u16, String> {
    let within = u16::try_from(bits).unwrap_or(u16::MAX);
    ensure(within >= LEAST, &rfc6749_section_10_10_a_token_cannot_be_guessed)
        .and_then(|()| ensure(within <= MOST, &a_token_is_as_long_as_it_need_be))
        .map_err(|broken| format!("`entropy = {bits}` {broken}"))?;
    Ok(within)
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn vectors() {
        for bits in [128, 129, 160, 256, 512] {
            assert_eq!(check(u64::from(bits)), Ok(bits));
        }
        for bits in [0, 1, 64, 127, 513, 65_536, u64::MAX] {
            assert!(check(bits).is_err(), "{bits}");
        }
        assert!(check(127).is_err_and(|reason| reason.contains("RFC 6749 §10.10")));
    }
}
