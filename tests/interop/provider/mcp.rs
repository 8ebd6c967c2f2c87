//! The MCP SDK against a server with `profile = "mcp"`: tokens for the declared tool server alone, and a client that brings its
//! document, which the provider could fetch from nowhere here.

use oauth_core::http::Fetcher;
use oauth_core::prelude::*;
use oauth_tests::node;
use serde_json::json;
use tokio::net::TcpListener;

use crate::support::finish;
use crate::web::Web;
use crate::world::{alice, file, secret};

const TOOLS: &str = "https://tools.example/mcp";
const DOCUMENT: &str = "https://client.example/oauth/client.json";
const CALLBACK: &str = "http://127.0.0.1/callback";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = self.issuer, expires_in = "15m")]
struct Signed {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    profile = "mcp",
    issuer = self.issuer,
    grants(authorization_code, refresh_token),
    scopes("calendar" = "See your calendar"),
    resources("https://tools.example/mcp"),
    registration,
    unverified_scopes("calendar")
)]
struct Server {
    issuer: String,
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Signed,
    #[fetcher]
    fetcher: Fetcher,
    #[interaction]
    pages: LoginPages,
}

/// Alice, an application that is known, and whom the tool server asks as.
async fn store() -> MemoryStore {
    let store = MemoryStore::new();
    let user = User::new(alice("sub"), alice("username")).with_password(&alice("password")).unwrap();
    store.save_user(user).await.unwrap();
    let agent = Client::public("agent").redirect_uri(CALLBACK).scope("calendar").build().unwrap();
    store.save_client(agent).await.unwrap();
    let secret = ClientSecret::new(secret("web").as_str().unwrap()).unwrap();
    let web = Client::confidential("web", &secret).introspects(TOOLS).build().unwrap();
    store.save_client(web).await.unwrap();
    store
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sdk_logs_in_for_the_declared_tool_server() {
    let (web, listener) = (Web::start().await, TcpListener::bind("127.0.0.1:0").await.unwrap());
    let document = json!({
        "client_id": DOCUMENT,
        "client_name": "Agent",
        "redirect_uris": [CALLBACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_method": "none"
    });
    web.put(DOCUMENT, &document);
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    let server = Server {
        accounts: Accounts { store: store().await },
        tokens: Signed {
            issuer: issuer.clone(),
            keys: KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap()),
        },
        fetcher: web.fetcher(),
        pages: LoginPages::new(),
        issuer: issuer.clone(),
    };
    let router = server.into_router().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });

    let mut script = node();
    script.arg(file("mcp_sdk.mjs")).args([&issuer, TOOLS, DOCUMENT]);
    let (code, output, errors) = tokio::task::spawn_blocking(move || finish(script)).await.unwrap();

    assert_eq!(code, Some(0), "{output}\n{errors}");
    let expected = [
        "a client that registers without a secret",
        "a client that registers with client_secret_post",
        "a client that registers with what is usual",
        "a client that is known",
        "a client that has a document",
        "a client that was forgotten",
    ];
    assert_eq!(output.lines().collect::<Vec<_>>(), expected, "{errors}");
    assert_eq!(web.requests(), [DOCUMENT], "it is fetched once, and then remembered");
}
