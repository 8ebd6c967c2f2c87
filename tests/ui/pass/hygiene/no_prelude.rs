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

use ::oauth_core::{
    authorization_server, extension_grant, resource_server, scope, token_generator, validator,
};
#[allow(unused_imports)]
use decoys::*;

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

#[derive(::oauth_core::Claims)]
#[claims(crate = renamed::library)]
struct Tenancy<T> {
    tenant: T,
    #[claim("https://example.com/roles")]
    roles: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
}

#[scope("calendar.read", "See your calendar", crate = renamed::library)]
struct CalendarRead;

#[extension_grant("urn:example:renamed", crate = renamed::library)]
struct Renamed;

#[resource_server(
    issuer = "https://auth.example.com",
    audience = self.audience,
    jwks,
    leeway = "30s",
    algorithms("ES256"),
    scopes(CalendarRead),
    crate = renamed::library
)]
struct Api {
    audience: ::std::string::String,
    #[decryption_key]
    key: ::oauth_core::jose::DecryptionKey,
}

mod default_path {
    use super::*;

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

    #[validator]
    pub(crate) struct Generic<S: ::core::marker::Send, const N: ::core::primitive::usize> {
        #[store]
        store: S,
        numbers: [::core::primitive::u8; N],
    }

    #[scope("calendar.write")]
    pub(crate) struct CalendarWrite;

    #[extension_grant("urn:example:default")]
    pub(crate) struct ApiKey;

    impl<V: ::oauth_core::validator::RequestValidator> ::oauth_core::grant::ExtensionGrant<V> for ApiKey {
        async fn approve(
            _: &V,
            _: &mut ::oauth_core::request::Request,
        ) -> ::oauth_core::Result<::oauth_core::grant::GrantApproval> {
            ::core::result::Result::Ok(::oauth_core::grant::GrantApproval::of_client())
        }
    }

    #[token_generator(jwe, issuer = self.issuer, claims(list = ["a", -1]))]
    pub(crate) struct Encrypted<K> {
        issuer: ::std::string::String,
        #[signing_key]
        keys: K,
        #[encryption_key]
        key: ::oauth_core::jose::EncryptionKey,
    }

    #[resource_server(
        issuer = "https://auth.example.com",
        audience = "a",
        introspection,
        scopes(CalendarWrite)
    )]
    pub(crate) struct Api(#[credentials] ::oauth_core::resource::Credentials);

    #[token_generator(opaque, expires_in = "1h")]
    pub(crate) struct RefreshTokens;

    #[authorization_server(grants(authorization_code, refresh_token, ApiKey), scopes(CalendarWrite), issuer = self.issuer, code_lifetime = "30s")]
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

fn require_claims<C: ::oauth_core::claims::PrivateClaims>(_: &C) {}

fn main() {
    require_claims(&Tenancy { tenant: 1, roles: ::core::option::Option::None });
    require::<AuthServer>();
    require::<default_path::AuthServer>();
}
