//! The five parts of a compact JWE, RFC 7516 §7.1.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::agreement::EphemeralKey;
use super::content::Sealed;
use crate::jose::jws::is_there;

/// The largest JWE that is read or written, in bytes: what no HTTP header would carry anyway.
pub(in crate::jose) const LARGEST: usize = 64 * 1024;

/// The protected header, RFC 7516 §4. Members that a sender could use to bring its own key (`jwk`, `jku`, `x5u`, `x5c`)
/// are not even read.
#[derive(Deserialize)]
pub(super) struct Header {
    pub(super) alg: String,
    pub(super) enc: String,
    pub(super) kid: Option<String>,
    pub(super) typ: Option<String>,
    pub(super) cty: Option<String>,
    pub(super) epk: Option<EphemeralKey>,
    pub(super) apu: Option<String>,
    pub(super) apv: Option<String>,
    #[serde(default, deserialize_with = "is_there")]
    zip: bool,
    #[serde(default, deserialize_with = "is_there")]
    crit: bool,
}

/// A JWE taken apart, and not decrypted.
pub(super) struct Compact<'a> {
    pub(super) header: Header,
    /// RFC 7516 §5.2 step 15: the additional authenticated data is the first part as it came.
    pub(super) aad: &'a str,
    pub(super) encrypted_key: Vec<u8>,
    pub(super) iv: Vec<u8>,
    pub(super) sealed: Sealed,
}

impl<'a> Compact<'a> {
    pub(super) fn parse(jwe: &'a str) -> Option<Self> {
        if jwe.len() > LARGEST {
            return None;
        }
        let mut parts = jwe.split('.');
        let mut next = || parts.next();
        let (aad, encrypted_key, iv, ciphertext, tag) = (next()?, next()?, next()?, next()?, next()?);
        if next().is_some() {
            return None;
        }
        // Strict base64url: no padding, no spare bits.
        let decode = |part| URL_SAFE_NO_PAD.decode::<&str>(part).ok();
        // RFC 7516 §4: "The Header Parameter names within the JOSE Header MUST be unique"; serde refuses a second one.
        let header: Header = serde_json::from_slice(&decode(aad)?).ok()?;
        // §4.1.13: what `crit` names must be understood, and no extension is. §4.1.3: a compressed text would tell its
        // contents by its length, and could be a bomb (RFC 8725 §3.6).
        if header.crit || header.zip {
            return None;
        }
        Some(Self {
            header,
            aad,
            encrypted_key: decode(encrypted_key)?,
            iv: decode(iv)?,
            sealed: Sealed { ciphertext: decode(ciphertext)?, tag: decode(tag)? },
        })
    }
}

/// RFC 7516 §7.1: the parts in base64url, with dots between them.
pub(super) fn join(header: &str, encrypted_key: &[u8], iv: &[u8], sealed: &Sealed) -> String {
    let parts = [encrypted_key, iv, &sealed.ciphertext, &sealed.tag];
    let len: usize = parts.iter().map(|part| part.len() * 4 / 3 + 3).sum();
    let mut jwe = String::with_capacity(header.len() + len);
    jwe.push_str(header);
    for part in parts {
        jwe.push('.');
        URL_SAFE_NO_PAD.encode_string(part, &mut jwe);
    }
    jwe
}
