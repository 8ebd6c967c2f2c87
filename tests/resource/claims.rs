//! Private claims as a struct: from the server that issues a token to the handler that reads it.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::routing::{get, post};
use http::{Request as HttpRequest, header};
use oauth_core::prelude::*;
use oauth_core::resource::{BearerForm, ProtectedResource, TokenValidator, ValidatedToken};
use oauth_tests::{Answer, App};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::world::{AUDIENCE, Admin, Api, CalendarRead, CalendarWrite, Issuer, key};

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Plan {
    Trial,
}

/// The claims that the access tokens say beside the standard claims.
#[derive(Debug, Clone, PartialEq, Claims)]
struct Tenancy {
    tenant: String,
    #[claim("https://example.com/roles")]
    roles: Vec<String>,
    plan: Option<Plan>,
}

/// The claims of those tokens that may change the calendar.
#[derive(Claims)]
struct Quota {
    writes: u64,
}

/// The claims that every access token of [`Tiered`] says, and a tenant that a claim of the request replaces.
#[derive(Claims)]
struct Fixture {
    tier: u64,
    roots: Vec<String>,
    tenant: String,
}

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    async fn validate_client_id(&self, _: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("aud", AUDIENCE)
    }

    #[claims]
    async fn tenancy(&self, request: &Request) -> Result<Tenancy> {
        let client = request.require_client()?;
        let plan = (client.client_id == "robot").then_some(Plan::Trial);
        Ok(Tenancy { tenant: format!("{}'s", client.client_id), roles: vec!["reader".to_owned()], plan })
    }

    #[claims(scope = "calendar.write")]
    fn quota(&self, _: &Request) -> Option<Quota> {
        Some(Quota { writes: 7 })
    }
}

#[token_generator(jwt, issuer = self.issuer)]
struct Signed {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
}

#[token_generator(jwe, issuer = self.issuer)]
struct Encrypted {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
    #[encryption_key]
    resource: DecryptionKey,
}

#[token_generator(jwt, issuer = self.issuer, claims(tier = 3, roots = ["a"]))]
struct Tiered {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
}

macro_rules! servers {
    ($($name:ident $tokens:ty;)*) => { $(
        #[authorization_server(
            grants(client_credentials),
            scopes(CalendarRead, CalendarWrite, Admin),
            issuer = self.issuer
        )]
        struct $name {
            #[validator]
            accounts: Accounts,
            #[access_token]
            tokens: $tokens,
            issuer: String,
        }
    )* };
}

servers! {
    OfSigned Signed;
    OfEncrypted Encrypted;
    OfTiered Tiered;
    OfOpaque Opaque;
}

#[resource_server(issuer = self.issuer, audience = "https://calendar.example.com", jwks)]
struct ByKeys {
    issuer: String,
}

#[resource_server(issuer = self.issuer, audience = "https://calendar.example.com", jwks)]
struct Decrypting {
    issuer: String,
    #[decryption_key]
    key: DecryptionKey,
}

#[resource_server(issuer = self.issuer, audience = "https://calendar.example.com", introspection)]
struct Asking {
    issuer: String,
    #[credentials]
    credentials: Credentials,
}

fn told(tenancy: &Tenancy) -> String {
    let Tenancy { tenant, roles, plan } = tenancy;
    format!("{tenant} {roles:?} {plan:?}")
}

/// Handlers that ask for claims, and for any kind of scopes.
fn routes<V: TokenValidator>(resource: ProtectedResource<V>) -> Router {
    async fn quota(token: Bearer<CalendarRead, Option<Quota>>) -> String {
        format!("{:?}", token.private_claims().as_ref().map(|quota| quota.writes))
    }
    async fn optional(token: Option<Bearer<AnyOf<(CalendarRead, Admin)>, Tenancy>>) -> String {
        token.map_or_else(|| "nobody".to_owned(), |token| told(token.private_claims()))
    }
    async fn form(BearerForm(token, _): BearerForm<(CalendarRead, CalendarWrite), Tenancy>) -> String {
        told(&token.into_parts().1)
    }
    Router::new()
        .route("/tenancy", get(async |token: Bearer<CalendarRead, Tenancy>| told(token.private_claims())))
        .route("/quota", get(quota))
        .route("/optional", get(optional))
        .route("/form", post(form))
        .with_state(resource)
}

/// Checks what every resource must make of the tokens of every server.
async fn check(issuer: &Issuer, api: &Api) {
    let token = issuer.token("calendar.read").await;
    assert_eq!(api.get("/tenancy", &token).await.text(), r#"robot's ["reader"] Some(Trial)"#);
    assert_eq!(api.get("/optional", &token).await.text(), r#"robot's ["reader"] Some(Trial)"#);
    assert_eq!(api.get_with("/optional", "").await.text(), "nobody");
    assert_eq!(api.get("/quota", &token).await.text(), "None", "its scope is not granted");
    let token = issuer.token("calendar.read calendar.write").await;
    assert_eq!(api.get("/quota", &token).await.text(), "Some(7)");
    let token = issuer.token_for("photos", "calendar.read").await;
    assert_eq!(api.get("/tenancy", &token).await.text(), r#"photos's ["reader"] None"#, "no claim is None");
    let token = issuer.token("admin").await;
    let refused = api.get("/tenancy", &token).await;
    assert_eq!(refused.status, 403, "scopes come first");
    assert!(refused.header("www-authenticate").contains("scope=\"calendar.read\""));
}

#[tokio::test]
async fn signed_tokens() {
    let keys = KeyRing::from(key(Algorithm::ES256));
    let issuer = Issuer::over(|url, store| {
        let tokens = Signed { issuer: url.to_owned(), keys };
        OfSigned { accounts: Accounts { store }, tokens, issuer: url.to_owned() }.into_router().unwrap()
    })
    .await;
    let by_keys = ByKeys { issuer: issuer.url.clone() }.into_resource().unwrap();
    check(&issuer, &Api::serve(routes(by_keys)).await).await;
}

#[tokio::test]
async fn encrypted_tokens() {
    let resource = DecryptionKey::generate(KeyManagement::EcdhEsA256KW, ContentEncryption::A256GCM).unwrap();
    let issuer = Issuer::over(|url, store| {
        let keys = KeyRing::from(key(Algorithm::ES256));
        let tokens = Encrypted { issuer: url.to_owned(), keys, resource: resource.clone() };
        OfEncrypted { accounts: Accounts { store }, tokens, issuer: url.to_owned() }.into_router().unwrap()
    })
    .await;
    let decrypting = Decrypting { issuer: issuer.url.clone(), key: resource }.into_resource().unwrap();
    check(&issuer, &Api::serve(routes(decrypting)).await).await;
}

#[tokio::test]
async fn opaque_tokens_by_introspection() {
    let issuer = Issuer::over(|url, store| {
        let server =
            OfOpaque { accounts: Accounts { store }, tokens: Opaque::default(), issuer: url.to_owned() };
        server.into_router().unwrap()
    })
    .await;
    let credentials = Credentials::new("calendar-api", issuer.secret.expose());
    let asking = Asking { issuer: issuer.url.clone(), credentials }.into_resource().unwrap();
    check(&issuer, &Api::serve(routes(asking)).await).await;
}

#[tokio::test]
async fn tokens_of_a_server_in_the_same_process() {
    let issuer = Issuer::over(|url, store| {
        let server =
            OfOpaque { accounts: Accounts { store }, tokens: Opaque::default(), issuer: url.to_owned() };
        let service = server.into_service().unwrap();
        let resource = service.protected_resource(ResourceConfig::new().audience(AUDIENCE)).unwrap();
        routes(resource).fallback_service(service)
    })
    .await;
    check(&issuer, &Api { url: issuer.url.clone() }).await;
}

/// One token, and the three ways to validate it.
#[tokio::test]
async fn the_static_claims_of_the_generator_are_told_everywhere() {
    fn routes<V: TokenValidator>(resource: ProtectedResource<V>) -> Router {
        let told = async |token: Bearer<CalendarRead, Fixture>| {
            let Fixture { tier, roots, tenant } = token.private_claims();
            format!("{tier} {roots:?} {tenant}")
        };
        Router::new().route("/told", get(told)).with_state(resource)
    }
    let issuer = Issuer::over(|url, store| {
        let tokens = Tiered { issuer: url.to_owned(), keys: KeyRing::from(key(Algorithm::ES256)) };
        let server = OfTiered { accounts: Accounts { store }, tokens, issuer: url.to_owned() };
        let service = server.into_service().unwrap();
        let resource = service.protected_resource(ResourceConfig::new().audience(AUDIENCE)).unwrap();
        routes(resource).fallback_service(service)
    })
    .await;
    let token = issuer.token("calendar.read").await;
    let by_keys = ByKeys { issuer: issuer.url.clone() }.into_resource().unwrap();
    let credentials = Credentials::new("calendar-api", issuer.secret.expose());
    let asking = Asking { issuer: issuer.url.clone(), credentials }.into_resource().unwrap();
    for (name, api) in [
        ("jwks", Api::serve(routes(by_keys)).await),
        ("introspection", Api::serve(routes(asking)).await),
        ("beside", Api { url: issuer.url.clone() }),
    ] {
        let answer = api.get("/told", &token).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (200, r#"3 ["a"] robot's"#), "{name}");
    }
}

#[tokio::test]
async fn what_the_server_declares_is_advertised() {
    let store = MemoryStore::default();
    let issuer = "https://auth.example.com".to_owned();
    let app = App::of(OfOpaque { accounts: Accounts { store }, tokens: Opaque::default(), issuer });
    let metadata = app.get("/.well-known/oauth-authorization-server").await.json();
    let names = json!(["tenant", "https://example.com/roles", "plan", "writes"]);
    assert_eq!(metadata["claims_supported"], names);
}

/// Knows a token for each thing that can be wrong with the claims.
struct Fixed;

impl TokenValidator for Fixed {
    async fn validate(&self, token: &str) -> Result<ValidatedToken> {
        let claims = match token {
            "good" => json!({ "tenant": "acme", "https://example.com/roles": [] }),
            "null" => json!({ "tenant": "acme", "https://example.com/roles": [], "plan": null }),
            "no-tenant" => json!({ "https://example.com/roles": [], "plan": "trial" }),
            "null-tenant" => json!({ "tenant": null, "https://example.com/roles": [] }),
            "text-for-roles" => json!({ "tenant": "acme", "https://example.com/roles": "hidden-role" }),
            "unknown-plan" => json!({ "tenant": "acme", "https://example.com/roles": [], "plan": "gold" }),
            other => panic!("{other}"),
        };
        let mut claims = claims.as_object().unwrap().clone();
        claims.insert("scope".to_owned(), json!("calendar.read calendar.write"));
        ValidatedToken::from_claims(claims)
    }
}

/// Everything that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The answers of every route that asks for a tenancy to a token, and what was logged.
async fn answers(token: &str) -> (Vec<Answer>, String) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let config = ResourceConfig::new().realm("example");
    let app =
        App::over_router(routes(ProtectedResource::new(Fixed, "https://auth.example.com", &config).unwrap()));
    let mut answers = Vec::new();
    for request in [HttpRequest::get("/tenancy"), HttpRequest::get("/optional"), HttpRequest::post("/form")] {
        let request = request
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        answers.push(app.send(request, "").await);
    }
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    (answers, log)
}

#[tokio::test]
async fn claims_that_are_absent_or_null() {
    for token in ["good", "null"] {
        let (answers, log) = answers(token).await;
        for answer in answers {
            assert_eq!((answer.status.as_u16(), answer.text()), (200, "acme [] None"), "{token}");
        }
        assert_eq!(log, "");
    }
}

/// RFC 6750 §3.1: `invalid_token`. What the resource wanted to know is its own business.
#[tokio::test]
async fn a_token_without_a_claim_or_with_one_of_another_type_is_refused() {
    for (token, cause) in [
        ("no-tenant", "the access token has no claim `tenant`"),
        ("null-tenant", "the access token has no claim `tenant`"),
        ("text-for-roles", "the claim `https://example.com/roles` of the access token is of another type"),
        ("unknown-plan", "the claim `plan` of the access token is of another type"),
    ] {
        let (answers, log) = answers(token).await;
        assert_eq!(answers.len(), 3);
        for answer in answers {
            assert_eq!((answer.status.as_u16(), answer.text()), (401, ""), "{token}");
            assert_eq!(
                answer.header("www-authenticate"),
                "Bearer realm=\"example\", error=\"invalid_token\", \
                 error_description=\"the access token does not say what this resource needs to know\"",
            );
        }
        assert_eq!(log.matches(cause).count(), 3, "{token}: {log}");
    }
}

/// Checks a token without an extractor.
#[tokio::test]
async fn by_hand() {
    let token = Fixed.validate("good").await.unwrap();
    assert_eq!(token.claims_as::<Tenancy>().unwrap().tenant, "acme");
    assert!(token.claims_as::<Option<Quota>>().unwrap().is_none());
    let refused = token.claims_as::<Quota>().map(|quota| quota.writes).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::InvalidToken);

    let mut request = Request::default();
    let tenancy = Tenancy { tenant: "acme".to_owned(), roles: Vec::new(), plan: None };
    request.claims.insert_all(&tenancy).unwrap();
    let names: Vec<_> = request.claims.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["https://example.com/roles", "tenant"], "no plan");
}
