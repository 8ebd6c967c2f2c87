//! How many random bits a token has.

/// RFC 6749 §10.10: "The probability of an attacker guessing generated tokens (and other credentials not intended for
/// handling by end-users) MUST be less than or equal to 2^(-128) and SHOULD be less than or equal to 2^(-160)."
const LEAST: usize = 128;
const MOST: u16 = 512;

pub(crate) fn check(bits: usize) -> Result<u16, String> {
    is_enough(bits)?;
    is_not_too_much(bits)
}

/// RFC 6749 §10.10; RFC 6819 §5.1.4.2.2: "The token value should be >=128 bits long".
fn is_enough(bits: usize) -> Result<(), String> {
    if bits < LEAST {
        return Err(format!(
            "can be guessed: a token has {LEAST} random bits at least (RFC 6749 §10.10, RFC 6819 §5.1.4.2.2); \
             write `entropy = 256`, or leave it out"
        ));
    }
    Ok(())
}

/// Stores keep the SHA-256 of a token: what is beyond it is only length, in every request.
fn is_not_too_much(bits: usize) -> Result<u16, String> {
    u16::try_from(bits).ok().filter(|bits| *bits <= MOST).ok_or_else(|| {
        format!(
            "makes tokens longer and no safer, for stores know them by 256 bits (SHA-256): write {MOST} at most"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn vectors() {
        for bits in [128, 129, 160, 256, 512] {
            assert_eq!(check(usize::from(bits)), Ok(bits));
        }
        for bits in [0, 1, 64, 127, 513, 65_536, usize::MAX] {
            assert!(check(bits).is_err(), "{bits}");
        }
        assert!(check(127).is_err_and(|reason| reason.contains("RFC 6749 §10.10")));
    }
}
