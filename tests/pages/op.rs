//! An OpenID provider with login pages, and clients that are told when somebody signs out.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::extract::{Form, Path};
use axum::routing::post;
use http::StatusCode;
use oauth_core::http::HttpsClient;
use oauth_core::interaction::LoginPages;
use oauth_core::openid::{BackChannel, PairwiseKey, SubjectType};
use oauth_core::prelude::*;
use oauth_tests::{Answer, App, CHALLENGE, Failing, VERIFIER, basic, secret};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, UnboundedReceiver};

use crate::visitor::{self, Visitor};

pub(crate) const ISSUER: &str = "https://op.example";

/// The URI where `web` wants people to go.
pub(crate) const BYE: &str = "https://web.example/bye?from=op";

#[validator]
struct Accounts {
    #[store]
    store: Failing,
}

#[token_generator(jwt, issuer = "https://op.example")]
struct Tokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("openid", "profile", "offline_access")
)]
struct Op {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Tokens,
    #[pairwise_key]
    pairwise_key: PairwiseKey,
    #[back_channel]
    back_channel: BackChannel,
    #[interaction]
    pages: LoginPages,
}

/// A provider, someone at a browser, and the receiver of logout tokens.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) visitor: Visitor,
    pub(crate) keys: KeyRing,
    /// The store where everything is; it can be made to fail.
    pub(crate) store: Failing,
    /// The clients that were told, and the token.
    told: UnboundedReceiver<(String, String)>,
}

impl World {
    pub(crate) async fn new() -> Self {
        static KEYS: LazyLock<KeyRing> =
            LazyLock::new(|| KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap()));
        let (receiver, told) = receiver().await;
        let store = visitor::store().await;
        for client in clients(&receiver) {
            store.save_client(client).await.unwrap();
        }
        let mut alice = store.user("1").await.unwrap().unwrap();
        alice.claims.insert("nickname".to_owned(), "Al".into());
        store.save_user(alice).await.unwrap();
        let store = Failing::from(store);
        let https = HttpsClient::new().unwrap().timeout(Duration::from_mins(1));
        let app = App::of(Op {
            accounts: Accounts { store: store.clone() },
            tokens: Tokens { keys: KEYS.clone() },
            pairwise_key: PairwiseKey::new("a key of thirty-two bytes or more").unwrap(),
            back_channel: BackChannel::new(https).patience(Duration::from_millis(500)),
            pages: LoginPages::new(),
        });
        Self {
            visitor: Visitor::of_app(app.clone(), ISSUER.to_owned()),
            app,
            keys: KEYS.clone(),
            store,
            told,
        }
    }

    /// A provider where Alice is logged in.
    pub(crate) async fn with_alice() -> Self {
        let mut world = Self::new().await;
        world.visitor.log_in_as_alice().await;
        world
    }

    /// Opens the authorization endpoint for a client; nobody is asked for consent.
    pub(crate) async fn authorize(&mut self, client_id: &str, scope: &str) -> BTreeMap<String, String> {
        let redirect_uri = redirect_uri(client_id);
        let params = [
            ("response_type", "code"),
            ("client_id", client_id),
            ("redirect_uri", redirect_uri.as_str()),
            ("scope", scope),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
        self.visitor.get(&format!("/authorize?{query}")).await.params()
    }

    /// The tokens of a client, from the visitor's session.
    pub(crate) async fn tokens(&mut self, client_id: &str, scope: &str) -> Answer {
        let code = self.authorize(client_id, scope).await["code"].clone();
        let redirect_uri = redirect_uri(client_id);
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        let tokens = self.app.post("/token", &basic(client_id), &form).await;
        assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.text());
        tokens
    }

    /// The ID token of a client, from the visitor's session.
    pub(crate) async fn id_token(&mut self, client_id: &str) -> String {
        self.tokens(client_id, "openid").await.member("id_token")
    }

    pub(crate) async fn refresh(&self, client_id: &str, tokens: &Answer) -> StatusCode {
        let form = [("grant_type", "refresh_token"), ("refresh_token", &*tokens.member("refresh_token"))];
        self.app.post("/token", &basic(client_id), &form).await.status
    }

    pub(crate) async fn userinfo(&self, tokens: &Answer) -> StatusCode {
        let request = http::Request::get("/userinfo")
            .header("authorization", format!("Bearer {}", tokens.member("access_token")));
        self.app.send(request, "").await.status
    }

    /// Asks the provider to sign the visitor out.
    pub(crate) async fn end_session(&mut self, params: &[(&str, &str)]) -> Answer {
        let path = end_session_path(params);
        self.visitor.get(&path).await
    }

    /// The next client that is told, and its logout token.
    pub(crate) async fn told(&mut self) -> (String, String) {
        tokio::time::timeout(Duration::from_secs(30), self.told.recv()).await.unwrap().unwrap()
    }

    /// Asserts that nobody has been told.
    pub(crate) fn assert_silence(&mut self) {
        assert!(self.told.try_recv().is_err());
    }
}

pub(crate) fn end_session_path(params: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    format!("/end_session?{query}")
}

fn redirect_uri(client_id: &str) -> String {
    format!("https://{client_id}.example/cb")
}

/// All are the operator's own, so that nobody is asked for consent.
fn clients(receiver: &str) -> Vec<Client> {
    let secret = ClientSecret::new(secret()).unwrap();
    let client = |client_id: &str| {
        Client::confidential(client_id, &secret)
            .first_party()
            .redirect_uri(redirect_uri(client_id))
            .scope("openid profile offline_access")
    };
    let told = |client_id: &str| client(client_id).backchannel_logout_uri(format!("{receiver}/{client_id}"));
    [
        told("web").client_name("<b>Web</b>").post_logout_redirect_uri(BYE),
        told("pair").subject_type(SubjectType::Pairwise),
        told("never"),
        told("slow"),
        told("broken"),
        client("deaf").backchannel_logout_uri("http://127.0.0.1:1/"),
        client("other").post_logout_redirect_uri("https://other.example/bye"),
        client("front")
            .frontchannel_logout_uri("https://front.example/out?a=1")
            .frontchannel_logout_session_required()
            .post_logout_redirect_uri("https://front.example/bye"),
        client("plain").frontchannel_logout_uri("https://plain.example/out"),
        Client::confidential("asking", &secret).redirect_uri(redirect_uri("asking")).scope("openid profile"),
        client("native").post_logout_redirect_uri("com.example.app:/bye"),
    ]
    .map(|client| client.build().unwrap())
    .into()
}

/// A server beside the provider, where clients hear of logouts.
async fn receiver() -> (String, UnboundedReceiver<(String, String)>) {
    let (send, told) = mpsc::unbounded_channel();
    let hear = post(async move |Path(client): Path<String>, Form(form): Form<BTreeMap<String, String>>| {
        assert_eq!(form.len(), 1, "{form:?}");
        let _ = send.send((client.clone(), form["logout_token"].clone()));
        match client.as_str() {
            "slow" => {
                tokio::time::sleep(Duration::from_mins(1)).await;
                StatusCode::OK
            }
            "broken" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::OK,
        }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let receiver = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/{client}", hear)).await.unwrap() });
    (receiver, told)
}
