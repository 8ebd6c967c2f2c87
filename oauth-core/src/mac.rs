//! The message authentication codes that only the server can have written.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::secret::SecretString;

/// HMAC-SHA256 in base64url: 43 characters.
pub(crate) fn mac(key: &str, message: &str) -> SecretString {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes());
    SecretString::new(URL_SAFE_NO_PAD.encode(hmac::sign(&key, message.as_bytes())))
}
