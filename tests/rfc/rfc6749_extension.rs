//! RFC 6749 §4.5: extension grants.

use oauth_core::prelude::*;
use oauth_tests::{Answer, App, basic, clients, secret};

/// Knows who may exchange what.
#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

/// A ticket says whom it is for: `user:alice`, `user:alice:calendar`, or nobody.
#[extension_grant("urn:example:grant-type:ticket")]
struct Ticket;

impl ExtensionGrant<Accounts> for Ticket {
    async fn approve(_: &Accounts, request: &mut Request) -> Result<GrantApproval> {
        let ticket =
            request.body().get("ticket").ok_or_else(|| Error::invalid_request("ticket is missing"))?;
        let mut parts = ticket.split(':');
        let approval = match (parts.next(), parts.next(), parts.next()) {
            (Some("client"), None, None) => GrantApproval::of_client(),
            (Some("user"), Some(user), None) => GrantApproval::of_user(user),
            (Some("user"), Some(user), Some(scope)) => {
                GrantApproval::of_user(user).scopes(ScopeSet::parse(scope)?).with_refresh_token()
            }
            _ => return Err(Error::invalid_grant("the ticket is unknown")),
        };
        request.claims.insert("ticketed", true)?;
        Ok(approval)
    }
}

#[authorization_server(
    grants(Ticket, client_credentials, refresh_token),
    scopes("profile", "calendar", "jobs"),
    issuer = "https://auth.example.com"
)]
struct Server {
    #[validator]
    accounts: Accounts,
}

async fn app() -> App {
    let store = MemoryStore::new();
    let secret = ClientSecret::new(secret()).unwrap();
    let ticket = GrantType::extension::<Ticket>();
    let kiosks = [
        Client::confidential("kiosk", &secret)
            .grant_type(ticket.clone())
            .grant_type(GrantType::REFRESH_TOKEN),
        Client::public("app").grant_type(ticket),
    ];
    let kiosks = kiosks.map(|client| client.scope("profile calendar").build().unwrap());
    for client in kiosks.into_iter().chain(clients()) {
        store.save_client(client).await.unwrap();
    }
    App::of(Server { accounts: Accounts { store } })
}

async fn exchange(app: &App, ticket: &str, more: &[(&str, &str)]) -> Answer {
    let form = [("grant_type", "urn:example:grant-type:ticket"), ("ticket", ticket)];
    app.post("/token", &basic("kiosk"), &form.iter().chain(more).copied().collect::<Vec<_>>()).await
}

async fn introspect(app: &App, tokens: &Answer) -> serde_json::Value {
    app.post("/introspect", &basic("web"), &[("token", &tokens.member("access_token"))]).await.json()
}

#[tokio::test]
async fn the_application_approves_and_the_framework_issues() {
    let app = app().await;
    let tokens = exchange(&app, "user:alice", &[]).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
    assert_eq!(tokens.member("scope"), "profile calendar");
    assert!(tokens.json().get("refresh_token").is_none(), "nobody asked for one");
    let seen = introspect(&app, &tokens).await;
    assert_eq!(
        (&seen["sub"], &seen["client_id"], &seen["ticketed"]),
        (&"alice".into(), &"kiosk".into(), &true.into())
    );

    let of_client = exchange(&app, "client", &[("scope", "calendar")]).await;
    let seen = introspect(&app, &of_client).await;
    assert_eq!((&seen["sub"], &seen["scope"]), (&"kiosk".into(), &"calendar".into()));
}

#[tokio::test]
async fn no_more_is_granted_than_was_approved() {
    let app = app().await;
    let tokens = exchange(&app, "user:alice:calendar", &[]).await;
    assert_eq!(tokens.member("scope"), "calendar");
    let narrowed = exchange(&app, "user:alice:calendar", &[("scope", "profile calendar")]).await;
    assert_eq!(narrowed.member("scope"), "calendar");
    exchange(&app, "user:alice:calendar", &[("scope", "profile")]).await.assert_error(400, "invalid_scope");
    exchange(&app, "user:alice:calendar", &[("scope", "jobs")]).await.assert_error(400, "invalid_scope");
    exchange(&app, "user:alice", &[("scope", "jobs")]).await.assert_error(400, "invalid_scope");
    let beyond = exchange(&app, "user:alice:jobs", &[]).await;
    assert!(beyond.json().get("scope").is_none(), "the client may not have it: {}", beyond.text());

    let refresh = tokens.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
    let refreshed = app.post("/token", &basic("kiosk"), &form).await;
    assert_eq!(refreshed.member("scope"), "calendar");
    assert_eq!(introspect(&app, &refreshed).await["ticketed"], true, "the claims of the approval stay");
}

#[tokio::test]
async fn what_is_refused() {
    let app = app().await;
    exchange(&app, "forged", &[]).await.assert_error(400, "invalid_grant");
    let grant_type = ("grant_type", "urn:example:grant-type:ticket");
    app.post("/token", &basic("kiosk"), &[grant_type]).await.assert_error(400, "invalid_request");
    app.post("/token", &basic("web"), &[grant_type, ("ticket", "user:alice")])
        .await
        .assert_error(400, "unauthorized_client");
    app.post("/token", "", &[grant_type, ("ticket", "user:alice")]).await.assert_error(401, "invalid_client");
    let public = [grant_type, ("ticket", "user:alice"), ("client_id", "app")];
    assert_eq!(app.post("/token", "", &public).await.status, 200);
    let public = [grant_type, ("ticket", "client"), ("client_id", "app")];
    app.post("/token", "", &public).await.assert_error(400, "unauthorized_client");
    let unknown = [("grant_type", "urn:example:grant-type:other"), ("ticket", "user:alice")];
    app.post("/token", &basic("kiosk"), &unknown).await.assert_error(400, "unsupported_grant_type");
}

#[tokio::test]
async fn metadata_lists_it() {
    let document = app().await.get("/.well-known/oauth-authorization-server").await.json();
    let expected = ["client_credentials", "refresh_token", "urn:example:grant-type:ticket"];
    let mut offered: Vec<_> = document["grant_types_supported"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    offered.sort_unstable();
    assert_eq!(offered, expected);
}
