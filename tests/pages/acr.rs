//! The class of a login at the built-in pages, RFC 9470: by the authorization endpoint, by a device, and by an extension grant.

use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_tests::{Answer, App, ISSUER, VERIFIER, basic, secret};
use serde_json::json;

use crate::visitor::{Visitor, store};

const BY_PASSWORD: &str = "urn:example:password";
const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const BADGE: &str = "urn:example:grant-type:badge";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

/// A badge that somebody holds to a reader.
#[extension_grant("urn:example:grant-type:badge")]
struct Badge;

impl ExtensionGrant<Accounts> for Badge {
    async fn approve(_: &Accounts, _: &mut Request) -> Result<GrantApproval> {
        Ok(GrantApproval::of_user("1").acr("urn:example:badge").amr(["hwk"]))
    }
}

#[authorization_server(
    grants(authorization_code, device_code, refresh_token, Badge),
    scopes("profile" = "See your name"),
    issuer = "https://auth.example.com",
    acr_values("urn:example:password", "urn:example:badge")
)]
struct Server {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

struct Bank {
    app: App,
    alice: Visitor,
}

impl Bank {
    async fn new() -> Self {
        let store = store().await;
        let tv = Client::public("tv").grant_type(GrantType::DEVICE_CODE).scope("profile");
        store.save_client(tv.build().unwrap()).await.unwrap();
        let secret = ClientSecret::new(secret()).unwrap();
        let api = Client::confidential("api", &secret).danger_introspects_all();
        let api = api.grant_type(BADGE.into()).scope("profile");
        store.save_client(api.build().unwrap()).await.unwrap();
        let server = Server { accounts: Accounts { store }, pages: LoginPages::new().acr(BY_PASSWORD) };
        let app = App::of(server);
        let mut alice = Visitor::of_app(app.clone(), ISSUER.to_owned());
        alice.log_in_as_alice().await;
        Self { app, alice }
    }

    /// The class of the login of a token.
    async fn acr(&self, tokens: &Answer) -> serde_json::Value {
        assert_eq!(tokens.status, 200, "{}", tokens.text());
        let token = tokens.member("access_token");
        let form = [("token", token.as_str())];
        let told = self.app.post("/introspect", &basic("api"), &form).await.json();
        assert_eq!(told["active"], true);
        told["acr"].clone()
    }
}

#[tokio::test]
async fn section_5_a_login_by_password_is_of_the_class_that_the_pages_say() {
    let mut bank = Bank::new().await;
    let asked = format!("&redirect_uri=https%3A%2F%2Fspa.example%2Fcb&acr_values={BY_PASSWORD}");
    let page = bank.alice.authorize("spa", &asked).await;
    let answer = bank.alice.submit(&page, &[("decision", "allow")]).await;
    // It is remembered, and the class is told all the same.
    let again = bank.alice.authorize("spa", &asked).await;
    for answer in [answer, again] {
        let params = answer.params();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &params["code"]),
            ("redirect_uri", "https://spa.example/cb"),
            ("code_verifier", VERIFIER),
            ("client_id", "spa"),
        ];
        let tokens = bank.app.post("/token", "", &form).await;
        assert_eq!(bank.acr(&tokens).await, json!(BY_PASSWORD));
    }
}

#[tokio::test]
async fn section_5_a_class_that_the_pages_cannot_reach_is_unmet() {
    let mut bank = Bank::new().await;
    let asked = "&redirect_uri=https%3A%2F%2Fspa.example%2Fcb&acr_values=urn%3Aexample%3Abadge";
    let page = bank.alice.authorize("spa", asked).await;
    let answer = bank.alice.submit(&page, &[("decision", "allow")]).await;
    assert_eq!(answer.params()["error"], "unmet_authentication_requirements");
}

#[tokio::test]
async fn a_device_gets_the_class_of_the_login_at_the_browser() {
    let mut bank = Bank::new().await;
    let begun = bank.app.post("/device_authorization", "", &[("client_id", "tv")]).await;
    let form = bank.alice.get("/device").await;
    let question = bank.alice.submit(&form, &[("user_code", &begun.member("user_code"))]).await;
    bank.alice.submit(&question, &[("decision", "allow")]).await;
    let code = begun.member("device_code");
    let form = [("grant_type", DEVICE_CODE), ("client_id", "tv"), ("device_code", code.as_str())];
    let tokens = bank.app.post("/token", "", &form).await;
    assert_eq!(bank.acr(&tokens).await, json!(BY_PASSWORD));
}

#[tokio::test]
async fn an_extension_grant_says_the_class_of_its_login() {
    let bank = Bank::new().await;
    let tokens = bank.app.post("/token", &basic("api"), &[("grant_type", BADGE)]).await;
    assert_eq!(bank.acr(&tokens).await, json!("urn:example:badge"));
}

#[test]
fn section_3_a_class_that_no_challenge_could_name_is_refused() {
    let check = |acr: &str| Interaction::<Accounts>::check(&LoginPages::new().acr(acr));
    assert!(check("by password").unwrap_err().contains("the acr `by password` has a space"));
    assert!(check("").is_err() && check(BY_PASSWORD).is_ok());
}
