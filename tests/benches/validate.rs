//! Validating a signed access token at an API, from the head of a request to the token that a handler gets, beside the raw aws-lc-rs
//! verification of its signature; and the same token once it is known, beside the SHA-256 of it. Rounds alternate, so that all meet the
//! same machine.

use std::hint::black_box;
use std::time::Instant;

use aws_lc_rs::digest;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    RsaPublicKeyComponents,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::request::Parts;
use oauth_core::http::{HttpClient, HttpError};
use oauth_core::jose::JwkSet;
use oauth_core::prelude::*;
use oauth_core::resource::{ProtectedResource, TokenValidator};
use oauth_core::token::{JwtProfile, StaticClaim};
use oauth_tests::{ISSUER, clients, ready};

#[scope("calendar")]
struct Calendar;

/// Verifies each time.
#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    jwks = "https://auth.example.com/jwks.json",
    jwks_max_age = "1d",
    verification_cache = 0
)]
struct Forgetful {
    #[http_client]
    keys: Keys,
}

/// Knows what it has verified.
#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    jwks = "https://auth.example.com/jwks.json",
    jwks_max_age = "1d"
)]
struct Api {
    #[http_client]
    keys: Keys,
}

/// Answers with the keys of the issuer: three, as while one takes the place of another.
#[derive(Clone)]
struct Keys(Bytes);

impl HttpClient for Keys {
    async fn send(&self, _: http::Request<Bytes>) -> Result<http::Response<Bytes>, HttpError> {
        Ok(http::Response::new(self.0.clone()))
    }
}

const PROFILE: JwtProfile =
    JwtProfile::new().audience("https://api.example.com").claims(&[("tier", StaticClaim::Int(3))]);

/// A usual token: a person, two scopes, a claim of the validator.
fn token(key: &SigningKey) -> String {
    let request = Request::local(clients().remove(0));
    let mut request =
        request.with_subject("248289761001").with_scopes(ScopeSet::parse("profile calendar").unwrap());
    request.claims.insert("tenant", "acme").unwrap();
    ready(PROFILE.generate(key, ISSUER, &request)).unwrap()
}

/// The head of a request as clients send them.
fn head(token: &str) -> Parts {
    let request = http::Request::get("https://api.example.com/events?from=monday")
        .header("host", "api.example.com")
        .header("user-agent", "calendar/1.0")
        .header("accept", "application/json")
        .header("authorization", format!("Bearer {token}"));
    request.body(()).unwrap().into_parts().0
}

/// The key as the library parses it, once.
fn raw(key: &SigningKey) -> ParsedPublicKey {
    let jwk = key.public_jwk().unwrap();
    let member = |name| URL_SAFE_NO_PAD.decode(jwk.text(name).unwrap()).unwrap();
    let rsa = |parameters| {
        RsaPublicKeyComponents { n: member("n"), e: member("e") }.to_parsed_public_key(parameters).unwrap()
    };
    match key.algorithm() {
        Algorithm::RS256 => rsa(&RSA_PKCS1_2048_8192_SHA256),
        Algorithm::PS256 => rsa(&RSA_PSS_2048_8192_SHA256),
        Algorithm::ES256 => {
            let point = [vec![4], member("x"), member("y")].concat();
            ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).unwrap()
        }
        Algorithm::EdDSA => ParsedPublicKey::new(&ED25519, member("x")).unwrap(),
        other => panic!("{other:?} is not measured"),
    }
}

/// Whatever is measured must be right: the token opens the API and says whose it is, and another signature opens nothing.
fn check<V: TokenValidator>(resource: &ProtectedResource<V>, token: &str) {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let middle = signature.len() / 2;
    let other = if signature.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let forged = format!("{signed}.{}{other}{}", &signature[..middle], &signature[middle + 1..]);
    for _ in 0..2 {
        let known = ready(resource.authorize_parts::<Calendar>(&head(token))).expect("a valid token");
        assert_eq!(known.subject(), Some("248289761001"));
        assert_eq!(known.claims()["tenant"], "acme");
        let refused = ready(resource.authorize_parts::<Calendar>(&head(&forged))).expect_err("a forged one");
        assert_eq!(refused.status(), 401);
    }
}

/// Microseconds that each takes, and the ratios of the rounds, in the middle.
struct Table {
    rounds: usize,
    requests: u32,
}

impl Table {
    fn measure(&self, one: impl Fn(), other: impl Fn()) -> (f64, f64, f64) {
        let time = |run: &dyn Fn()| {
            let start = Instant::now();
            (0..self.requests).for_each(|_| run());
            start.elapsed().as_secs_f64() * 1e6 / f64::from(self.requests)
        };
        // The first is for warming up.
        let rounds: Vec<_> = (0..=self.rounds).map(|_| (time(&one), time(&other))).skip(1).collect();
        let median = |of: fn(&(f64, f64)) -> f64| {
            let mut figures: Vec<_> = rounds.iter().map(of).collect();
            figures.sort_by(f64::total_cmp);
            figures[figures.len() / 2]
        };
        (median(|round| round.0), median(|round| round.1), median(|round| round.1 / round.0))
    }
}

fn main() {
    // A test run of the benchmarks only asks whether it works.
    let is_measured = std::env::args().any(|argument| argument == "--bench");
    let table = |rounds, requests| {
        if is_measured { Table { rounds, requests } } else { Table { rounds: 1, requests: 1 } }
    };
    let (verified, known) = (table(301, 20), table(301, 200));
    println!(
        "{:10} {:>10} {:>12} {:>7}   {:>10} {:>10} {:>7}",
        "", "raw us", "validated us", "ratio", "SHA-256 us", "known us", "ratio"
    );
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let rsa = SigningKey::generate(Algorithm::RS256).unwrap();
    let keys = [
        rsa.clone(),
        rsa.with_algorithm(Algorithm::PS256).unwrap(),
        SigningKey::generate(Algorithm::ES256).unwrap(),
        SigningKey::generate(Algorithm::EdDSA).unwrap(),
    ];
    for key in keys {
        let neighbours = [Algorithm::ES256, Algorithm::RS256].map(|it| SigningKey::generate(it).unwrap());
        let published = neighbours.iter().chain([&key]).filter_map(SigningKey::public_jwk);
        let mut set = JwkSet::default();
        set.keys = published.collect();
        let published = serde_json::to_vec(&set).unwrap();
        let client = Keys(published.into());
        let forgetful = Forgetful { keys: client.clone() }.into_resource().unwrap();
        let api = Api { keys: client }.into_resource().unwrap();

        let token = token(&key);
        let head = head(&token);
        // The keys are fetched once, by a task.
        runtime.block_on(async {
            forgetful.authorize_parts::<Calendar>(&head).await.expect("a valid token");
            api.authorize_parts::<Calendar>(&head).await.expect("a valid token");
        });
        check(&forgetful, &token);
        check(&api, &token);

        let raw = raw(&key);
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let verify = || raw.verify_sig(black_box(signed.as_bytes()), &signature).unwrap();
        let validate = || drop(black_box(ready(forgetful.authorize_parts::<Calendar>(&head)).unwrap()));
        let (one, other, ratio) = verified.measure(verify, validate);
        print!("{:10} {one:10.2} {other:12.2} {ratio:7.3}", format!("{:?}", key.algorithm()));

        let hash = || {
            black_box(digest::digest(&digest::SHA256, black_box(token.as_bytes())));
        };
        let look_up = || drop(black_box(ready(api.authorize_parts::<Calendar>(&head)).unwrap()));
        let (one, other, ratio) = known.measure(hash, look_up);
        println!("   {one:10.3} {other:10.3} {ratio:7.2}");

        check(&forgetful, &token);
        check(&api, &token);
    }
}
