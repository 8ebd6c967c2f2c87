//! Real clients, as they describe themselves: each completes its login.

use oauth_core::prelude::*;
use oauth_tests::ISSUER;
use serde_json::{Value, json};

use crate::world::{ASSERTION, World, assertion, jwks};

async fn completes(document: &Value, redirect_uris: &[&str]) {
    let world = World::new().await;
    let client_id = document["client_id"].as_str().unwrap();
    world.web.put(client_id, document);
    for redirect_uri in redirect_uris {
        let tokens = world.log_in(client_id, redirect_uri).await;
        assert_eq!(tokens.status, 200, "{client_id}: {}", tokens.text());
        let refresh = tokens.member("refresh_token");
        let form =
            [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str()), ("client_id", client_id)];
        assert_eq!(world.app.post("/token", "", &form).await.status, 200);
    }
}

/// It prefers `none` in one place and has a key in another, and names the token endpoint as the audience.
#[tokio::test]
async fn chatgpt() {
    let client_id = "https://chatgpt.com/oauth/client.json";
    let callback = "https://chatgpt.com/connector_platform_oauth_redirect";
    let key = SigningKey::generate(Algorithm::RS256).unwrap();
    let world = World::new().await;
    world.web.put("https://chatgpt.com/oauth/jwks.json", &jwks(&[&key]));
    world.web.put(
        client_id,
        &json!({
            "client_id": client_id,
            "client_name": "ChatGPT",
            "client_uri": "https://chatgpt.com",
            "redirect_uris": [callback],
            "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"],
            "token_endpoint_auth_method": "private_key_jwt",
            "token_endpoint_auth_methods_supported": ["none", "private_key_jwt"],
            "token_endpoint_auth_signing_alg": "RS256",
            "jwks_uri": "https://chatgpt.com/oauth/jwks.json"
        }),
    );
    for audience in [ISSUER.to_owned(), format!("{ISSUER}/token")] {
        let assertion = assertion(&key, client_id, &audience, world.clock.now());
        let credentials = [ASSERTION, ("client_assertion", assertion.as_str()), ("client_id", client_id)];
        let tokens = world.log_in_with(client_id, callback, &credentials).await;
        assert_eq!(tokens.status, 200, "{}", tokens.text());
    }
    // It has a key, so it must use it.
    world.log_in(client_id, callback).await.assert_error(401, "invalid_client");
}

#[tokio::test]
async fn claude() {
    let document = json!({
        "client_id": "https://claude.ai/oauth/mcp-oauth-client-metadata",
        "client_name": "Claude",
        "client_uri": "https://claude.ai",
        "redirect_uris": ["https://claude.ai/api/mcp/auth_callback"],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "none"
    });
    completes(&document, &["https://claude.ai/api/mcp/auth_callback"]).await;
}

/// It declares loopback without a port, and takes one that is free.
#[tokio::test]
async fn claude_code() {
    let document = json!({
        "client_id": "https://claude.ai/oauth/claude-code-client-metadata",
        "client_name": "Claude Code",
        "client_uri": "https://claude.ai",
        "redirect_uris": ["http://localhost/callback", "http://127.0.0.1/callback"],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "none"
    });
    completes(&document, &["http://localhost:58135/callback", "http://127.0.0.1:49152/callback"]).await;
    let world = World::new().await;
    let client_id = document["client_id"].as_str().unwrap();
    world.web.put(client_id, &document);
    for other in [
        "http://localhost:58135/other",
        "https://localhost:58135/callback",
        "http://localhost.evil.example/callback",
    ] {
        world.authorize(client_id, other).await.assert_page(400);
    }
}

/// It asks for the device grant, too, which is not for strangers.
#[tokio::test]
async fn vs_code() {
    let document = json!({
        "client_id": "https://vscode.dev/oauth/client-metadata.json",
        "client_name": "Visual Studio Code",
        "client_uri": "https://code.visualstudio.com",
        "redirect_uris": ["http://127.0.0.1:33418/", "https://vscode.dev/redirect"],
        "grant_types": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
        "response_types": ["code"],
        "application_type": "native",
        "token_endpoint_auth_method": "none"
    });
    completes(
        &document,
        &["http://127.0.0.1:33418/", "http://127.0.0.1:50123/", "https://vscode.dev/redirect"],
    )
    .await;
}

#[tokio::test]
async fn opencode() {
    let document = json!({
        "client_id": "https://opencode.ai/oauth/opencode/client.json",
        "client_name": "OpenCode",
        "client_uri": "https://opencode.ai",
        "redirect_uris": ["http://127.0.0.1:19876/mcp/oauth/callback"],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "none"
    });
    completes(&document, &["http://127.0.0.1:19876/mcp/oauth/callback"]).await;
}
