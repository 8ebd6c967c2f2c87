//! Clients at a server that asks for all that they can do: requests are pushed, each proof needs a nonce, and a token is for the
//! resource that was asked for. Whoever was called with a token exchanges it to call on (RFC 8693).

use std::process::Command;

use axum::routing::get;
use axum::{Json, Router};
use oauth_core::grant::token_exchange::{ExchangeApproval, TokenExchangePolicy, TokenExchangeRequest};
use oauth_core::prelude::*;
use oauth_core::resource::Bearer;
use oauth_tests::{node, python};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::support::finish;
use crate::world::{alice, alice_claim, file, json, secret};

/// The API that people's clients call.
pub(crate) const GATEWAY: &str = "https://gateway.example";
/// The API that the gateway calls for them.
pub(crate) const CALENDAR: &str = "https://calendar.example";

#[scope("calendar", "See your calendar")]
struct Calendar;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[claim("name", scope = "profile", to(userinfo))]
    fn name(&self, _: &Request) -> String {
        alice_claim("name")
    }
}

/// Lets those call on at the calendar who were called with the token, or hold it.
impl TokenExchangePolicy for Accounts {
    async fn may_exchange(&self, exchange: &TokenExchangeRequest, _: &Request) -> Result<ExchangeApproval> {
        if exchange.requester_is_party() && exchange.targets() == [CALENDAR] {
            return Ok(ExchangeApproval::delegation());
        }
        Err(ErrorCode::InvalidTarget.into())
    }
}

#[token_generator(jwt, issuer = self.issuer, expires_in = "15m")]
struct Signed {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    issuer = self.issuer,
    grants(authorization_code, refresh_token, client_credentials, token_exchange),
    scopes("openid", "profile", Calendar),
    resources("https://gateway.example", "https://calendar.example"),
    dpop(nonces = "required"),
    pushed_authorization_requests,
    registration,
    unverified_scopes("openid", "profile", Calendar)
)]
struct Server {
    issuer: String,
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Signed,
    #[interaction]
    pages: LoginPages,
}

/// Alice; the applications `pusher`, which pushes its requests and proves a key, `web` and `native`; and the gateway.
async fn store() -> MemoryStore {
    let store = MemoryStore::new();
    let user = User::new(alice("sub"), alice("username")).with_password(&alice("password")).unwrap();
    store.save_user(user).await.unwrap();
    let secret = |id| ClientSecret::new(secret(id).as_str().unwrap()).unwrap();
    let clients = json("clients.json");
    let signer = clients.as_array().unwrap().iter().find(|client| client["client_id"] == "signer").unwrap();
    let applications = [
        Client::private_key_jwt("pusher", signer["jwks"].to_string())
            .redirect_uri("https://pusher.example/callback")
            .grant_type(GrantType::CLIENT_CREDENTIALS)
            .grant_type(GrantType::TOKEN_EXCHANGE)
            .require_pushed_authorization_requests()
            .dpop_bound_access_tokens(),
        Client::confidential("web", &secret("web"))
            .redirect_uri("https://web.example/callback")
            .grant_type(GrantType::TOKEN_EXCHANGE),
        Client::public("native").redirect_uri("http://127.0.0.1/callback"),
    ];
    let applications = applications
        .map(|client| client.grant_type(GrantType::AUTHORIZATION_CODE).grant_type(GrantType::REFRESH_TOKEN));
    let gateway = Client::confidential("gateway", &secret("trusted"))
        .grant_type(GrantType::TOKEN_EXCHANGE)
        .introspects(GATEWAY);
    for client in applications.into_iter().chain([gateway]) {
        store.save_client(client.scope("openid profile calendar").build().unwrap()).await.unwrap();
    }
    store
}

/// The token that the calendar was called with.
async fn events(token: Bearer<Calendar>) -> Json<Value> {
    Json(json!({
        "owner": token.subject(),
        "asked_by": token.client_id(),
        "aud": token.claims().get("aud"),
        "act": token.claims().get("act"),
        "cnf": token.claims().get("cnf"),
    }))
}

/// Starts the server: its issuer.
pub(crate) async fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let server = Server {
        accounts: Accounts { store: store().await },
        tokens: Signed {
            issuer: issuer.clone(),
            keys: KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap()),
        },
        pages: LoginPages::new(),
        issuer: issuer.clone(),
    };
    let server = server.start().unwrap();
    // It stands for both APIs, and tells who a token is for.
    let mut api = ResourceConfig::new();
    api.danger_any_audience = true;
    let api = server.protected_resource(api).unwrap();
    let routes = Router::new().route("/calendar", get(events)).with_state(api).fallback_service(server);
    tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
    issuer
}

/// Runs a script against the server: it must say that each of these works.
async fn run(mut script: Command, name: &str, expected: &[&str]) {
    let issuer = start().await;
    script.arg(file(name)).args([&issuer, GATEWAY, CALENDAR]).env("PYTHONDONTWRITEBYTECODE", "1");
    let (code, output, errors) = tokio::task::spawn_blocking(move || finish(script)).await.unwrap();
    assert_eq!(code, Some(0), "{output}\n{errors}");
    assert_eq!(output.lines().collect::<Vec<_>>(), expected, "{errors}");
}

/// requests_oauth2client 1.8 loses the key of a bound token where it validates the ID token beside it.
#[tokio::test(flavor = "multi_thread")]
async fn requests_oauth2client() {
    run(
        python(),
        "requests_oauth2client_client.py",
        &[
            "discovery",
            "a pushed request with private_key_jwt and a nonce in its proof",
            "a code for the key of its pushed request alone",
            "a bound access token at userinfo and at an API",
            "a refresh with the same key",
            "a refresh with another key is refused",
            "a token for one resource, and a refresh for another",
            "client_credentials for a resource",
            "a bound token exchanged by its holder",
            "a gateway exchanges a token, and act names it",
            "a gateway exchanges a token for one that is bound to its own key",
            "an exchange for elsewhere is refused",
        ],
    )
    .await;
}

/// Authlib 1.9 knows neither DPoP nor pushed requests, and nothing of registration and exchange on a client's side beyond sending
/// what it is told to.
#[tokio::test(flavor = "multi_thread")]
async fn authlib() {
    run(
        python(),
        "authlib_resources.py",
        &[
            "registration",
            "code with PKCE for a resource of a client that registered",
            "a refresh for another resource",
            "an unknown resource is refused",
            "a gateway exchanges a token, and act names it",
            "an exchange for elsewhere is refused",
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn oauth4webapi() {
    run(
        node(),
        "oauth4webapi_exchange.mjs",
        &[
            "a gateway exchanges a token, and act names it",
            "a gateway exchanges a token for one that is bound to its own key",
            "a bound token exchanged by its holder",
            "an exchange for elsewhere is refused",
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn openid_client() {
    run(
        node(),
        "openid_client_exchange.mjs",
        &[
            "a gateway exchanges a token, and act names it",
            "a gateway exchanges a token for one that is bound to its own key",
            "a bound token exchanged by its holder",
            "an exchange for elsewhere is refused",
        ],
    )
    .await;
}
