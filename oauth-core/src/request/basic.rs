//! HTTP Basic, as clients write it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use zeroize::Zeroizing;

use super::{Request, decode};
use crate::secret::SecretString;

/// The credentials of a client in the `Authorization` header.
pub(crate) struct Basic {
    pub(crate) client_id: String,
    pub(crate) secret: SecretString,
}

impl Request {
    /// The credentials that it has by HTTP Basic, read once; `None`: there are none, or they are malformed.
    pub(crate) fn basic(&self) -> Option<&Basic> {
        self.basic.get_or_init(|| read(self)).as_ref()
    }
}

/// RFC 6749 §2.3.1: identifier and secret are each form-encoded, then joined for HTTP Basic.
fn read(request: &Request) -> Option<Basic> {
    let (scheme, encoded) = split_once(request.headers().get(AUTHORIZATION)?.as_bytes(), b' ')?;
    scheme.eq_ignore_ascii_case(b"Basic").then_some(())?;
    let decoded = Zeroizing::new(STANDARD.decode(encoded.trim_ascii()).ok()?);
    let (client_id, secret) = split_once(&decoded, b':')?;
    let secret = SecretString::new(decode(secret).ok()?);
    Some(Basic { client_id: decode(client_id).ok()?, secret })
}

/// What is before and after the first of these bytes.
fn split_once(bytes: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let (before, after) = bytes.split_at(bytes.iter().position(|byte| *byte == at)?);
    Some((before, after.get(1..)?))
}
