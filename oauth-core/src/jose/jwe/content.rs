//! Encrypting and authenticating the content, RFC 7518 §5.

use aws_lc_rs::aead::{AES_128_GCM, AES_256_GCM, Aad, Algorithm, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::cipher::{
    AES_128, AES_256, DecryptionContext, EncryptionContext, PaddedBlockDecryptingKey,
    PaddedBlockEncryptingKey, UnboundCipherKey,
};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hmac::{self, HMAC_SHA256, HMAC_SHA512};
use aws_lc_rs::iv::FixedLength;

use super::ContentEncryption;

/// The ciphers that a content encryption algorithm is made of.
enum Cipher {
    Gcm(&'static Algorithm),
    /// AES in CBC mode, and HMAC over the result.
    CbcHmac(&'static aws_lc_rs::cipher::Algorithm, hmac::Algorithm),
}

/// The ciphertext, and its authentication tag.
pub(super) struct Sealed {
    pub(super) ciphertext: Vec<u8>,
    pub(super) tag: Vec<u8>,
}

impl ContentEncryption {
    fn cipher(self) -> Cipher {
        match self {
            Self::A128GCM => Cipher::Gcm(&AES_128_GCM),
            Self::A256GCM => Cipher::Gcm(&AES_256_GCM),
            Self::A128CbcHs256 => Cipher::CbcHmac(&AES_128, HMAC_SHA256),
            Self::A256CbcHs512 => Cipher::CbcHmac(&AES_256, HMAC_SHA512),
        }
    }

    /// §5.2.2.1: 128 bits; §5.3: "Use of an IV of size 96 bits is REQUIRED with this algorithm."
    pub(super) const fn iv_len(self) -> usize {
        match self {
            Self::A128GCM | Self::A256GCM => 12,
            Self::A128CbcHs256 | Self::A256CbcHs512 => 16,
        }
    }

    /// Encrypts `text` under a key of [`key_len`](Self::key_len) and an initialization vector that this key has not had
    /// before.
    pub(super) fn seal(
        self,
        key: &[u8],
        iv: &[u8],
        aad: &[u8],
        mut text: Vec<u8>,
    ) -> Result<Sealed, Unspecified> {
        match self.cipher() {
            Cipher::Gcm(algorithm) => {
                let nonce = Nonce::try_assume_unique_for_key(iv)?;
                let tag =
                    gcm(algorithm, key)?.seal_in_place_separate_tag(nonce, Aad::from(aad), &mut text)?;
                Ok(Sealed { ciphertext: text, tag: tag.as_ref().to_vec() })
            }
            Cipher::CbcHmac(aes, hmac) => {
                let (mac_key, encryption_key) = split(key)?;
                let key = PaddedBlockEncryptingKey::cbc_pkcs7(UnboundCipherKey::new(aes, encryption_key)?)?;
                key.less_safe_encrypt(&mut text, EncryptionContext::Iv128(vector(iv)?))?;
                let tag = authenticate(hmac, mac_key, [aad, iv, &text]);
                Ok(Sealed { ciphertext: text, tag: truncated(&tag).to_vec() })
            }
        }
    }

    /// Decrypts what [`seal`](Self::seal) encrypted; nothing is decrypted before its tag has been found right.
    pub(super) fn open<'a>(
        self,
        key: &[u8],
        iv: &[u8],
        aad: &[u8],
        text: &'a mut Vec<u8>,
        tag: &[u8],
    ) -> Result<&'a [u8], Unspecified> {
        match self.cipher() {
            Cipher::Gcm(algorithm) => {
                // §5.3: "The requested size of the Authentication Tag output MUST be 128 bits".
                if tag.len() != algorithm.tag_len() {
                    return Err(Unspecified);
                }
                text.extend_from_slice(tag);
                let nonce = Nonce::try_assume_unique_for_key(iv)?;
                Ok(gcm(algorithm, key)?.open_in_place(nonce, Aad::from(aad), text)?)
            }
            Cipher::CbcHmac(aes, hmac) => {
                let (mac_key, encryption_key) = split(key)?;
                let expected = authenticate(hmac, mac_key, [aad, iv, text]);
                // §5.2.2.2: compare first. The lengths are no secret.
                verify_slices_are_equal(truncated(&expected), tag)?;
                let key = PaddedBlockDecryptingKey::cbc_pkcs7(UnboundCipherKey::new(aes, encryption_key)?)?;
                Ok(key.decrypt(text, DecryptionContext::Iv128(vector(iv)?))?)
            }
        }
    }
}

fn gcm(algorithm: &'static Algorithm, key: &[u8]) -> Result<LessSafeKey, Unspecified> {
    UnboundKey::new(algorithm, key).map(LessSafeKey::new)
}

/// §5.2.2.1: "MAC_KEY consists of the initial MAC_KEY_LEN octets of K", and ENC_KEY of the final ones, half of it each.
fn split(key: &[u8]) -> Result<(&[u8], &[u8]), Unspecified> {
    key.split_at_checked(key.len() / 2).ok_or(Unspecified)
}

fn vector(iv: &[u8]) -> Result<FixedLength<16>, Unspecified> {
    iv.try_into().map(|iv: &[u8; 16]| FixedLength::from(iv)).map_err(|_| Unspecified)
}

/// §5.2.2.1: over the additional authenticated data, the vector, the ciphertext, and the first's length in bits.
fn authenticate(algorithm: hmac::Algorithm, key: &[u8], parts: [&[u8]; 3]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(&hmac::Key::new(algorithm, key));
    for part in parts {
        context.update(part);
    }
    let [aad, ..] = parts;
    context.update(&(aad.len() as u64 * 8).to_be_bytes());
    context.sign()
}

/// §5.2.2.1: the first half is the tag.
fn truncated(tag: &hmac::Tag) -> &[u8] {
    let tag = tag.as_ref();
    tag.get(..tag.len() / 2).unwrap_or_default()
}
