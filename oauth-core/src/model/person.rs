//! People and their sessions.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::time::UnixTime;

/// Someone who can log in.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct User {
    /// The subject identifier: unique, and never given to anyone else.
    pub subject: String,
    /// The login name.
    pub username: String,
    /// The password's argon2id hash, in PHC form; `None`: no password works.
    pub password_hash: Option<String>,
    /// The facts known of the person, by claim name.
    pub claims: Map<String, Value>,
}

impl User {
    /// A user without a password.
    pub fn new(subject: impl Into<String>, username: impl Into<String>) -> Self {
        Self { subject: subject.into(), username: username.into(), password_hash: None, claims: Map::new() }
    }
}

/// Checks what a new token or code is to have as `sub`. OpenID Connect Core §2 `sub`: "It MUST NOT exceed 255 ASCII [RFC20] characters in length." Clients
/// compare it byte for byte, and an empty one is everybody's.
///
/// # Errors
///
/// One line that says what is wrong with it and what to use.
pub(crate) fn check_sub(subject: &str) -> Result<(), String> {
    let wrong = if subject.is_empty() {
        "it is empty"
    } else if subject.len() > 255 {
        "it has more than 255 characters"
    } else if !subject.bytes().all(|byte| matches!(byte, 0x20..=0x7E)) {
        "it has characters that are not printable ASCII"
    } else {
        return Ok(());
    };
    let shown: String = subject.escape_debug().take(40).collect();
    Err(format!(
        "`{shown}` is no subject identifier: {wrong}; use one that never changes and is never given to anyone else, such as the primary \
         key of the user (OpenID Connect Core §2)"
    ))
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("subject", &self.subject)
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

/// A person's session with the server's own pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// The person who logged in.
    pub subject: String,
    /// The moment when they logged in.
    pub auth_time: UnixTime,
    /// The moment when the session ends by itself.
    pub expires_at: UnixTime,
    /// The value that `sid` is made from, by which clients call the session, each by another. It is random,
    /// kept from them, and not what the browser has.
    #[serde(default)]
    pub sid: String,
    /// The clients that people were sent back to in this session, each once: they are told when it ends.
    #[serde(default)]
    pub clients: Vec<String>,
}
