//! A resource beside its authorization server, in one process.

use axum::Router;
use axum::routing::get;
use http::{Request as HttpRequest, header};
use oauth_core::client_auth::ClientAuth;
use oauth_core::prelude::*;
use oauth_core::resource::{LocalConfig, ProtectedResource};
use oauth_core::server::{Environment, Resource};
use oauth_tests::{Accounts, App, TestServer, basic, clients, secret};

#[scope("profile")]
struct Profile;

/// The test server, and a resource beside it.
async fn world() -> (App, ProtectedResource<impl oauth_core::resource::TokenValidator>) {
    let store = MemoryStore::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let service = TestServer::<_> { validator: Accounts(store) }.into_service().unwrap();
    let resource = service.protected_resource(ResourceConfig::new()).unwrap();
    let routes = Router::new()
        .route(
            "/me",
            get(async |token: Bearer<Profile>| token.subject().map(str::to_owned).unwrap_or_default()),
        )
        .with_state(resource.clone());
    (App::over_router(routes.fallback_service(service)), resource)
}

async fn me(app: &App, token: &str) -> oauth_tests::Answer {
    let request = HttpRequest::get("/me").header(header::AUTHORIZATION, format!("Bearer {token}"));
    app.send(request, "").await
}

#[tokio::test]
async fn a_token_of_the_server_works_until_it_is_revoked() {
    let (app, _) = world().await;
    let token = app.tokens().await.member("access_token");

    let answer = me(&app, &token).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, "alice"));

    app.post("/revoke", &basic("web"), &[("token", &token)]).await;
    let answer = me(&app, &token).await;
    assert_eq!(answer.status, 401);
    assert_eq!(
        answer.header("www-authenticate"),
        "Bearer realm=\"https://auth.example.com\", error=\"invalid_token\", \
         error_description=\"the access token is expired, revoked or unknown\""
    );
}

#[tokio::test]
async fn a_refresh_token_is_not_an_access_token() {
    let (app, _) = world().await;
    let refresh_token = app.tokens().await.member("refresh_token");
    assert_eq!(me(&app, &refresh_token).await.status, 401);
}

/// RFC 9700 §4.15: a client that is called as a person is, has no account.
#[tokio::test]
async fn rfc9700_section_4_15_a_clients_own_token_is_nobodys() {
    let store = MemoryStore::default();
    let secret = ClientSecret::new(secret()).unwrap();
    store.save_client(Client::confidential("alice", &secret).scope("jobs").build().unwrap()).await.unwrap();
    let service = TestServer::<_> { validator: Accounts(store) }.into_service().unwrap();
    let resource = service.protected_resource(ResourceConfig::new()).unwrap();
    let routes = Router::new().route(
        "/me",
        get(async |token: Bearer<()>| {
            format!("{:?} {:?} {:?}", token.internal_subject(), token.subject(), token.client_id())
        }),
    );
    let app = App::over_router(routes.with_state(resource).fallback_service(service));
    let form = [("grant_type", "client_credentials")];
    let token = app.post("/token", &basic("alice"), &form).await.member("access_token");
    assert_eq!(me(&app, &token).await.text(), "None Some(\"alice\") Some(\"alice\")");
}

/// Checks the same without axum.
#[tokio::test]
async fn a_plain_function_does_the_same() {
    let (app, resource) = world().await;
    let token = app.tokens().await.member("access_token");
    let (parts, ()) = HttpRequest::get("/me")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .body(())
        .unwrap()
        .into_parts();
    let mut request = Request::for_resource(&parts).unwrap();

    let allowed: Bearer<Profile> = resource.authorize(&mut request).await.unwrap();
    assert_eq!(allowed.subject(), Some("alice"));

    let nobody = resource.authorize::<Profile>(&mut Request::default()).await.unwrap_err();
    assert_eq!(nobody.to_response().status(), 401);
}

/// A resource of this configuration beside a test server whose tokens are for the API that their client is named after, and
/// for the server itself where that has no name.
async fn beside(config: ResourceConfig) -> App {
    let store = MemoryStore::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let service = TestServer::<_> { validator: Routed { store } }.into_service().unwrap();
    let resource = service.protected_resource(config).unwrap();
    let routes = Router::new().route("/me", get(async |_: Bearer<()>| "me")).with_state(resource);
    App::over_router(routes.fallback_service(service))
}

#[validator(custom)]
struct Routed {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Routed {
    fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        match client_id {
            "web" => Ok(()),
            _ => request.claims.insert("aud", format!("https://{client_id}.example")),
        }
    }
}

/// Tells whether a token of this client opens the API.
async fn opens(app: &App, client_id: &str) -> bool {
    let form = [("grant_type", "client_credentials")];
    let token = app.post("/token", &basic(client_id), &form).await.member("access_token");
    let status = me(app, &token).await.status;
    assert!(matches!(status.as_u16(), 200 | 401), "{status}");
    status == 200
}

/// RFC 9700 §2.3, §4.9: an API that does not say which it is, is the server's own, and no other's token opens it.
#[tokio::test]
async fn rfc9700_section_4_9_a_resource_without_an_audience_has_that_of_its_server() {
    let app = beside(ResourceConfig::new()).await;
    assert!(opens(&app, "web").await, "it is for the issuer");
    assert!(!opens(&app, "machine").await, "it is for another API");
}

/// Checks that tokens must be meant for the audience of a resource that has one.
#[tokio::test]
async fn an_audience_is_asked_for() {
    let app = beside(ResourceConfig::new().audience("https://machine.example")).await;
    assert!(!opens(&app, "web").await);
    assert!(opens(&app, "machine").await);
    assert!(!opens(&app, "other").await);
}

#[tokio::test]
async fn any_audience_will_do_where_the_resource_says_so() {
    let app = beside(ResourceConfig::new().danger_any_audience()).await;
    for client_id in ["web", "machine", "other"] {
        assert!(opens(&app, client_id).await, "{client_id}");
    }
}

#[validator]
struct Plain {
    #[store]
    store: MemoryStore,
}

#[token_generator(opaque, audience = "https://api.example.com")]
struct ForApi;

#[authorization_server(grants(client_credentials), scopes("profile"), issuer = "https://auth.example.com")]
struct Aimed<V: RequestValidator + 'static> {
    #[validator]
    validator: V,
    #[access_token]
    tokens: ForApi,
}

/// The mistakes of a resource with this configuration, beside a server whose tokens are for one API.
fn refused<V: RequestValidator + 'static, C: LocalConfig>(validator: V, config: C) -> Option<String> {
    refused_in(validator, config, Environment::new())
}

fn refused_in<V: RequestValidator + 'static, C: LocalConfig>(
    validator: V,
    config: C,
    environment: Environment<Aimed<V>>,
) -> Option<String> {
    let server = Aimed { validator, tokens: ForApi }.start_in(environment).unwrap();
    server.protected_resource(config).err().map(|mistakes| mistakes.to_string())
}

fn plain() -> Plain {
    Plain { store: MemoryStore::default() }
}

#[test]
fn rfc9700_section_2_3_a_server_issues_tokens_for_the_resource_beside_it() {
    let slash = ResourceConfig::new().audience("https://api.example.com/");
    let words = "no token of this server is for the audience `https://api.example.com/` of the resource beside it (RFC 9700 §2.3): \
                 its tokens are for `https://api.example.com`";
    let mistake = refused(plain(), slash).unwrap();
    assert!(mistake.starts_with(words) && mistake.contains("`.own_tokens()`"), "{mistake}");
    assert!(refused(plain(), ResourceConfig::new().audience("https://auth.example.com")).is_some());

    assert_eq!(refused(plain(), ResourceConfig::new()), None);
    assert_eq!(refused(plain(), ResourceConfig::new().audience("https://api.example.com")), None);
    assert_eq!(refused(plain(), ResourceConfig::new().danger_any_audience()), None);
    assert_eq!(refused(plain(), slash.own_tokens()), None);
    // A hook says `aud`.
    assert_eq!(refused(Routed { store: MemoryStore::default() }, slash), None);
}

/// Whoever authenticates clients is given the request, and may say `aud`.
#[test]
fn code_from_outside_judges_no_audience() {
    struct Mine;
    impl ClientAuth for Mine {
        const METHOD: ClientAuthMethod = ClientAuthMethod::from_static("urn:example:mine");

        async fn verify(&self, _: Option<&Client>, request: &mut Request) -> Result<bool> {
            request.claims.insert("aud", "https://mail.example.com")?;
            Ok(true)
        }
    }
    let mail = ResourceConfig::new().audience("https://mail.example.com");
    let outside = Environment::new().client_authentication(Mine);
    assert_eq!(refused_in(plain(), mail, outside), None);
}

/// Resources that are data may be others tomorrow, and none today.
#[test]
fn the_rows_of_one_run_judge_no_audience() {
    let mail = ResourceConfig::new().audience("https://mail.example.com");
    assert!(refused(plain(), mail).is_some());
    for rows in [Vec::new(), vec![Resource::new("https://calendar.example.com")]] {
        assert_eq!(refused_in(plain(), mail, Environment::new().resources(rows)), None);
    }
}
