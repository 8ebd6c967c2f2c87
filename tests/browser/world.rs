//! The world that the browser meets: the authorization server, and a client that waits at its redirect URI.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Form, Query};
use axum::response::{Html, Redirect};
use axum::routing::get;
use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_tests::{Accounts, Answer, App, CHALLENGE, Site, VERIFIER, basic, secret};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, UnboundedReceiver};

pub(crate) const PASSWORD: &str = "correct horse battery staple";

const BACK: &str = "<!doctype html><title>plain</title><h1>Back at the client</h1><script>document.title = 'scripted'</script>";

type Params = BTreeMap<String, String>;

/// An authorization server on loopback over a database file, and a client beside it.
pub(crate) struct World {
    pub(crate) issuer: String,
    pub(crate) redirect_uri: String,
    /// A second instance over the same file: nothing is kept in the first one's memory.
    instance: App,
    answers: UnboundedReceiver<Params>,
    _directory: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(directory.path().join("oauth.db")).await.unwrap();
        let (send, answers) = mpsc::unbounded_channel::<Params>();
        let posts = send.clone();
        let callback = get(async move |Query(params): Query<Params>| {
            send.send(params).unwrap();
            Html(BACK)
        });
        let (client_at, listener) = listen().await;
        // Many clients send the person on from their redirect URI, and not always to the same origin.
        let elsewhere = format!("{}/home", client_at.replace("127.0.0.1", "localhost"));
        let callback = callback.post(async move |Form(params): Form<Params>| {
            posts.send(params).unwrap();
            Redirect::to(&elsewhere)
        });
        serve(listener, Router::new().route("/cb", callback).route("/home", get(async || Html(BACK))));
        let redirect_uri = format!("{client_at}/cb");
        let (issuer, listener) = listen().await;
        fill(&store, &redirect_uri).await;
        serve(listener, site(&issuer, &store).into_router().unwrap());
        let instance = App::of(site(&issuer, &store));
        Self { issuer, redirect_uri, instance, answers, _directory: directory }
    }

    /// The URL that starts an authorization.
    pub(crate) fn authorize(&self, client_id: &str) -> String {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", client_id)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("code_challenge", CHALLENGE)
            .append_pair("code_challenge_method", "S256")
            .append_pair("state", "a&b=c d")
            .finish();
        format!("{}/authorize?{query}", self.issuer)
    }

    /// The client's origin.
    pub(crate) fn client(&self) -> &str {
        self.redirect_uri.strip_suffix("/cb").unwrap()
    }

    /// The parameters that came to the client's redirect URI.
    pub(crate) async fn answer(&mut self) -> Params {
        let params = self.answers.recv().await.unwrap();
        assert_eq!(params["state"], "a&b=c d");
        assert_eq!(params["iss"], self.issuer);
        params
    }

    /// Tells whether nothing has come there.
    pub(crate) fn is_waiting(&mut self) -> bool {
        self.answers.try_recv().is_err()
    }

    /// Redeems a code of the client `web`.
    pub(crate) async fn redeem(&self, code: &str) -> Answer {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        self.instance.post("/token", &basic("web"), &form).await
    }
}

fn site(issuer: &str, store: &SqliteStore) -> Site<Accounts<SqliteStore>> {
    Site { issuer: issuer.to_owned(), validator: Accounts(store.clone()), pages: LoginPages::new() }
}

async fn fill(store: &SqliteStore, redirect_uri: &str) {
    let secret = ClientSecret::new(secret()).unwrap();
    let web = Client::confidential("web", &secret)
        .client_name("Family calendar")
        .client_uri("https://calendar.example/")
        .redirect_uri(redirect_uri)
        .scope("profile calendar");
    let long = Client::public("long")
        .client_name("Supercalifragilistic".repeat(8))
        .redirect_uri(redirect_uri)
        .scope("profile");
    for client in [web, long] {
        store.save_client(client.build().unwrap()).await.unwrap();
    }
    let alice = User::new("1", "alice").with_password(PASSWORD).unwrap();
    store.save_user(alice).await.unwrap();
}

pub(crate) async fn listen() -> (String, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    (format!("http://{}", listener.local_addr().unwrap()), listener)
}

pub(crate) fn serve(listener: TcpListener, router: Router) {
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
}
