//! Every format and every argument.
#![deny(warnings, missing_docs)]

use oauth_core::jose::SigningKeys;
use oauth_core::prelude::*;

/// All of them.
#[token_generator(
    jwt,
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    algorithm = "ES256",
    expires_in = "1h30m",
    claims(tier = 3, plan = "gold", beta = true, ratio = -0.5, roles = ["a", "b",], nested = [[1], []], "https://example.com/x" = "y")
)]
pub struct Signed {
    #[signing_key]
    keys: KeyRing,
}

/// No store keeps them.
#[token_generator(jwt, issuer = "https://auth.example.com", self_contained)]
pub struct SelfContained(#[signing_key] SigningKey);

/// The same, by a key that is said, and as long as nothing is said about it.
#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "ES256", self_contained, expires_in = "1h")]
pub struct SelfContainedForAnHour(#[signing_key] SigningKey);

/// The same, and encrypted.
#[token_generator(
    jwe,
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    algorithm = "EdDSA",
    alg = "ECDH-ES+A128KW",
    enc = "A128CBC-HS256",
    expires_in = "5m",
    claims(tier = 3)
)]
pub struct Encrypted {
    #[signing_key]
    keys: KeyRing,
    #[encryption_key]
    resource: EncryptionKey,
}

#[token_generator(jwe, issuer = self.issuer)]
struct EncryptedToSelf<K> {
    issuer: String,
    #[signing_key]
    key: SigningKey,
    #[cfg(not(any()))]
    #[encryption_key]
    resource: K,
    #[cfg(any())]
    #[encryption_key]
    resource: EncryptionKey,
}

/// One key, and an issuer from the environment of the build.
#[token_generator(jwt, issuer = concat!("https://", env!("CARGO_PKG_NAME"), ".example.com"))]
struct FromEnvironment(#[signing_key] SigningKey);

const ISSUER: &str = "https://constant.example.com";

#[token_generator(jwt, issuer = ISSUER)]
struct FromConstant {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = self.r#issuer)]
struct FromField {
    r#issuer: String,
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = self.config.issuer)]
struct FromNestedField<K> {
    config: Config,
    #[cfg(not(any()))]
    #[signing_key]
    keys: K,
}

struct Config {
    issuer: std::sync::Arc<str>,
}

/// Loopback needs no certificate.
#[token_generator(jwt, issuer = "http://localhost:8080/tenant-1")]
struct ForDevelopment(#[signing_key] SigningKey);

#[token_generator(opaque)]
struct Random;

#[token_generator(opaque, audience = "https://api.example.com", entropy = 128)]
struct ForTheApi;

#[token_generator(opaque, prefix = "acme_at_", expires_in = "1h")]
struct Prefixed {}

macro_rules! generator {
    ($name:ident, $format:ident, $issuer:literal, $lifetime:expr) => {
        #[token_generator($format, issuer = $issuer, expires_in = $lifetime)]
        struct $name {
            #[signing_key]
            keys: KeyRing,
        }
    };
}

generator!(FromMacro, jwt, "https://macro.example.com", "5m");

fn require<G: TokenGenerator>() {}
fn require_generic<K: SigningKeys + 'static>() {
    require::<FromNestedField<K>>();
}
fn require_recipient<K: oauth_core::jose::EncryptionKeys + 'static>() {
    require::<EncryptedToSelf<K>>();
}

fn main() {
    require::<Signed>();
    require::<SelfContained>();
    require::<SelfContainedForAnHour>();
    const { assert!(SelfContained::IS_SELF_CONTAINED && !Signed::IS_SELF_CONTAINED) };
    require::<FromField>();
    require_generic::<KeyRing>();
    require::<Encrypted>();
    require_recipient::<DecryptionKey>();
    assert_eq!(FromConstant::ISSUER, Issuer::Literal(ISSUER));
    assert!(matches!(FromEnvironment::ISSUER, Issuer::Literal(issuer) if issuer.starts_with("https://")));
    assert_eq!(FromField::ISSUER, Issuer::Field);
    assert_eq!(FromMacro::ISSUER, Issuer::Literal("https://macro.example.com"));
    assert_eq!(Random.expires_in(), None);
    assert_eq!((Random.audience(), ForTheApi.audience()), (None, Some("https://api.example.com")));
    require::<ForDevelopment>();
    assert_eq!(Prefixed {}.expires_in(), Some(std::time::Duration::from_secs(3600)));
}
