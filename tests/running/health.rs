//! The health of an instance.

use std::sync::atomic::Ordering;
use std::time::Duration;

use http::Request;
use oauth_tests::{App, CAUSE};
use serde_json::json;
use tower::ServiceExt as _;

use crate::world::{Mood, World};

fn app(world: &World) -> App {
    App::over_router(world.server.clone().into_router().merge(world.server.health().into_router()))
}

#[tokio::test]
async fn an_instance_that_can_answer_is_ready() {
    let world = World::new();
    let answer = app(&world).get("/health/ready").await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, json!({ "status": "ready" })));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(app(&world).get("/health/alive").await.status, 204);
    assert_eq!(app(&world).get("/health").await.status, 404);
    assert_eq!(app(&world).post("/health/ready", "", &[]).await.status, 405);
}

#[tokio::test]
async fn an_instance_whose_store_fails_is_alive_and_not_ready_and_does_not_say_why() {
    let world = World::new();
    world.moody.feel(Mood::Failing);
    let answer = app(&world).get("/health/ready").await;
    assert_eq!(answer.status, 503);
    assert_eq!(answer.json(), json!({ "status": "not ready", "problems": ["its Moody is not ready"] }));
    assert!(!answer.text().contains(CAUSE));
    assert_eq!(app(&world).get("/health/alive").await.status, 204);
}

#[tokio::test]
async fn a_store_that_says_nothing_is_not_waited_for() {
    let world = World::new();
    world.moody.feel(Mood::Silent);
    let answer = app(&world).get("/health/ready").await;
    let problems = json!(["its Moody does not answer within a second"]);
    assert_eq!((answer.status.as_u16(), &answer.json()["problems"]), (503, &problems));
    assert_eq!(app(&world).get("/health/alive").await.status, 204);
}

/// Probes cost a store nothing to speak of, whoever sends them.
#[tokio::test]
async fn a_flood_of_probes_asks_a_store_once_a_second() {
    let world = World::new();
    let app = app(&world);
    for _ in 0..100 {
        assert_eq!(app.get("/health/ready").await.status, 200);
    }
    assert_eq!(world.moody.asked.load(Ordering::SeqCst), 1);
    world.moody.feel(Mood::Failing);
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(app.get("/health/ready").await.status, 503);
    world.moody.feel(Mood::Good);
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(app.get("/health/ready").await.status, 200);
}

#[tokio::test]
async fn who_drains_answers_and_is_not_ready() {
    let world = World::new();
    let app = app(&world);
    assert_eq!(app.get("/health/ready").await.status, 200);
    world.server.drain();
    let answer = app.get("/health/ready").await;
    assert_eq!((answer.status.as_u16(), &answer.json()["problems"]), (503, &json!(["it is draining"])));
    assert_eq!(app.get("/.well-known/oauth-authorization-server").await.status, 200);
}

#[tokio::test]
async fn health_is_a_tower_service() {
    let world = World::new();
    let ask = async |path: &str| {
        let request = Request::head(path).body(()).unwrap();
        world.server.health().oneshot(request).await.unwrap().status().as_u16()
    };
    assert_eq!((ask("/health/ready").await, ask("/health/alive").await, ask("/").await), (200, 204, 404));
}
