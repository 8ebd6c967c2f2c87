//! RFC 8414: what is advertised is what is routed.

use http::{Request, StatusCode};
use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;
use oauth_tests::{Accounts, App, ISSUER};
use serde_json::json;

const PATH: &str = "/.well-known/oauth-authorization-server";

#[tokio::test]
async fn section_2_the_document() {
    let answer = App::new().await.get(PATH).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let json = answer.json();
    let methods = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"];
    let algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"];
    assert_eq!(
        json,
        json!({
            "issuer": ISSUER,
            "authorization_endpoint": format!("{ISSUER}/authorize"),
            "token_endpoint": format!("{ISSUER}/token"),
            "revocation_endpoint": format!("{ISSUER}/revoke"),
            "introspection_endpoint": format!("{ISSUER}/introspect"),
            "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query", "fragment", "form_post"],
            "scopes_supported": ["profile", "calendar", "jobs", "admin"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": methods,
            "token_endpoint_auth_signing_alg_values_supported": algorithms,
            "revocation_endpoint_auth_methods_supported": methods,
            "revocation_endpoint_auth_signing_alg_values_supported": algorithms,
            "introspection_endpoint_auth_methods_supported": methods[..3],
            "introspection_endpoint_auth_signing_alg_values_supported": algorithms,
            "authorization_response_iss_parameter_supported": true,
        })
    );
}

#[tokio::test]
async fn every_advertised_endpoint_is_routed() {
    let app = App::new().await;
    let document = app.get(PATH).await.json();
    for (name, url) in document.as_object().unwrap() {
        if name.ends_with("_endpoint") || name == "jwks_uri" {
            let path = url.as_str().unwrap().strip_prefix(ISSUER).unwrap();
            assert_ne!(app.get(path).await.status, StatusCode::NOT_FOUND, "{name}");
        }
    }
    assert_eq!(
        app.get("/jwks.json").await.status,
        StatusCode::NOT_FOUND,
        "opaque tokens have no keys to publish"
    );
    let answer = app.send(Request::post(PATH), "").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}

/// A server for machines, whose issuer has a path.
struct Machines(Accounts<MemoryStore>);

impl AuthorizationServer for Machines {
    type Validator = Accounts<MemoryStore>;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = NoInteraction;
    type Grants = (ClientCredentials,);
    const ISSUER: Issuer = Issuer::Literal("https://auth.example.com/tenant");
    const CONFIG: ServerConfig = ServerConfig::new(&[]);
    fn validator(&self) -> &Self::Validator {
        &self.0
    }
    fn access_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &NoIdTokens {
        &NoIdTokens
    }
    fn interaction(&self) -> &NoInteraction {
        &NoInteraction
    }
}

#[tokio::test]
async fn section_3_1_an_issuer_with_a_path() {
    let app = App::of(Machines(Accounts(MemoryStore::default())));
    let json = app.get("/.well-known/oauth-authorization-server/tenant").await.json();
    assert_eq!(json["issuer"], "https://auth.example.com/tenant");
    assert_eq!(json["token_endpoint"], "https://auth.example.com/tenant/token");
    assert_eq!(json["response_types_supported"], json!([]), "§2: REQUIRED");
    for absent in
        ["authorization_endpoint", "code_challenge_methods_supported", "scopes_supported", "jwks_uri"]
    {
        assert!(json.get(absent).is_none(), "{absent}");
    }
    assert_eq!(app.get("/tenant/token").await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(app.get("/token").await.status, StatusCode::NOT_FOUND);
    assert_eq!(app.get("/tenant/authorize").await.status, StatusCode::NOT_FOUND);
}
