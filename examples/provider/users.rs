//! `users.json`: who can log in.

use std::collections::HashMap;
use std::path::Path;

use oauth_core::interaction::password::{MAX_PASSWORD_LENGTH, MAX_USERNAME_LENGTH};
use oauth_core::prelude::*;
use serde_json::{Map, Value};

use crate::members;
use crate::source::{Object, Source};

const MEMBERS: [&str; 4] = ["sub", "username", "password", "claims"];

/// The users of the file, with their passwords hashed.
///
/// # Errors
///
/// Every mistake, one line each.
pub(crate) fn read(path: &Path) -> Result<Vec<User>, Vec<String>> {
    let source = Source::read(path).map_err(|mistake| vec![mistake])?;
    let (mut entries, mut mistakes) = (Vec::new(), Vec::new());
    let (mut subjects, mut usernames) = (HashMap::new(), HashMap::new());
    for object in source.objects("users", &mut mistakes) {
        let unknown = members::check(&object, &MEMBERS, &[], &[]);
        let is_readable = unknown.is_empty();
        mistakes.extend(unknown);
        if !is_readable {
            continue;
        }
        match Entry::read(&object) {
            Ok(entry) => {
                let mut once = |member, seen: &mut HashMap<_, _>, value: &String| {
                    if let Some(line) = seen.insert(value.clone(), object.line()) {
                        let message = format!("`{value}` is the user of line {line} already");
                        mistakes.push(object.mistake(Some(member), None, message));
                    }
                };
                once("sub", &mut subjects, &entry.sub);
                once("username", &mut usernames, &entry.username);
                entries.push((object, entry));
            }
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if mistakes.is_empty() { hash_all(&entries) } else { Err(mistakes) }
}

struct Entry {
    sub: String,
    username: String,
    password: SecretString,
    claims: Map<String, Value>,
}

impl Entry {
    fn read(object: &Object<'_>) -> std::result::Result<Self, String> {
        let sub: String = object.require("sub", "a string")?;
        // OpenID Connect Core §2: "It MUST NOT exceed 255 ASCII [RFC20] characters in length."
        if sub.is_empty() || sub.len() > 255 || !sub.is_ascii() {
            let message = "this must have 1 to 255 ASCII characters (OpenID Connect Core §2)";
            return Err(object.mistake(Some("sub"), None, message));
        }
        let username: String = object.require("username", "a string")?;
        if username.is_empty()
            || username.len() > MAX_USERNAME_LENGTH
            || username.chars().any(char::is_control)
        {
            let message =
                format!("this must have 1 to {MAX_USERNAME_LENGTH} bytes, and no control characters");
            return Err(object.mistake(Some("username"), None, message));
        }
        let password = SecretString::new(object.require::<String>("password", "a string")?);
        if password.expose().is_empty() || password.expose().len() > MAX_PASSWORD_LENGTH {
            let message = format!("this must have 1 to {MAX_PASSWORD_LENGTH} bytes");
            return Err(object.mistake(Some("password"), None, message));
        }
        let claims: Option<Map<String, Value>> =
            object.get("claims", "an object, such as {\"name\": \"Alice\"}")?;
        Ok(Self { sub, username, password, claims: claims.unwrap_or_default() })
    }

    fn hash(&self) -> Result<User> {
        let mut user = User::new(&self.sub, &self.username).with_password(self.password.expose())?;
        user.claims.clone_from(&self.claims);
        Ok(user)
    }
}

/// Hashing a password is slow on purpose: every core takes its share.
fn hash_all(entries: &[(Object<'_>, Entry)]) -> std::result::Result<Vec<User>, Vec<String>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = entries.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let hash = |(object, entry): &(Object<'_>, Entry)| {
            entry.hash().map_err(|error| vec![object.mistake(Some("password"), None, error)])
        };
        let threads: Vec<_> = entries
            .chunks(share)
            .map(|share| {
                scope.spawn(move || share.iter().map(hash).collect::<std::result::Result<Vec<_>, _>>())
            })
            .collect();
        let mut users = Vec::with_capacity(entries.len());
        for thread in threads {
            users.extend(thread.join().expect("hashing does not panic")?);
        }
        Ok(users)
    })
}
