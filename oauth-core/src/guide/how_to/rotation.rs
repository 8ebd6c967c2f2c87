//! How to change keys without a restart.
//!
//! **Problem.** The signing key is a year old, or somebody saw it.
//!
//! **Code.** By itself: instances that share [`StoredKeys`](crate::keys::StoredKeys) make the next key in time, publish it before it signs,
//! and drop the old one afterwards. [The tutorial](crate::guide::tutorial::keeping) has the four lines. By hand, in three steps:
//!
//! ```
//! use oauth_core::prelude::*;
//!
//! #[token_generator(jwt, issuer = "https://auth.example.com")]
//! struct AccessTokens {
//!     #[signing_key]
//!     keys: KeyRing,
//! }
//! # #[validator] struct Accounts { #[store] store: MemoryStore }
//! # #[authorization_server(grants(client_credentials))]
//! # struct AuthServer { #[validator] accounts: Accounts, #[access_token] tokens: AccessTokens }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (accounts, old) = (Accounts { store: MemoryStore::new() }, SigningKey::generate(Algorithm::ES256)?);
//! # let new = SigningKey::generate(Algorithm::ES256)?;
//! let server = AuthServer { accounts, tokens: AccessTokens { keys: KeyRing::new(old) } }.start()?;
//! let keys = &server.tokens.keys;
//!
//! // 1. APIs see it, and it does not sign yet. Wait for as long as they keep the key set: five minutes, and an hour is kinder.
//! server.replace_keys(keys, &keys.clone().and_publish(new.verifying_key().clone())?)?;
//! assert_eq!(keys.verifying_keys().iter().count(), 2);
//!
//! // 2. It signs, and the old one still verifies. Wait for as long as a token lives.
//! server.replace_keys(keys, &keys.clone().rotate(new.clone())?)?;
//!
//! // 3. The old one is gone.
//! server.replace_keys(keys, &KeyRing::new(new))?;
//! assert_eq!(keys.verifying_keys().iter().count(), 1);
//! # Ok(())
//! # }
//! ```
//!
//! **What to mind.**
//!
//! - A key that leaked is dropped at once. What it signed is refused as soon as an API has fetched the keys anew: ours do so every five
//!   minutes.
//! - Several instances must have the same keys. `KeyRing::load_or_generate` on two machines makes two.
//! - Keys of files are brought to a shared store by [`StoredKeys::import`](crate::keys::StoredKeys::import), which then rotates by itself.
//! - A key in another process or an HSM is a [`Signer`](crate::jose::SigningKey::remote).
