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
        let metadata = json!({
            "redirect_uris": redirect_uris,
            "token_endpoint_auth_method": "none",
            "subject_type": "pairwise",
            "sector_identifier_uri": if sector.is_empty() { Value::Null } else { json!(sector) },
        });
        let request = http::Request::post("/register").header("content-type", "application/json");
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
