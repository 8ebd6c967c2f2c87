//! `resource` of an authorization request.

use serde_json::json;

use crate::world::{CALENDAR, MAIL, MCP, World};

#[tokio::test]
async fn section_2_1_a_token_is_for_the_resource_that_was_asked_for() {
    let world = World::new().await;
    let answer = world.redeem(&world.code(&[CALENDAR]).await, &[]).await;
    world.assert_is_for(&answer, &json!(CALENDAR), "calendar.read").await;
    let answer = world.redeem(&world.code(&[MAIL]).await, &[MAIL]).await;
    world.assert_is_for(&answer, &json!(MAIL), "mail.read").await;
    let answer = world.redeem(&world.code(&[MCP]).await, &[]).await;
    world.assert_is_for(&answer, &json!(MCP), crate::world::SCOPE).await;
}

#[tokio::test]
async fn section_2_what_is_no_declared_resource_is_an_invalid_target() {
    let world = World::new().await;
    for resource in [
        "https://api.example.com/calendar#work",
        "https://api.example.com/calendar#",
        "https://api.example.com/calendar/",
        "https://api.example.com/calendar?x",
        "https://api.example.com/calendar.evil",
        "https://api.example.com",
        "https://api.example.com/Calendar",
        "http://api.example.com/calendar",
        "https://api.example.com:443/calendar",
        "https://api.example.com@evil.example/calendar",
        "https://mcp.example.com.evil.example",
        "https://mcp.example.com/mcp",
        "https://mcp.example.com#",
        "calendar",
        "/calendar",
        "urn:example:calendar",
        "*",
        " ",
    ] {
        let answer = world.authorize("web", &[resource]).await;
        answer.assert_redirected_error("https://web.example/cb", "invalid_target");
        let answer = world.authorize("web", &[CALENDAR, resource]).await;
        answer.assert_redirected_error("https://web.example/cb", "invalid_target");
    }
}

#[tokio::test]
async fn another_clients_resource_is_an_invalid_target() {
    let world = World::new().await;
    assert!(world.authorize("mailer", &[MAIL]).await.params().contains_key("code"));
    for resource in [CALENDAR, MCP] {
        let answer = world.authorize("mailer", &[resource]).await;
        answer.assert_redirected_error("https://mailer.example/cb", "invalid_target");
    }
}

#[tokio::test]
async fn section_2_it_may_be_repeated_and_nothing_else_may() {
    let world = World::new().await;
    assert!(world.authorize("web", &[CALENDAR, MAIL, CALENDAR]).await.params().contains_key("code"));
    let path = "/authorize?client_id=web&client_id=web&resource=https%3A%2F%2Fmcp.example.com";
    world.app.get(path).await.assert_page(400);
}

#[tokio::test]
async fn an_empty_one_is_none() {
    let world = World::new().await;
    let answer = world.redeem(&world.code(&[""]).await, &[""]).await;
    world.assert_is_for(&answer, &json!(MCP), crate::world::SCOPE).await;
}

/// RFC 6749 §3.1: "The authorization server MUST ignore unrecognized request parameters."
#[tokio::test]
async fn a_server_that_declares_none_does_not_know_the_parameter() {
    let app = oauth_tests::App::new().await;
    let params = [
        ("response_type", "code"),
        ("client_id", "web"),
        ("redirect_uri", "https://web.example/cb"),
        ("code_challenge", oauth_tests::CHALLENGE),
        ("code_challenge_method", "S256"),
        ("resource", "https://api.example.com/calendar#"),
    ];
    let code = app.authorize(&params).await.params()["code"].clone();
    assert_eq!(app.redeem(&code).await.status, 200);
    let twice = [&params[..], &[("resource", "https://b.example")]].concat();
    app.authorize(&twice).await.assert_page(400);
}
