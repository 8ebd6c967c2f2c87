//! Words of a compile error, put together while the user's crate compiles.

/// A message of several parts.
pub(crate) struct Message {
    bytes: [u8; 1024],
    len: usize,
}

impl Message {
    /// What is too long is cut off.
    pub(crate) const fn new(mut parts: &[&str]) -> Self {
        let mut message = Self { bytes: [0; 1024], len: 0 };
        while let [part, rest @ ..] = parts {
            let mut text = part.as_bytes();
            while let [byte, rest @ ..] = text {
                if let Some((_, [slot, ..])) = message.bytes.split_at_mut_checked(message.len) {
                    *slot = *byte;
                    message.len += 1;
                }
                text = rest;
            }
            parts = rest;
        }
        message
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
