//! The name under which attempts are counted.

use std::fmt;

use aws_lc_rs::digest;

/// The prefix of what is hashed, so that no other hash is a key.
const PREFIX: &[u8] = b"oauth-core limit\n";

/// The key that attempts are counted by: a hash of who is meant, in which no user name and no address can be read. Whoever has it can
/// still try whom it stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LimitKey([u8; 32]);

impl LimitKey {
    /// The key of who is meant by these words, under a rule of this name.
    pub fn of<'w>(rule: &'w str, who: impl IntoIterator<Item = &'w str>) -> Self {
        let mut hash = digest::Context::new(&digest::SHA256);
        hash.update(PREFIX);
        for word in std::iter::once(rule).chain(who) {
            // With their lengths, for words could be moved from one to the next.
            hash.update(&(word.len() as u64).to_be_bytes());
            hash.update(word.as_bytes());
        }
        let mut key = [0; 32];
        key.copy_from_slice(hash.finish().as_ref());
        Self(key)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for LimitKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LimitKey({:02x}{:02x}…)", self.0[0], self.0[1])
    }
}
