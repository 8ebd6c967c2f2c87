//! Words of a compile error, put together while the user's crate compiles.

use oauth_rules::broken::Found;
use oauth_rules::{Broken, Rule};

/// A message of several parts.
pub(crate) struct Message {
    bytes: [u8; 1024],
    len: usize,
}

impl Message {
    /// A message of these parts; what is too long is cut off.
    pub(crate) const fn new(mut parts: &[&str]) -> Self {
        let mut message = Self { bytes: [0; 1024], len: 0 };
        while let [part, rest @ ..] = parts {
            message.push(part);
            parts = rest;
        }
        message
    }

    /// The words of a rule about what was found.
    pub(crate) const fn of(rule: &Rule, mut found: &[&str]) -> Self {
        let mut message = Self::new(&[]);
        let mut words = rule.words.as_bytes();
        while let [byte, rest @ ..] = words {
            words = rest;
            match (byte, rest, found) {
                (b'{', [b'}', rest @ ..], [first, others @ ..]) => {
                    message.push(first);
                    words = rest;
                    found = others;
                }
                _ => message.push_byte(*byte),
            }
        }
        message
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

    /// Ends the evaluation with it. Only called while compiling.
    #[track_caller]
    #[allow(clippy::panic)]
    pub(crate) const fn fail(&self) -> ! {
        let text = match self.bytes.split_at_checked(self.len) {
            Some((text, _)) => core::str::from_utf8(text),
            None => Ok(""),
        };
        match text {
            Ok(text) => panic!("{}", text),
            Err(_) => panic!("the message is too long"),
        }
    }
}
