//! Access tokens that a store keeps against those that none does: issued, and told of by introspection. Rounds alternate, so that
//! both meet the same machine.

use std::hint::black_box;
use std::time::{Duration, Instant};

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{Request, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_tests::{WORKER, WorkServer, workers};
use tokio::runtime::{Builder, Runtime};

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "2s")]
struct Kept {
    #[signing_key]
    key: SigningKey,
}

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "2s", self_contained)]
struct SelfContained {
    #[signing_key]
    key: SigningKey,
}

/// Of a store with its type: what revokes, a validator that is generic in its store does not lend.
#[validator]
struct InMemory {
    #[store]
    store: MemoryStore,
}

#[validator]
struct OnDisk {
    #[store]
    store: SqliteStore,
}

const ROUNDS: usize = 15;
const REQUESTS: u32 = 200;

fn main() {
    // A test run of the benchmarks only asks whether it works.
    let (rounds, requests) =
        if std::env::args().any(|argument| argument == "--bench") { (ROUNDS, REQUESTS) } else { (1, 1) };
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let key = SigningKey::generate(Algorithm::ES256).expect("a key");

    let accounts = || InMemory { store: runtime.block_on(workers(MemoryStore::new())).store };
    let kept = WorkServer { accounts: accounts(), tokens: Kept { key: key.clone() } };
    let free = WorkServer { accounts: accounts(), tokens: SelfContained { key: key.clone() } };
    compare(
        &runtime,
        "memory",
        &kept.into_service().unwrap(),
        &free.into_service().unwrap(),
        rounds,
        requests,
    );

    let folder = tempfile::tempdir().expect("a directory");
    let accounts = |name: &str| {
        let store = runtime.block_on(SqliteStore::open(folder.path().join(name))).expect("a database");
        OnDisk { store: runtime.block_on(workers(store)).store }
    };
    let kept = WorkServer { accounts: accounts("kept.db"), tokens: Kept { key: key.clone() } };
    let free = WorkServer { accounts: accounts("free.db"), tokens: SelfContained { key } };
    compare(
        &runtime,
        "SQLite",
        &kept.into_service().unwrap(),
        &free.into_service().unwrap(),
        rounds,
        requests,
    );
}

async fn post<S: AuthorizationServer>(server: &RunningServer<S>, path: &str, form: String) -> Bytes {
    let request = Request::post(path)
        .header(AUTHORIZATION, WORKER)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Full::new(Bytes::from(form)))
        .expect("a well-formed request");
    let response = server.respond(request).await;
    assert_eq!(response.status(), StatusCode::OK, "what is measured must be an answer");
    response.into_body().collect().await.expect("a body").to_bytes()
}

async fn token<S: AuthorizationServer>(server: &RunningServer<S>) -> String {
    let answer = post(server, "/token", "grant_type=client_credentials&scope=jobs".to_owned()).await;
    let answer: serde_json::Value = serde_json::from_slice(&answer).expect("JSON");
    answer["access_token"].as_str().expect("a token").to_owned()
}

fn compare<A: AuthorizationServer, B: AuthorizationServer>(
    runtime: &Runtime,
    store: &str,
    kept: &RunningServer<A>,
    free: &RunningServer<B>,
    rounds: usize,
    requests: u32,
) {
    let issue = |is_kept: bool| {
        runtime.block_on(async {
            let token = if is_kept { token(kept).await } else { token(free).await };
            black_box(token);
        });
    };
    report(&format!("client_credentials, ES256, {store}"), rounds, requests, issue);
    let introspect = |is_kept: bool| {
        runtime.block_on(async {
            // One that was issued just now, so that none expires; what issuing takes is in the figures above.
            let told = if is_kept {
                post(kept, "/introspect", format!("token={}", token(kept).await)).await
            } else {
                post(free, "/introspect", format!("token={}", token(free).await)).await
            };
            assert!(told.starts_with(b"{") && !told.ends_with(b"false}"));
        });
    };
    report(&format!("the same, and introspection, {store}"), rounds, requests, introspect);
}

fn report(name: &str, rounds: usize, requests: u32, run: impl Fn(bool)) {
    let time = |is_kept: bool| {
        let start = Instant::now();
        (0..requests).for_each(|_| run(is_kept));
        start.elapsed() / requests
    };
    // The first is for warming up.
    let rounds: Vec<(Duration, Duration)> = (0..=rounds).map(|_| (time(true), time(false))).skip(1).collect();
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let of = |pick: fn(&(Duration, Duration)) -> f64| median(rounds.iter().map(pick).collect());
    println!("{name}");
    println!("  kept           {:9.1} us", of(|round| round.0.as_secs_f64() * 1e6));
    println!("  self-contained {:9.1} us", of(|round| round.1.as_secs_f64() * 1e6));
    println!("  ratio          {:9.3}", of(|round| round.1.as_secs_f64() / round.0.as_secs_f64()));
}
