//! The mistakes of a server by hand.

use oauth_core::client::Client;
use oauth_core::prelude::*;
use oauth_core::server::{Environment, Profile, Resource, ServerConfig};
use oauth_tests::{Accounts, Alice, ISSUER};

struct ByHand(Accounts<MemoryStore>);

impl AuthorizationServer for ByHand {
    type Validator = Accounts<MemoryStore>;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = NoInteraction;
    type Grants = (ClientCredentials,);
    const ISSUER: Issuer = Issuer::Literal(ISSUER);
    const CONFIG: ServerConfig = ServerConfig::new(&[Scope::new("jobs")]).resources(&[
        Resource::new("https://a.example"),
        Resource::new("https://A.example/"),
        Resource::new("https://b.example/#x"),
        Resource::new("http://c.example"),
        Resource::new("d"),
        Resource::new("https://e.example").scopes(&["jobs", "tasks"]),
    ]);

    fn validator(&self) -> &Accounts<MemoryStore> {
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

#[test]
fn every_mistake_is_told_at_once() {
    let error = ByHand(Accounts(MemoryStore::new())).start().unwrap_err().to_string();
    for words in [
        "the resource `https://A.example/` is declared twice",
        "the resource `https://b.example/#x` has a fragment",
        "the resource `http://c.example` is http off loopback",
        "the resource `d` is not an https URL",
        "the resource `https://e.example` knows the scope `tasks`",
    ] {
        assert!(error.contains(words), "{words} is missing: {error}");
    }
}

#[test]
fn a_registration_names_resources_as_a_server_does() {
    let error = Client::public("spa").resource("https://a.example/#x").build().unwrap_err();
    assert_eq!(error.member(), Some("resources"));
    assert!(error.to_string().contains("has a fragment"), "{error}");
    let metadata =
        r#"{"grant_types":[],"resources":["https://a.example"],"token_endpoint_auth_method":"none"}"#;
    let metadata: oauth_core::client::ClientMetadata = serde_json::from_str(metadata).unwrap();
    let client = metadata.into_builder("spa", None).unwrap().build().unwrap();
    assert!(client.may_access("https://A.example/") && !client.may_access("https://a.example/b"));
}

/// A server of MCP that knows no resource when it is compiled.
struct Mcp(Accounts<MemoryStore>);

impl AuthorizationServer for Mcp {
    type Validator = Accounts<MemoryStore>;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = Alice;
    type Grants = (AuthorizationCode, RefreshToken);
    const ISSUER: Issuer = Issuer::Literal(ISSUER);
    const CONFIG: ServerConfig = ServerConfig::new(&[]).profile(Profile::Mcp);

    fn validator(&self) -> &Accounts<MemoryStore> {
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
    fn interaction(&self) -> &Alice {
        &Alice
    }
}

#[test]
fn the_resources_that_a_profile_demands_may_be_data() {
    let start = |environment| Mcp(Accounts(MemoryStore::new())).start_in(environment);
    let scopes = || Environment::new().scopes([Scope::new("mail")]).unverified_scopes(["mail"]);

    let running = start(scopes().resources([Resource::new("https://mcp.example.com")])).unwrap();
    assert_eq!(running.report().resources, [Resource::new("https://mcp.example.com")]);
    let error = start(scopes()).unwrap_err().to_string();
    assert!(error.contains("clients of MCP name the server that they want a token for"), "{error}");
}
