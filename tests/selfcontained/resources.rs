//! Resource indicators (RFC 8707): a token that names resources is for them, whether a store keeps it or not.

use http::Request as HttpRequest;
use oauth_core::grant::token_exchange::{ExchangeApproval, TokenExchangePolicy, TokenExchangeRequest};
use oauth_core::prelude::*;
use oauth_tests::{Alice, App, VERIFIER, basic, secret};
use serde_json::{Value, json};

use crate::world::{Kept, SelfContained, claims};

const CALENDAR: &str = "https://api.example.com/calendar";
const MAIL: &str = "https://api.example.com/mail";

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn get_token_resources(&self, resources: &[String], _: &mut Request) -> Result<Vec<String>> {
        Ok(resources.to_vec())
    }
}

impl TokenExchangePolicy for Accounts {
    async fn may_exchange(&self, _: &TokenExchangeRequest, _: &Request) -> Result<ExchangeApproval> {
        Ok(ExchangeApproval::impersonation())
    }
}

#[authorization_server(
    grants(authorization_code, refresh_token, token_exchange),
    scopes("openid", "calendar", "mail"),
    resources("https://api.example.com/calendar"(scopes("calendar")), "https://api.example.com/mail"(scopes("mail"))),
    issuer = "https://auth.example.com"
)]
struct Server<G: TokenGenerator + 'static> {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: G,
    #[id_token]
    ids: KeyRing,
    #[interaction]
    alice: Alice,
}

async fn told<G: TokenGenerator + 'static>(tokens: impl FnOnce(KeyRing) -> G) -> Vec<Value> {
    let (store, secret) = (MemoryStore::new(), ClientSecret::new(secret()).unwrap());
    let web = Client::confidential("web", &secret).redirect_uri("https://web.example/cb");
    let web = web.grant_type(GrantType::AUTHORIZATION_CODE).grant_type(GrantType::REFRESH_TOKEN);
    let web = web.grant_type(GrantType::TOKEN_EXCHANGE).scope("openid calendar mail");
    store.save_client(web.build().unwrap()).await.unwrap();
    let api = Client::confidential("api", &secret).danger_introspects_all();
    store.save_client(api.build().unwrap()).await.unwrap();
    let keys = KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap());
    let ids = crate::world::IDS.clone();
    let app = App::of(Server { accounts: Accounts { store }, tokens: tokens(keys), ids, alice: Alice });

    let query = format!(
        "/authorize?response_type=code&client_id=web&redirect_uri=https://web.example/cb&scope=openid+calendar+mail\
         &code_challenge={}&code_challenge_method=S256&resource={CALENDAR}&resource={MAIL}",
        oauth_tests::CHALLENGE
    );
    let code = app.get(&query).await.params()["code"].clone();
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", "https://web.example/cb"),
        ("code_verifier", VERIFIER),
    ];
    let both = app.post("/token", &basic("web"), &form).await;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", &both.member("refresh_token")),
        ("resource", CALENDAR),
    ];
    let one = app.post("/token", &basic("web"), &form).await.member("access_token");
    let exchange = async |token: &str| {
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("subject_token", token),
            ("subject_token_type", crate::world::ACCESS_TOKEN),
        ];
        app.post("/token", &basic("web"), &form).await.member("access_token")
    };
    let exchanged = exchange(&one).await;
    let mut all = Vec::new();
    for token in [both.member("access_token"), one, exchanged] {
        let mut introspected = app.post("/introspect", &basic("api"), &[("token", &token)]).await.json();
        for name in ["iat", "exp"] {
            introspected.as_object_mut().unwrap().remove(name).unwrap();
        }
        let request = HttpRequest::get("/userinfo").header("authorization", format!("Bearer {token}"));
        let userinfo = app.send(request, "").await.status.as_u16();
        let own = claims(&token).get("oauth_core").cloned();
        assert!(own.is_none_or(|own| !own.to_string().contains("https://")), "no other resource is told");
        all.push(json!({ "introspected": introspected, "userinfo": userinfo }));
    }
    all
}

#[tokio::test]
async fn a_token_for_resources_is_for_them_alone() {
    let kept = told(|keys| Kept { keys }).await;
    assert_eq!(kept[0]["introspected"]["aud"], json!([CALENDAR, MAIL]));
    assert_eq!(kept[1]["introspected"]["aud"], json!(CALENDAR));
    assert_eq!(kept[2]["introspected"]["aud"], json!(CALENDAR), "it is exchanged for what it was for");
    assert!(kept.iter().all(|token| token["userinfo"] != 200), "{kept:?}");
    assert_eq!(told(|keys| SelfContained { keys }).await, kept);
}
