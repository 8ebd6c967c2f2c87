//! Words of a compile error, put together while the user's crate compiles.

use oauth_rules::broken::Found;
use oauth_rules::{Broken, Rule};

/// The longest message, in bytes: the compiler shows all of it.
const LONGEST: usize = 2048;

/// A message of several parts.
pub(crate) struct Message {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Message {
    /// A message of these parts; what is too long is cut off.
    pub(crate) const fn new(mut parts: &[&str]) -> Self {
        let mut message = Self { bytes: [0; LONGEST], len: 0 };
        while let [part, rest @ ..] = parts {
            message.push(part);
            parts = rest;
        }
        message
    }

    /// Tells whether there is room for as many bytes.
    pub(crate) const fn has_room(&self, bytes: usize) -> bool {
        self.len + bytes <= LONGEST
    }

    /// The words of a rule about what was found.
    pub(crate) const fn of(rule: &Rule, found: &[&str]) -> Self {
        let mut message = Self::new(&[]);
        message.add(rule.words, found);
        message
    }

    /// Adds words about what was found, on a line of their own.
    pub(crate) const fn add(&mut self, words: &str, mut found: &[&str]) {
        if !self.is_empty() {
            self.push_byte(b'\n');
        }
        let mut words = words.as_bytes();
        while let [byte, rest @ ..] = words {
            words = rest;
            match (byte, rest, found) {
                (b'{', [b'}', rest @ ..], [first, others @ ..]) => {
                    self.push(first);
                    words = rest;
                    found = others;
                }
                _ => self.push_byte(*byte),
            }
        }
    }

    /// Tells whether it says nothing.
    pub(crate) const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The message, and then the words about what breaks a rule, as they are displayed.
    pub(crate) const fn about(mut self, broken: &Broken) -> Self {
        let mut words = broken.words().as_bytes();
        while let [byte, rest @ ..] = words {
            words = rest;
            match (byte, rest, broken.found()) {
                (b'{', [b'}', rest @ ..], Some(found)) => {
                    words = rest;
                    match found {
                        Found::Character(found) => {
                            self.push("'");
                            self.push(found.encode_utf8(&mut [0; 4]));
                            self.push("'");
                        }
                        Found::Text(found) => self.push(found.as_str()),
                    }
                }
                _ => self.push_byte(*byte),
            }
        }
        self
    }

    const fn push(&mut self, text: &str) {
        let mut text = text.as_bytes();
        while let [byte, rest @ ..] = text {
            self.push_byte(*byte);
            text = rest;
        }
    }

    const fn push_byte(&mut self, byte: u8) {
        if let Some((_, [slot, ..])) = self.bytes.split_at_mut_checked(self.len) {
            *slot = byte;
            self.len += 1;
        }
    }

    /// The text. What is too long is cut off before a character, and not within one.
    const fn text(&self) -> &str {
        let Some((bytes, _)) = self.bytes.split_at_checked(self.len) else { return "" };
        match core::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => match bytes.split_at_checked(error.valid_up_to()) {
                Some((whole, _)) => match core::str::from_utf8(whole) {
                    Ok(text) => text,
                    Err(_) => "",
                },
                None => "",
            },
        }
    }

    /// Ends the evaluation with it. Only called while compiling.
    #[track_caller]
    #[allow(clippy::panic)]
    pub(crate) const fn fail(&self) -> ! {
        panic!("{}", self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Message};

    #[test]
    fn a_message_is_cut_at_a_character() {
        let long = "§".repeat(LONGEST);
        // Two bytes each, behind one: the last would be cut in two.
        let message = Message::new(&["a", &long]);
        assert_eq!(message.text().len(), LONGEST - 1);
        assert!(message.text().ends_with('§'));
    }
}
