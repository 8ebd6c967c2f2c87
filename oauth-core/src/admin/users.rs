//! Users.

use super::{Admin, AdminError, Administered, Result, Sessions, Users};
use crate::event::EventKind;
use crate::model::check_sub;
use crate::store::{Cursor, ListUsers, Page, SessionStore, StoreRoles as _, User, UserStore};

impl<A: Administered> Admin<A>
where
    Users<A>: UserStore,
{
    /// The user with this subject identifier, or else with this login name.
    ///
    /// # Errors
    ///
    /// If there is none, or the store fails.
    pub async fn user(&self, subject_or_name: &str) -> Result<User> {
        let users = self.roles().users();
        let user = match users.user(subject_or_name).await? {
            Some(user) => Some(user),
            None => users.user_by_username(subject_or_name).await?,
        };
        user.ok_or_else(|| AdminError::no("user", subject_or_name))
    }

    /// Adds a user.
    ///
    /// # Errors
    ///
    /// If its subject identifier is none (OpenID Connect Core §2 `sub`), there is one with it or with this login name, or the store
    /// fails.
    pub async fn create_user(&self, user: User) -> Result<()> {
        check_sub(&user.subject).map_err(AdminError::Invalid)?;
        let users = self.roles().users();
        if users.user(&user.subject).await?.is_some() {
            return Err(AdminError::exists("user", &user.subject));
        }
        if users.user_by_username(&user.username).await?.is_some() {
            return Err(AdminError::exists("user with the login name", &user.username));
        }
        let subject = user.subject.clone();
        users.save_user(user).await?;
        self.tell(&self.event(EventKind::UserCreated).subject(&subject));
        Ok(())
    }
}

impl<A: Administered> Admin<A>
where
    Users<A>: UserStore,
    Sessions<A>: SessionStore,
{
    /// Gives a user another password, and signs them out everywhere: a new password is how people throw out whoever has the old one.
    ///
    /// # Errors
    ///
    /// If there is no such user, the password is empty or longer than
    /// [`MAX_PASSWORD_LENGTH`](crate::interaction::password::MAX_PASSWORD_LENGTH), or the store fails.
    #[cfg(feature = "pages")]
    pub async fn set_password(&self, subject: &str, password: &str) -> Result<()> {
        let user = self.user_of(subject).await?;
        let user = user.with_password(password).map_err(|error| {
            AdminError::Invalid(error.description().unwrap_or("the password cannot be hashed").to_owned())
        })?;
        self.update_user(user).await
    }

    /// Replaces a user by what they are to be. One whose password hash is another is signed out everywhere.
    ///
    /// # Errors
    ///
    /// If there is none with this subject identifier, the login name is another's, or the store fails.
    pub async fn update_user(&self, user: User) -> Result<()> {
        let subject = user.subject.clone();
        let is_other_password = self.user_of(&subject).await?.password_hash != user.password_hash;
        if is_other_password {
            // While the sessions are there, whose clients are told. Who logs in meanwhile has the old password still.
            self.end_all_of(&subject).await?;
        }
        self.roles().users().save_user(user).await?;
        if is_other_password {
            self.end_all_of(&subject).await?;
        }
        self.tell(&self.event(EventKind::UserUpdated).subject(&subject));
        Ok(())
    }

    /// Deletes a user, who is signed out everywhere.
    ///
    /// # Errors
    ///
    /// If there is no such user, or the store fails.
    pub async fn delete_user(&self, subject: &str) -> Result<()> {
        self.user_of(subject).await?;
        self.end_all_of(subject).await?;
        self.roles().users().delete_user(subject).await?;
        self.end_all_of(subject).await?;
        self.tell(&self.event(EventKind::UserDeleted).subject(subject));
        Ok(())
    }

    async fn user_of(&self, subject: &str) -> Result<User> {
        self.roles().users().user(subject).await?.ok_or_else(|| AdminError::no("user", subject))
    }
}

impl<A: Administered> Admin<A>
where
    Users<A>: ListUsers,
{
    /// The users after this place.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn users(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<User>> {
        Ok(self.roles().users().users(after, limit).await?)
    }
}
