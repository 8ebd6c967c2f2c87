//! Role `users`.

use std::collections::HashMap;

use super::MemoryStore;
use crate::store::{Result, Revocation, StoreError, User, UserStore};
use crate::time::UnixTime;

#[derive(Debug, Default)]
pub(super) struct Users {
    by_subject: HashMap<String, User>,
    /// Login name to subject.
    usernames: HashMap<String, String>,
}

impl Users {
    pub(super) fn len(&self) -> usize {
        self.by_subject.len()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &User> {
        self.by_subject.values()
    }

    /// Inserts a person, and tells whether the password became another one: a first one is none.
    fn insert(&mut self, user: User) -> Result<bool> {
        if self.usernames.get(&user.username).is_some_and(|subject| *subject != user.subject) {
            return Err(StoreError::username_taken(&user.username));
        }
        let replaced = self.remove(&user.subject);
        let earlier = replaced.and_then(|replaced| replaced.password_hash);
        let has_changed = earlier.is_some() && earlier != user.password_hash;
        self.usernames.insert(user.username.clone(), user.subject.clone());
        self.by_subject.insert(user.subject.clone(), user);
        Ok(has_changed)
    }

    fn remove(&mut self, subject: &str) -> Option<User> {
        let removed = self.by_subject.remove(subject)?;
        self.usernames.remove(&removed.username);
        Some(removed)
    }
}

impl UserStore for MemoryStore {
    async fn user_by_username(&self, username: &str) -> Result<Option<User>> {
        let users = self.0.users.read();
        Ok(users.usernames.get(username).and_then(|subject| users.by_subject.get(subject)).cloned())
    }

    async fn user(&self, subject: &str) -> Result<Option<User>> {
        Ok(self.0.users.read().by_subject.get(subject).cloned())
    }

    async fn save_user(&self, user: User) -> Result<()> {
        let subject = user.subject.clone();
        let has_changed = self.0.users.write().insert(user)?;
        if has_changed {
            self.sign_out(&subject);
        }
        Ok(())
    }

    async fn rehash_password(&self, subject: &str, from: &str, to: &str) -> Result<bool> {
        let mut users = self.0.users.write();
        let user = users.by_subject.get_mut(subject);
        let user = user.filter(|user| user.password_hash.as_deref() == Some(from));
        Ok(user.map(|user| user.password_hash = Some(to.to_owned())).is_some())
    }

    async fn delete_user(&self, subject: &str) -> Result<bool> {
        let is_removed = self.0.users.write().remove(subject).is_some();
        if is_removed {
            self.sign_out(subject);
        }
        Ok(is_removed)
    }
}

impl MemoryStore {
    /// Ends all that a person granted or logged in to until now.
    fn sign_out(&self, subject: &str) {
        let before = UnixTime::now();
        let mut sessions = self.0.sessions.write();
        let ended = sessions.take_all(before, |session| session.subject == subject);
        self.add_notices(&ended, before, None);
        drop(sessions);
        let revocation = Revocation::Subject { subject: subject.to_owned(), before };
        self.mark(&revocation, before + Revocation::LONGEST);
    }
}
