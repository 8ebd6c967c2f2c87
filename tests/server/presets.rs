//! Presets: the preconfigured servers of oauthlib, endpoint by endpoint.

use std::collections::BTreeSet;

use oauth_core::prelude::*;
use oauth_core::token::IncludeRefreshToken;
use oauth_tests::{Alice, App, CHALLENGE, VERIFIER, basic, secret};
use serde_json::{Value, json};

const ISSUER: &str = "https://auth.example.com";
const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const CALLBACK: &str = "https://web.example/cb";
const PASSWORD: &str = "correct horse battery staple";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(opaque, prefix = "at_")]
#[derive(Default)]
struct AccessTokens;

#[token_generator(opaque, prefix = "rt_")]
#[derive(Default)]
struct RefreshTokens;

/// A server of a preset, with both generators.
macro_rules! server {
    ($name:ident, $preset:literal $(, $interaction:ident: $ty:ty = $value:expr)? $(; $($argument:tt)*)?) => {
        #[authorization_server(
            preset = $preset,
            issuer = "https://auth.example.com",
            $($($argument)*)?
        )]
        struct $name {
            #[validator]
            accounts: Accounts,
            #[access_token]
            access_tokens: AccessTokens,
            #[refresh_token]
            refresh_tokens: RefreshTokens,
            $(#[interaction] $interaction: $ty,)?
        }

        impl $name {
            async fn app() -> (App, MemoryStore) {
                let store = store().await;
                let server = Self {
                    accounts: Accounts { store: store.clone() },
                    access_tokens: AccessTokens,
                    refresh_tokens: RefreshTokens,
                    $($interaction: $value,)?
                };
                (App::of(server), store)
            }
        }
    };
}

server!(WebApplication, "web_application", people: Alice = Alice; scopes("profile"));
server!(MobileApplication, "mobile_application", people: Alice = Alice; scopes("profile"), profile = "oauth2.0");
server!(LegacyApplication, "legacy_application"; scopes("profile"), profile = "oauth2.0");
server!(BackendApplication, "backend_application"; scopes("profile"));
server!(DeviceApplication, "device_application", pages: LoginPages = LoginPages::new(); scopes("profile"));
server!(All, "all", pages: LoginPages = LoginPages::new(); scopes("profile"), profile = "oauth2.0");

/// The preset that also needs the scope `openid` and something that signs.
#[authorization_server(
    preset = "openid",
    profile = "oauth2.0",
    scopes("openid", "profile"),
    issuer = "https://auth.example.com"
)]
struct OpenId {
    #[validator]
    accounts: Accounts,
    #[access_token]
    access_tokens: AccessTokens,
    #[refresh_token]
    refresh_tokens: RefreshTokens,
    #[id_token]
    id_tokens: SigningKey,
    #[interaction]
    pages: LoginPages,
}

/// Every client and Alice.
async fn store() -> MemoryStore {
    let store = MemoryStore::new();
    let secret = ClientSecret::new(secret()).unwrap();
    let grants =
        ["authorization_code", "implicit", "password", "client_credentials", "refresh_token", DEVICE_CODE];
    let mut web = Client::confidential("web", &secret).redirect_uri(CALLBACK).scope("openid profile");
    for grant in grants {
        web = web.grant_type(GrantType::from(grant));
    }
    for response_type in oauth_tests::RESPONSE_TYPES {
        web = web.response_type(response_type);
    }
    store.save_client(web.build().unwrap()).await.unwrap();
    store.save_user(User::new("1", "alice").with_password(PASSWORD).unwrap()).await.unwrap();
    store
}

/// Checks that what a server advertises is what it routes, and nothing else of what it could.
async fn assert_offers(app: &App, endpoints: &[&str], response_types: &[&str], grants: &[&str]) {
    let document = app.get("/.well-known/oauth-authorization-server").await.json();
    let list = |name: &str| -> BTreeSet<String> {
        let values = document[name].as_array().unwrap().iter();
        values.map(|value| value.as_str().unwrap().to_owned()).collect()
    };
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(list("grant_types_supported"), set(grants));
    assert_eq!(list("response_types_supported"), set(response_types));
    for (name, path) in [
        ("authorization_endpoint", "/authorize"),
        ("token_endpoint", "/token"),
        ("revocation_endpoint", "/revoke"),
        ("introspection_endpoint", "/introspect"),
        ("device_authorization_endpoint", "/device_authorization"),
    ] {
        let is_offered = endpoints.contains(&name);
        let advertised = if is_offered { json!(format!("{ISSUER}{path}")) } else { Value::Null };
        assert_eq!(document[name], advertised, "{name}");
        assert_eq!(app.post(path, &basic("web"), &[]).await.status != 404, is_offered, "{name}");
    }
}

async fn authorize(app: &App, response_type: &str) -> oauth_tests::Answer {
    app.authorize(&[
        ("response_type", response_type),
        ("client_id", "web"),
        ("redirect_uri", CALLBACK),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ])
    .await
}

async fn token(app: &App, form: &[(&str, &str)]) -> oauth_tests::Answer {
    app.post("/token", &basic("web"), form).await
}

/// Asks for each grant; what is not offered is `unsupported_grant_type`.
async fn assert_grants(app: &App, offered: &[&str]) {
    for grant in
        ["authorization_code", "implicit", "password", "client_credentials", "refresh_token", DEVICE_CODE]
    {
        let answer = token(app, &[("grant_type", grant)]).await;
        let error = answer.json()["error"].clone();
        // Nobody asks the token endpoint for an implicit token.
        let is_offered = grant != "implicit" && offered.contains(&grant);
        assert_eq!(error != "unsupported_grant_type", is_offered, "{grant}: {}", answer.text());
    }
}

/// Checks a server of access tokens only: a refresh token in the store is another server's.
async fn assert_no_refresh_tokens(app: &App, store: &MemoryStore) {
    let hinted = [("token", "x"), ("token_type_hint", "refresh_token")];
    app.post("/revoke", &basic("web"), &hinted).await.assert_error(400, "unsupported_token_type");
    let mut request = Request::local(store.client("web").await.unwrap().unwrap());
    request = request.with_subject("alice");
    request = request.with_family(oauth_core::store::FamilyId::random());
    let accounts = Accounts { store: store.clone() };
    let tokens =
        BearerToken::new(&accounts).create_token(&mut request, IncludeRefreshToken::Yes).await.unwrap();
    tokens.keep(&accounts, &mut request).await.unwrap();
    let refresh = tokens.refresh_token.unwrap();
    let form = [("token", refresh.expose())];
    assert_eq!(app.post("/introspect", &basic("web"), &form).await.text(), "{\"active\":false}");
}

const ALWAYS: [&str; 2] = ["revocation_endpoint", "introspection_endpoint"];

fn and_always<'a>(endpoints: &[&'a str]) -> Vec<&'a str> {
    [endpoints, &ALWAYS].concat()
}

#[tokio::test]
async fn web_application() {
    let (app, _) = WebApplication::app().await;
    let endpoints = and_always(&["authorization_endpoint", "token_endpoint"]);
    let grants = ["authorization_code", "refresh_token"];
    assert_offers(&app, &endpoints, &["code"], &grants).await;
    assert_grants(&app, &grants).await;
    let code = authorize(&app, "code").await.params()["code"].clone();
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let tokens = token(&app, &form).await;
    assert!(tokens.member("access_token").starts_with("at_"), "{}", tokens.text());
    assert!(tokens.member("refresh_token").starts_with("rt_"), "{}", tokens.text());
    assert!(app.is_active(&tokens.member("access_token")).await);
    authorize(&app, "token").await.assert_redirected_error(CALLBACK, "unsupported_response_type");
}

#[tokio::test]
async fn mobile_application() {
    let (app, store) = MobileApplication::app().await;
    assert_offers(&app, &and_always(&["authorization_endpoint"]), &["token"], &["implicit"]).await;
    let answer = authorize(&app, "token").await;
    let location = answer.header("location").to_owned();
    let fragment = location.split_once('#').unwrap_or_else(|| panic!("{location}")).1;
    let params: std::collections::BTreeMap<String, String> =
        form_urlencoded::parse(fragment.as_bytes()).into_owned().collect();
    assert!(params["access_token"].starts_with("at_"));
    assert!(!params.contains_key("refresh_token"));
    assert!(app.is_active(&params["access_token"]).await);
    assert_no_refresh_tokens(&app, &store).await;
    let form = [("token", params["access_token"].as_str())];
    assert_eq!(app.post("/revoke", &basic("web"), &form).await.status, 200);
    assert!(!app.is_active(&params["access_token"]).await);
}

#[tokio::test]
async fn legacy_application() {
    let (app, _) = LegacyApplication::app().await;
    let grants = ["password", "refresh_token"];
    assert_offers(&app, &and_always(&["token_endpoint"]), &[], &grants).await;
    assert_grants(&app, &grants).await;
    let form = [("grant_type", "password"), ("username", "alice"), ("password", PASSWORD)];
    let tokens = token(&app, &form).await;
    assert!(tokens.member("refresh_token").starts_with("rt_"), "{}", tokens.text());
    let refresh = tokens.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
    assert_eq!(token(&app, &form).await.status, 200);
}

#[tokio::test]
async fn backend_application() {
    let (app, store) = BackendApplication::app().await;
    assert_offers(&app, &and_always(&["token_endpoint"]), &[], &["client_credentials"]).await;
    assert_grants(&app, &["client_credentials"]).await;
    let tokens = token(&app, &[("grant_type", "client_credentials")]).await;
    assert!(tokens.member("access_token").starts_with("at_"));
    assert!(tokens.json().get("refresh_token").is_none());
    assert_no_refresh_tokens(&app, &store).await;
}

#[tokio::test]
async fn device_application() {
    let (app, _) = DeviceApplication::app().await;
    let endpoints = and_always(&["token_endpoint", "device_authorization_endpoint"]);
    let grants = [DEVICE_CODE, "refresh_token"];
    assert_offers(&app, &endpoints, &[], &grants).await;
    assert_grants(&app, &grants).await;
    let begun = app.post("/device_authorization", &basic("web"), &[]).await;
    let code = begun.member("device_code");
    let poll = token(&app, &[("grant_type", DEVICE_CODE), ("device_code", &code)]).await;
    poll.assert_error(400, "authorization_pending");
}

#[tokio::test]
async fn all() {
    let (app, _) = All::app().await;
    let endpoints =
        and_always(&["authorization_endpoint", "token_endpoint", "device_authorization_endpoint"]);
    let grants =
        ["authorization_code", "implicit", "password", "client_credentials", "refresh_token", DEVICE_CODE];
    assert_offers(&app, &endpoints, &["code", "token", "none"], &grants).await;
    assert_grants(&app, &grants).await;
    for response_type in ["code", "token", "none"] {
        let answer = authorize(&app, response_type).await;
        assert!(answer.location().to_string().starts_with("/login?"), "{response_type}: {}", answer.text());
    }
    authorize(&app, "code token").await.assert_redirected_error(CALLBACK, "unsupported_response_type");
}

#[tokio::test]
async fn openid() {
    let server = OpenId {
        accounts: Accounts { store: store().await },
        access_tokens: AccessTokens,
        refresh_tokens: RefreshTokens,
        id_tokens: SigningKey::generate(Algorithm::RS256).unwrap(),
        pages: LoginPages::new(),
    };
    let app = App::of(server);
    let endpoints =
        and_always(&["authorization_endpoint", "token_endpoint", "device_authorization_endpoint"]);
    let response_types = [
        "code",
        "token",
        "none",
        "id_token",
        "id_token token",
        "code token",
        "code id_token",
        "code id_token token",
    ];
    let grants =
        ["authorization_code", "implicit", "password", "client_credentials", "refresh_token", DEVICE_CODE];
    assert_offers(&app, &endpoints, &response_types, &grants).await;
    assert_grants(&app, &grants).await;
    for response_type in response_types {
        let path = format!(
            "/authorize?client_id=web&redirect_uri=https%3A%2F%2Fweb.example%2Fcb&scope=openid&nonce=n\
             &response_type={}&code_challenge={CHALLENGE}&code_challenge_method=S256",
            response_type.replace(' ', "+")
        );
        let answer = app.get(&path).await;
        assert!(answer.location().to_string().starts_with("/login?"), "{response_type}: {}", answer.text());
    }
}
