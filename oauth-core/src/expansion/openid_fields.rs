//! Fields of an OpenID provider whose type is fixed: one of another is told what belongs there.

#[cfg(feature = "http-client")]
use crate::http::Fetcher;
#[cfg(feature = "http-client")]
use crate::openid::BackChannel;
use crate::openid::PairwiseKey;

/// The `#[pairwise_key]` field. OIDC Core §8.1: the identifiers are calculated with "a salt value that is kept secret by the
/// Provider".
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key of pairwise identifiers (OpenID Connect Core §8.1)",
    label = "not a `PairwiseKey`",
    note = "the salt is secret, and stays the same for as long as clients know these identifiers: write `#[pairwise_key] key: PairwiseKey`, and make it with `PairwiseKey::new`"
)]
pub trait PairwiseKeyField {
    /// The key.
    fn pairwise_key(&self) -> &PairwiseKey;
}

impl PairwiseKeyField for PairwiseKey {
    fn pairwise_key(&self) -> &PairwiseKey {
        self
    }
}

/// Borrows the `#[pairwise_key]` field.
pub fn pairwise_key<K: PairwiseKeyField>(key: &K) -> &PairwiseKey {
    key.pairwise_key()
}

/// The `#[back_channel]` field.
#[cfg(feature = "http-client")]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not tell clients of logouts (OpenID Connect Back-Channel Logout §2)",
    label = "not a `BackChannel`",
    note = "write `#[back_channel] back_channel: BackChannel`"
)]
pub trait BackChannelField {
    /// The back channel.
    fn back_channel(&self) -> &BackChannel;
}

#[cfg(feature = "http-client")]
impl BackChannelField for BackChannel {
    fn back_channel(&self) -> &BackChannel {
        self
    }
}

/// The `#[fetcher]` field.
#[cfg(feature = "http-client")]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fetch the documents of clients",
    label = "not a `Fetcher`",
    note = "write `#[fetcher] fetcher: Fetcher`, and make it with `oauth_core::http::Fetcher::new`"
)]
pub trait FetcherField {
    /// The fetcher.
    fn fetcher(&self) -> &Fetcher;
}

#[cfg(feature = "http-client")]
impl FetcherField for Fetcher {
    fn fetcher(&self) -> &Fetcher {
        self
    }
}

/// Borrows the `#[fetcher]` field.
#[cfg(feature = "http-client")]
pub fn fetcher<F: FetcherField>(fetcher: &F) -> &Fetcher {
    fetcher.fetcher()
}

/// Borrows the `#[back_channel]` field.
#[cfg(feature = "http-client")]
pub fn back_channel<B: BackChannelField>(back_channel: &B) -> &BackChannel {
    back_channel.back_channel()
}
