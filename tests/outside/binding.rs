//! A token binding with a scheme of its own.

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use oauth_core::binding::Binding;
use oauth_core::prelude::*;
use oauth_core::scope::StepUp;
use oauth_core::secret::TokenHash;
use serde_json::{Map, Value, json};
use tower::ServiceExt as _;

use crate::world::{Answer, World, basic, world};

/// A token is good for whoever has the seal that its request had.
pub(crate) struct Sealed;

const MEMBER: &str = "urn:example:seal";

fn seal(request: &Request) -> Option<&str> {
    request.headers().get("seal")?.to_str().ok()
}

impl Binding for Sealed {
    const SCHEME: &'static str = "Sealed";

    async fn bind(&self, request: &mut Request) -> Result<Option<Value>> {
        match seal(request) {
            Some("broken") => Err(Error::invalid_request("the seal is broken")),
            seal => Ok(seal.map(|seal| json!({ MEMBER: seal }))),
        }
    }

    fn is_of(&self, confirmation: Option<&Value>) -> bool {
        confirmation.is_some_and(|confirmation| confirmation.get(MEMBER).is_some())
    }

    /// A ticket that comes with the seal is used once.
    async fn verify(&self, confirmation: &Value, _: &str, request: &mut Request) -> Result<()> {
        if confirmation[MEMBER].as_str() != seal(request) {
            return Err(Error::invalid_token("the seal is another"));
        }
        if let Some(ticket) = request.headers().get("ticket").and_then(|ticket| ticket.to_str().ok()) {
            let (id, until) = (TokenHash::of(ticket), request.now() + Duration::from_mins(1));
            request.claim_once(id, until, || Error::invalid_token("the ticket was used"));
        }
        Ok(())
    }

    fn metadata(&self, document: &mut Map<String, Value>) {
        document.insert("seals_supported".to_owned(), json!(["wax"]));
    }
}

/// A token for these headers.
async fn token(world: &World, headers: &[(&str, &str)]) -> (String, String) {
    let tokens = world.barter(headers, &[("good", "wool"), ("scope", "openid jobs")]).await;
    assert_eq!(tokens.status, 200, "{}", tokens.json);
    (tokens.text("access_token").to_owned(), tokens.text("token_type").to_owned())
}

#[tokio::test]
async fn a_bound_token_says_so() {
    let world = world().await;
    let (bound, token_type) = token(&world, &[("seal", "lion")]).await;
    assert_eq!(token_type, "Sealed");
    let (name, value) = basic();
    let seen = world.post("/introspect", &[(name, &value)], &[("token", &bound)]).await;
    assert_eq!(
        (seen.text("token_type"), &seen.json["cnf"]),
        ("Sealed", &json!({ MEMBER: "lion" })),
        "{}",
        seen.json
    );
    let (plain, token_type) = token(&world, &[]).await;
    assert_eq!(token_type, "Bearer");
    let seen = world.post("/introspect", &[(name, &value)], &[("token", &plain)]).await;
    assert_eq!((seen.text("token_type"), &seen.json["cnf"]), ("Bearer", &Value::Null));
    assert_eq!(world.metadata().await["seals_supported"], json!(["wax"]));
    world.barter(&[("seal", "broken")], &[("good", "wool")]).await.assert_error(400, "invalid_request");
}

/// Each way to present each token, and whether it works.
async fn cases(world: &World) -> Vec<(Vec<(&'static str, String)>, bool)> {
    let (bound, _) = token(world, &[("seal", "lion")]).await;
    let (plain, _) = token(world, &[]).await;
    let with = |scheme: &str, token: &str, seal: Option<&str>| {
        let mut headers = vec![("authorization", format!("{scheme} {token}"))];
        headers.extend(seal.map(|seal| ("seal", seal.to_owned())));
        headers
    };
    vec![
        (with("Sealed", &bound, Some("lion")), true),
        (with("sealed", &bound, Some("lion")), true),
        (with("Sealed", &bound, Some("bear")), false),
        (with("Sealed", &bound, None), false),
        // RFC 9449 §7.2: no binding is shed by another scheme.
        (with("Bearer", &bound, Some("lion")), false),
        (with("Bearer", &bound, None), false),
        (with("Bearer", &plain, None), true),
        (with("Sealed", &plain, Some("lion")), false),
    ]
}

fn assert_answer(answer: &Answer, headers: &[(&str, String)], works: bool) {
    assert_eq!(answer.status, if works { 200 } else { 401 }, "{headers:?} {}", answer.challenge());
    if !works {
        let challenge = answer.challenge();
        assert!(challenge.contains("Bearer realm=") && challenge.contains("Sealed realm="), "{challenge}");
        assert!(challenge.contains("invalid_token"), "{challenge}");
    }
}

#[tokio::test]
async fn userinfo_takes_a_token_by_its_own_scheme_and_with_its_proof() {
    let world = world().await;
    for (headers, works) in cases(&world).await {
        let borrowed: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_answer(&world.get("/userinfo", &borrowed).await, &headers, works);
    }
}

#[tokio::test]
async fn a_local_resource_does_too() {
    let world = world().await;
    let resource = world.0.protected_resource(ResourceConfig::new()).unwrap();
    let router = Router::new().route("/me", get(async |_: Bearer<()>| "{}")).with_state(resource);
    for (headers, works) in cases(&world).await {
        let borrowed: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = send(&router, "/me", &borrowed).await;
        assert_answer(&answer, &headers, works);
    }
}

/// Uses up once what every extractor of a handler looks at: by the request, and not by each of them.
#[tokio::test]
async fn two_extractors_of_one_handler_share_what_a_request_uses_up() {
    let world = world().await;
    let (bound, _) = token(&world, &[("seal", "lion")]).await;
    let resource = world.0.protected_resource(ResourceConfig::new()).unwrap();
    let twice = get(async |_: Bearer<()>, _: Option<Bearer<()>>| "{}");
    let router = Router::new().route("/twice", twice).with_state(resource);
    for status in [200, 401] {
        let answer = ask(&router, "/twice", "Sealed", &[("seal", "lion"), ("ticket", "1")], &bound).await;
        assert_eq!(answer.status, status, "{}", answer.challenge());
    }
}

#[step_up(acr = "urn:example:mfa")]
struct Mfa;

/// RFC 9470 §3: the next token is presented as this one was.
#[tokio::test]
async fn a_step_up_challenges_by_the_scheme_of_the_token() {
    let world = world().await;
    let resource = world.0.protected_resource(ResourceConfig::new()).unwrap();
    let router = Router::new().route("/pay", get(async |_: Bearer<StepUp<Mfa>>| "{}")).with_state(resource);
    for (seal, scheme) in [(Some(("seal", "lion")), "Sealed"), (None, "Bearer")] {
        let headers = Vec::from_iter(seal);
        let (token, token_type) = token(&world, &headers).await;
        assert_eq!(token_type, scheme);
        let challenge = ask(&router, "/pay", scheme, &headers, &token).await.challenge();
        assert!(
            challenge.starts_with(&format!("{scheme} realm=")) && !challenge.contains(" | "),
            "{challenge}"
        );
        assert!(challenge.contains("insufficient_user_authentication"), "{challenge}");
    }
}

async fn ask(router: &Router, path: &str, scheme: &str, headers: &[(&str, &str)], token: &str) -> Answer {
    let credentials = format!("{scheme} {token}");
    send(router, path, &[&[("authorization", credentials.as_str())], headers].concat()).await
}

async fn send(router: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = http::Request::get(path);
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let response = router.clone().oneshot(request.body(axum::body::Body::empty()).unwrap()).await.unwrap();
    let (parts, _) = response.into_parts();
    Answer { status: parts.status, headers: parts.headers, json: Value::Null }
}

/// A resource that knows no such binding must not take the token for one without.
#[tokio::test]
async fn a_token_whose_binding_is_unknown_is_refused() {
    let sealing = world().await;
    let (bound, _) = token(&sealing, &[("seal", "lion")]).await;
    let store = sealing.0.accounts.store.clone();
    let mut server = crate::world::server().await;
    server.accounts.store = store;
    let unaware = World(server.start().unwrap());
    for scheme in ["Bearer", "Sealed"] {
        let answer = unaware
            .get("/userinfo", &[("authorization", &format!("{scheme} {bound}")), ("seal", "lion")])
            .await;
        assert_eq!(answer.status, 401, "{scheme}");
    }
}
