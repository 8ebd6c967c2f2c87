//! A place for each key.

use std::hash::Hasher;

/// A hash in a few instructions, which is made for every token. It is for places alone: whoever finds many of one place makes that place
/// larger, and what is looked for in it is still found by a hash of its own.
#[derive(Default)]
pub(super) struct Folded(u64);

impl Folded {
    /// Odd, and its bits are as good as random: those of the golden ratio.
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

    pub(super) const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    const fn fold(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(Self::FACTOR).rotate_left(32);
    }
}

impl Hasher for Folded {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.fold(u64::from_ne_bytes(*word));
        }
        if !rest.is_empty() {
            self.fold(rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.fold(byte.into());
    }

    fn write_usize(&mut self, number: usize) {
        self.fold(number as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
