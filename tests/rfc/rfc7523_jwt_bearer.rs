//! RFC 7523 §2.1: the JWT bearer grant, for whoever a trusted issuer speaks of.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::jose::{JwtType, KeySet};
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use oauth_tests::{Answer, App, ISSUER, SignNow as _, basic, secret};
use serde_json::{Value, json};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const PARTNER: &str = "https://partner.example";

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
    partner: KeySet,
}

#[validator]
impl Accounts {
    fn validate_jwt_bearer_token(
        &self,
        assertion: &UnverifiedAssertion<'_>,
        _: &mut Request,
    ) -> Result<AcceptedAssertion> {
        if assertion.issuer() != Some(PARTNER) {
            return Err(Error::invalid_grant("the issuer is not trusted"));
        }
        let assertion = assertion.verify(&self.partner)?;
        match assertion.subject.as_str() {
            "robot" => Ok(assertion.for_client()),
            name => {
                let known_as = format!("partner:{name}");
                Ok(assertion.for_subject(known_as))
            }
        }
    }
}

#[authorization_server(
    grants(jwt_bearer, refresh_token, authorization_code),
    scopes("profile", "jobs"),
    issuer = "https://auth.example.com"
)]
struct Federated {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// Trusts nobody: no hook. By hand, it does not say so.
#[validator(custom)]
struct Plain {
    #[store]
    store: MemoryStore,
}

impl RequestValidator for Plain {}

#[authorization_server(grants(jwt_bearer), scopes("profile"), issuer = "https://auth.example.com")]
struct Trustless {
    #[validator]
    accounts: Plain,
}

struct World {
    app: App,
    partner: SigningKey,
}

impl World {
    async fn new() -> Self {
        let partner = SigningKey::generate(Algorithm::ES256).unwrap();
        let store = store().await;
        let keys = [partner.clone().into()].into_iter().collect();
        let pages = LoginPages::new();
        let app = App::of(Federated { accounts: Accounts { store, partner: keys }, pages });
        Self { app, partner }
    }

    async fn token(&self, assertion: &str) -> Answer {
        self.app.post("/token", &basic("bearer"), &[("grant_type", GRANT), ("assertion", assertion)]).await
    }

    fn sign(&self, claims: &Value) -> String {
        self.partner.jwt(JwtType::Jwt, claims)
    }
}

async fn store() -> MemoryStore {
    let store = MemoryStore::new();
    let secret = ClientSecret::new(secret()).unwrap();
    for client in [
        Client::confidential("bearer", &secret)
            .grant_type(GrantType::JWT_BEARER)
            .grant_type(GrantType::REFRESH_TOKEN)
            .scope("profile"),
        Client::resource_server("other", &secret, ISSUER),
    ] {
        store.save_client(client.build().unwrap()).await.unwrap();
    }
    store
}

fn claims() -> Value {
    json!({
        "iss": PARTNER,
        "sub": "alice",
        "aud": format!("{ISSUER}/token"),
        "jti": SecretString::random().expose(),
        "exp": UnixTime::now().as_secs() + 300,
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

async fn subject(world: &World, answer: &Answer) -> Value {
    let form = [("token", answer.member("access_token"))];
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    world.app.post("/introspect", &basic("other"), &form).await.json()["sub"].clone()
}

#[tokio::test]
async fn a_trusted_assertion_is_worth_a_token_for_whom_the_hook_names() {
    let world = World::new().await;
    let answer = world.token(&world.sign(&claims())).await;
    assert_eq!(
        (answer.member("token_type").as_str(), answer.member("scope").as_str()),
        ("Bearer", "profile")
    );
    assert_eq!(subject(&world, &answer).await, "partner:alice");
    assert!(answer.json().get("refresh_token").is_none(), "RFC 7521 §4.1");
    // Or for the client itself.
    let answer = world.token(&world.sign(&with("sub", json!("robot")))).await;
    assert_eq!(subject(&world, &answer).await, "bearer");
}

#[tokio::test]
async fn scopes_are_the_clients() {
    let world = World::new().await;
    let assertion = world.sign(&claims());
    let form =
        |scope: &'static str| [("grant_type", GRANT), ("assertion", assertion.as_str()), ("scope", scope)];
    world.app.post("/token", &basic("bearer"), &form("jobs")).await.assert_error(400, "invalid_scope");
    // What failed before the assertion was verified has not used it up.
    assert_eq!(world.app.post("/token", &basic("bearer"), &form("profile")).await.status, 200);
}

#[tokio::test]
async fn a_replayed_assertion_is_refused() {
    let world = World::new().await;
    let claims = claims();
    assert_eq!(world.token(&world.sign(&claims)).await.status, 200);
    world.token(&world.sign(&claims)).await.assert_error(400, "invalid_grant");
}

#[tokio::test]
async fn section_3_1_every_other_assertion_is_an_invalid_grant() {
    let world = World::new().await;
    let now = UnixTime::now().as_secs();
    let mallory = SigningKey::generate(Algorithm::ES256).unwrap();
    let public = serde_json::to_string(&world.partner.public_jwk()).unwrap();
    let confused = SigningKey::hmac(public, Algorithm::HS256).unwrap();
    for (assertion, why) in [
        (mallory.jwt(JwtType::Jwt, &claims()), "another's signature"),
        (confused.jwt(JwtType::Jwt, &claims()), "HS256 with the public key"),
        (world.partner.jwt(JwtType::AccessToken, &claims()), "an access token"),
        (world.sign(&with("iss", json!("https://mallory.example"))), "an issuer that is not trusted"),
        (world.sign(&with("aud", json!("https://other.example"))), "for somebody else"),
        (world.sign(&with("aud", json!([ISSUER, "https://other.example"]))), "for somebody else, too"),
        (world.sign(&with("exp", json!(now - 61))), "expired"),
        (world.sign(&with("exp", json!(now + 7200))), "two hours ahead"),
        (world.sign(&with("exp", Value::Null)), "for ever"),
        (world.sign(&with("nbf", json!(now + 120))), "not yet valid"),
        (world.sign(&with("sub", Value::Null)), "of nobody"),
        (world.sign(&with("jti", Value::Null)), "without an identifier"),
        ("a.b.c".into(), "garbage"),
        ("eyJhbGciOiJub25lIn0.e30.".into(), "unsigned"),
    ] {
        let answer = world.token(&assertion).await;
        assert_eq!(answer.status, 400, "{why}");
        answer.assert_error(400, "invalid_grant");
    }
    world
        .app
        .post("/token", &basic("bearer"), &[("grant_type", GRANT)])
        .await
        .assert_error(400, "invalid_request");
}

/// RFC 8725 §3.11, §3.12.
#[tokio::test]
async fn an_assertion_that_says_its_use_is_for_no_other() {
    let world = World::new().await;
    let typed = |typ: &str| {
        let header = json!({ "alg": "ES256", "typ": typ, "kid": world.partner.kid() });
        let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", part(&header), part(&claims()));
        let signature = world.partner.sign_now(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    };
    for typ in ["JWT", "authorization-grant+jwt", "application/authorization-grant+jwt"] {
        assert_eq!(world.token(&typed(typ)).await.status, 200, "{typ}");
    }
    world.token(&typed("client-authentication+jwt")).await.assert_error(400, "invalid_grant");
}

#[tokio::test]
async fn the_client_must_have_the_grant_and_authenticate() {
    let world = World::new().await;
    let assertion = world.sign(&claims());
    let form = [("grant_type", GRANT), ("assertion", assertion.as_str())];
    world.app.post("/token", &basic("other"), &form).await.assert_error(400, "unauthorized_client");
    world.app.post("/token", "", &form).await.assert_error(401, "invalid_client");
    assert_eq!(world.token(&assertion).await.status, 200);
}

#[tokio::test]
async fn without_a_hook_nobody_is_trusted() {
    let world = World::new().await;
    let app = App::of(Trustless { accounts: Plain { store: store().await } });
    let assertion = world.sign(&claims());
    let form = [("grant_type", GRANT), ("assertion", assertion.as_str())];
    app.post("/token", &basic("bearer"), &form).await.assert_error(400, "invalid_grant");
    let metadata = app.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(metadata["grant_types_supported"], json!([GRANT]));
}
