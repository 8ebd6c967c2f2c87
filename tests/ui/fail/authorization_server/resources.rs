//! Resources that no client could name, or none should.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes("calendar.read"),
    resources(
        "api.example.com/mail",
        "",
        "https://api.example.com/mail#inbox",
        "http://api.example.com/mail",
        "https://user@api.example.com/mail",
        "https:///mail",
        "https://api.example.com:port",
        "https://api.example.com/größe",
        "https://api.example.com/files", "https://API.example.com/files",
        "https://root.example.com", "https://root.example.com/",
        "https://api.example.com/tasks"(scopes("tasks"))
    )
)]
struct Malformed {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes("calendar.read"),
    resources(
        calendar,
        CalendarApi(scopes("calendar.read")),
        "https://a.example.com" = "calendar.read",
        "https://b.example.com"("calendar.read"),
        "https://c.example.com"(),
        "https://d.example.com"(scopes(calendar)),
        "https://e.example.com"(scopes("calendar.read", "calendar.read")),
        "https://f.example.com" "https://g.example.com",
        ,
    )
)]
struct Misspelt {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    resources()
)]
struct Empty {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    resources = "https://api.example.com"
)]
struct Assigned {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    audience = "https://api.example.com"
)]
struct Misnamed {
    #[validator]
    accounts: Accounts,
}

fn main() {}
