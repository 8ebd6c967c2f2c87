//! Role `codes`.

use super::{Attempt, AuthorizationGrant, CodeRedemption, PeekedCode, Result};
use crate::secret::TokenHash;
use crate::time::UnixTime;

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

    /// Looks at a code, and changes nothing; `None` if there is none, or it has expired at `now` or is revoked. The answer is no
    /// more than information: [`take_code`](Self::take_code) decides.
    fn peek_code(
        &self,
        code: &TokenHash,
        now: UnixTime,
    ) -> impl Future<Output = Result<Option<PeekedCode>>> + Send;

    /// Redeems a code, in **one atomic step**.
    ///
    /// Of any number of concurrent attempts one gets [`CodeRedemption::Redeemed`], and gets it again if it asks again. Others
    /// get [`CodeRedemption::Taken`] for as long as the code would have lived, so that its tokens can be revoked (RFC 6749
    /// §4.1.2): what it stands for stays until then. Expired and revoked codes are [`CodeRedemption::Unknown`].
    fn take_code(
        &self,
        code: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> impl Future<Output = Result<CodeRedemption>> + Send;
}
