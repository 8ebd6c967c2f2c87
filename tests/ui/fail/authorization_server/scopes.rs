//! Scopes that are types: what no macro can tell.
use oauth_core::prelude::*;

#[scope("calendar", "See your calendar")]
struct Calendar;

#[scope("mail")]
struct Mail;

#[scope("openid")]
struct OpenId;

#[scope("offline_access")]
struct Offline;

struct Other;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes(Calendar, Calendar, Mail = "Read your mail", calendar, , "x", "x"),
    default_scopes("y", Mail)
)]
struct Listed {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", scopes(Calendar, "calendar"))]
struct SameName {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes(Calendar),
    default_scopes(Mail)
)]
struct Undeclared {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", scopes(OpenId))]
struct Provider {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", scopes(Other))]
struct NotAScope {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", scopes(Offline))]
struct NothingToRefresh {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", scopes(), default_scopes())]
struct Empty {
    #[validator]
    accounts: Accounts,
}

fn main() {}
