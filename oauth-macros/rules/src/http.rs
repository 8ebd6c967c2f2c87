//! HTTP without TLS, which is for development alone.

use crate::text::is_equal;

/// Tells whether a host is this machine: nobody is on the way to it, so that `http` will do (RFC 8252 §8.3,
/// RFC 8414 §2).
pub const fn is_loopback(host: &str) -> bool {
    is_loopback_bytes(host.as_bytes())
}

pub(crate) const fn is_loopback_bytes(host: &[u8]) -> bool {
    is_equal(host, b"localhost") || is_loopback_address(host)
}

/// Tells whether a host is an address, and not the name, of this machine: a resolver may be told otherwise of
/// `localhost` (RFC 8252 §8.3).
pub const fn is_loopback_address(host: &[u8]) -> bool {
    is_equal(host, b"127.0.0.1") || is_equal(host, b"[::1]")
}

/// Splits what stands after `://` and before the path into host and port, with its colon.
pub(crate) const fn split_authority(authority: &[u8]) -> (&[u8], &[u8]) {
    let bracketed = crate::text::before(authority, b']').len();
    let host =
        if bracketed < authority.len() { bracketed + 1 } else { crate::text::before(authority, b':').len() };
    match authority.split_at_checked(host) {
        Some(parts) => parts,
        None => (authority, &[]),
    }
}

/// Tells whether a port is nothing, or `:` and a number of 16 bits (RFC 3986 §3.2.3).
pub const fn is_port(port: &[u8]) -> bool {
    let mut digits = match port {
        [] => return true,
        [b':', digits @ ..] => digits,
        _ => return false,
    };
    if digits.is_empty() {
        return false;
    }
    let mut number = 0_u32;
    while let [digit @ b'0'..=b'9', rest @ ..] = digits {
        number = number.saturating_mul(10).saturating_add((*digit - b'0') as u32);
        digits = rest;
    }
    digits.is_empty() && number <= 0xFFFF
}
