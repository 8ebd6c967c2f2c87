//! The users that are known: those of the file, and those that were added to the store.

use oauth_core::prelude::*;
use oauth_core::store::StoreError;

type Result<T> = std::result::Result<T, StoreError>;

/// The role `users`. The file is in memory, and comes first; a user that `provider admin user create` added is in the store.
pub(crate) struct People<S> {
    pub(crate) file: MemoryStore,
    pub(crate) store: S,
}

impl<S: UserStore> UserStore for People<S> {
    async fn user_by_username(&self, username: &str) -> Result<Option<User>> {
        match self.file.user_by_username(username).await? {
            Some(user) => Ok(Some(user)),
            None => self.store.user_by_username(username).await,
        }
    }

    async fn user(&self, subject: &str) -> Result<Option<User>> {
        match self.file.user(subject).await? {
            Some(user) => Ok(Some(user)),
            None => self.store.user(subject).await,
        }
    }

    async fn save_user(&self, user: User) -> Result<()> {
        match self.file.user(&user.subject).await? {
            Some(_) => self.file.save_user(user).await,
            None => self.store.save_user(user).await,
        }
    }

    async fn rehash_password(&self, subject: &str, from: &str, to: &str) -> Result<bool> {
        match self.file.user(subject).await? {
            Some(_) => self.file.rehash_password(subject, from, to).await,
            None => self.store.rehash_password(subject, from, to).await,
        }
    }

    async fn delete_user(&self, subject: &str) -> Result<bool> {
        Ok(self.file.delete_user(subject).await? || self.store.delete_user(subject).await?)
    }
}
