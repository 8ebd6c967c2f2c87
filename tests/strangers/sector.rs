//! Sectors of pairwise identifiers, OpenID Connect Dynamic Client Registration §5.

use oauth_core::http::Fetcher;
use oauth_core::openid::PairwiseKey;
use oauth_core::prelude::*;
use oauth_tests::{Alice, Answer, App, CHALLENGE, VERIFIER};
use serde_json::{Value, json};

use crate::web::Web;

const SECTOR: &str = "https://client.example/clients.json";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct Signed {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    grants(authorization_code),
    scopes("openid"),
    issuer = "https://auth.example.com",
    registration,
    unverified_scopes("openid")
)]
struct Provider {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Signed,
    #[interaction]
    alice: Alice,
    #[pairwise_key]
    key: PairwiseKey,
    #[fetcher]
    fetcher: Fetcher,
}

fn metadata(redirect_uris: &[&str], subject_type: &str, sector: &str) -> Value {
    json!({
        "redirect_uris": redirect_uris,
        "token_endpoint_auth_method": "none",
        "subject_type": subject_type,
        "sector_identifier_uri": if sector.is_empty() { Value::Null } else { json!(sector) },
    })
}

struct World {
    app: App,
    web: Web,
}

impl World {
    async fn new() -> Self {
        let web = Web::start().await;
        let server = Provider {
            accounts: Accounts { store: MemoryStore::new() },
            tokens: Signed { keys: KeyRing::from(SigningKey::generate(Algorithm::RS256).unwrap()) },
            alice: Alice,
            key: PairwiseKey::new("a key of thirty-two bytes or more").unwrap(),
            fetcher: web.fetcher(),
        };
        Self { app: App::of(server), web }
    }

    async fn register(&self, redirect_uris: &[&str], sector: &str) -> Answer {
        let request = http::Request::post("/register").header("content-type", "application/json");
        self.app.send(request, metadata(redirect_uris, "pairwise", sector).to_string()).await
    }

    async fn replace(&self, client: &Answer, mut metadata: Value) -> Answer {
        let client_id = client.member("client_id");
        let request = http::Request::put(format!("/register?client_id={client_id}"))
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {}", client.member("registration_access_token")));
        metadata["client_id"] = json!(client_id);
        self.app.send(request, metadata.to_string()).await
    }

    /// What a client calls Alice.
    async fn subject(&self, client: &Answer, redirect_uri: &str) -> String {
        use base64::Engine as _;
        let client_id = client.member("client_id");
        let params = [
            ("response_type", "code"),
            ("client_id", client_id.as_str()),
            ("redirect_uri", redirect_uri),
            ("scope", "openid"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let code = self.app.authorize(&params).await.params()["code"].clone();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", VERIFIER),
            ("client_id", &client_id),
        ];
        let token = self.app.post("/token", "", &form).await.member("id_token");
        let claims = token.split('.').nth(1).unwrap();
        let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims).unwrap();
        let claims: Value = serde_json::from_slice(&claims).unwrap();
        claims["sub"].as_str().unwrap().to_owned()
    }
}

const ONE: &str = "https://one.example/cb";
const OTHER: &str = "https://other.example/cb";

#[tokio::test]
async fn clients_of_one_sector_know_people_by_one_name() {
    let world = World::new().await;
    world.web.put(SECTOR, &json!([ONE, OTHER, "https://third.example/cb"]));
    let one = world.register(&[ONE], SECTOR).await;
    assert_eq!(
        (one.status.as_u16(), one.member("subject_type").as_str()),
        (201, "pairwise"),
        "{}",
        one.text()
    );
    let both = world.register(&[ONE, OTHER], SECTOR).await;
    let alone = world.register(&[OTHER], "").await;
    let name = world.subject(&one, ONE).await;
    assert_eq!(name, world.subject(&both, OTHER).await);
    assert_ne!(name, world.subject(&alone, OTHER).await);
    assert_ne!(name, "alice");
}

/// Or anybody would learn what the clients of a sector call people.
#[tokio::test]
async fn a_sector_that_does_not_list_the_client_is_none_of_its() {
    let world = World::new().await;
    let mut texts = Vec::new();
    for list in [
        json!([ONE]),
        json!([]),
        json!({ "redirect_uris": [ONE, OTHER] }),
        json!([ONE, OTHER, 7]),
        json!([[ONE, OTHER]]),
        json!(format!("{ONE} {OTHER}")),
        Value::Null,
    ] {
        world.web.put(SECTOR, &list);
        texts.push(world.register(&[ONE, OTHER], SECTOR).await);
    }
    world.web.put_with(SECTOR, "302 Found", "location: https://client.example/more.json", "");
    world.web.put("https://client.example/more.json", &json!([ONE, OTHER]));
    texts.push(world.register(&[ONE, OTHER], SECTOR).await);
    // What cannot be asked says no more than what does not list it.
    texts.push(world.register(&[ONE, OTHER], "https://169.254.169.254/clients.json").await);
    texts.push(world.register(&[ONE, OTHER], "https://other.example/absent.json").await);
    for answer in &texts {
        assert_eq!((answer.status.as_u16(), answer.text()), (400, texts[0].text()));
        assert_eq!(answer.member("error"), "invalid_client_metadata");
    }
    // Two hosts are a sector only by a list.
    assert_eq!(world.register(&[ONE, OTHER], "").await.status, 400);
}

/// Identifiers are made when they are read: whoever has a person's tokens, and then became one of another sector, would learn what its
/// clients call that person.
#[tokio::test]
async fn a_client_that_moves_into_another_sector_is_refused() {
    let world = World::new().await;
    world.web.put(SECTOR, &json!([ONE, OTHER]));
    let own = world.register(&["https://evil.example/cb"], "").await;
    let mut texts = Vec::new();
    for (redirect_uris, subject_type, sector) in [
        (vec![ONE], "pairwise", ""),
        (vec![ONE], "pairwise", SECTOR),
        (vec!["com.evil.app:/cb"], "pairwise", ""),
        (vec!["https://evil.example/cb"], "public", ""),
    ] {
        texts.push(world.replace(&own, metadata(&redirect_uris, subject_type, sector)).await);
    }
    // From a public identifier to those of a sector, and from its own device to the web.
    let request = http::Request::post("/register").header("content-type", "application/json");
    let public = world.app.send(request, metadata(&[ONE], "public", "").to_string()).await;
    texts.push(world.replace(&public, metadata(&[ONE], "pairwise", "")).await);
    let device = world.register(&["com.evil.app:/cb"], "").await;
    texts.push(world.replace(&device, metadata(&[ONE], "pairwise", "")).await);
    for answer in &texts {
        assert_eq!((answer.status.as_u16(), answer.text()), (400, texts[0].text()));
        assert_eq!(answer.member("error"), "invalid_client_metadata");
    }
    // Nothing was changed, and the token is still good.
    let path = "https://evil.example/another";
    assert_eq!(world.replace(&own, metadata(&[path], "pairwise", "")).await.status, 200);
}

/// OIDC Core §8.1: a `sector_identifier_uri` is what lets redirect URIs change "without having to re-register all of their users".
#[tokio::test]
async fn a_client_may_change_what_is_within_its_sector() {
    let world = World::new().await;
    world.web.put(SECTOR, &json!([ONE, OTHER]));
    let one = world.register(&[ONE], SECTOR).await;
    let name = world.subject(&one, ONE).await;
    let moved = world.replace(&one, metadata(&[OTHER], "pairwise", SECTOR)).await;
    assert_eq!(moved.status, 200, "{}", moved.text());
    assert_eq!(name, world.subject(&moved, OTHER).await);
    // Who is known by public identifiers is in no sector, so it leaves none.
    let request = http::Request::post("/register").header("content-type", "application/json");
    let public = world.app.send(request, metadata(&[ONE], "public", "").to_string()).await;
    assert_eq!(world.replace(&public, metadata(&[OTHER], "public", "")).await.status, 200);
}

/// Any program may listen on loopback and take any scheme, so a list that has them lists everybody.
#[tokio::test]
async fn a_client_that_is_nobodys_on_the_web_is_in_no_sector_of_others() {
    let world = World::new().await;
    let loopback = ["http://127.0.0.1/cb", "http://localhost/cb", "https://localhost/cb", "https://[::1]/cb"];
    let uris = [&loopback[..], &["com.example.app:/cb", ONE]].concat();
    world.web.put(SECTOR, &json!(uris));
    for uri in &uris[..5] {
        for redirect_uris in [vec![*uri], vec![ONE, uri]] {
            let answer = world.register(&redirect_uris, SECTOR).await;
            assert_eq!(
                (answer.status.as_u16(), answer.member("error").as_str()),
                (400, "invalid_client_metadata"),
                "{redirect_uris:?}"
            );
            assert!(answer.text().contains("sector_identifier_uri"), "{}", answer.text());
        }
    }
    assert_eq!(world.register(&[ONE], SECTOR).await.status, 201);
    // Without a sector of others, each is one by itself.
    assert_eq!(world.register(&["http://127.0.0.1/cb"], "").await.status, 201);
}

/// A list has all of none.
#[tokio::test]
async fn a_client_without_redirect_uris_is_in_no_sector_of_others() {
    use oauth_core::client::ClientSource;
    let build = |source| Client::public("x").source(source).sector_identifier_uri(SECTOR).build();
    let refused = build(ClientSource::Itself).unwrap_err();
    assert!(
        refused.to_string().contains("sector_identifier_uri is for a client that has redirect_uris"),
        "{refused}"
    );
}
