//! Role `users`.

use std::collections::HashMap;

use super::MemoryStore;
use crate::store::{Result, StoreError, User, UserStore};

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

    fn insert(&mut self, user: User) -> Result<()> {
        if self.usernames.get(&user.username).is_some_and(|subject| *subject != user.subject) {
            return Err(StoreError::username_taken(&user.username));
        }
        if let Some(replaced) = self.by_subject.get(&user.subject) {
            self.usernames.remove(&replaced.username);
        }
        self.usernames.insert(user.username.clone(), user.subject.clone());
        self.by_subject.insert(user.subject.clone(), user);
        Ok(())
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
        self.0.users.write().insert(user)
    }
}
