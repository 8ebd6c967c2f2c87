//! `profile = "mcp"`: what its clients look for is there without being asked for.

use oauth_core::http::Fetcher;
use oauth_core::prelude::*;
use oauth_tests::{Alice, App, CHALLENGE, VERIFIER};
use serde_json::json;

use crate::web::Web;

const CLAUDE_CODE: &str = "https://claude.ai/oauth/claude-code-client-metadata";
const CALLBACK: &str = "http://localhost:58135/callback";
const MCP: &str = "https://mcp.example.com";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    profile = "mcp",
    grants(authorization_code, refresh_token),
    scopes("tools" = "Use your tools"),
    resources("https://mcp.example.com"),
    issuer = "https://auth.example.com",
    unverified_scopes("tools")
)]
struct Server {
    #[validator]
    accounts: Accounts,
    #[fetcher]
    fetcher: Fetcher,
    #[interaction]
    alice: Alice,
}

#[tokio::test]
async fn a_client_that_was_never_registered_logs_in_and_gets_a_token_for_the_server_it_names() {
    let web = Web::start().await;
    let document = json!({
        "client_id": CLAUDE_CODE,
        "client_name": "Claude Code",
        "redirect_uris": ["http://localhost/callback", "http://127.0.0.1/callback"],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "none"
    });
    web.put(CLAUDE_CODE, &document);
    let accounts = Accounts { store: MemoryStore::new() };
    let app = App::of(Server { accounts, fetcher: web.fetcher(), alice: Alice });
    let metadata = app.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(metadata["client_id_metadata_document_supported"], true);
    assert_eq!(metadata["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(metadata["authorization_response_iss_parameter_supported"], true);
    assert_eq!(metadata["protected_resources"], json!([MCP]));
    let methods = metadata["token_endpoint_auth_methods_supported"].as_array().unwrap();
    assert!(methods.contains(&json!("none")));
    // The SDK for TypeScript sends the URL with a slash, the one for Python as it is written.
    for resource in [MCP, "https://mcp.example.com/"] {
        let authorized = app
            .authorize(&[
                ("response_type", "code"),
                ("client_id", CLAUDE_CODE),
                ("redirect_uri", CALLBACK),
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S256"),
                ("scope", "tools"),
                ("resource", resource),
            ])
            .await;
        let params = authorized.params();
        assert_eq!(params["iss"], "https://auth.example.com");
        let form = [
            ("grant_type", "authorization_code"),
            ("code", params["code"].as_str()),
            ("redirect_uri", CALLBACK),
            ("client_id", CLAUDE_CODE),
            ("code_verifier", VERIFIER),
            ("resource", resource),
        ];
        let tokens = app.post("/token", "", &form).await;
        let refresh = tokens.member("refresh_token");
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh.as_str()),
            ("client_id", CLAUDE_CODE),
            ("resource", resource),
        ];
        assert_eq!(app.post("/token", "", &form).await.status, 200);
    }
}
