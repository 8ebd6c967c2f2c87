//! Types of fields.
use oauth_core::prelude::*;

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct NotAKey {
    #[signing_key]
    key: String,
}

#[token_generator(jwe, issuer = "https://auth.example.com")]
struct NotARecipient {
    #[signing_key]
    key: SigningKey,
    #[encryption_key]
    resource: SigningKey,
}

#[token_generator(jwt, issuer = self.issuer)]
struct NotAText {
    issuer: u32,
    #[signing_key]
    key: SigningKey,
}

fn main() {}
