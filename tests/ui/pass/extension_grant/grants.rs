//! Extension grants: beside standard ones, alone, by a path, in an order of one's own, and with refresh tokens.
#![deny(warnings, missing_docs)]

use oauth_core::prelude::*;

/// Knows the clients.
#[validator]
pub struct Accounts {
    #[store]
    store: MemoryStore,
}

/// A grant.
#[extension_grant("urn:example:api-key")]
pub struct ApiKey;

impl<V: RequestValidator> ExtensionGrant<V> for ApiKey {
    async fn approve(_: &V, _: &mut Request) -> Result<GrantApproval> {
        Ok(GrantApproval::of_user("alice").with_refresh_token())
    }
}

mod grants {
    use oauth_core::prelude::*;

    #[extension_grant("https://example.com/grants/ticket")]
    #[derive(Debug)]
    pub struct Ticket;

    impl ExtensionGrant<super::Accounts> for Ticket {
        async fn approve(_: &super::Accounts, _: &mut Request) -> Result<GrantApproval> {
            Ok(GrantApproval::of_client())
        }
    }
}

/// Both kinds.
#[authorization_server(
    grants(ApiKey, refresh_token, grants::Ticket, client_credentials),
    issuer = "https://auth.example.com",
    refresh_token_lifetime = "1d"
)]
pub struct Mixed {
    #[validator]
    accounts: Accounts,
}

/// A server with only one's own grant.
#[authorization_server(grants(self::grants::Ticket), issuer = "https://auth.example.com")]
pub struct Alone {
    #[validator]
    accounts: Accounts,
}

fn require<S: AuthorizationServer>(server: S) -> usize {
    server.into_service().unwrap().paths().count()
}

fn main() {
    let accounts = || Accounts { store: MemoryStore::new() };
    assert!(require(Mixed { accounts: accounts() }) > 0);
    assert!(require(Alone { accounts: accounts() }) > 0);
    assert_eq!(GrantType::extension::<ApiKey>().as_str(), "urn:example:api-key");
    let registered = oauth_core::grant::extension::registered_extension_grants();
    assert_eq!(registered, ["https://example.com/grants/ticket", "urn:example:api-key"]);
}
