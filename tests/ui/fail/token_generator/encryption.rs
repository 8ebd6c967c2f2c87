//! The arguments that a `jwe` has beside a `jwt`, and nothing else.
use oauth_core::prelude::*;

#[token_generator(jwe, issuer = "https://auth.example.com")]
struct NoEncryptionKey {
    #[signing_key]
    keys: KeyRing,
}

#[token_generator(jwe, issuer = "https://auth.example.com")]
struct NoSigningKey {
    #[encryption_key]
    resource: EncryptionKey,
}

#[token_generator(jwe, issuer = "https://auth.example.com")]
struct TwoRecipients {
    #[signing_key]
    keys: KeyRing,
    #[encryption_key]
    first: EncryptionKey,
    #[encryption_key]
    second: EncryptionKey,
}

#[token_generator(jwe)]
struct NoIssuer(#[signing_key] KeyRing, #[encryption_key] EncryptionKey);

#[token_generator(jwe, issuer = "https://auth.example.com", alg = "RSA1_5")]
struct Pkcs15(#[signing_key] KeyRing, #[encryption_key] EncryptionKey);

#[token_generator(jwe, issuer = "https://auth.example.com", alg = "RSA-OAEP")]
struct Sha1(#[signing_key] KeyRing, #[encryption_key] EncryptionKey);

#[token_generator(jwe, issuer = "https://auth.example.com", alg = "RSA-OEAP-256", enc = "AES256GCM")]
struct Misspelt(#[signing_key] KeyRing, #[encryption_key] EncryptionKey);

#[token_generator(jwe, issuer = "https://auth.example.com", alg = "ES256", algorithm = "A256KW")]
struct Swapped(#[signing_key] KeyRing, #[encryption_key] EncryptionKey);

#[token_generator(jwe, issuer = "https://auth.example.com", enc = 256, alg)]
struct NoText(#[signing_key] KeyRing, #[encryption_key] EncryptionKey);

#[token_generator(jwe, issuer = "https://auth.example.com", prefix = "acme_")]
struct NoPrefix(#[signing_key] KeyRing, #[encryption_key] EncryptionKey);

#[token_generator(jwt, issuer = "https://auth.example.com", enc = "A256GCM")]
struct Signed {
    #[signing_key]
    keys: KeyRing,
    #[encryption_key]
    resource: EncryptionKey,
}

#[token_generator(opaque, alg = "dir")]
struct Random {
    #[encryption_key]
    resource: EncryptionKey,
}

#[token_generator(jwe, issuer = "https://auth.example.com")]
struct MisspeltField {
    #[signing_key]
    keys: KeyRing,
    #[encription_key]
    resource: EncryptionKey,
}

fn main() {}
