//! Texts that are encrypted under a key of which only whoever may read them has the secret.
//!
//! The successor of a rotated refresh token is, under the token that was presented: a client whose response was lost presents it again
//! and gets the same successor, and whoever reads the store has neither. So is the part of a self-contained access token that is
//! for its server alone.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::secret::SecretString;

/// The use of a key, to which it is bound, and how it is made of the secret.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose {
    /// The successor of a refresh token: in one step (NIST SP 800-56C §4), which takes a fifth of HKDF's time. The token has all the
    /// randomness that there is to extract.
    Successor,
    /// The same by HKDF, as instances seal that are being replaced.
    EarlierSuccessor,
    /// The part of a self-contained access token that is for its server alone: by HKDF.
    SelfContained,
}

impl Purpose {
    /// RFC 5869 §3.2, and the `FixedInfo` of SP 800-56C. In one block of SHA-256 there is room for a token and eight bytes.
    const fn info(self) -> &'static [u8] {
        match self {
            Self::Successor => b"rotation",
            Self::EarlierSuccessor => b"oauth-core refresh token successor v1",
            Self::SelfContained => b"oauth-core self-contained access token v1",
        }
    }

    /// The key. The secret is random, so no salt or stretching is needed (RFC 5869 §3.1).
    fn key(self, under: &[u8]) -> Option<LessSafeKey> {
        let mut bytes = Zeroizing::new([0; 32]);
        match self {
            Self::Successor => {
                // §4.1: of one step, the counter is 1. One text is hashed in one call; a context of its parts takes longer.
                let text = Zeroizing::new([&1_u32.to_be_bytes(), under, self.info()].concat());
                bytes.copy_from_slice(digest(&SHA256, &text).as_ref());
            }
            Self::EarlierSuccessor | Self::SelfContained => {
                let prk = Salt::new(HKDF_SHA256, &[]).extract(under);
                prk.expand(&[self.info()], &AES_256_GCM).and_then(|okm| okm.fill(&mut *bytes)).ok()?;
            }
        }
        UnboundKey::new(&AES_256_GCM, &*bytes).map(LessSafeKey::new).ok()
    }
}

/// The nonce, then the ciphertext with its tag.
pub(crate) fn seal(under: &str, successor: &SecretString) -> Result<Vec<u8>> {
    seal_bytes(Purpose::Successor, under.as_bytes(), successor.expose().as_bytes())
}

/// The successor that [`seal`] sealed under the same token.
///
/// # Errors
///
/// `server_error` if it is anything else: the store has been tampered with or is damaged.
pub(crate) fn open(under: &str, sealed: &[u8]) -> Result<SecretString> {
    let damaged =
        || Error::server("the sealed successor of a refresh token is damaged, or is another token's");
    let opened = |purpose| open_bytes(purpose, under.as_bytes(), sealed);
    let successor =
        opened(Purpose::Successor).or_else(|| opened(Purpose::EarlierSuccessor)).ok_or_else(damaged)?;
    std::str::from_utf8(&successor).map(SecretString::new).map_err(|_| damaged())
}

/// The same of any bytes. The secret has at least 128 random bits, and seals little: each has a nonce of its own, at random.
pub(crate) fn seal_bytes(purpose: Purpose, under: &[u8], text: &[u8]) -> Result<Vec<u8>> {
    let failed = || Error::server("a text could not be sealed");
    let key = purpose.key(under).ok_or_else(failed)?;
    let nonce = rand::random::<[u8; NONCE_LEN]>();
    let mut sealed = Vec::with_capacity(NONCE_LEN + text.len() + AES_256_GCM.tag_len());
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(text);
    let (_, text) = sealed.split_at_mut_checked(NONCE_LEN).ok_or_else(failed)?;
    let unique = Nonce::assume_unique_for_key(nonce);
    let tag = key.seal_in_place_separate_tag(unique, Aad::empty(), text).map_err(|_| failed())?;
    sealed.extend_from_slice(tag.as_ref());
    Ok(sealed)
}

/// The bytes that were sealed for this purpose under this secret; `None` if it is anything else.
pub(crate) fn open_bytes(purpose: Purpose, under: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut text = Zeroizing::new(text.to_vec());
    let length = purpose.key(under)?.open_in_place(nonce, Aad::empty(), &mut text).ok()?.len();
    text.truncate(length);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{Purpose, open, open_bytes, seal, seal_bytes};
    use crate::error::ErrorCode;
    use crate::secret::SecretString;

    #[test]
    fn opens_under_the_same_token_only() {
        let successor = SecretString::new("the-successor");
        let sealed = seal("presented", &successor).unwrap();
        assert_eq!(open("presented", &sealed).unwrap().expose(), "the-successor");
        assert_eq!(open("presente", &sealed).unwrap_err().code(), ErrorCode::ServerError);
        assert!(open_bytes(Purpose::SelfContained, b"presented", &sealed).is_none(), "of another purpose");
    }

    #[test]
    fn two_seals_of_the_same_differ_and_hide_the_text() {
        let successor = SecretString::new("the-successor");
        let (one, two) = (seal("presented", &successor).unwrap(), seal("presented", &successor).unwrap());
        assert_ne!(one, two);
        assert!(!one.windows(3).any(|window| b"the-successor".windows(3).any(|part| part == window)));
    }

    #[test]
    fn what_an_instance_that_is_being_replaced_has_sealed_is_opened() {
        let earlier = seal_bytes(Purpose::EarlierSuccessor, b"presented", b"the-successor").unwrap();
        // By another implementation: HKDF or one step of SHA-256, and AES-GCM.
        let by_hkdf = "000102030405060708090a0bd0d5f96a0972cb1705f1c15dd93d2a369f556a036d8fa38f744b064866";
        let in_one_step =
            "000102030405060708090a0be0b703a05ddf380098deae2fb3d89c64ad1be67030f455bce0bec05152";
        for sealed in [earlier, bytes(by_hkdf), bytes(in_one_step)] {
            assert_eq!(open("presented", &sealed).unwrap().expose(), "the-successor");
            assert!(open("presente", &sealed).is_err());
        }
    }

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
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
