//! Numbers with units, and limits that nobody can work with.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", body_limit = 64k)]
struct Kilo(#[validator] Accounts);

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", body_limit = 1m)]
struct Mega(#[validator] Accounts);

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", body_limit = 1.5MiB)]
struct Decimals(#[validator] Accounts);

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", body_limit = 65536u32)]
struct Typed(#[validator] Accounts);

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", body_limit = 64u32)]
struct TypedAndSmall(#[validator] Accounts);

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", body_limit = 128 * 1024)]
struct Product(#[validator] Accounts);

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", body_limit = "64 KiB")]
struct Text(#[validator] Accounts);

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", body_limit = 9)]
struct Small(#[validator] Accounts);

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", body_limit = 1073741824)]
struct Large(#[validator] Accounts);

#[token_generator(opaque, entropy = 256bits)]
struct Bits;

#[token_generator(opaque, entropy = 32bytes)]
struct Bytes;

#[token_generator(opaque, entropy = 256u16)]
struct TypedBits;

#[token_generator(opaque, expires_in = 30m)]
struct Unquoted;

#[step_up(max_age = 5m)]
struct Recent;

#[step_up(max_age = 1h)]
struct LessRecent;

fn main() {}
