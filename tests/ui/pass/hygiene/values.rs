//! Values of several tokens, in which nothing is a comma that was forgotten, and lists as they may be written.
#![deny(warnings)]
#![allow(clippy::all)]

use oauth_core::prelude::*;

const ISSUERS: [&str; 2] = ["https://a.example.com", "https://b.example.com"];
const IS_TEST: bool = true;

struct Config<const N: usize>;

impl<const N: usize> Config<N> {
    const ISSUER: &'static str = ISSUERS[N];

    const fn issuer(at: usize) -> &'static str {
        ISSUERS[at]
    }
}

trait Named {
    const ISSUER: &'static str;
}

impl Named for u8 {
    const ISSUER: &'static str = "https://u8.example.com";
}

macro_rules! issuer {
    ($host:literal) => {
        concat!("https://", $host)
    };
}

macro_rules! generator {
    ($($name:ident = $issuer:expr;)*) => {
        $(
            #[token_generator(jwt, issuer = $issuer)]
            struct $name(#[signing_key] KeyRing);
        )*
        $(
            const _: () = { let _ = <$name as TokenGenerator>::ISSUER; };
        )*
    };
}

generator! {
    Passed = "https://auth.example.com";
    Chosen = ISSUERS[IS_TEST as usize];
}

#[token_generator(jwt, issuer = <u8 as Named>::ISSUER)]
struct Qualified(#[signing_key] KeyRing);

#[token_generator(jwt, issuer = Config::<1>::ISSUER, claims(tier = -3, free = true), expires_in = "15m",)]
struct Generic(#[signing_key] KeyRing);

#[token_generator(jwt, issuer = Config::<0>::issuer(1 as usize))]
struct Called(#[signing_key] KeyRing);

#[token_generator(jwt, issuer = issuer!("d.example.com"), audience = "https://api.example.com")]
struct Macro(#[signing_key] KeyRing);

#[scope("calendar.read", "Read: your https://calendar.example.com",)]
struct CalendarRead;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials,),
    scopes("urn:example:mail", "https://example.com/scope" = "Read; and (write), = all", CalendarRead,),
    resources("https://api.example.com"(scopes("urn:example:mail",)), "https://mail.example.com",),
    dpop(nonces = "required",),
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Macro,
}

fn main() {
    let issuers = [
        Qualified::ISSUER,
        Generic::ISSUER,
        Called::ISSUER,
        Passed::ISSUER,
        Chosen::ISSUER,
    ];
    assert!(issuers.into_iter().all(Issuer::is_stated));
    assert_eq!(AuthServer::CONFIG.scopes.len(), 3);
}
