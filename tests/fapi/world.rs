//! A bank, an API beside it, and requests to both.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use http::Request as HttpRequest;
use oauth_core::clock::Clock;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Alice, Answer, App, CHALLENGE, ISSUER, VERIFIER};

use crate::client::Fintech;

#[validator]
pub(crate) struct Accounts {
    #[store]
    pub(crate) store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "ES256")]
pub(crate) struct Signed {
    #[signing_key]
    pub(crate) keys: KeyRing,
}

#[authorization_server(
    profile = "fapi2",
    grants(authorization_code, refresh_token, client_credentials),
    scopes("openid", "accounts" = "See your accounts")
)]
pub(crate) struct Bank {
    #[validator]
    pub(crate) accounts: Accounts,
    #[access_token]
    pub(crate) tokens: Signed,
    #[interaction]
    pub(crate) alice: Alice,
}

impl Bank {
    pub(crate) fn over(store: MemoryStore) -> Self {
        let keys = KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap());
        Self { accounts: Accounts { store }, tokens: Signed { keys }, alice: Alice }
    }
}

pub(crate) const ASSERTION: (&str, &str) =
    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");

/// A running bank with its API.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) clock: Clock,
    pub(crate) store: MemoryStore,
    pub(crate) web: Fintech,
}

impl World {
    pub(crate) async fn new() -> Self {
        let (store, clock, web) = (MemoryStore::new(), Clock::manual(), Fintech::new("web"));
        store.save_client(web.registration()).await.unwrap();
        let server = Bank::over(store.clone()).start_in(Environment::new().clock(clock.clone())).unwrap();
        let resource = server.protected_resource(ResourceConfig::new()).unwrap();
        let api = Router::new()
            .route("/me", get(async |token: Bearer<()>| token.subject().unwrap_or("nobody").to_owned()))
            .with_state(resource);
        Self { app: App::over_router(api.fallback_service(server)), clock, store, web }
    }

    pub(crate) fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// A form of a client, with an assertion of its own and with this proof.
    pub(crate) async fn post(
        &self,
        path: &str,
        client: &Fintech,
        proof: Option<&str>,
        form: &[(&str, &str)],
    ) -> Answer {
        let assertion = client.assertion(self.clock.now());
        self.post_with(path, &[form, &[ASSERTION, ("client_assertion", &assertion)]].concat(), proof).await
    }

    /// A form as it is.
    pub(crate) async fn post_with(&self, path: &str, form: &[(&str, &str)], proof: Option<&str>) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let mut request = HttpRequest::post(path).header("content-type", "application/x-www-form-urlencoded");
        if let Some(proof) = proof {
            request = request.header("dpop", proof);
        }
        self.app.send(request, body).await
    }

    /// The answer to a good pushed request, with these parameters in place of its own or beside them; empty ones are left out.
    pub(crate) async fn push(&self, client: &Fintech, more: &[(&str, &str)]) -> Answer {
        let redirect_uri = client.redirect_uri();
        let mut form = vec![
            ("response_type", "code"),
            ("redirect_uri", redirect_uri.as_str()),
            ("scope", "openid accounts"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        form.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
        form.extend(more.iter().copied().filter(|(_, value)| !value.is_empty()));
        self.post("/par", client, None, &form).await
    }

    /// Goes to the authorization endpoint with what was pushed.
    pub(crate) async fn authorize(&self, client: &Fintech, more: &[(&str, &str)]) -> Answer {
        let request_uri = self.push(client, more).await.member("request_uri");
        self.app.authorize(&[("client_id", client.id), ("request_uri", &request_uri)]).await
    }

    pub(crate) async fn code(&self, client: &Fintech) -> String {
        self.authorize(client, &[]).await.params()["code"].clone()
    }

    /// A good proof of a client for the token endpoint.
    pub(crate) fn proof(&self, client: &Fintech) -> String {
        client.proof("POST", &format!("{ISSUER}/token"), self.clock.now(), None)
    }

    pub(crate) async fn redeem(&self, client: &Fintech, code: &str, proof: Option<&str>) -> Answer {
        let redirect_uri = client.redirect_uri();
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect_uri.as_str()),
            ("code_verifier", VERIFIER),
        ];
        self.post("/token", client, proof, &form).await
    }

    pub(crate) async fn tokens(&self, client: &Fintech) -> Answer {
        let code = self.code(client).await;
        let answer = self.redeem(client, &code, Some(&self.proof(client))).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer
    }

    pub(crate) async fn refresh(&self, client: &Fintech, token: &str) -> Answer {
        let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
        self.post("/token", client, Some(&self.proof(client)), &form).await
    }

    /// GETs from the API or from userinfo with a bound token.
    pub(crate) async fn present(&self, path: &str, client: &Fintech, token: &str) -> Answer {
        let proof = client.proof("GET", &format!("{ISSUER}{path}"), self.clock.now(), Some(token));
        let request =
            HttpRequest::get(path).header("authorization", format!("DPoP {token}")).header("dpop", proof);
        self.app.send(request, "").await
    }
}
