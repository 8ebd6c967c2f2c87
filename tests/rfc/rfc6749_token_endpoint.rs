//! RFC 6749 §3.2, §4.1.3, §4.1.4, §4.4, §5, §6.

use oauth_core::grant::Implicit;
use oauth_core::prelude::*;
use oauth_core::server::{Profile, ServerConfig};
use oauth_tests::{Accounts, Alice, App, VERIFIER, basic};
use serde_json::json;

const CALLBACK: &str = "https://web.example/cb";

/// A server with the implicit grant and with one of the token endpoint.
struct Browsers {
    validator: Accounts<MemoryStore>,
}

impl AuthorizationServer for Browsers {
    type Validator = Accounts<MemoryStore>;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = Alice;
    type Grants = (Implicit, ClientCredentials);
    const ISSUER: Issuer = Issuer::Literal(oauth_tests::ISSUER);
    const CONFIG: ServerConfig = ServerConfig::new(&[]).profile(Profile::OAuth20);

    fn validator(&self) -> &Self::Validator {
        &self.validator
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

#[tokio::test]
async fn section_5_1_the_successful_response() {
    let answer = App::new().await.tokens().await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("pragma"), "no-cache");
    let json = answer.json();
    let members: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["access_token", "expires_in", "refresh_token", "scope", "token_type"]);
    assert_eq!(json["token_type"], "Bearer");
    assert_eq!(json["expires_in"], 3600);
    assert_eq!(json["scope"], "profile");
    assert_ne!(json["access_token"], json["refresh_token"]);
}

#[tokio::test]
async fn section_5_2_requests_that_cannot_be_granted() {
    let app = App::new().await;
    for (client, form, code) in [
        ("machine", vec![("scope", "jobs")], "invalid_request"),
        ("machine", vec![("grant_type", "password")], "unsupported_grant_type"),
        ("machine", vec![("grant_type", "Client_Credentials")], "unsupported_grant_type"),
        ("machine", vec![("grant_type", "refresh_token"), ("refresh_token", "x")], "unauthorized_client"),
        ("machine", vec![("grant_type", "authorization_code"), ("code", "x")], "unauthorized_client"),
        ("web", vec![("grant_type", "authorization_code")], "invalid_request"),
        ("web", vec![("grant_type", "authorization_code"), ("code", "x")], "invalid_grant"),
        ("web", vec![("grant_type", "refresh_token")], "invalid_request"),
        ("web", vec![("grant_type", "refresh_token"), ("refresh_token", "x")], "invalid_grant"),
        ("machine", vec![("grant_type", "client_credentials"), ("scope", "admin")], "invalid_scope"),
        ("machine", vec![("grant_type", "client_credentials"), ("scope", "profile")], "invalid_scope"),
        ("machine", vec![("grant_type", "client_credentials"), ("scope", "nonsense")], "invalid_scope"),
        ("machine", vec![("grant_type", "client_credentials"), ("scope", "jobs  jobs")], "invalid_scope"),
    ] {
        app.post("/token", &basic(client), &form).await.assert_error(400, code);
    }
}

#[tokio::test]
async fn section_5_2_a_grant_of_the_authorization_endpoint_is_none_of_the_token_endpoint() {
    let store = MemoryStore::default();
    let secret = ClientSecret::new(oauth_tests::secret()).unwrap();
    let web = Client::confidential("web", &secret).redirect_uri(CALLBACK).grant_type(GrantType::IMPLICIT);
    let machine = Client::confidential("machine", &secret).grant_type(GrantType::CLIENT_CREDENTIALS);
    for client in [web, machine] {
        store.save_client(client.build().unwrap()).await.unwrap();
    }
    let app = App::of(Browsers { validator: Accounts(store) });
    for client in ["web", "machine"] {
        let form = [("grant_type", "implicit")];
        app.post("/token", &basic(client), &form).await.assert_error(400, "unsupported_grant_type");
    }
}

#[tokio::test]
async fn section_4_1_3_a_code_is_bound_to_its_client() {
    let app = App::new().await;
    let code = app.code("web", CALLBACK).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    app.post("/token", &basic("other"), &form).await.assert_error(400, "invalid_grant");
}

#[tokio::test]
async fn section_4_1_3_a_code_is_bound_to_its_redirect_uri() {
    let app = App::new().await;
    for redirect_uri in [
        "https://web.example/c",
        "https://web.example/cb/",
        "https://other.example/cb",
        "HTTPS://web.example/cb",
    ] {
        let code = app.code("web", CALLBACK).await;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        app.post("/token", &basic("web"), &form).await.assert_error(400, "invalid_grant");
    }
}

#[tokio::test]
async fn oauth_2_1_section_10_2_the_redirect_uri_may_be_left_out_with_pkce() {
    let app = App::new().await;
    let code = app.code("web", CALLBACK).await;
    let form = [("grant_type", "authorization_code"), ("code", &code), ("code_verifier", VERIFIER)];
    assert_eq!(app.post("/token", &basic("web"), &form).await.status, 200);
}

#[tokio::test]
async fn section_4_1_2_a_code_expires() {
    use oauth_core::secret::TokenHash;
    use oauth_core::store::{Attempt, CodeRedemption, CodeStore as _};
    use oauth_core::time::UnixTime;
    let store = MemoryStore::default();
    let app = App::over(store.clone()).await;
    let code = app.code("web", CALLBACK).await;
    let later = UnixTime::now() + std::time::Duration::from_secs(61);
    let taken = store.take_code(&TokenHash::of(&code), Attempt::random(), later).await.unwrap();
    assert_eq!(taken, CodeRedemption::Unknown);
}

#[tokio::test]
async fn section_4_4_client_credentials() {
    let app = App::new().await;
    let answer = app.post("/token", &basic("machine"), &[("grant_type", "client_credentials")]).await;
    assert_eq!(answer.member("scope"), "jobs");
    assert!(answer.json().get("refresh_token").is_none(), "§4.4.3");
    let token = answer.member("access_token");
    let seen = app.post("/introspect", &basic("web"), &[("token", &token)]).await.json();
    assert_eq!(seen["sub"], "machine");
}

#[tokio::test]
async fn section_4_4_client_credentials_are_not_for_public_clients() {
    let app = App::new().await;
    let form = [("grant_type", "client_credentials"), ("client_id", "spa")];
    app.post("/token", "", &form).await.assert_error(400, "unauthorized_client");
    let error = Client::public("x").grant_type(GrantType::CLIENT_CREDENTIALS).build().unwrap_err();
    assert!(error.to_string().contains("RFC 6749 §4.4"), "{error}");
}

#[tokio::test]
async fn section_1_5_no_refresh_token_for_a_client_without_the_grant() {
    let app = App::new().await;
    let code = app.code("once", "https://once.example/cb").await;
    let form = [("grant_type", "authorization_code"), ("code", &code), ("code_verifier", VERIFIER)];
    let answer = app.post("/token", &basic("once"), &form).await;
    assert_eq!(answer.status, 200);
    assert!(answer.json().get("refresh_token").is_none());
}

#[tokio::test]
async fn section_6_a_refresh_keeps_subject_and_scope() {
    let app = App::new().await;
    let first = app.tokens().await;
    let second = app.refresh(&first.member("refresh_token")).await;
    assert_eq!(second.json()["scope"], json!("profile"));
    assert_ne!(first.member("access_token"), second.member("access_token"));
    assert_ne!(first.member("refresh_token"), second.member("refresh_token"));
    let token = second.member("access_token");
    let seen = app.post("/introspect", &basic("web"), &[("token", &token)]).await.json();
    assert_eq!((&seen["sub"], &seen["client_id"]), (&json!("alice"), &json!("web")));
}

#[tokio::test]
async fn section_6_scopes_can_shrink_but_not_grow() {
    let app = App::new().await;
    let params = [
        ("response_type", "code"),
        ("client_id", "web"),
        ("scope", "profile calendar"),
        ("code_challenge", oauth_tests::CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let code = app.authorize(&params).await.params()["code"].clone();
    let form = [("grant_type", "authorization_code"), ("code", &code), ("code_verifier", VERIFIER)];
    let refresh = app.post("/token", &basic("web"), &form).await.member("refresh_token");
    let use_it = async |refresh: &str, scope: &str| {
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh), ("scope", scope)];
        app.post("/token", &basic("web"), &form).await
    };
    use_it(&refresh, "profile jobs").await.assert_error(400, "invalid_scope");
    use_it(&refresh, "profile admin").await.assert_error(400, "invalid_scope");
    let less = use_it(&refresh, "calendar").await;
    assert_eq!(less.member("scope"), "calendar");
    let all = use_it(&less.member("refresh_token"), "calendar profile").await;
    assert_eq!(all.member("scope"), "calendar profile", "a refresh token keeps its own scope");
}

#[tokio::test]
async fn section_6_a_refresh_token_is_bound_to_its_client() {
    let app = App::new().await;
    let refresh = app.tokens().await.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
    app.post("/token", &basic("other"), &form).await.assert_error(400, "invalid_grant");
    assert_eq!(app.refresh(&refresh).await.status, 200, "another client's attempt does no harm");
}
