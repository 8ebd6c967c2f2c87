//! Base64url without padding, RFC 7515 §2, by the widest instructions that the processor has: what is signed is written in it and
//! read from it, all of it.

use std::mem;

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))))]
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::{DecodeError, Engine};

#[cfg(any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon")))]
fn engine() -> &'static impl Engine {
    use std::sync::LazyLock;

    use base64::engine::Simd;
    use base64::engine::general_purpose::NO_PAD;

    static ENGINE: LazyLock<Simd> = LazyLock::new(|| Simd::url_safe(NO_PAD));
    &*ENGINE
}

#[cfg(not(any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))))]
const fn engine() -> &'static impl Engine {
    &URL_SAFE_NO_PAD
}

/// The characters of so many bytes.
pub(super) const fn len(bytes: usize) -> usize {
    (bytes * 4).div_ceil(3)
}

/// Appends bytes to a text: where they stand, as [`Engine::encode_string`] writes them elsewhere first.
pub(super) fn append(bytes: &[u8], text: &mut String) {
    let mut all = mem::take(text).into_bytes();
    let start = all.len();
    all.resize(start + len(bytes.len()), b'A');
    // There is as much room as they take, and both parts are texts: neither fails.
    if let Some(room) = all.get_mut(start..) {
        let _ = engine().encode_slice(bytes, room);
    }
    *text = String::from_utf8(all).unwrap_or_default();
}

/// Reads strictly: no padding, no spare bits, so that bytes have one spelling.
pub(super) fn decode(text: &str) -> Result<Vec<u8>, DecodeError> {
    engine().decode(text)
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::{append, decode, len};

    #[test]
    fn it_is_base64url_of_any_length() {
        for length in 0..300 {
            let bytes: Vec<u8> = (0..=u8::MAX).rev().cycle().skip(length).step_by(3).take(length).collect();
            let mut text = ".".to_owned();
            append(&bytes, &mut text);
            assert_eq!(text[1..], URL_SAFE_NO_PAD.encode(&bytes));
            assert_eq!(text.len() - 1, len(length));
            assert_eq!(decode(&text[1..]), Ok(bytes));
        }
    }

    #[test]
    fn what_is_not_base64url_is_refused_wherever_it_is() {
        let text = URL_SAFE_NO_PAD.encode([0x5a; 120]);
        for place in 0..text.len() {
            for odd in ["+", "/", "=", ".", " ", "\n", "\0", "~", "\u{7f}"] {
                let mut text = text.clone();
                text.replace_range(place..=place, odd);
                assert!(decode(&text).is_err(), "{text:?}");
            }
        }
        // RFC 4648 §3.2, §3.5: padding, and bits that are left over.
        for text in ["_", "_w==", "_x", "__9", "AA\u{e9}"] {
            assert!(decode(text).is_err(), "{text:?}");
        }
    }
}
