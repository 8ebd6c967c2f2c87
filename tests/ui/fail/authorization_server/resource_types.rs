//! Types of a program that do not agree with its server, and a claim that says what the resources say.
use oauth_core::prelude::*;

#[scope("calendar.read")]
struct CalendarRead;

#[scope("calendar.write")]
struct CalendarWrite;

#[resource_server(issuer = "https://auth.example.com", audience = "https://api.example.com/calendar", jwks, scopes(CalendarRead, CalendarWrite))]
struct CalendarApi;

#[resource_server(issuer = "https://auth.example.com", audience = "https://API.example.com/calendar/", jwks)]
struct OtherApi;

#[resource_server(issuer = "https://auth.example.com", audience = "mail", jwks)]
struct MailApi;

#[resource_server(issuer = "https://auth.example.com", audience = self.audience, jwks)]
struct Configured {
    audience: String,
}

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[claim("aud")]
    fn audience(&self, _: &Request) -> Option<&'static str> {
        None
    }
}

#[validator]
struct Plain {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes(CalendarRead),
    resources("https://api.example.com/calendar/", CalendarApi, OtherApi, MailApi, "https://api.example.com/write"(scopes(CalendarWrite)))
)]
struct Disagreeing {
    #[validator]
    accounts: Plain,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    resources(Configured)
)]
struct Late {
    #[validator]
    accounts: Plain,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    resources("https://api.example.com")
)]
struct Twofold {
    #[validator]
    accounts: Accounts,
}

fn main() {}
