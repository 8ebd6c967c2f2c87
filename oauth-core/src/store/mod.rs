//! What a server remembers, by role. A store implements the roles it can keep; a validator names which store plays
//! which role, and [`NoStore`] plays none.
//!
//! Everything single-use is **one atomic operation** ([`CodeStore::take_code`],
//! [`TokenStore::rotate_refresh_token`], [`DeviceStore::poll_device_code`],
//! [`ReplayStore::claim_replay_id`]), so that any number of instances can share one database. Each can
//! be written as one `DELETE … RETURNING` or conditional `UPDATE`, or as one script. Stores see hashes, never a
//! secret.
//!
//! # For implementers
//!
//! - **Time.** Operations that ask compare with the `now` they are given: what expires at `now` has expired. A store
//!   removes what has expired by itself, by its own clock, some at each write; nothing may depend on when.
//! - **Families.** A revoked family is one entry of its own, looked up whenever a token is *read*. Marking the tokens
//!   instead misses one whose insert is not committed yet, and then a thief keeps a live token.
//! - **Keys.** [`Successor::token`] has the family of the token it replaces, so that a clustered store can place a
//!   family on one node by that name.
//! - **Failures.** Whatever cannot be written or read back, an undecodable row too, is a [`StoreError`].

mod device;
mod error;
mod memory;
mod record;
#[cfg(feature = "sqlite")]
mod sqlite;

use std::sync::Arc;
use std::time::Duration;

pub use self::device::{DeviceAuthorization, DeviceDecision, DeviceGrant, DevicePoll};
pub use self::error::StoreError;
pub use self::memory::{MemoryStore, Usage};
pub use self::record::{
    AccessToken, AuthorizationGrant, CodeRedemption, FamilyId, RefreshToken, Rotation, Session, Successor,
    User,
};
#[cfg(feature = "sqlite")]
pub use self::sqlite::{OpenError, SqliteStore};
use crate::client::Client;
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// What every store operation returns.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The role of a validator that has no store for it.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoStore;

/// Keeps registered clients. Role `#[clients]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep clients, which every server needs",
    label = "no store plays the role `clients`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[clients] clients: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `ClientStore`",
    note = "a store is shared by `clone()`: it needs no `Arc`, `Box`, `Mutex` or `Option` around it"
)]
pub trait ClientStore: Send + Sync {
    /// The client with this identifier, shared: a store may keep it, and a request only reads it.
    fn client(&self, client_id: &str) -> impl Future<Output = Result<Option<Arc<Client>>>> + Send;

    /// Adds a client, or replaces the one with the same identifier.
    fn save_client(&self, client: Client) -> impl Future<Output = Result<()>> + Send;

    /// Whether any client registered this origin: the answer to a CORS preflight, which names no client.
    fn is_origin_registered(&self, origin: &str) -> impl Future<Output = Result<bool>> + Send;
}

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

    /// Adds a user, or replaces the one with the same subject.
    ///
    /// # Errors
    ///
    /// If another subject has the same login name.
    fn save_user(&self, user: User) -> impl Future<Output = Result<()>> + Send;
}

/// Keeps authorization codes. Role `#[codes]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep authorization codes, which the grant `authorization_code` needs",
    label = "no store plays the role `codes`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[codes] codes: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `CodeStore`"
)]
pub trait CodeStore: Send + Sync {
    /// Keeps what a code stands for until `grant.expires_at`.
    ///
    /// # Errors
    ///
    /// Also if the code is kept already: a used one must not come back to life.
    fn save_code(
        &self,
        code: TokenHash,
        grant: AuthorizationGrant,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Redeems a code: in **one atomic step**, marks it as used and returns its grant.
    ///
    /// Of any number of concurrent calls one gets [`CodeRedemption::Redeemed`]. Later ones get
    /// [`CodeRedemption::Replayed`] for as long as the code would have lived, so that its tokens can be revoked
    /// (RFC 6749 §4.1.2). Expired codes are [`CodeRedemption::Unknown`].
    fn take_code(
        &self,
        code: &TokenHash,
        now: UnixTime,
    ) -> impl Future<Output = Result<CodeRedemption>> + Send;
}

/// Keeps access and refresh tokens. Role `#[tokens]`: one store keeps both kinds, so that revoking a family reaches
/// all of it at once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep tokens, which every grant needs",
    label = "no store plays the role `tokens`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[tokens] tokens: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `TokenStore`"
)]
pub trait TokenStore: Send + Sync {
    /// Keeps an access token until it expires. A token of a revoked family is born revoked.
    ///
    /// # Errors
    ///
    /// Also if the token is kept already: its generator repeats itself, and one text must not speak for two.
    fn save_access_token(&self, token: AccessToken) -> impl Future<Output = Result<()>> + Send;

    /// The access token, if it is neither expired at `now` nor revoked, itself or with its family.
    fn access_token(
        &self,
        token: &TokenHash,
        now: UnixTime,
    ) -> impl Future<Output = Result<Option<AccessToken>>> + Send;

    /// Revokes one access token. Unknown tokens are none of its concern.
    fn revoke_access_token(&self, token: &TokenHash) -> impl Future<Output = Result<()>> + Send;

    /// Keeps a refresh token until it expires. A token of a revoked family is born revoked.
    ///
    /// # Errors
    ///
    /// Also if the token is kept already.
    fn save_refresh_token(&self, token: RefreshToken) -> impl Future<Output = Result<()>> + Send;

    /// The refresh token, if it is neither expired at `now` nor revoked with its family. A token that was rotated is
    /// still returned, so that its reuse can be told from a token that never was;
    /// `is_rotated` tells.
    fn refresh_token(
        &self,
        token: &TokenHash,
        now: UnixTime,
    ) -> impl Future<Output = Result<Option<RefreshToken>>> + Send;

    /// Replaces a refresh token by its successor, in **one atomic step**.
    ///
    /// - Never rotated before: keeps the successor, marks `presented` as rotated at `now`: [`Rotation::Rotated`].
    /// - Rotated less than `grace` ago, and its successor not rotated yet: the response was lost. Keeps nothing:
    ///   [`Rotation::Retried`] with what the first call sealed. The first call's `grace` counts.
    /// - Rotated otherwise: [`Rotation::Reused`] (RFC 9700 §4.14.2).
    /// - Unknown, expired or revoked: [`Rotation::Unknown`].
    ///
    /// What was sealed is forgotten once `grace` has passed or the successor is rotated, whichever is first: its
    /// absence is what makes a rotated token a reused one. Times are whole seconds, so a grace below a second is none.
    ///
    /// # Errors
    ///
    /// Also if the successor is kept already; the presented token is not rotated then.
    fn rotate_refresh_token(
        &self,
        presented: &TokenHash,
        successor: Successor,
        now: UnixTime,
        grace: Duration,
    ) -> impl Future<Output = Result<Rotation>> + Send;

    /// Revokes every token of a family, present and future: a token saved afterwards is born revoked. A token belongs to
    /// what it was issued from, and to the session it dies with, if it does: either may be meant.
    ///
    /// At `until` the last token of the family will have expired; the revocation can be forgotten then.
    fn revoke_family(&self, family: FamilyId, until: UnixTime) -> impl Future<Output = Result<()>> + Send;
}

/// Keeps the sessions of people who logged in. Role `#[sessions]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep login sessions, which `LoginPages` need",
    label = "no store plays the role `sessions`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[sessions] sessions: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `SessionStore`",
    note = "a login of your own needs none: it implements `Interaction`"
)]
pub trait SessionStore: Send + Sync {
    /// Keeps a session until `session.expires_at`, in place of an earlier one of the same identifier.
    fn save_session(&self, id: TokenHash, session: Session) -> impl Future<Output = Result<()>> + Send;

    /// The session, if it has not expired.
    fn session(&self, id: &TokenHash, now: UnixTime) -> impl Future<Output = Result<Option<Session>>> + Send;

    /// Adds a client to those of a session, if it is not among them, in **one atomic step**. A session that is not there is
    /// none of its concern.
    fn add_session_client(
        &self,
        id: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Ends a session, in **one atomic step**, and returns it unless it has expired at `now`. Of any number of concurrent
    /// calls one gets it: that one tells the clients.
    fn end_session(
        &self,
        id: &TokenHash,
        now: UnixTime,
    ) -> impl Future<Output = Result<Option<Session>>> + Send;
}

/// Keeps what people agreed to. Role `#[consents]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep consents, which `LoginPages` need",
    label = "no store plays the role `consents`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[consents] consents: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `ConsentStore`",
    note = "a login of your own needs none: it implements `Interaction`"
)]
pub trait ConsentStore: Send + Sync {
    /// The scopes this person granted this client so far.
    fn consent(
        &self,
        subject: &str,
        client_id: &str,
    ) -> impl Future<Output = Result<Option<ScopeSet>>> + Send;

    /// Replaces the scopes this person granted this client.
    fn save_consent(
        &self,
        subject: &str,
        client_id: &str,
        scopes: ScopeSet,
    ) -> impl Future<Output = Result<()>> + Send;
}

/// Keeps the identifiers of assertions that were used. Role `#[replay_ids]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep the identifiers of used assertions, which the grant `jwt_bearer` needs",
    label = "no store plays the role `replay_ids`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[replay_ids] replay_ids: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `ReplayStore`"
)]
pub trait ReplayStore: Send + Sync {
    /// Claims an identifier, in **one atomic step**: of any number of concurrent calls one gets `true`, and later ones get
    /// `false` for as long as the claim lasts. It lasts until `until`: at `now` or before, a claim has ended.
    fn claim_replay_id(
        &self,
        id: &TokenHash,
        until: UnixTime,
        now: UnixTime,
    ) -> impl Future<Output = Result<bool>> + Send;
}

/// Keeps device authorizations (RFC 8628). Role `#[devices]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep device authorizations, which the grant `device_code` needs",
    label = "no store plays the role `devices`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[devices] devices: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `DeviceStore`"
)]
pub trait DeviceStore: Send + Sync {
    /// Keeps what a device asked for until `authorization.kept_until`. `false`: another device has this user code, and
    /// nothing was kept.
    ///
    /// # Errors
    ///
    /// Also if the device code is kept already.
    fn save_device_code(
        &self,
        device_code: TokenHash,
        user_code: TokenHash,
        authorization: DeviceAuthorization,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// What a user code stands for, if it has not expired at `now` and nobody has decided.
    fn device_authorization(
        &self,
        user_code: &TokenHash,
        now: UnixTime,
    ) -> impl Future<Output = Result<Option<DeviceAuthorization>>> + Send;

    /// Keeps a decision, in **one atomic step**. `false`: the code is unknown, expired at `now`, or decided already.
    fn decide_device_code(
        &self,
        user_code: &TokenHash,
        decision: DeviceDecision,
        now: UnixTime,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// What became of a device code of this client, in **one atomic step**: of any number of concurrent calls after an
    /// approval, one gets [`DevicePoll::Approved`] and the others [`DevicePoll::Unknown`].
    ///
    /// While nobody has decided, it remembers when the device asked, and the interval that
    /// [`DeviceAuthorization::polled`] made longer. A code that has expired at `now` is [`DevicePoll::Expired`] until
    /// `kept_until`, whatever was decided.
    fn poll_device_code(
        &self,
        device_code: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> impl Future<Output = Result<DevicePoll>> + Send;
}
