//! The requests, and the figures of each kind.

use bytes::Bytes;
use http::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http_body_util::Full;
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_tests::{Accounts, App, TestServer, basic, clients, secret};
use tokio::runtime::{Builder, Runtime};

use crate::count::{self, Counted};

/// The requests of a kind, without those that come first, when all that is made once is made: each part of a store has some by then.
const REQUESTS: usize = 41;
const FIRST: usize = 4_096;

/// The live tokens over which their memory is measured: as full as maps of twice, four times … as many are.
const TOKENS: usize = 50_000;
const CLIENTS: usize = 10;

const CLIENT_CREDENTIALS: &str = "grant_type=client_credentials&scope=jobs";

#[token_generator(opaque, expires_in = "1h")]
struct OpaqueTokens;

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "1h", self_contained)]
struct SignedTokens {
    #[signing_key]
    key: SigningKey,
}

#[validator]
struct Workers {
    #[store]
    store: MemoryStore,
}

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials), scopes("jobs"))]
struct WorkServer<G: TokenGenerator + 'static> {
    #[validator]
    accounts: Workers,
    #[access_token]
    tokens: G,
}

/// One thing that is counted.
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) value: usize,
}

/// All of them, in the order of the budgets.
pub(crate) fn figures() -> Vec<Figure> {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let opaque = work_server(&runtime, OpaqueTokens);
    let signed = work_server(&runtime, SignedTokens { key: SigningKey::generate(Algorithm::ES256).unwrap() });
    let mut figures = Vec::new();
    figures.extend(of("client_credentials, opaque", || runtime.block_on(client_credentials(&opaque))));
    figures.extend(of("client_credentials, ES256, self-contained", || {
        runtime.block_on(client_credentials(&signed))
    }));

    let server = test_server(&runtime);
    let app = App::over_router(server.clone().into_router());
    figures.extend(of("refresh with rotation", || runtime.block_on(refresh(&app, &server))));
    figures.extend(of("introspection", || runtime.block_on(introspection(&app, &server))));
    let value = live_token(&runtime);
    figures.push(Figure { name: "a live opaque token: bytes".to_owned(), value });
    figures
}

/// The figures of a kind of request.
fn of(name: &str, mut request: impl FnMut() -> Counted) -> [Figure; 2] {
    let counted: Vec<_> = (0..FIRST + REQUESTS).map(|_| request()).skip(FIRST).collect();
    let median = |pick: fn(&Counted) -> usize| {
        let mut values: Vec<_> = counted.iter().map(pick).collect();
        values.sort_unstable();
        values[values.len() / 2]
    };
    [
        Figure { name: format!("{name}: allocations"), value: median(|counted| counted.allocations) },
        Figure { name: format!("{name}: bytes"), value: median(|counted| counted.bytes) },
    ]
}

type Working<G> = RunningServer<WorkServer<G>>;

fn work_server<G: TokenGenerator + 'static>(runtime: &Runtime, tokens: G) -> Working<G> {
    let (store, secret) = (MemoryStore::new(), ClientSecret::new(secret()).unwrap());
    for number in 0..CLIENTS {
        let client = Client::confidential(worker(number), &secret).scope("jobs").build().unwrap();
        runtime.block_on(store.save_client(client)).unwrap();
    }
    WorkServer { accounts: Workers { store }, tokens }.start().unwrap()
}

fn worker(number: usize) -> String {
    format!("worker-{number}")
}

type Testing = RunningServer<TestServer<Accounts<MemoryStore>>>;

fn test_server(runtime: &Runtime) -> Testing {
    let store = MemoryStore::new();
    for client in clients() {
        runtime.block_on(store.save_client(client)).unwrap();
    }
    TestServer { validator: Accounts(store) }.start().unwrap()
}

async fn client_credentials<G: TokenGenerator + 'static>(server: &Working<G>) -> Counted {
    let counted = count::ask(server, post("/token", &basic(&worker(0)), CLIENT_CREDENTIALS)).await;
    assert!(counted.body.starts_with(b"{\"access_token\":\""), "what is counted must be a token");
    counted
}

/// The first refresh of tokens of their own: each family may refresh a few times a second.
async fn refresh(app: &App, server: &Testing) -> Counted {
    let token = app.tokens().await.member("refresh_token");
    let form = format!("grant_type=refresh_token&refresh_token={token}");
    count::ask(server, post("/token", &basic("web"), &form)).await
}

async fn introspection(app: &App, server: &Testing) -> Counted {
    let token = app.tokens().await.member("access_token");
    let counted = count::ask(server, post("/introspect", &basic("web"), &format!("token={token}"))).await;
    assert!(counted.body.starts_with(b"{\"active\":true"), "what is counted must be a live token");
    counted
}

/// The bytes of a live token, which some clients share.
fn live_token(runtime: &Runtime) -> usize {
    let server = work_server(runtime, OpaqueTokens);
    let basic: Vec<_> = (0..CLIENTS).map(|number| basic(&worker(number))).collect();
    let ask = |tokens: usize| {
        for authorization in basic.iter().cycle().take(tokens) {
            drop(runtime.block_on(count::ask(&server, post("/token", authorization, CLIENT_CREDENTIALS))));
        }
    };
    ask(CLIENTS);
    let before = count::live();
    ask(TOKENS);
    (count::live() - before) / TOKENS
}

fn post(path: &str, authorization: &str, form: &str) -> Request<Full<Bytes>> {
    Request::post(path)
        .header(AUTHORIZATION, authorization)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Full::new(Bytes::from(form.to_owned())))
        .unwrap()
}
