//! Role `users`.

use super::{Result, User};

/// Keeps people who can log in. Role `#[users]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep users, which `LoginPages` need",
    label = "no store plays the role `users`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[users] users: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `UserStore`",
    note = "a login of your own needs none: it implements `Interaction`"
)]
pub trait UserStore: Send + Sync {
    /// The user with this login name.
    fn user_by_username(&self, username: &str) -> impl Future<Output = Result<Option<User>>> + Send;

    /// The user with this subject identifier.
    fn user(&self, subject: &str) -> impl Future<Output = Result<Option<User>>> + Send;

    /// Adds a user, or replaces the one with the same subject. One whose password hash becomes another is signed out
    /// everywhere, in the same step, by a store that keeps the sessions and the tokens as well: a new password is how people
    /// throw out whoever has the old one (RFC 9700 §4.14.2). A first one throws nobody out. Where users are kept apart, call
    /// [`RunningServer::sign_out_everywhere`](crate::server::RunningServer::sign_out_everywhere).
    ///
    /// # Errors
    ///
    /// If another subject has the same login name.
    fn save_user(&self, user: User) -> impl Future<Output = Result<()>> + Send;

    /// Replaces the hash of a password by another one of the same password, and signs nobody out. `false`: the user is not
    /// there, or has another hash than `from` by now.
    fn rehash_password(
        &self,
        subject: &str,
        from: &str,
        to: &str,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// Removes a user, who is signed out everywhere as by [`save_user`](Self::save_user). `false`: there was none.
    fn delete_user(&self, subject: &str) -> impl Future<Output = Result<bool>> + Send;
}
