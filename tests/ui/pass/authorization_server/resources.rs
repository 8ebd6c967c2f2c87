//! Resources: types of the program, URIs with the scopes that are known there, and URIs where all are.
use oauth_core::prelude::*;

#[scope("calendar.read")]
struct CalendarRead;

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://api.example.com/agenda",
    jwks,
    scopes(CalendarRead)
)]
struct CalendarApi;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes(CalendarRead, "calendar.read.all", "mail"),
    resources(CalendarApi, "https://api.example.com/mail"(scopes("mail", CalendarRead)), "http://localhost:8080/mcp")
)]
struct OfTypes {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes("calendar.read"),
    resources("https://api.example.com/calendar"(scopes("calendar.read")), "https://api.example.com/calendar/")
)]
struct OfTexts {
    #[validator]
    accounts: Accounts,
}

fn main() {
    let [calendar, mail, mcp] = OfTypes::CONFIG.resources else { panic!("there are three") };
    assert_eq!(calendar.uri, "https://api.example.com/agenda");
    assert!(calendar.knows("calendar.read") && !calendar.knows("mail"));
    assert!(mail.knows("calendar.read") && mail.knows("mail") && !mail.knows("calendar.read.all"));
    assert!(mcp.knows("mail") && mcp.is_meant_by("http://LOCALHOST:8080/mcp"));
    assert_eq!(OfTexts::METADATA.resources.len(), 2);
    assert!(OfTypes { accounts: Accounts { store: MemoryStore::new() } }.into_service().is_ok());
    assert!(OfTexts { accounts: Accounts { store: MemoryStore::new() } }.into_service().is_ok());
}
