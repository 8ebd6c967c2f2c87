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
    /// kept from them, and not what the browser has. While a code is awaited there are no clients, and it is what ties the login to the
    /// password that was right.
    #[serde(default)]
    pub sid: String,
    /// The clients that people were sent back to in this session, each once: they are told when it ends.
    #[serde(default)]
    pub clients: Vec<String>,
    /// The step of the login at which it stands: only one whose login is complete is a session.
    #[serde(default, skip_serializing_if = "SecondStep::is_none")]
    pub second_step: SecondStep,
}

impl Session {
    /// Tells whether its login is complete: there was no second step, or it is done. Whatever else a version that is newer than this
    /// one may write is no login here.
    pub const fn is_logged_in(&self) -> bool {
        matches!(self.second_step, SecondStep::None | SecondStep::Otp)
    }

    /// Tells whether it is a login that awaits a code, and so no session of anybody yet.
    pub const fn is_first_step(&self) -> bool {
        matches!(self.second_step, SecondStep::Awaited)
    }
}

/// The second step of a login: a one-time code, after the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "&'static str")]
#[non_exhaustive]
pub enum SecondStep {
    /// A login by password alone.
    #[default]
    None,
    /// A right password, after which a code is awaited: nobody is logged in.
    Awaited,
    /// A login by password and code.
    Otp,
    /// A step that this version does not know: nobody is logged in.
    Unknown,
}

impl SecondStep {
    /// The name by which stores keep it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Awaited => "awaited",
            Self::Otp => "otp",
            Self::Unknown => "unknown",
        }
    }

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde wants it")]
    fn is_none(&self) -> bool {
        *self == Self::None
    }
}

/// The step of this name.
impl From<&str> for SecondStep {
    fn from(name: &str) -> Self {
        match name {
            "none" => Self::None,
            "awaited" => Self::Awaited,
            "otp" => Self::Otp,
            _ => Self::Unknown,
        }
    }
}

impl From<String> for SecondStep {
    fn from(name: String) -> Self {
        Self::from(name.as_str())
    }
}

impl From<SecondStep> for &'static str {
    fn from(step: SecondStep) -> Self {
        step.as_str()
    }
}
