//! HTTP Basic, as clients write it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;

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
    let (scheme, encoded) = request.headers().get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Basic").then_some(())?;
    let decoded = SecretString::new(String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?);
    let (client_id, secret) = decoded.expose().split_once(':')?;
    let secret = SecretString::new(decode(secret.as_bytes()).ok()?);
    Some(Basic { client_id: decode(client_id.as_bytes()).ok()?, secret })
}
