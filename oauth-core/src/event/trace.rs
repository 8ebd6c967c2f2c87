//! The trace of a request, W3C Trace Context.

use std::fmt;

use http::{HeaderMap, HeaderName};

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// The trace that a request belongs to: `trace-id` of the header `traceparent` (W3C Trace Context §3.2).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TraceId([u8; 16]);

impl TraceId {
    /// The trace of a request with these headers. `None`: it has no such header, more than one, or a malformed one.
    pub fn of(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(TRACEPARENT).iter();
        match (values.next(), values.next()) {
            (Some(only), None) => Self::of_parent(only.as_bytes()),
            _ => None,
        }
    }

    /// §3.2.2: `00-` 32 digits `-` 16 digits `-` 2 digits, of lower case. A version above 00 may have more after a `-`; ff is none.
    fn of_parent(value: &[u8]) -> Option<Self> {
        let (known, rest) = value.split_at_checked(55)?;
        let [version, trace, parent, flags] = fields(known)?;
        let version = hex::<1>(version)?;
        let is_extended = version != [0] && rest.first() == Some(&b'-');
        let (trace, parent) = (hex::<16>(trace)?, hex::<8>(parent)?);
        hex::<1>(flags)?;
        let is_well_formed = version != [0xFF] && (rest.is_empty() || is_extended);
        (is_well_formed && trace != [0; 16] && parent != [0; 8]).then_some(Self(trace))
    }

    /// The trace of what no request began.
    #[cfg(feature = "admin")]
    pub(crate) fn random() -> Self {
        Self(rand::random())
    }

    /// The 16 bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

fn fields(value: &[u8]) -> Option<[&[u8]; 4]> {
    let mut fields = value.split(|byte| *byte == b'-');
    let found = [fields.next()?, fields.next()?, fields.next()?, fields.next()?];
    fields.next().is_none().then_some(found)
}

/// So many bytes in hexadecimal digits of lower case.
fn hex<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    if digits.len() != N * 2 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = pair else { return None };
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
