//! Keys that instances share: kept in their store, sealed, rotated by time and revoked by a call.
//!
//! ```
//! use oauth_core::keys::{Keks, KeyPolicy, StoredKeys};
//! use oauth_core::prelude::*;
//! use oauth_core::server::Environment;
//!
//! # #[validator] struct Accounts { #[store] store: MemoryStore }
//! #[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "ES256")]
//! struct AccessTokens {
//!     #[signing_key]
//!     keys: KeyRing,
//! }
//!
//! # #[authorization_server(grants(client_credentials))]
//! # struct AuthServer { #[validator] accounts: Accounts, #[access_token] tokens: AccessTokens }
//! # async fn example(store: MemoryStore) -> Result<(), Box<dyn std::error::Error>> {
//! // `OAUTH_KEKS="b:<base64 of 32 random bytes>,a:<of the one before>"`
//! let keks = Keks::parse(&std::env::var("OAUTH_KEKS")?)?;
//! let keys = StoredKeys::open(store.clone(), keks, KeyPolicy::new([Algorithm::ES256])).await?;
//! let tokens = AccessTokens { keys: keys.ring(Algorithm::ES256)? };
//! # let accounts = Accounts { store };
//! let server = AuthServer { accounts, tokens }.start_in(Environment::new().keys(keys))?;
//! # drop(server);
//! # Ok(())
//! # }
//! ```
//!
//! # The life of a key
//!
//! Its state follows from the time alone, so that there is no leader and no lock:
//!
//! > pending < `sign_from` ≤ active < `sign_until` ≤ retired < `publish_until` ≤ gone
//!
//! Of each algorithm the key with the latest `sign_from` that has come signs, and all that are not gone are published. Any instance
//! makes the next one in time; of those that try at once one wins, and all use its key. A key stays active until its successor is.
//!
//! All but the public halves is sealed with AES-256-GCM by a key of your own, a [`Kek`](Keks), which is in no database. What is
//! published is derived from what was sealed: whoever writes to the store cannot make a key that verifiers trust.
//!
//! # Of a failing store
//!
//! A server goes on with the keys that it has, turns to the successor when its time comes, and never makes a key because it could not
//! read. A start needs the store.
//!
//! # Key-encryption keys
//!
//! The first of the KEKs seals, and all of them open. To replace `a` by `b`: give all instances `a,b`; then `b,a`; then call
//! [`rewrap`](StoredKeys::rewrap), which may be repeated; then give them `b` alone. Where a key-management service has them,
//! [`Keks::unwrap_with`] asks it.
//!
//! # Other secrets
//!
//! The key of [DPoP nonces](StoredKeys::nonce_key) lives as the others do, but for its retention: it is taken for as long as the policy
//! publishes a key in advance. The key of [pairwise identifiers](StoredKeys::pairwise_key) stays.

#[cfg(feature = "metrics")]
mod age;
mod any_store;
mod error;
mod hearers;
mod kek;
mod life;
mod maintain;
mod operate;
mod policy;
mod secrets;
mod source;
mod status;
mod stored;

pub use self::error::KeysError;
pub use self::kek::Keks;
pub(crate) use self::operate::statuses;
pub use self::policy::KeyPolicy;
pub use self::status::{KeyState, KeyStatus};
pub use self::stored::StoredKeys;
