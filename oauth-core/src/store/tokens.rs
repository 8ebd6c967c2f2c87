//! Role `tokens`.

use std::time::Duration;

use super::{AccessToken, RefreshToken, Result, Revocation, Rotation, Saving, Successor};
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// Keeps access and refresh tokens. Role `#[tokens]`: one store keeps both kinds, so that revoking a family reaches
/// all of it at once.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep tokens, which every grant needs",
    label = "no store plays the role `tokens`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[tokens] tokens: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `TokenStore`"
)]
pub trait TokenStore: Send + Sync {
    /// Keeps the tokens of one response until they expire, both or neither, in **one atomic step** with the look at the markers:
    /// [`Saving::Revoked`] where one ends what they were issued from, and nothing is kept.
    ///
    /// # Errors
    ///
    /// Also if a token is kept already: its generator repeats itself, and one text must not speak for two.
    fn save_tokens(
        &self,
        access: Option<AccessToken>,
        refresh: Option<RefreshToken>,
        now: UnixTime,
    ) -> impl Future<Output = Result<Saving>> + Send;

    /// The access token, if it is neither expired at `now` nor revoked.
    fn access_token(
        &self,
        token: &TokenHash,
        now: UnixTime,
    ) -> impl Future<Output = Result<Option<AccessToken>>> + Send;

    /// The refresh token, if it is neither expired at `now` nor revoked. A token that was rotated is still returned, so that its
    /// reuse can be told from a token that never was; `is_rotated` tells.
    fn refresh_token(
        &self,
        token: &TokenHash,
        now: UnixTime,
    ) -> impl Future<Output = Result<Option<RefreshToken>>> + Send;

    /// Replaces a refresh token by its successor, in **one atomic step**.
    ///
    /// - Never rotated before: keeps the successor and the access token, marks `presented` as rotated at `now`:
    ///   [`Rotation::Rotated`].
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
    /// Also if the successor or the access token is kept already; the presented token is not rotated then.
    fn rotate_refresh_token(
        &self,
        presented: &TokenHash,
        successor: Successor,
        access: Option<AccessToken>,
        now: UnixTime,
        grace: Duration,
    ) -> impl Future<Output = Result<Rotation>> + Send;

    /// Keeps a marker: whatever it [means](Revocation) is dead from now on, also what is saved afterwards. Of two with one key,
    /// the later moments count.
    ///
    /// At `until` the last token that it means will have expired; the marker can be forgotten then.
    fn revoke(&self, revocation: &Revocation, until: UnixTime) -> impl Future<Output = Result<()>> + Send;
}
