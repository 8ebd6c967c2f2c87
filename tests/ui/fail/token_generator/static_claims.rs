//! Static claims that would say something of one login, one person or one client in every token.
use oauth_core::prelude::*;

#[token_generator(
    jwt,
    issuer = "https://auth.example.com",
    claims(
        tier = 3,
        acr = "urn:example:mfa",
        amr = ["mfa"],
        azp = "calendar",
        act = "robot",
        may_act = "robot",
        username = "alice",
        sid = "1",
        nonce = "1",
        sub_id = "alice"
    )
)]
struct AccessTokens(#[signing_key] KeyRing);

fn main() {}
