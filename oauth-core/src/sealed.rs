//! The successor of a rotated refresh token, encrypted under a key that only the presented token yields.
//!
//! A client whose response was lost presents the old token again and gets the same successor; whoever reads the store
//! has neither token.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::secret::SecretString;

/// RFC 5869 §3.2: binds the key to this one use.
const INFO: &[u8] = b"oauth-core refresh token successor v1";

/// The nonce, then the ciphertext with its tag.
pub(crate) fn seal(under: &str, successor: &SecretString) -> Result<Vec<u8>> {
    let mut text = successor.expose().as_bytes().to_vec();
    let nonce = key(under)?
        .seal_in_place_append_tag(Aad::empty(), &mut text)
        .map_err(|_| Error::server("the successor of a refresh token could not be sealed"))?;
    Ok([nonce.as_ref().as_slice(), &text].concat())
}

/// The successor that [`seal`] sealed under the same token.
///
/// # Errors
///
/// `server_error` if it is anything else: the store has been tampered with or is damaged.
pub(crate) fn open(under: &str, sealed: &[u8]) -> Result<SecretString> {
    let damaged =
        || Error::server("the sealed successor of a refresh token is damaged, or is another token's");
    let (nonce, text) = sealed.split_at_checked(NONCE_LEN).ok_or_else(damaged)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| damaged())?;
    let mut text = Zeroizing::new(text.to_vec());
    let successor = key(under)?.open_in_place(nonce, Aad::empty(), &mut text).map_err(|_| damaged())?;
    std::str::from_utf8(successor).map(SecretString::new).map_err(|_| damaged())
}

/// A refresh token carries at least 128 random bits, so no salt or stretching is needed (RFC 5869 §3.1).
fn key(under: &str) -> Result<RandomizedNonceKey> {
    let failed = |_| Error::server("the key of a sealed refresh token could not be derived");
    let mut bytes = Zeroizing::new([0; 32]);
    Salt::new(HKDF_SHA256, &[])
        .extract(under.as_bytes())
        .expand(&[INFO], &AES_256_GCM)
        .and_then(|okm| okm.fill(&mut *bytes))
        .map_err(failed)?;
    RandomizedNonceKey::new(&AES_256_GCM, &*bytes).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::{open, seal};
    use crate::error::ErrorCode;
    use crate::secret::SecretString;

    #[test]
    fn opens_under_the_same_token_only() {
        let successor = SecretString::new("the-successor");
        let sealed = seal("presented", &successor).unwrap();
        assert_eq!(open("presented", &sealed).unwrap().expose(), "the-successor");
        assert_eq!(open("presente", &sealed).unwrap_err().code(), ErrorCode::ServerError);
    }

    #[test]
    fn two_seals_of_the_same_differ_and_hide_the_text() {
        let successor = SecretString::new("the-successor");
        let (one, two) = (seal("presented", &successor).unwrap(), seal("presented", &successor).unwrap());
        assert_ne!(one, two);
        assert!(!one.windows(3).any(|window| b"the-successor".windows(3).any(|part| part == window)));
    }

    #[test]
    fn garbage_is_an_error() {
        let sealed = seal("presented", &SecretString::new("the-successor")).unwrap();
        for length in 0..sealed.len() {
            assert_eq!(open("presented", &sealed[..length]).unwrap_err().code(), ErrorCode::ServerError);
        }
        for index in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[index] ^= 1;
            assert!(open("presented", &damaged).is_err());
        }
    }
}
