//! The token endpoint, in this process. `peers` has it over HTTP, beside a bare handler.

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{Request, StatusCode};
use bytes::Bytes;
use criterion::{BatchSize, Criterion};
use http_body_util::Full;
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_tests::{WORKER, WorkServer, workers};
use tokio::runtime::{Builder, Runtime};

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
