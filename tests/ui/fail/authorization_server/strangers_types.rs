//! Scopes of strangers that are types, or stand beside types: the compiler finds those that are not declared.
use oauth_core::prelude::*;

#[scope("calendar.read")]
struct CalendarRead;

#[scope("calendar.write")]
struct CalendarWrite;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    scopes("profile", CalendarRead),
    registration,
    unverified_scopes("profile", CalendarRead, CalendarWrite)
)]
struct UndeclaredType {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    scopes(CalendarRead),
    client_id_metadata_documents,
    unverified_scopes("calendar.reed")
)]
struct UndeclaredText {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    scopes("profile"),
    client_id_metadata_documents,
    unverified_scopes(CalendarWrite)
)]
struct TypeAmongTexts {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
