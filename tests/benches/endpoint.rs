//! The token endpoint: in this process; and over loopback HTTP, beside a bare axum handler that reads the same form and
//! writes the same JSON.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, PRAGMA};
use axum::http::{HeaderName, Request, StatusCode};
use axum::response::Json;
use axum::routing::post;
use bytes::Bytes;
use criterion::{BatchSize, Criterion};
use http_body_util::Full;
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_tests::{WORKER, WorkServer, workers};
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

/// Short-lived, so that what the store keeps stays as it is under a steady load.
#[token_generator(opaque, expires_in = "2s")]
struct OpaqueTokens;

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "2s")]
struct SignedTokens {
    #[signing_key]
    key: SigningKey,
}

const FORM: &str = "grant_type=client_credentials&scope=jobs";

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    in_process(&mut criterion);
    criterion.final_summary();
    // Cargo says so to a benchmark; a test run only asks whether it works.
    // Not in a test run of the benchmarks, and not where another one is asked for by name.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_asked_for = arguments.iter().all(|argument| argument.starts_with('-') || argument == "loopback");
    if is_asked_for && arguments.iter().any(|argument| argument == "--bench") {
        over_loopback();
    }
}

fn in_process(criterion: &mut Criterion) {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let accounts = || runtime.block_on(workers(MemoryStore::default()));
    let server = WorkServer { accounts: accounts(), tokens: OpaqueTokens };
    bench(criterion, &runtime, "opaque, memory", &server.into_service().expect("a server"));

    let key = SigningKey::generate(Algorithm::ES256).expect("a key");
    let server = WorkServer { accounts: accounts(), tokens: SignedTokens { key } };
    bench(criterion, &runtime, "ES256, memory", &server.into_service().expect("a server"));

    let directory = tempfile::tempdir().expect("a directory");
    let store = runtime.block_on(SqliteStore::open(directory.path().join("oauth.db"))).expect("a database");
    let server = WorkServer { accounts: runtime.block_on(workers(store)), tokens: OpaqueTokens };
    bench(criterion, &runtime, "opaque, SQLite", &server.into_service().expect("a server"));
}

fn bench<S: AuthorizationServer>(
    criterion: &mut Criterion,
    runtime: &Runtime,
    name: &str,
    service: &RunningServer<S>,
) {
    let request = || {
        Request::post("/token")
            .header(AUTHORIZATION, WORKER)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::new(Bytes::from_static(FORM.as_bytes())))
            .expect("a well-formed request")
    };
    let response = runtime.block_on(service.respond(request()));
    assert_eq!(response.status(), StatusCode::OK, "what is measured must be a token");
    criterion.bench_function(&format!("token endpoint, in process: {name}"), |bencher| {
        bencher.to_async(runtime).iter_batched(
            request,
            |request| service.respond(request),
            BatchSize::SmallInput,
        );
    });
}

/// The load: as many connections as a small pool keeps open, each sending one request after another.
const CONNECTIONS: usize = 16;
const ROUND: Duration = Duration::from_secs(2);
const ROUNDS: usize = 7;

/// Requests in a second, with server and load on one thread: what is measured is the work of a request, the kernel's and the
/// load's included, and not how cores wake each other. Rounds alternate, so that both servers meet the same machine.
fn over_loopback() {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let accounts = runtime.block_on(workers(MemoryStore::default()));
    let oauth = WorkServer { accounts, tokens: OpaqueTokens };
    let oauth = serve(&runtime, oauth.into_router().expect("a server"));
    let bare = serve(&runtime, Router::new().route("/token", post(bare)));

    let request = format!(
        "POST /token HTTP/1.1\r\nHost: localhost\r\nAuthorization: {WORKER}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{FORM}",
        FORM.len()
    );
    let rate = |address| runtime.block_on(load(address, &request, ROUND));
    // The first round is for warming up.
    let rounds: Vec<(f64, f64)> = (0..=ROUNDS).map(|_| (rate(oauth), rate(bare))).skip(1).collect();
    let ours = median(rounds.iter().map(|round| round.0));
    let theirs = median(rounds.iter().map(|round| round.1));
    let ratio = median(rounds.iter().map(|round| round.0 / round.1));
    println!("token endpoint, over loopback, {CONNECTIONS} connections, median of {ROUNDS} rounds:");
    println!("  ours         {ours:8.0} requests/s");
    println!("  bare handler {theirs:8.0} requests/s");
    println!("  ratio        {:7.1} %", ratio * 100.0);
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn serve(runtime: &Runtime, app: Router) -> SocketAddr {
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    runtime.spawn(axum::serve(listener, app).into_future());
    address
}

#[derive(Deserialize)]
struct TokenRequest {
    grant_type: String,
    scope: Option<String>,
}

#[derive(Serialize)]
struct TokenResponse {
    access_token: String,
    expires_in: u64,
    scope: String,
    token_type: &'static str,
}

type NoCache = [(HeaderName, &'static str); 2];

async fn bare(form: axum::Form<TokenRequest>) -> Result<(NoCache, Json<TokenResponse>), StatusCode> {
    if form.grant_type != "client_credentials" {
        return Err(StatusCode::BAD_REQUEST);
    }
    let token = TokenResponse {
        access_token: SecretString::random().expose().to_owned(),
        expires_in: 2,
        scope: form.0.scope.unwrap_or_default(),
        token_type: "Bearer",
    };
    Ok(([(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], Json(token)))
}

/// Requests in a second.
#[allow(clippy::cast_precision_loss)] // Nobody counts to 2^52.
async fn load(address: SocketAddr, request: &str, duration: Duration) -> f64 {
    let started = Instant::now();
    let mut connections = JoinSet::new();
    for _ in 0..CONNECTIONS {
        connections.spawn(connection(address, request.to_owned(), started + duration));
    }
    let count: u64 = connections.join_all().await.into_iter().sum();
    count as f64 / started.elapsed().as_secs_f64()
}

/// Sends one request after another until the end; returns how many were answered.
async fn connection(address: SocketAddr, request: String, end: Instant) -> u64 {
    let mut stream = TcpStream::connect(address).await.expect("the server listens");
    stream.set_nodelay(true).expect("a socket");
    let mut answer = Vec::with_capacity(4096);
    let mut count = 0;
    while Instant::now() < end {
        stream.write_all(request.as_bytes()).await.expect("the server reads");
        answer.clear();
        while !is_complete(&answer) {
            assert_ne!(stream.read_buf(&mut answer).await.expect("the server answers"), 0, "it hung up");
        }
        assert!(answer.starts_with(b"HTTP/1.1 200 "), "{}", String::from_utf8_lossy(&answer));
        count += 1;
    }
    count
}

/// Tells whether head and body of an answer are there.
fn is_complete(answer: &[u8]) -> bool {
    let Some(head) = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return false };
    let text = std::str::from_utf8(&answer[..head]).expect("a head is text");
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
    answer.len() == head + 4 + length.parse::<usize>().expect("a number")
}
