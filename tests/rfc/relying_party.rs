//! A client of the OpenID provider, which verifies ID tokens with another library's hands.

use std::collections::BTreeMap;

use http::{Request, StatusCode};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{DecodingKey, Validation};
use oauth_core::prelude::*;
use oauth_tests::{Accounts, Answer, App, CHALLENGE, ISSUER, Provider, VERIFIER, basic, relying_parties};
use serde_json::{Map, Value};

pub(crate) type Params = BTreeMap<String, String>;

/// A client and its provider.
pub(crate) struct RelyingParty {
    pub(crate) app: App,
    pub(crate) client_id: &'static str,
}

impl RelyingParty {
    pub(crate) async fn new() -> Self {
        let store = MemoryStore::default();
        Self::over(store.clone(), Accounts(store)).await
    }

    /// A relying party with a validator over this store.
    pub(crate) async fn over(
        store: MemoryStore,
        validator: impl RequestValidator<Codes: oauth_core::store::CodeStore>,
    ) -> Self {
        for client in relying_parties() {
            store.save_client(client).await.unwrap();
        }
        Self { app: App::of(Provider::new(validator)), client_id: "rp" }
    }

    /// Another client of the same provider.
    pub(crate) fn and(&self, client_id: &'static str) -> Self {
        Self { app: self.app.clone(), client_id }
    }

    pub(crate) fn redirect_uri(&self) -> String {
        match self.client_id {
            "code-only" => "https://code-only.example/cb".to_owned(),
            client_id => format!("https://{client_id}.example/cb?tenant=1"),
        }
    }

    /// A good request for this response type, with these parameters added or, where empty, left out.
    pub(crate) fn request(&self, response_type: &str, more: &[(&str, &str)]) -> String {
        let redirect_uri = self.redirect_uri();
        let mut params = Params::new();
        let good = [
            ("response_type", response_type),
            ("client_id", self.client_id),
            ("redirect_uri", &redirect_uri),
            ("scope", "openid profile"),
            ("state", "s t&a=te"),
            ("nonce", "n-0S6_WzA2Mj"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        for (name, value) in good.into_iter().chain(more.iter().copied()) {
            params.insert(name.to_owned(), value.to_owned());
        }
        params.retain(|_, value| !value.is_empty());
        form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish()
    }

    /// Opens the authorization endpoint as the person that the headers describe.
    pub(crate) async fn authorize_as(
        &self,
        headers: &[(&str, &str)],
        response_type: &str,
        more: &[(&str, &str)],
    ) -> Answer {
        let path = format!("/authorize?{}", self.request(response_type, more));
        let request =
            headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
        self.app.send(request, "").await
    }

    pub(crate) async fn authorize(&self, response_type: &str, more: &[(&str, &str)]) -> Answer {
        self.authorize_as(&[], response_type, more).await
    }

    /// The token response for a code.
    pub(crate) async fn redeem(&self, code: &str) -> Answer {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.redirect_uri()),
            ("code_verifier", VERIFIER),
        ];
        self.app.post("/token", &basic(self.client_id), &form).await
    }

    pub(crate) async fn refresh(&self, refresh_token: &str, scope: &str) -> Answer {
        let mut form = vec![("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
        if !scope.is_empty() {
            form.push(("scope", scope));
        }
        self.app.post("/token", &basic(self.client_id), &form).await
    }

    /// The token response of the code flow.
    pub(crate) async fn tokens(&self, more: &[(&str, &str)]) -> Answer {
        let code = self.authorize("code", more).await.params()["code"].clone();
        let tokens = self.redeem(&code).await;
        assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.text());
        tokens
    }

    /// The claims of an ID token that §3.1.3.7 accepts.
    pub(crate) async fn verify(&self, id_token: &str) -> Map<String, Value> {
        let jwks = self.app.get("/jwks.json").await;
        let jwks: JwkSet = serde_json::from_slice(&jwks.body).unwrap();
        let header = jsonwebtoken::decode_header(id_token).unwrap();
        assert_eq!(header.typ.as_deref(), Some("JWT"));
        let key = DecodingKey::from_jwk(jwks.find(header.kid.as_deref().unwrap()).unwrap()).unwrap();
        let mut validation = Validation::new(if self.client_id == "es256" {
            jsonwebtoken::Algorithm::ES256
        } else {
            jsonwebtoken::Algorithm::RS256
        });
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[self.client_id]);
        validation.set_required_spec_claims(&["iss", "sub", "aud", "exp", "iat"]);
        jsonwebtoken::decode::<Map<String, Value>>(id_token, &key, &validation).unwrap().claims
    }
}

/// The parameters in the fragment of a redirect; the query is the redirect URI's own.
#[track_caller]
pub(crate) fn fragment(answer: &Answer) -> Params {
    let location = answer.header("location");
    let (before, fragment) =
        location.split_once('#').unwrap_or_else(|| panic!("no fragment: {location} {}", answer.text()));
    assert!(before.ends_with(".example/cb?tenant=1"), "{before}");
    form_urlencoded::parse(fragment.as_bytes()).into_owned().collect()
}
