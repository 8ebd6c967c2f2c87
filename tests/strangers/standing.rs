//! Clients that came when the server was another: what they may have now.

use http::Method;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Alice, Answer, App};
use serde_json::{Value, json};

use crate::registration::{Members, Registry, metadata};
use crate::scopes::{ask, register};
use crate::world::CALLBACK;

/// Open registration again, with fewer scopes.
#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes("profile", "calendar", "jobs"),
    issuer = "https://auth.example.com",
    registration,
    unverified_scopes("profile"),
    shared_validator
)]
struct Narrow {
    #[validator]
    members: Members,
    #[interaction]
    alice: Alice,
}

fn narrow(before: &Registry) -> Registry {
    let server = |members| Narrow { members, alice: Alice };
    Registry::of(server, before.store.clone(), before.clock.clone())
}

async fn refresh(app: &App, client: &Value, token: &str, scope: &str) -> Answer {
    let mut form = vec![
        ("grant_type", "refresh_token"),
        ("refresh_token", token),
        ("client_id", client["client_id"].as_str().unwrap()),
    ];
    if !scope.is_empty() {
        form.push(("scope", scope));
    }
    app.post("/token", "", &form).await
}

/// Reads or replaces a registration.
async fn manage(registry: &Registry, path: &str, client: &Value, metadata: Option<Value>) -> Value {
    let client_id = client["client_id"].as_str().unwrap();
    let (path, method) = (format!("{path}?client_id={client_id}"), Method::PUT);
    let token = format!("Bearer {}", client["registration_access_token"].as_str().unwrap());
    let answer = match metadata {
        Some(mut metadata) => {
            metadata["client_id"] = json!(client_id);
            registry.send(method, &path, &token, &metadata.to_string()).await
        }
        None => registry.send(Method::GET, &path, &token, "").await,
    };
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn strangers_that_came_before_lose_the_scopes_that_strangers_lost() {
    let open = Registry::open();
    let client = register(&open, &json!("profile calendar")).await;
    let client_id = client["client_id"].as_str().unwrap();
    let before = open.log_in(&client, CALLBACK, false).await;
    assert_eq!(before.member("scope"), "profile calendar");
    let token = before.member("refresh_token");
    let narrow = narrow(&open);
    assert_eq!(ask(&narrow.app, client_id, "profile calendar").await, "invalid_scope");
    assert_eq!(narrow.log_in(&client, CALLBACK, false).await.member("scope"), "profile", "the default");
    refresh(&narrow.app, &client, &token, "calendar").await.assert_error(400, "invalid_scope");
    let refreshed = refresh(&narrow.app, &client, &token, "").await;
    assert_eq!(refreshed.member("scope"), "profile", "a refresh keeps nothing alive");
    assert_eq!(manage(&narrow, "/register", &client, None).await["scope"], "profile", "it is told");
}

#[tokio::test]
async fn the_scopes_of_strangers_are_those_of_the_run() {
    let open = Registry::open();
    let client = register(&open, &Value::Null).await;
    let server = Narrow { members: Members { store: open.store.clone() }, alice: Alice };
    let environment = Environment::new().clock(open.clock.clone()).unverified_scopes(["calendar"]);
    let running = server.start_in(environment).unwrap();
    assert_eq!(running.report().unverified_scopes, Some(vec!["profile", "calendar"]));
    let app = App::over_router(running.into_router());
    let scope = ask(&app, client["client_id"].as_str().unwrap(), "profile calendar").await;
    assert_eq!(scope, "profile calendar");
}

fn machine() -> Value {
    let mut asked = metadata();
    asked["grant_types"] = json!(["authorization_code", "client_credentials"]);
    asked["scope"] = json!("jobs profile");
    asked
}

#[tokio::test]
async fn a_client_that_was_vouched_for_is_vouched_for_once_registration_is_open() {
    let closed = Registry::closed();
    let path = "/connect/register";
    let answer = closed.send(Method::POST, path, "Bearer initial", &machine().to_string()).await;
    let client = answer.json();
    let open = narrow(&closed);
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", client["client_id"].as_str().unwrap()),
        ("client_secret", client["client_secret"].as_str().unwrap()),
        ("scope", "jobs"),
    ];
    assert_eq!(open.app.post("/token", "", &form).await.member("scope"), "jobs");
    let replaced = manage(&open, "/register", &client, Some(machine())).await;
    assert_eq!(replaced["grant_types"], json!(["authorization_code", "client_credentials"]));
}

/// The operator demands tokens by now, and this one never had any.
#[tokio::test]
async fn a_stranger_of_before_gains_nothing_once_registration_is_closed() {
    let open = Registry::open();
    let client = open.register(&metadata()).await.json();
    let closed = Registry::closed_over(open.store.clone(), open.clock.clone());
    let replaced = manage(&closed, "/connect/register", &client, Some(machine())).await;
    assert_eq!(replaced["grant_types"], json!(["authorization_code"]), "no grant without a person");
    assert_eq!(replaced["scope"], "profile", "no scope that it had not");
    let again = manage(&closed, "/connect/register", &replaced, Some(machine())).await;
    assert_eq!((&again["grant_types"], &again["scope"]), (&replaced["grant_types"], &replaced["scope"]));
}
