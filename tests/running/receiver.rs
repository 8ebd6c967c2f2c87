//! Clients that hear of logouts, each by an address of its own.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// A server on loopback, which remembers what it heard.
#[derive(Clone, Default)]
pub(crate) struct Receiver {
    pub(crate) origin: String,
    state: Arc<Mutex<State>>,
    /// Told whenever something was heard.
    heard: Arc<Notify>,
}

#[derive(Default)]
struct State {
    /// The answers that are not 200, by client.
    answers: HashMap<String, VecDeque<Answer>>,
    /// The claims of the logout tokens, by client.
    told: HashMap<String, Vec<Value>>,
    /// The clients that are being told.
    listening: HashMap<String, u32>,
    /// The most times that one client was being told at once.
    most_at_once: u32,
}

#[derive(Clone, Copy)]
pub(crate) enum Answer {
    Status(u16),
    Never,
}

impl Receiver {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let receiver = Self { origin, ..Self::default() };
        let hearing = receiver.clone();
        let hear =
            post(async move |Path(client): Path<String>, Form(form): Form<HashMap<String, String>>| {
                hearing.hear(client, &form["logout_token"]).await
            });
        let routes = Router::new().route("/{client}", hear);
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        receiver
    }

    async fn hear(&self, client: String, token: &str) -> StatusCode {
        let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
        let claims = serde_json::from_slice(&claims).unwrap();
        let answer = {
            let mut state = self.state.lock().unwrap();
            state.told.entry(client.clone()).or_default().push(claims);
            let listening = state.listening.entry(client.clone()).or_default();
            *listening += 1;
            let at_once = *listening;
            state.most_at_once = state.most_at_once.max(at_once);
            state.answers.get_mut(&client).and_then(VecDeque::pop_front)
        };
        self.heard.notify_waiters();
        // Whoever else is about to tell this client has its turn meanwhile.
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        let status = match answer {
            None => StatusCode::OK,
            Some(Answer::Status(status)) => StatusCode::from_u16(status).unwrap(),
            Some(Answer::Never) => std::future::pending().await,
        };
        *self.state.lock().unwrap().listening.get_mut(&client).unwrap() -= 1;
        status
    }

    /// Says what a client answers next, before it answers 200 again.
    pub(crate) fn answers(&self, client: &str, answers: impl IntoIterator<Item = Answer>) {
        self.state.lock().unwrap().answers.entry(client.to_owned()).or_default().extend(answers);
    }

    /// The claims of the logout tokens that a client got.
    pub(crate) fn told(&self, client: &str) -> Vec<Value> {
        self.state.lock().unwrap().told.get(client).cloned().unwrap_or_default()
    }

    /// The most times that one client was being told at once.
    pub(crate) fn most_at_once(&self) -> u32 {
        self.state.lock().unwrap().most_at_once
    }

    /// Waits until a client was told so many times.
    pub(crate) async fn wait(&self, client: &str, times: usize) {
        loop {
            let heard = self.heard.notified();
            if self.told(client).len() >= times {
                return;
            }
            heard.await;
        }
    }
}
