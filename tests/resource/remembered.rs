//! Tokens whose signature is not verified again: what else there is to ask of them is asked each time.

use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use serde_json::json;

use crate::world::{AUDIENCE, Api, Issuer, access_token, claims, key};

#[resource_server(
    issuer = self.issuer,
    audience = self.audience,
    jwks,
    leeway = "10s",
    jwks_max_age = "1h",
    jwks_refresh_interval = "30s"
)]
struct Named {
    issuer: String,
    audience: &'static str,
}

#[resource_server(issuer = self.issuer, audience = "https://calendar.example.com", jwks, verification_cache = 0)]
struct Forgetful {
    issuer: String,
}

const SECOND: Duration = Duration::from_secs(1);

/// An issuer of one key, and an API that takes its tokens.
struct World {
    key: SigningKey,
    issuer: Issuer,
    clock: Clock,
    api: Api,
}

impl World {
    async fn new() -> Self {
        let key = key(Algorithm::ES256);
        let issuer = Issuer::signing(key.clone()).await;
        let clock = Clock::manual();
        let api = api(&issuer, &clock, AUDIENCE).await;
        Self { key, issuer, clock, api }
    }

    /// A token of which these claims are others, or none.
    fn token(&self, changed: &[(&str, serde_json::Value)]) -> String {
        let mut claims = claims(&self.issuer.url);
        for (name, value) in changed {
            claims[name] = value.clone();
        }
        access_token(&self.key, &claims)
    }

    /// The API takes a token, and so has it in its memory.
    async fn is_known(&self, token: &str) {
        for _ in 0..2 {
            assert_eq!(self.api.status(token).await, 200);
        }
    }
}

async fn api(issuer: &Issuer, clock: &Clock, audience: &'static str) -> Api {
    let named = Named { issuer: issuer.url.clone(), audience };
    Api::start(named.into_resource_in(Environment::new().clock(clock.clone())).unwrap()).await
}

#[tokio::test]
async fn a_cached_token_ends_at_its_exp() {
    let world = World::new().await;
    let exp = world.clock.now() + 100 * SECOND;
    let token = world.token(&[("exp", json!(exp))]);
    world.is_known(&token).await;

    world.clock.advance(109 * SECOND);
    assert_eq!(world.api.status(&token).await, 200, "the leeway counts as it always does");
    world.clock.advance(SECOND);
    world.api.refuses(&token, "expired").await;
}

#[tokio::test]
async fn a_cached_token_of_a_revoked_key_is_refused() {
    let world = World::new().await;
    let token = world.token(&[("exp", json!(world.clock.now() + 7200 * SECOND))]);
    world.is_known(&token).await;

    let new = key(Algorithm::ES256);
    world.issuer.rotate(new.clone().into());
    world.is_known(&token).await;
    // A token of the new key has the keys fetched.
    world.clock.advance(30 * SECOND);
    assert_eq!(world.api.status(&access_token(&new, &claims(&world.issuer.url))).await, 200);

    world.api.refuses(&token, "a key that is not known here").await;
}

/// The `kid` alone is no key.
#[tokio::test]
async fn a_cached_token_of_a_replaced_key_is_refused() {
    let named = |kid: &str| key(Algorithm::ES256).with_kid(kid).unwrap();
    let (old, new, other) = (named("1"), named("1"), named("2"));
    let issuer = Issuer::signing(old.clone()).await;
    let clock = Clock::manual();
    let api = api(&issuer, &clock, AUDIENCE).await;
    let token = access_token(&old, &claims(&issuer.url));
    assert_eq!(api.status(&token).await, 200);

    issuer.rotate(KeyRing::new(new).rotate(other.clone()).unwrap());
    clock.advance(30 * SECOND);
    assert_eq!(api.status(&access_token(&other, &claims(&issuer.url))).await, 200);

    api.refuses(&token, "signature").await;
}

#[tokio::test]
async fn a_cached_token_outlives_a_fetch_of_the_same_keys() {
    let world = World::new().await;
    let token = world.token(&[]);
    world.is_known(&token).await;
    // A key that nobody knows has them fetched.
    world.clock.advance(30 * SECOND);
    let stranger = access_token(&key(Algorithm::ES256), &claims(&world.issuer.url));
    assert_eq!(world.api.status(&stranger).await, 401);
    assert_eq!(world.issuer.asked("/jwks.json"), 2);
    world.is_known(&token).await;
}

#[tokio::test]
async fn a_token_that_differs_in_its_signature_is_not_the_cached_one() {
    let world = World::new().await;
    let token = world.token(&[]);
    world.is_known(&token).await;

    let other = world.token(&[]);
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let (_, of_other) = other.rsplit_once('.').unwrap();
    assert_ne!(signature, of_other, "signatures of ECDSA are random");
    assert_eq!(world.api.status(&other).await, 200, "both are right");
    let swapped = format!("{}{}", &signature[signature.len() / 2..], &signature[..signature.len() / 2]);
    for forged in [swapped.as_str(), "", &signature[1..], &"A".repeat(signature.len())] {
        assert_eq!(world.api.status(&format!("{signed}.{forged}")).await, 401, "{forged}");
    }
    world.is_known(&token).await;
}

/// Two resources share code, and no memory.
#[tokio::test]
async fn a_cached_token_for_another_audience_is_refused() {
    let world = World::new().await;
    let photos = api(&world.issuer, &world.clock, "https://photos.example.com").await;
    let token = world.token(&[]);
    world.is_known(&token).await;

    photos.refuses(&token, "another audience").await;
    let of_both = world.token(&[("aud", json!([AUDIENCE, "https://photos.example.com"]))]);
    world.is_known(&of_both).await;
    assert_eq!(photos.status(&of_both).await, 200);
}

#[tokio::test]
async fn the_scopes_of_a_cached_token_are_asked_for_each_time() {
    let world = World::new().await;
    let token = world.token(&[("scope", json!("calendar.write"))]);
    for _ in 0..2 {
        let statuses =
            [world.api.get("/any", &token).await.status, world.api.get("/read", &token).await.status];
        assert_eq!(statuses.map(|status| status.as_u16()), [200, 403]);
    }
}

#[tokio::test]
async fn a_token_that_is_refused_is_not_cached() {
    let world = World::new().await;
    let token = world.token(&[("nbf", json!(world.clock.now() + 60 * SECOND))]);
    world.api.refuses(&token, "not valid yet").await;
    world.clock.advance(50 * SECOND);
    world.is_known(&token).await;
}

#[tokio::test]
async fn without_a_cache_it_is_the_same() {
    let issuer = Issuer::signing(key(Algorithm::ES256)).await;
    let api = Api::start(Forgetful { issuer: issuer.url.clone() }.into_resource().unwrap()).await;
    let token = issuer.token("calendar.read").await;
    for _ in 0..2 {
        assert_eq!(api.status(&token).await, 200);
        assert_eq!(api.status(&token[..token.len() - 2]).await, 401);
    }
}
