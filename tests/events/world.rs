//! A server of nearly every grant, whoever uses it, and what it tells.

use std::sync::{Arc, LazyLock, Mutex};

use oauth_core::event::{Event, EventKind, IssuedTokens, Observer};
use oauth_core::interaction::LoginPages;
use oauth_core::jose::{JwtType, KeySet};
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_core::time::UnixTime;
use oauth_tests::{Answer, App, CHALLENGE, Failing, ISSUER, SignNow as _, VERIFIER, basic, secret};
use serde_json::json;

use crate::visitor::{PASSWORD, Visitor, store};

pub(crate) const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
pub(crate) const BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
pub(crate) const CALLBACK: &str = "https://app.example/cb";
const PARTNER: &str = "https://partner.example";

#[validator(custom)]
pub(crate) struct Accounts {
    #[store]
    store: Failing,
    partner: KeySet,
}

#[validator]
impl Accounts {
    fn validate_jwt_bearer_token(
        &self,
        assertion: &UnverifiedAssertion<'_>,
        _: &mut Request,
    ) -> Result<AcceptedAssertion> {
        Ok(assertion.verify(&self.partner)?.for_subject("1"))
    }

    async fn validate_user(
        &self,
        username: &str,
        password: &str,
        request: &mut Request,
    ) -> Result<Option<User>> {
        if username == "locked" {
            return Err(Error::access_denied("the account is locked"));
        }
        oauth_core::interaction::password::validate_user(self, username, password, request).await
    }
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
pub(crate) struct Tokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    profile = "oauth2.0",
    grants(authorization_code, refresh_token, client_credentials, password, device_code, jwt_bearer),
    scopes("openid", "profile", "jobs"),
    refresh_token_grace = "10s",
    issuer = "https://auth.example.com"
)]
pub(crate) struct Everything {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Tokens,
    #[interaction]
    pages: LoginPages,
}

/// The facts of an event that tests look at.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) kind: EventKind,
    pub(crate) client_id: Option<String>,
    pub(crate) subject: Option<String>,
    pub(crate) grant_type: Option<String>,
    pub(crate) scope: Option<String>,
    pub(crate) family: bool,
    pub(crate) session: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) client_auth: Option<String>,
    pub(crate) rule: Option<&'static str>,
    pub(crate) error: Option<&'static str>,
    pub(crate) instance: Option<String>,
    pub(crate) trace: Option<String>,
    pub(crate) tokens: IssuedTokens,
    /// All of it.
    pub(crate) text: String,
}

/// Every event.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<Told>>>);

impl Observer for Seen {
    fn on(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push(Told {
            kind: event.kind,
            client_id: event.client_id.map(str::to_owned),
            subject: event.subject.map(str::to_owned),
            grant_type: event.grant_type.map(ToString::to_string),
            scope: event.scopes.map(ToString::to_string),
            family: event.family.is_some(),
            session: event.session.map(|session| session.to_string()),
            address: event.address.map(|address| address.to_string()),
            client_auth: event.client_auth.map(|method| method.to_string()),
            rule: event.rule,
            error: event.error.map(oauth_core::error::ErrorCode::as_str),
            instance: event.instance.map(str::to_owned),
            trace: event.trace.map(|trace| trace.to_string()),
            tokens: event.tokens,
            text: format!("{event:?}"),
        });
    }
}

impl Seen {
    /// What was told since this was asked last.
    pub(crate) fn take(&self) -> Vec<Told> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }

    /// The kinds of what was told since.
    pub(crate) fn kinds(&self) -> Vec<&'static str> {
        self.take().iter().map(|told| told.kind.as_str()).collect()
    }

    /// The one event of this kind since.
    #[track_caller]
    pub(crate) fn one(&self, kind: EventKind) -> Told {
        let all = self.take();
        let mut found = all.iter().filter(|told| told.kind == kind);
        match (found.next(), found.next()) {
            (Some(only), None) => only.clone(),
            _ => panic!("{kind} is not there once: {all:#?}"),
        }
    }
}

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) visitor: Visitor,
    pub(crate) store: Failing,
    pub(crate) seen: Seen,
    pub(crate) partner: SigningKey,
}

static KEYS: LazyLock<KeyRing> =
    LazyLock::new(|| KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap()));

fn clients() -> Vec<Client> {
    let secret = ClientSecret::new(secret()).unwrap();
    let grants = [
        GrantType::AUTHORIZATION_CODE,
        GrantType::REFRESH_TOKEN,
        GrantType::CLIENT_CREDENTIALS,
        GrantType::PASSWORD,
        GrantType::JWT_BEARER,
    ];
    let app = Client::confidential("app", &secret).redirect_uri(CALLBACK).scope("openid profile jobs");
    let app = grants.into_iter().fold(app, oauth_core::client::ClientBuilder::grant_type);
    [
        app.post_logout_redirect_uri("https://app.example/bye").danger_introspects_all(),
        Client::public("tv").grant_type(GrantType::DEVICE_CODE).scope("profile"),
    ]
    .map(|client| client.build().unwrap())
    .into()
}

/// A server over a store, which tells these observers, and those who use it.
impl World {
    pub(crate) async fn new() -> Self {
        let seen = Seen::default();
        Self::told_to(seen.clone(), seen).await
    }

    /// The same with another observer than the one that is looked at.
    pub(crate) async fn told_to(observer: impl Observer, seen: Seen) -> Self {
        let store = store().await;
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        let store = Failing::from(store);
        let partner = SigningKey::generate(Algorithm::ES256).unwrap();
        let accounts =
            Accounts { store: store.clone(), partner: [partner.clone().into()].into_iter().collect() };
        let server = Everything { accounts, tokens: Tokens { keys: KEYS.clone() }, pages: LoginPages::new() };
        let environment = Environment::new().observer(observer).instance("a");
        let app = App::in_environment(server, environment).from("198.51.100.7");
        let visitor = Visitor::of_app(app.clone(), ISSUER.to_owned());
        Self { app, visitor, store, seen, partner }
    }

    pub(crate) async fn authorize(&mut self) -> Answer {
        let path = format!(
            "/authorize?response_type=code&client_id=app&redirect_uri={CALLBACK}&scope=openid+profile\
             &code_challenge={CHALLENGE}&code_challenge_method=S256"
        );
        self.visitor.get(&path).await
    }

    /// Logs in at a browser where somebody is logged in.
    pub(crate) async fn log_in_again(&mut self, username: &str) {
        let login = self.visitor.authorize("app", "&prompt=login").await.location().to_string();
        let page = self.visitor.get(&login).await;
        self.visitor.submit(&page, &[("username", username), ("password", PASSWORD)]).await;
        self.seen.0.lock().unwrap().retain(|told| told.kind != EventKind::AuthorizationAccepted);
    }

    /// Agrees, where somebody asks, and returns the code.
    pub(crate) async fn code(&mut self) -> String {
        let answer = self.authorize().await;
        let answer = match answer.status.as_u16() {
            200 => self.visitor.submit(&answer, &[("decision", "allow")]).await,
            _ => answer,
        };
        answer.params()["code"].clone()
    }

    pub(crate) async fn token(&self, form: &[(&str, &str)]) -> Answer {
        self.app.post("/token", &basic("app"), form).await
    }

    pub(crate) async fn redeem(&self, code: &str) -> Answer {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ])
        .await
    }

    pub(crate) async fn refresh(&self, token: &str) -> Answer {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    pub(crate) async fn machine(&self) -> Answer {
        self.token(&[("grant_type", "client_credentials"), ("scope", "jobs")]).await
    }

    pub(crate) async fn begin_device(&self) -> Answer {
        self.app.post("/device_authorization", "", &[("client_id", "tv")]).await
    }

    pub(crate) async fn poll(&self, begun: &Answer) -> Answer {
        let code = begun.member("device_code");
        let form = [("grant_type", DEVICE), ("client_id", "tv"), ("device_code", code.as_str())];
        self.app.post("/token", "", &form).await
    }

    pub(crate) fn assertion(&self) -> String {
        self.partner.jwt(
            JwtType::Jwt,
            &json!({
                "iss": PARTNER,
                "sub": "whoever",
                "aud": format!("{ISSUER}/token"),
                "jti": SecretString::random().expose(),
                "exp": UnixTime::now().as_secs() + 300,
            }),
        )
    }
}
