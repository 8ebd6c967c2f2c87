//! No prelude, misleading names in scope, and the crate under another name.
#![no_implicit_prelude]
#![deny(warnings)]

mod renamed {
    pub use ::oauth_core as library;
}

/// Names that an expansion must not meet.
#[allow(dead_code, non_camel_case_types)]
mod decoys {
    pub struct Option;
    pub struct Result;
    pub struct String;
    pub struct Vec;
    pub struct Some;
    pub struct Ok;
    pub struct Request;
    pub struct Issuer;
    pub struct Send;
    pub mod core {}
    pub mod std {}
}

#[allow(unused_imports)]
use decoys::*;
use ::oauth_core::{authorization_server, token_generator, validator};

#[validator(custom, crate = renamed::library)]
struct Accounts {
    #[store]
    store: ::oauth_core::store::MemoryStore,
}

#[validator(crate = renamed::library)]
impl Accounts {
    async fn validate_client_id(
        &self,
        _client_id: &str,
        request: &mut ::oauth_core::request::Request,
    ) -> ::oauth_core::Result<()> {
        request.claims.insert("a", 1)
    }

    #[claim("request", scope = "profile")]
    fn request(&self, request: &::oauth_core::request::Request) -> ::core::option::Option<&'static str> {
        let _ = request;
        ::core::option::Option::None
    }
}

#[token_generator(jwt, issuer = "https://auth.example.com", claims(tier = 3), crate = renamed::library)]
struct AccessTokens {
    #[signing_key]
    keys: ::oauth_core::jose::KeyRing,
}

#[authorization_server(
    grants(client_credentials),
    scopes("profile"),
    endpoints(revocation = off),
    crate = renamed::library
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
}

mod default_path {
    use ::oauth_core::{authorization_server, token_generator, validator};

    #[validator(custom)]
    pub(crate) struct Accounts {
        #[store]
        store: ::oauth_core::store::MemoryStore,
    }

    #[validator]
    impl Accounts {
        #[token_generator]
        fn make(&self, _: &::oauth_core::request::Request) -> ::oauth_core::Result<::std::string::String> {
            ::core::result::Result::Ok(::std::string::String::new())
        }
    }

    #[token_generator(opaque, expires_in = "1h")]
    pub(crate) struct RefreshTokens;

    #[authorization_server(grants(authorization_code, refresh_token), issuer = self.issuer, code_lifetime = "30s")]
    pub(crate) struct AuthServer {
        #[validator]
        accounts: Accounts,
        #[refresh_token]
        refresh_tokens: RefreshTokens,
        #[interaction]
        pages: ::oauth_core::interaction::LoginPages,
        issuer: ::std::string::String,
    }
}

fn require<S: ::oauth_core::server::AuthorizationServer>() {}

fn main() {
    require::<AuthServer>();
    require::<default_path::AuthServer>();
}
