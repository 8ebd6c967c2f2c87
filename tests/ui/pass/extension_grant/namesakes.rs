//! Grants of an application's own that are called as standard ones, and scopes in capitals.
#![deny(warnings)]

use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

mod grants {
    use oauth_core::prelude::*;

    /// A password that only this application understands.
    #[extension_grant("urn:example:password")]
    pub struct Password;

    impl<V: RequestValidator> ExtensionGrant<V> for Password {
        async fn approve(_: &V, _: &mut Request) -> Result<GrantApproval> {
            Ok(GrantApproval::of_client())
        }
    }

    #[extension_grant("urn:example:device")]
    pub struct DeviceCode;

    impl<V: RequestValidator> ExtensionGrant<V> for DeviceCode {
        async fn approve(_: &V, _: &mut Request) -> Result<GrantApproval> {
            Ok(GrantApproval::of_client())
        }
    }

    pub mod grant_type {
        pub use super::Password as Named;
    }
}

/// Shadows the prelude's.
#[extension_grant("urn:example:implicit")]
struct Implicit;

impl ExtensionGrant<Accounts> for Implicit {
    async fn approve(_: &Accounts, _: &mut Request) -> Result<GrantApproval> {
        Ok(GrantApproval::of_client())
    }
}

use grants::DeviceCode;

#[authorization_server(grants(client_credentials, grants::Password), issuer = "https://auth.example.com")]
struct ByPath {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(grants(Implicit, DeviceCode, self::grants::grant_type::Named), issuer = "https://auth.example.com")]
struct ByName {
    #[validator]
    accounts: Accounts,
}

#[scope("scim")]
struct SCIM;

#[scope("a2a")]
struct A2A;

#[scope("mail.read")]
#[allow(non_camel_case_types)]
struct Mail_Read;

#[authorization_server(
    grants(authorization_code, self::grants::Password),
    scopes(SCIM, A2A, crate::Mail_Read),
    default_scopes(SCIM),
    issuer = "https://auth.example.com"
)]
struct Scoped {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[oauth_core::resource_server(
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    jwks,
    scopes(SCIM)
)]
struct Api;

fn main() {
    fn in_a_function() -> AuthServer {
        AuthServer { accounts: Accounts { store: MemoryStore::new() } }
    }

    // The types of a function come before those of its module.
    #[extension_grant("urn:example:exchange")]
    struct TokenExchange;

    impl ExtensionGrant<Accounts> for TokenExchange {
        async fn approve(_: &Accounts, _: &mut Request) -> Result<GrantApproval> {
            Ok(GrantApproval::of_client())
        }
    }

    #[authorization_server(grants(TokenExchange, refresh_token), issuer = "https://auth.example.com")]
    struct AuthServer {
        #[validator]
        accounts: Accounts,
    }

    let accounts = || Accounts { store: MemoryStore::new() };
    assert!(ByName { accounts: accounts() }.start().is_ok());
    assert!(ByPath { accounts: accounts() }.start().is_ok());
    assert!(Scoped { accounts: accounts(), pages: LoginPages::new() }.start().is_ok());
    assert!(in_a_function().start().is_ok());
    assert!(Api.into_resource().is_ok());
}
