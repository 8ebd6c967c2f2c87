//! RFC 7523 §2.2 and OpenID Connect Core §9: clients that authenticate with a JWT, and what somebody else would do with it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::jose::JwtType;
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use oauth_tests::{Answer, App, Failing, ISSUER, Role, SignNow as _, basic, clients, secret};
use serde_json::{Value, json};

const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const GRANT: (&str, &str) = ("grant_type", "client_credentials");

fn jwks(keys: &[&SigningKey]) -> String {
    let keys: Vec<_> = keys.iter().filter_map(|key| key.public_jwk()).collect();
    json!({ "keys": keys }).to_string()
}

fn key(algorithm: Algorithm) -> SigningKey {
    SigningKey::generate(algorithm).unwrap()
}

fn now() -> u64 {
    UnixTime::now().as_secs()
}

/// The claims that a good client asserts.
fn claims(client_id: &str) -> Value {
    json!({
        "iss": client_id,
        "sub": client_id,
        "aud": ISSUER,
        "jti": SecretString::random().expose(),
        "iat": now(),
        "exp": now() + 60,
    })
}

fn with(client_id: &str, name: &str, value: Value) -> Value {
    let mut claims = claims(client_id);
    claims[name] = value;
    claims
}

fn sign(key: &SigningKey, claims: &Value) -> String {
    key.jwt(JwtType::Jwt, claims)
}

/// An assertion with any header, signed by the key as it is.
fn forge(key: &SigningKey, header: &Value, claims: &Value) -> String {
    oauth_tests::forge(key, header, &claims.to_string())
}

/// A server whose client `signer` has this key.
struct World {
    app: App,
    key: SigningKey,
}

impl World {
    async fn new() -> Self {
        Self::over(MemoryStore::new()).await
    }

    async fn over(store: impl oauth_tests::Store) -> Self {
        let key = key(Algorithm::ES256);
        for client in [
            Client::private_key_jwt("signer", jwks(&[&key])).scope("jobs").build().unwrap(),
            Client::private_key_jwt("neighbour", jwks(&[&SigningKey::generate(Algorithm::ES256).unwrap()]))
                .scope("jobs")
                .build()
                .unwrap(),
        ] {
            store.save_client(client).await.unwrap();
        }
        Self { app: App::over(store).await, key }
    }

    async fn token(&self, assertion: &str) -> Answer {
        token(&self.app, assertion).await
    }

    async fn assert_refused(&self, assertion: &str, why: &str) {
        let answer = self.token(assertion).await;
        assert_eq!(answer.status, 401, "{why}");
        answer.assert_error(401, "invalid_client");
        assert_eq!(answer.json()["error_description"], "client authentication failed", "{why}");
    }
}

async fn token(app: &App, assertion: &str) -> Answer {
    app.post("/token", "", &[GRANT, ("client_assertion_type", TYPE), ("client_assertion", assertion)]).await
}

#[tokio::test]
async fn section_2_2_a_client_that_signs_gets_a_token() {
    let world = World::new().await;
    let answer = world.token(&sign(&world.key, &claims("signer"))).await;
    assert_eq!(answer.member("token_type"), "Bearer");
    // RFC 7521 §4.2: a `client_id` may come along.
    let assertion = sign(&world.key, &claims("signer"));
    let form =
        [GRANT, ("client_id", "signer"), ("client_assertion_type", TYPE), ("client_assertion", &assertion)];
    assert_eq!(world.app.post("/token", "", &form).await.status, 200);
}

#[tokio::test]
async fn section_3_the_audience_is_the_issuer_the_token_endpoint_or_the_endpoint_itself() {
    let world = World::new().await;
    let token = world.token(&sign(&world.key, &claims("signer"))).await.member("access_token");
    let at = |path: &'static str, aud: Value| {
        let assertion = sign(&world.key, &with("signer", "aud", aud));
        let (app, token) = (world.app.clone(), token.clone());
        async move {
            let form = [
                GRANT,
                ("token", token.as_str()),
                ("client_assertion_type", TYPE),
                ("client_assertion", &assertion),
            ];
            app.post(path, "", &form).await.status.as_u16()
        }
    };
    let url = |path: &str| json!(format!("{ISSUER}{path}"));
    for path in ["/token", "/introspect", "/revoke"] {
        for aud in [json!(ISSUER), url("/token"), url(path), json!([ISSUER]), json!([ISSUER, url("/token")])]
        {
            assert_eq!(at(path, aud.clone()).await, 200, "{path} {aud}");
        }
    }
    for aud in [
        url("/introspect"),
        json!("https://other.example"),
        json!("signer"),
        json!(format!("{ISSUER}/")),
        json!([ISSUER, "https://other.example"]),
        json!([]),
        json!(""),
        json!(7),
        json!([[ISSUER]]),
        Value::Null,
    ] {
        assert_eq!(at("/token", aud.clone()).await, 401, "{aud}");
    }
}

#[tokio::test]
async fn a_replayed_assertion_is_refused() {
    let world = World::new().await;
    let assertion = sign(&world.key, &claims("signer"));
    assert_eq!(world.token(&assertion).await.status, 200);
    world.assert_refused(&assertion, "a replay").await;
    // Signed anew, it is still the same identifier.
    let claims = claims("signer");
    assert_eq!(world.token(&sign(&world.key, &claims)).await.status, 200);
    world.assert_refused(&sign(&world.key, &claims), "the same jti").await;
    // Nor at another endpoint.
    let form = [("token", "x"), ("client_assertion_type", TYPE), ("client_assertion", &assertion)];
    world.app.post("/introspect", "", &form).await.assert_error(401, "invalid_client");
}

#[tokio::test]
async fn an_assertion_is_used_up_when_all_else_is_checked() {
    let world = World::new().await;
    let assertion = sign(&world.key, &claims("signer"));
    let by = [("client_assertion_type", TYPE), ("client_assertion", assertion.as_str())];
    let unknown_scope = [GRANT, ("scope", "unknown"), by[0], by[1]];
    world.app.post("/token", "", &unknown_scope).await.assert_error(400, "invalid_scope");
    let unknown_grant = [("grant_type", "unknown"), by[0], by[1]];
    world.app.post("/token", "", &unknown_grant).await.assert_error(400, "unsupported_grant_type");
    world.app.post("/revoke", "", &by).await.assert_error(400, "invalid_request");
    assert_eq!(world.token(&assertion).await.status, 200);
    world.assert_refused(&assertion, "it was used").await;
    world.app.post("/revoke", "", &[("token", "x"), by[0], by[1]]).await.assert_error(401, "invalid_client");
}

/// Whoever saw the bytes of a request, or a proxy that sends them again, signs nobody out.
#[tokio::test]
async fn a_request_that_is_replayed_as_a_whole_revokes_nothing() {
    let store = MemoryStore::new();
    let world = World::over(store.clone()).await;
    let client = Client::private_key_jwt("site", jwks(&[&world.key])).redirect_uri("https://web.example/cb");
    store.save_client(client.scope("profile").build().unwrap()).await.unwrap();
    let code = world.app.code("site", "https://web.example/cb").await;
    let assertion = sign(&world.key, &claims("site"));
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", "https://web.example/cb"),
        ("code_verifier", oauth_tests::VERIFIER),
        ("client_assertion_type", TYPE),
        ("client_assertion", &assertion),
    ];
    let token = world.app.post("/token", "", &form).await.member("access_token");
    world.app.post("/token", "", &form).await.assert_error(401, "invalid_client");
    let is_alive = async || {
        let fresh = sign(&world.key, &claims("site"));
        let form = [("token", token.as_str()), ("client_assertion_type", TYPE), ("client_assertion", &fresh)];
        world.app.post("/introspect", "", &form).await.json()["active"] == true
    };
    assert!(is_alive().await);
    // With an assertion of its own, it is the client that uses the code twice.
    let again = sign(&world.key, &claims("site"));
    let form =
        form.map(|(name, value)| (name, if name == "client_assertion" { again.as_str() } else { value }));
    world.app.post("/token", "", &form).await.assert_error(400, "invalid_grant");
    assert!(!is_alive().await);
}

/// However many instances get it at the same moment, one answers with a token.
#[tokio::test(flavor = "multi_thread")]
async fn a_replay_at_the_same_moment_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = oauth_core::store::SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
    let world = World::over(store).await;
    let assertion = sign(&world.key, &claims("signer"));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (app, assertion) = (world.app.clone(), assertion.clone());
        tasks.spawn(async move { token(&app, &assertion).await.status.as_u16() });
    }
    let statuses = tasks.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 401].contains(status)));
}

/// An identifier belongs to its client: nobody can use up somebody else's.
#[tokio::test]
async fn identifiers_of_two_clients_do_not_collide() {
    let (store, shared) = (MemoryStore::new(), with("a", "jti", json!("1")));
    let keys = [key(Algorithm::ES256), key(Algorithm::EdDSA)];
    for (name, key) in ["a", "b"].iter().zip(&keys) {
        store
            .save_client(Client::private_key_jwt(*name, jwks(&[key])).scope("jobs").build().unwrap())
            .await
            .unwrap();
    }
    let app = App::over(store).await;
    assert_eq!(token(&app, &sign(&keys[0], &shared)).await.status, 200);
    let mut other = with("b", "jti", json!("1"));
    assert_eq!(token(&app, &sign(&keys[1], &other)).await.status, 200);
    // A forgery claims nothing.
    other["jti"] = json!("2");
    assert_eq!(token(&app, &sign(&keys[0], &other)).await.status, 401);
    assert_eq!(token(&app, &sign(&keys[1], &other)).await.status, 200);
}

#[tokio::test]
async fn another_clients_assertion_is_refused() {
    let world = World::new().await;
    world
        .assert_refused(&sign(&world.key, &claims("neighbour")), "signed with our key for the neighbour")
        .await;
    for (name, value) in [("iss", "neighbour"), ("sub", "neighbour"), ("iss", "https://auth.example.com")] {
        world.assert_refused(&sign(&world.key, &with("signer", name, json!(value))), "iss is not sub").await;
    }
    let assertion = sign(&world.key, &claims("signer"));
    let form = [
        GRANT,
        ("client_id", "neighbour"),
        ("client_assertion_type", TYPE),
        ("client_assertion", &assertion),
    ];
    world.app.post("/token", "", &form).await.assert_error(401, "invalid_client");
}

#[tokio::test]
async fn alg_confusion_is_refused() {
    let world = World::new().await;
    let none = |alg: &str| {
        let encode = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
        format!("{}.{}.", encode(json!({"alg": alg})), encode(claims("signer")))
    };
    for alg in ["none", "None", "NONE", ""] {
        world.assert_refused(&none(alg), "unsigned").await;
    }
    // The public key, in each form an attacker has it, as an HMAC secret.
    let jwk = serde_json::to_string(&world.key.public_jwk()).unwrap();
    let set = jwks(&[&world.key]);
    for secret in [jwk, set] {
        let mac = SigningKey::hmac(secret, Algorithm::HS256).unwrap();
        world.assert_refused(&sign(&mac, &claims("signer")), "HS256 with the public key").await;
        let kid = world.key.kid().unwrap();
        let forged = forge(&mac, &json!({"alg": "HS256", "kid": kid}), &claims("signer"));
        world.assert_refused(&forged, "and its kid").await;
    }
    // A key that the header brings along.
    let own = key(Algorithm::ES256);
    let header = json!({"alg": "ES256", "jwk": own.public_jwk()});
    world.assert_refused(&forge(&own, &header, &claims("signer")), "the attacker's jwk").await;
    let header = json!({"alg": "ES256", "kid": world.key.kid(), "crit": ["exp"]});
    world.assert_refused(&forge(&world.key, &header, &claims("signer")), "crit").await;
}

#[tokio::test]
async fn section_3_times() {
    let world = World::new().await;
    for (name, value, why) in [
        ("exp", json!(now() - 61), "expired"),
        ("exp", json!(now() + 3_700), "an hour and more ahead"),
        ("exp", Value::Null, "for ever"),
        ("exp", json!("tomorrow"), "no number"),
        ("nbf", json!(now() + 90), "not yet valid"),
        ("iat", json!(now() + 90), "from the future"),
        ("iat", json!("now"), "no number"),
    ] {
        world.assert_refused(&sign(&world.key, &with("signer", name, value)), why).await;
    }
    // Clocks differ by less than a minute.
    for (name, value) in [
        ("exp", json!(now() - 30)),
        ("exp", json!(now() + 3_600)),
        ("nbf", json!(now() + 30)),
        ("iat", json!(now() + 30)),
    ] {
        let answer = world.token(&sign(&world.key, &with("signer", name, value.clone()))).await;
        assert_eq!(answer.status, 200, "{name} {value}");
    }
}

#[tokio::test]
async fn section_3_claims_that_are_missing_or_malformed() {
    let world = World::new().await;
    for name in ["iss", "sub", "aud", "jti", "exp"] {
        for value in [Value::Null, json!(7), json!(""), json!({})] {
            if name == "exp" && value == 7 {
                continue;
            }
            world.assert_refused(&sign(&world.key, &with("signer", name, value)), name).await;
        }
        let mut claims = claims("signer");
        claims.as_object_mut().unwrap().remove(name);
        world.assert_refused(&sign(&world.key, &claims), name).await;
    }
}

/// RFC 8725 §3.11, §3.12.
#[tokio::test]
async fn a_jwt_of_another_kind_is_refused() {
    let world = World::new().await;
    let typed = |typ: &str| forge(&world.key, &json!({"alg": "ES256", "typ": typ}), &claims("signer"));
    for typ in
        ["at+jwt", "oauth-authz-req+jwt", "dpop+jwt", "logout+jwt", "secevent+jwt", "authorization-grant+jwt"]
    {
        world.assert_refused(&typed(typ), typ).await;
    }
    for typ in ["JWT", "jwt", "client-authentication+jwt"] {
        assert_eq!(world.token(&typed(typ)).await.status, 200, "{typ}");
    }
    assert_eq!(
        world.token(&forge(&world.key, &json!({"alg": "ES256"}), &claims("signer"))).await.status,
        200
    );
}

#[tokio::test]
async fn rfc_6749_section_5_2_every_failure_has_one_answer() {
    let world = World::new().await;
    let good = sign(&world.key, &claims("signer"));
    let mut bodies = Vec::new();
    for assertion in [
        sign(&world.key, &claims("nobody")),
        sign(&key(Algorithm::ES256), &claims("signer")),
        sign(&key(Algorithm::EdDSA), &claims("signer")),
        sign(&world.key, &claims("machine")),
        sign(&world.key, &claims("spa")),
        good[..good.len() - 4].to_owned(),
        format!("{good}AAAA"),
        "x".to_owned(),
        "a.b.c".to_owned(),
        "....".to_owned(),
        "x".repeat(10_000),
    ] {
        let answer = world.token(&assertion).await;
        answer.assert_error(401, "invalid_client");
        bodies.push((answer.body, answer.headers.get("www-authenticate").cloned()));
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "nothing tells an unknown client from a wrong signature: {bodies:?}");
}

#[tokio::test]
async fn rfc_6749_section_2_3_two_methods_at_once_are_an_error() {
    let world = World::new().await;
    let assertion = sign(&world.key, &claims("signer"));
    let both = [GRANT, ("client_assertion_type", TYPE), ("client_assertion", assertion.as_str())];
    world.app.post("/token", &basic("machine"), &both).await.assert_error(400, "invalid_request");
    let secret = [both[0], both[1], both[2], ("client_secret", secret())];
    world.app.post("/token", "", &secret).await.assert_error(400, "invalid_request");
    world.app.post("/token", "", &both[..2]).await.assert_error(400, "invalid_request");
    world.app.post("/token", "", &[both[0], both[2]]).await.assert_error(400, "invalid_request");
    let other = [
        GRANT,
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"),
        both[2],
    ];
    world.app.post("/token", "", &other).await.assert_error(401, "invalid_client");
    // None of these used it up.
    assert_eq!(world.token(&assertion).await.status, 200);
    // A client that signs has no other way in.
    let id = [GRANT, ("client_id", "signer")];
    world.app.post("/token", "", &id).await.assert_error(401, "invalid_client");
}

#[tokio::test]
async fn every_key_of_the_set_and_every_algorithm() {
    let store = MemoryStore::new();
    let rsa = SigningKey::from_jwk(crate::rfc7515_jws::RSA).unwrap();
    let keys = [key(Algorithm::ES256), key(Algorithm::ES384), key(Algorithm::EdDSA), rsa.clone()];
    let set = jwks(&keys.iter().collect::<Vec<_>>());
    store.save_client(Client::private_key_jwt("many", &set).scope("jobs").build().unwrap()).await.unwrap();
    // An RSA key that does not say its algorithm, and is registered for one.
    let mut bare = serde_json::to_value(rsa.public_jwk()).unwrap();
    bare.as_object_mut().unwrap().remove("alg");
    let bare = json!({"keys": [bare, {"kty": "oct2"}, 7]}).to_string();
    for (name, alg) in [("pss", Some(Algorithm::PS256)), ("plain", None)] {
        let mut client = Client::private_key_jwt(name, &bare).scope("jobs");
        if let Some(alg) = alg {
            client = client.token_endpoint_auth_signing_alg(alg);
        }
        store.save_client(client.build().unwrap()).await.unwrap();
    }
    let app = App::over(store).await;
    for key in &keys {
        assert_eq!(token(&app, &sign(key, &claims("many"))).await.status, 200, "{key:?}");
    }
    let pss = rsa.clone().with_algorithm(Algorithm::PS256).unwrap();
    for (client, key, status) in
        [("pss", &pss, 200), ("pss", &rsa, 401), ("plain", &rsa, 200), ("plain", &pss, 401)]
    {
        assert_eq!(token(&app, &sign(key, &claims(client))).await.status, status, "{client} {key:?}");
    }
}

#[tokio::test]
async fn a_store_that_fails_is_a_failure_and_not_a_wrong_signature() {
    let store = Failing::default();
    let world = World::over(store.clone()).await;
    for role in [Role::Clients, Role::ReplayIds] {
        store.fail(role);
        let answer = world.token(&sign(&world.key, &claims("signer"))).await;
        answer.assert_error(500, "server_error");
    }
    store.fail(Role::None);
    assert_eq!(world.token(&sign(&world.key, &claims("signer"))).await.status, 200);
}

// `client_secret_jwt`

/// Knows the secrets of its clients.
#[validator(custom)]
struct Vault {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Vault {
    fn get_client_secret(&self, client: &Client, _: &mut Request) -> Result<Option<SecretString>> {
        Ok((client.client_id != "forgotten").then(|| SecretString::new(secret())))
    }
}

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Secrets {
    #[validator]
    vault: Vault,
}

/// No `#[replay_ids]`: what is signed could be used twice.
#[validator]
struct WithoutReplayIds {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,
}

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Forgetful {
    #[validator]
    accounts: WithoutReplayIds,
}

async fn with_secret_clients(store: &MemoryStore) {
    let secret = ClientSecret::new(secret()).unwrap();
    let client = |name: &str| {
        Client::confidential(name, &secret)
            .token_endpoint_auth_method(ClientAuthMethod::ClientSecretJwt)
            .scope("jobs")
    };
    for client in [
        client("mac"),
        client("forgotten"),
        client("fixed").token_endpoint_auth_signing_alg(Algorithm::HS256),
        Client::private_key_jwt("signer", jwks(&[&key(Algorithm::ES256)])).scope("jobs"),
    ] {
        store.save_client(client.build().unwrap()).await.unwrap();
    }
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
}

#[tokio::test]
async fn client_secret_jwt() {
    let store = MemoryStore::new();
    with_secret_clients(&store).await;
    let app = App::of(Secrets { vault: Vault { store } });
    let mac = |algorithm| SigningKey::hmac(secret(), algorithm).unwrap();
    let good = sign(&mac(Algorithm::HS256), &claims("mac"));
    assert_eq!(token(&app, &good).await.status, 200);
    token(&app, &good).await.assert_error(401, "invalid_client");
    let wrong = SigningKey::hmac([7; 32], Algorithm::HS256).unwrap();
    for (key, client, why) in [
        (wrong, "mac", "a wrong secret"),
        (mac(Algorithm::HS256), "forgotten", "the hook has no secret"),
        (mac(Algorithm::HS256), "machine", "a client that registered client_secret_basic"),
        (mac(Algorithm::HS256), "signer", "a client that registered private_key_jwt"),
        (mac(Algorithm::HS256), "nobody", "no client"),
        (key(Algorithm::ES256), "mac", "a key instead of the secret"),
    ] {
        let answer = token(&app, &sign(&key, &claims(client))).await;
        assert_eq!(answer.status, 401, "{why}");
        answer.assert_error(401, "invalid_client");
    }
    // The secret is not sent otherwise by a client that registered this.
    let form = [GRANT, ("client_id", "mac"), ("client_secret", secret())];
    app.post("/token", "", &form).await.assert_error(401, "invalid_client");
    app.post("/token", &basic("mac"), &[GRANT]).await.assert_error(401, "invalid_client");
}

#[tokio::test]
async fn what_is_not_offered_is_neither_advertised_nor_accepted() {
    const METADATA: &str = "/.well-known/oauth-authorization-server";
    const PREFIXES: [&str; 3] = ["token", "revocation", "introspection"];
    let asymmetric =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"].map(Value::from);
    let world = World::new().await;
    let json = world.app.get(METADATA).await.json();
    for prefix in PREFIXES {
        assert_eq!(json[format!("{prefix}_endpoint_auth_signing_alg_values_supported")], json!(asymmetric));
        let methods = json[format!("{prefix}_endpoint_auth_methods_supported")].to_string();
        assert!(methods.contains("private_key_jwt") && !methods.contains("client_secret_jwt"), "{methods}");
    }
    let json = App::of(Secrets { vault: Vault { store: MemoryStore::new() } }).get(METADATA).await.json();
    for prefix in PREFIXES {
        let methods = json[format!("{prefix}_endpoint_auth_methods_supported")].to_string();
        assert!(methods.contains("private_key_jwt") && methods.contains("client_secret_jwt"), "{methods}");
        let algorithms = json[format!("{prefix}_endpoint_auth_signing_alg_values_supported")].to_string();
        assert!(algorithms.contains("HS256") && algorithms.contains("RS256") && !algorithms.contains("none"));
    }
    let store = MemoryStore::new();
    with_secret_clients(&store).await;
    let signer = key(Algorithm::ES256);
    store
        .save_client(Client::private_key_jwt("signer", jwks(&[&signer])).scope("jobs").build().unwrap())
        .await
        .unwrap();
    let accounts = WithoutReplayIds { clients: store.clone(), tokens: store };
    let app = App::of(Forgetful { accounts });
    let json = app.get(METADATA).await.json();
    for prefix in PREFIXES {
        assert!(json.get(format!("{prefix}_endpoint_auth_signing_alg_values_supported")).is_none());
        assert!(!json[format!("{prefix}_endpoint_auth_methods_supported")].to_string().contains("jwt"));
    }
    token(&app, &sign(&signer, &claims("signer"))).await.assert_error(401, "invalid_client");
}

#[test]
fn registration_of_clients_that_sign() {
    let es256 = key(Algorithm::ES256);
    let set = jwks(&[&es256]);
    let refusal = |client: oauth_core::client::ClientBuilder| client.build().unwrap_err().to_string();
    let private =
        json!({"keys": [serde_json::from_str::<Value>(crate::rfc7515_jws::EC).unwrap()]}).to_string();
    for (client, says) in [
        (Client::private_key_jwt("a", "{"), "jwks is not JSON"),
        (Client::private_key_jwt("a", "[]"), "a JSON object with a list `keys`"),
        (Client::private_key_jwt("a", r#"{"keys":[]}"#), "no public key for signatures that is supported"),
        (Client::private_key_jwt("a", private), "holds a private or symmetric key"),
        (
            Client::private_key_jwt("a", &set).token_endpoint_auth_signing_alg(Algorithm::HS256),
            "cannot sign with HS256 for token_endpoint_auth_method `private_key_jwt`",
        ),
        (Client::public("a").token_endpoint_auth_method(ClientAuthMethod::PrivateKeyJwt), "no public key"),
        (
            Client::private_key_jwt("a", &set).token_endpoint_auth_method(ClientAuthMethod::ClientSecretJwt),
            "without a secret",
        ),
        (
            Client::confidential("a", &ClientSecret::generate())
                .token_endpoint_auth_method(ClientAuthMethod::PrivateKeyJwt)
                .jwks(&set),
            "with a secret: start it with Client::private_key_jwt",
        ),
    ] {
        let message = refusal(client);
        assert!(message.contains(says), "{message}");
    }
    // RFC 7591 names, and back.
    let client =
        Client::private_key_jwt("a", &set).token_endpoint_auth_signing_alg(Algorithm::ES256).build().unwrap();
    let json = serde_json::to_value(&client).unwrap();
    assert_eq!(json["token_endpoint_auth_method"], "private_key_jwt");
    assert_eq!(json["token_endpoint_auth_signing_alg"], "ES256");
    assert_eq!(json["jwks"], serde_json::from_str::<Value>(&set).unwrap());
    assert!(json.get("secret_hash").is_none());
    let read: Client = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), json);
    assert!(!client.is_public() && client.grant_types.contains(&GrantType::CLIENT_CREDENTIALS));
}
