//! Clients that come by themselves, to servers that cannot have them.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

struct Nobody;

impl<V: Sync> Interaction<V> for Nobody {
    async fn decide(&self, _: &Context<'_, V>, _: &oauth_core::authorization::AuthorizationRequest, _: &Request) -> Result<Decision> {
        Ok(Decision::Deny)
    }
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    client_id_metadata_documents
)]
struct NobodyIsAsked {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(authorization_code),
    scopes("profile"),
    issuer = "https://auth.example.com",
    token_endpoint_auth_methods("private_key_jwt"), client_id_metadata_documents,
    unverified_scopes("profil"),
    registration(unused_lifetime = "366d")
)]
struct NobodyIsPublic {
    #[validator]
    accounts: Accounts,
    #[interaction]
    nobody: Nobody,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    client_id_metadata_documents = true,
    registration(initial_access_token = true, pth = "/clients", idle_lifetime = 90)
)]
struct Misspelt {
    #[validator]
    accounts: Accounts,
    #[interaction]
    nobody: Nobody,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    scopes("profile", "admin"), client_id_metadata_documents,
    registration
)]
struct AnybodyByADocument {
    #[validator]
    accounts: Accounts,
    #[interaction]
    nobody: Nobody,
}

#[scope("calendar.read")]
struct CalendarRead;

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    scopes("profile" = "See your name", CalendarRead),
    registration(path = "/clients")
)]
struct AnybodyByRegistration {
    #[validator]
    accounts: Accounts,
    #[interaction]
    nobody: Nobody,
}

#[authorization_server(
    profile = "mcp",
    grants(authorization_code),
    issuer = "https://auth.example.com",
    scopes("tools"),
    resources("https://mcp.example.com")
)]
struct AnybodyByTheProfile {
    #[validator]
    accounts: Accounts,
    #[interaction]
    nobody: Nobody,
}

// What was meant is told, and nothing besides.
#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    scopes("profile"),
    registration(initial_acces_token)
)]
struct MisspeltToken {
    #[validator]
    accounts: Accounts,
    #[interaction]
    nobody: Nobody,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    scopes("profile"),
    registration,
    unverified_scope("profile")
)]
struct MisspeltScopes {
    #[validator]
    accounts: Accounts,
    #[interaction]
    nobody: Nobody,
}

fn main() {}
