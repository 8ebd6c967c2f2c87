//! Assertions of issuers that are trusted: the algorithms of the profile hold for them as well.

use oauth_core::clock::Clock;
use oauth_core::jose::KeySet;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{App, ISSUER};
use serde_json::json;

use crate::client::{Fintech, signed};
use crate::world::ASSERTION;

const PARTNER: &str = "https://partner.example";
const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

#[validator(custom)]
struct Trusting {
    #[store]
    store: MemoryStore,
    partner: KeySet,
}

#[validator]
impl Trusting {
    fn validate_jwt_bearer_token(
        &self,
        assertion: &UnverifiedAssertion<'_>,
        _request: &mut Request,
    ) -> Result<AcceptedAssertion> {
        Ok(assertion.verify(&self.partner)?.for_subject("alice"))
    }
}

#[authorization_server(
    profile = "fapi2",
    grants(jwt_bearer),
    scopes("accounts"),
    issuer = "https://auth.example.com"
)]
struct Bank {
    #[validator]
    trusting: Trusting,
}

#[tokio::test]
async fn fapi2_section_5_4_1_an_assertion_of_a_partner_is_not_signed_with_rs256() {
    let (rsa, ec) =
        (SigningKey::generate(Algorithm::RS256).unwrap(), SigningKey::generate(Algorithm::ES256).unwrap());
    let partner = [rsa.clone().into(), ec.clone().into()].into_iter().collect();
    let (store, web, clock) = (MemoryStore::new(), Fintech::new("web"), Clock::manual());
    let client = Client::private_key_jwt("web", crate::client::jwks(&web.key)).scope("accounts");
    store.save_client(client.grant_type(GrantType::JWT_BEARER).build().unwrap()).await.unwrap();
    let bank = Bank { trusting: Trusting { store, partner } };
    let app = App::in_environment(bank, Environment::new().clock(clock.clone()));
    for (key, status) in [(rsa, 400), (ec, 200)] {
        let now = clock.now().as_secs();
        let claims = json!({ "iss": PARTNER, "sub": "a", "aud": ISSUER, "jti": key.algorithm().as_str(), "exp": now + 60 });
        let (assertion, own) = (signed(&key, &claims), web.assertion(clock.now()));
        let form =
            [("grant_type", JWT_BEARER), ("assertion", &assertion), ASSERTION, ("client_assertion", &own)];
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let proof = web.proof("POST", &format!("{ISSUER}/token"), clock.now(), None);
        let request =
            http::Request::post("/token").header("content-type", "application/x-www-form-urlencoded");
        let answer = app.send(request.header("dpop", proof), body).await;
        assert_eq!(answer.status, status, "{}: {}", key.algorithm(), answer.text());
    }
}
