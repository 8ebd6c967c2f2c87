//! Minting a token, against the raw aws-lc-rs signature of as many bytes with the same key.
//!
//! Beside criterion's figures it prints the ratio of the two, from runs that alternate: whatever else the machine does
//! then slows both alike.

use std::hint::black_box;
use std::time::{Duration, Instant};

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256,
    RsaEncoding, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use criterion::{Criterion, criterion_group, criterion_main};
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use oauth_core::token::{JwtProfile, StaticClaim};
use oauth_tests::ready;
use oauth_tests::{ISSUER, clients};

const PROFILE: JwtProfile =
    JwtProfile::new().audience("https://api.example.com").claims(&[("tier", StaticClaim::Int(3))]);

/// A usual request: a person, two scopes, a claim of the validator.
fn request() -> Request {
    let mut request = Request::local(clients().remove(0));
    request = request.with_subject("248289761001");
    request = request.with_scopes(ScopeSet::parse("profile calendar").unwrap());
    request = request.with_auth_time(UnixTime::from_secs(1_700_000_000));
    request.claims.insert("tenant", "acme").unwrap();
    request
}

type Sign = Box<dyn Fn(&[u8])>;

/// The work that the library does with a key that was parsed once.
fn raw(key: &SigningKey, secret: &[u8]) -> Sign {
    let random = SystemRandom::new();
    let rsa = |encoding: &'static dyn RsaEncoding| -> Sign {
        let pair = RsaKeyPair::from_pkcs8(&pkcs8(key)).unwrap();
        let random = SystemRandom::new();
        Box::new(move |message| {
            let mut signature = vec![0; pair.public_modulus_len()];
            pair.sign(encoding, &random, message, &mut signature).unwrap();
            black_box(signature);
        })
    };
    match key.algorithm() {
        Algorithm::RS256 => rsa(&RSA_PKCS1_SHA256),
        Algorithm::PS256 => rsa(&RSA_PSS_SHA256),
        Algorithm::ES256 => {
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8(key)).unwrap();
            Box::new(move |message| {
                black_box(pair.sign(&random, message).unwrap());
            })
        }
        Algorithm::EdDSA => {
            let pair = Ed25519KeyPair::from_pkcs8(&pkcs8(key)).unwrap();
            Box::new(move |message| {
                black_box(pair.sign(message));
            })
        }
        Algorithm::HS256 => {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
            Box::new(move |message| {
                black_box(hmac::sign(&key, message));
            })
        }
        other => panic!("{other:?} is not measured"),
    }
}

fn pkcs8(key: &SigningKey) -> Vec<u8> {
    let pem = key.to_pkcs8_pem().unwrap();
    let body: String = pem.expose().lines().filter(|line| !line.starts_with("-----")).collect();
    STANDARD.decode(body).unwrap()
}

fn signed(criterion: &mut Criterion) {
    let rsa = SigningKey::generate(Algorithm::RS256).unwrap();
    let secret = SecretString::random();
    let keys = [
        rsa.clone(),
        rsa.with_algorithm(Algorithm::PS256).unwrap(),
        SigningKey::generate(Algorithm::ES256).unwrap(),
        SigningKey::generate(Algorithm::EdDSA).unwrap(),
        SigningKey::hmac(secret.expose(), Algorithm::HS256).unwrap(),
    ];
    let request = request();
    for key in keys {
        let sign = raw(&key, secret.expose().as_bytes());
        let mint = || drop(black_box(ready(PROFILE.generate(&key, ISSUER, &request)).unwrap()));
        let token = ready(PROFILE.generate(&key, ISSUER, &request)).unwrap();
        // Exactly as many bytes as the token has before its signature.
        let message = token.rsplit_once('.').unwrap().0.as_bytes();

        let name = format!("{:?}", key.algorithm());
        let mut group = criterion.benchmark_group(&name);
        group.bench_function("raw signature", |bencher| bencher.iter(|| sign(message)));
        group.bench_function("token", |bencher| bencher.iter(mint));
        group.finish();
        print_ratio(&name, || sign(message), mint);
    }
}

fn opaque(criterion: &mut Criterion) {
    let request = request();
    let bits = || drop(black_box(SecretString::random()));
    let mut group = criterion.benchmark_group("opaque");
    group.bench_function("random bits", |bencher| bencher.iter(bits));
    let prefixed = Opaque::DEFAULT.prefix("acme_at_");
    let mint = |generator: Opaque| drop(black_box(ready(generator.generate_token(&request)).unwrap()));
    group.bench_function("token", |bencher| bencher.iter(|| mint(Opaque::DEFAULT)));
    group.bench_function("token with prefix", |bencher| bencher.iter(|| mint(prefixed)));
    group.finish();
    print_ratio("opaque", bits, || mint(Opaque::DEFAULT));
}

/// The ratio of the medians of runs that alternate for a second and a half.
fn print_ratio(name: &str, mut one: impl FnMut(), mut other: impl FnMut()) {
    let time = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(1500) {
        ones.push(time(&mut one));
        others.push(time(&mut other));
    }
    let median = |mut times: Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    };
    let (one, other) = (median(ones), median(others));
    println!(
        "{name}: a token takes {:.3} times its cryptography ({other:?} against {one:?})",
        other.as_secs_f64() / one.as_secs_f64()
    );
}

criterion_group!(benches, signed, opaque);
criterion_main!(benches);
