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
