//! RFC 7662.

use oauth_core::client::Introspects;
use oauth_core::endpoint::introspection::Introspection;
use oauth_core::prelude::*;
use oauth_core::store::TokenStore as _;
use oauth_tests::{App, ISSUER, basic, clients, secret};
use serde_json::{Value, json};

#[tokio::test]
async fn section_2_2_an_active_access_token() {
    let app = App::new().await;
    let token = app.tokens().await.member("access_token");
    let answer = app.post("/introspect", &basic("other"), &[("token", &token)]).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let json = answer.json();
    for (name, value) in [
        ("active", json!(true)),
        ("client_id", json!("web")),
        ("sub", json!("alice")),
        ("iss", json!(ISSUER)),
        ("scope", json!("profile")),
        ("token_type", json!("Bearer")),
        ("aud", json!(ISSUER)),
    ] {
        assert_eq!(json[name], value, "{name}");
    }
    assert_eq!(json["exp"].as_u64().unwrap() - json["iat"].as_u64().unwrap(), 3600);
}

#[tokio::test]
async fn section_2_2_an_inactive_token_says_nothing_else() {
    let app = App::new().await;
    for token in ["unknown", "", "a.b.c"] {
        let form = [("token", token), ("x", "y")];
        let answer = app.post("/introspect", &basic("web"), &form).await;
        if token.is_empty() {
            answer.assert_error(400, "invalid_request");
        } else {
            assert_eq!((answer.status.as_u16(), answer.text()), (200, "{\"active\":false}"));
        }
    }
}

#[tokio::test]
async fn section_4_a_refresh_token_is_its_own_clients_business() {
    let app = App::new().await;
    let tokens = app.tokens().await;
    let refresh = tokens.member("refresh_token");
    let seen = app.post("/introspect", &basic("web"), &[("token", &refresh)]).await.json();
    assert_eq!((&seen["active"], &seen["token_type"]), (&json!(true), &json!("N_A")), "RFC 8693 §2.2.1");
    let seen = app.post("/introspect", &basic("other"), &[("token", &refresh)]).await;
    assert_eq!(seen.text(), "{\"active\":false}");
    app.refresh(&refresh).await;
    assert!(!app.is_active(&refresh).await, "it was rotated");
}

/// Clients apart from what they were issued.
#[validator]
struct Accounts {
    #[clients]
    clients: MemoryStore,
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    scopes("profile", "jobs"),
    issuer = "https://auth.example.com"
)]
struct Server {
    #[validator]
    accounts: Accounts,
}

/// It could not say whose the token is: a subject identifier is its client's (OIDC Core §8).
#[tokio::test]
async fn a_token_dies_with_the_registration_of_its_client() {
    let store = MemoryStore::default();
    let app = async |client_ids: &[&str]| {
        let directory = MemoryStore::default();
        for client in clients().into_iter().filter(|client| client_ids.contains(&&*client.client_id)) {
            directory.save_client(client).await.unwrap();
        }
        App::of(Server { accounts: Accounts { clients: directory, store: store.clone() } })
    };
    let (before, after) = (app(&["machine", "other"]).await, app(&["other"]).await);
    let form = [("grant_type", "client_credentials")];
    let token = before.post("/token", &basic("machine"), &form).await.member("access_token");
    let introspect = async |app: &App| app.post("/introspect", &basic("other"), &[("token", &token)]).await;
    assert_eq!(introspect(&before).await.json()["sub"], "machine");
    assert_eq!(introspect(&after).await.text(), "{\"active\":false}");
}

#[tokio::test]
async fn section_2_1_only_for_clients_that_authenticate() {
    let app = App::new().await;
    let token = app.tokens().await.member("access_token");
    app.post("/introspect", "", &[("token", &token)]).await.assert_error(401, "invalid_client");
    let public = [("token", token.as_str()), ("client_id", "spa")];
    app.post("/introspect", "", &public).await.assert_error(401, "invalid_client");
}

const CALENDAR: &str = "https://calendar.example";

/// A validator whose tokens are for the calendar, with a claim of its own that clients are not told; those of
/// `roaming` say no audience.
#[validator(custom)]
struct Private {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Private {
    fn validate_client_id(&self, _: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("clearance", 3)?;
        request.claims.insert("aud", CALENDAR)
    }

    /// Introspects tokens as a store has them that was filled by an earlier version.
    async fn introspect_token(
        &self,
        token: &str,
        _: Option<&str>,
        request: &mut Request,
    ) -> Result<Option<Introspection>> {
        let hash = SecretString::new(token).hash();
        let found = self.store.access_token(&hash, request.now()).await?;
        Ok(found.map(|mut found| {
            if found.client_id() == "roaming" {
                found.claims.remove("aud");
            }
            Introspection::from(found)
        }))
    }
}

#[authorization_server(grants(client_credentials), scopes("events"), issuer = "https://auth.example.com")]
struct Calendars {
    #[validator]
    accounts: Private,
}

/// The answers to each client about the tokens of two.
async fn told() -> impl AsyncFn(&str, &str) -> Value {
    let (store, secret) = (MemoryStore::default(), ClientSecret::new(secret()).unwrap());
    let client = |id| Client::confidential(id, &secret).scope("events");
    for client in [
        client("robot"),
        client("roaming"),
        client("stranger"),
        client("operator").danger_introspects_all(),
        Client::resource_server("calendar-api", &secret, CALENDAR),
        Client::resource_server("photo-api", &secret, "https://photos.example"),
    ] {
        store.save_client(client.build().unwrap()).await.unwrap();
    }
    let app = App::of(Calendars { accounts: Private { store } });
    async move |of: &str, caller: &str| {
        let form = [("grant_type", "client_credentials")];
        let token = app.post("/token", &basic(of), &form).await.member("access_token");
        app.post("/introspect", &basic(caller), &[("token", &token)]).await.json()
    }
}

/// §2.2, §5: no confidential client learns from a token what only its API is to know.
#[tokio::test]
async fn section_5_claims_are_for_the_api_that_a_token_is_for() {
    let told = told().await;
    for caller in ["calendar-api", "operator"] {
        let seen = told("robot", caller).await;
        assert_eq!((&seen["clearance"], &seen["aud"]), (&json!(3), &json!(CALENDAR)), "{caller}");
        assert_eq!((&seen["sub"], &seen["scope"]), (&json!("robot"), &json!("events")), "{caller}");
    }
    for caller in ["photo-api", "stranger", "roaming"] {
        assert_eq!(told("robot", caller).await, json!({ "active": false }), "{caller}");
    }
    let seen = told("robot", "robot").await;
    let members: Vec<_> = seen.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["active", "client_id", "exp", "iss", "scope", "token_type"]);
    assert_eq!((&seen["active"], &seen["client_id"]), (&json!(true), &json!("robot")));
}

/// Nobody can say whose business it is.
#[tokio::test]
async fn a_token_without_an_audience_is_told_to_its_client_and_to_who_is_told_all() {
    let told = told().await;
    assert_eq!(told("roaming", "calendar-api").await, json!({ "active": false }));
    assert_eq!(told("roaming", "operator").await["clearance"], 3);
    let own = told("roaming", "roaming").await;
    assert_eq!((&own["active"], own.get("clearance")), (&json!(true), None));
}

/// A registration that was kept before there was a choice goes on working; one that is made now has to say.
#[test]
fn a_registration_of_an_earlier_version_introspects_as_it_did() {
    let secret = ClientSecret::new(secret()).unwrap();
    let client = Client::confidential("api", &secret).build().unwrap();
    let mut json = serde_json::to_value(&client).unwrap();
    assert_eq!((client.introspects, &json["introspects"]), (Introspects::Nothing, &json!("none")));
    json.as_object_mut().unwrap().remove("introspects");
    let kept: Client = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(kept.introspects, Introspects::All);
    json["introspects"] = json!([CALENDAR]);
    let named: Client = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(named.introspects, Introspects::Audiences(vec![CALENDAR.to_owned()]));
    json["introspects"] = json!("any");
    assert!(serde_json::from_value::<Client>(json).is_err());
}

#[test]
fn section_2_1_who_cannot_authenticate_introspects_nothing() {
    let public = Client::public("spa").redirect_uri("https://spa.example/cb").introspects(CALENDAR);
    let error = public.build().unwrap_err();
    assert!(error.to_string().contains("§2.1") && error.member() == Some("introspects"), "{error}");
    let secret = ClientSecret::new(secret()).unwrap();
    assert!(Client::resource_server("api", &secret, " ").build().is_err());
    let api = Client::resource_server("api", &secret, CALENDAR).build().unwrap();
    assert!(api.grant_types.is_empty());
}
