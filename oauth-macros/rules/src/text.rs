//! Texts while the compiler evaluates constants, where there are no iterators.

/// Tells whether two texts are equal.
pub const fn is_equal(mut a: &[u8], mut b: &[u8]) -> bool {
    while let ([x, a_rest @ ..], [y, b_rest @ ..]) = (a, b) {
        if *x != *y {
            return false;
        }
        (a, b) = (a_rest, b_rest);
    }
    a.is_empty() && b.is_empty()
}

/// The first line of a text, and the lines after it.
pub const fn first_line(text: &str) -> (&str, &str) {
    let len = before(text.as_bytes(), b'\n').len();
    match text.split_at_checked(len + 1) {
        Some((_, rest)) => match text.split_at_checked(len) {
            Some((line, _)) => (line, rest),
            None => (text, rest),
        },
        None => (text, ""),
    }
}

pub(crate) const fn starts_with(text: &[u8], prefix: &[u8]) -> bool {
    match text.split_at_checked(prefix.len()) {
        Some((start, _)) => is_equal(start, prefix),
        None => false,
    }
}

/// The text after so many bytes.
pub(crate) const fn after(text: &[u8], len: usize) -> &[u8] {
    match text.split_at_checked(len) {
        Some((_, rest)) => rest,
        None => &[],
    }
}

/// The text before the first `end`; everything if there is none.
pub(crate) const fn before(text: &[u8], end: u8) -> &[u8] {
    let mut len = 0;
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        if *byte == end {
            break;
        }
        len += 1;
        rest = tail;
    }
    match text.split_at_checked(len) {
        Some((start, _)) => start,
        None => text,
    }
}

pub(crate) const fn contains(text: &[u8], wanted: u8) -> bool {
    before(text, wanted).len() < text.len()
}

/// A short text of ASCII that is made while the compiler evaluates constants; what is too long is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortText {
    bytes: [u8; 48],
    len: usize,
}

impl ShortText {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; 48], len: 0 }
    }

    /// The text of these bytes.
    pub(crate) const fn of(mut bytes: &[u8]) -> Self {
        let mut text = Self::new();
        while let [byte, rest @ ..] = bytes {
            text.push(*byte);
            bytes = rest;
        }
        text
    }

    pub(crate) const fn push(&mut self, byte: u8) {
        if let Some((_, [slot, ..])) = self.bytes.split_at_mut_checked(self.len) {
            *slot = byte;
            self.len += 1;
        }
    }

    /// A number in digits of this base, which is 16 at most.
    #[expect(clippy::cast_possible_truncation, reason = "a digit is small")]
    pub(crate) const fn push_number(&mut self, number: u64, base: u64) {
        if number >= base {
            self.push_number(number / base, base);
        }
        if let Some((_, [digit, ..])) = b"0123456789abcdef".split_at_checked((number % base) as usize) {
            self.push(*digit);
        }
    }

    /// The text.
    pub const fn as_str(&self) -> &str {
        let Some((text, _)) = self.bytes.split_at_checked(self.len) else { return "" };
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}
