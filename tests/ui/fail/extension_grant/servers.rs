//! Extension grants of a server: types that are none, and two of one name.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

mod grants {
    use super::*;

    #[extension_grant("urn:example:api-key")]
    pub struct ApiKey;

    impl ExtensionGrant<Accounts> for ApiKey {
        async fn approve(_: &Accounts, _: &mut Request) -> Result<GrantApproval> {
            Ok(GrantApproval::of_client())
        }
    }

    #[extension_grant("urn:example:api-key")]
    pub struct SameName;

    impl ExtensionGrant<Accounts> for SameName {
        async fn approve(_: &Accounts, _: &mut Request) -> Result<GrantApproval> {
            Ok(GrantApproval::of_client())
        }
    }
}

#[authorization_server(grants(grants::ApiKey, grants::SameName), issuer = "https://auth.example.com")]
struct TwoOfOneName {
    #[validator]
    accounts: Accounts,
}

struct Plain;

#[authorization_server(grants(client_credentials, Plain), issuer = "https://auth.example.com")]
struct NotAnnotated {
    #[validator]
    accounts: Accounts,
}

#[extension_grant("urn:example:undecided")]
struct Undecided;

#[authorization_server(grants(Undecided), issuer = "https://auth.example.com")]
struct WithoutApprove {
    #[validator]
    accounts: Accounts,
}

fn main() {}
