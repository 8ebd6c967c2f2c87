//! `resource` of token requests: a part of what was granted, and nothing is used up before that is certain.

use serde_json::json;

use crate::world::{CALENDAR, MAIL, MCP, World};

/// What is wrong with each, for a code of the calendar.
const WRONG: [&[&str]; 6] = [
    &["https://api.example.com/calendar#work"],
    &["https://unknown.example"],
    &["calendar"],
    &[MAIL],
    &[CALENDAR, MAIL],
    &[CALENDAR, "https://unknown.example"],
];

#[tokio::test]
async fn section_2_2_an_invalid_target_uses_no_code_up() {
    let world = World::new().await;
    let code = world.code(&[CALENDAR]).await;
    for resources in WRONG {
        world.redeem(&code, resources).await.assert_error(400, "invalid_target");
    }
    let answer = world.redeem(&code, &[CALENDAR]).await;
    world.assert_is_for(&answer, &json!(CALENDAR), "calendar.read").await;
}

#[tokio::test]
async fn section_2_2_an_invalid_target_uses_no_refresh_token_up() {
    let world = World::new().await;
    let tokens = world.redeem(&world.code(&[CALENDAR]).await, &[]).await;
    let refresh_token = tokens.member("refresh_token");
    for resources in WRONG {
        world.refresh(&refresh_token, resources).await.assert_error(400, "invalid_target");
    }
    let answer = world.refresh(&refresh_token, &[]).await;
    world.assert_is_for(&answer, &json!(CALENDAR), "calendar.read").await;
}

/// A replay is one only if the second request was right otherwise.
#[tokio::test]
async fn a_replay_with_an_invalid_target_revokes_nothing() {
    let world = World::new().await;
    let code = world.code(&[CALENDAR]).await;
    let token = world.redeem(&code, &[]).await.member("access_token");
    world.redeem(&code, &[MAIL]).await.assert_error(400, "invalid_target");
    assert_eq!(world.introspect(&token).await["active"], true);
    world.redeem(&code, &[CALENDAR]).await.assert_error(400, "invalid_grant");
    assert_eq!(world.introspect(&token).await["active"], false);
}

#[tokio::test]
async fn section_2_2_each_refresh_is_for_one_of_what_was_granted_and_the_refresh_token_keeps_all() {
    let world = World::new().await;
    let answer = world.redeem(&world.code(&[CALENDAR, MAIL]).await, &[MAIL]).await;
    world.assert_is_for(&answer, &json!(MAIL), "mail.read").await;
    let answer = world.refresh(&answer.member("refresh_token"), &[CALENDAR]).await;
    world.assert_is_for(&answer, &json!(CALENDAR), "calendar.read").await;
    let answer = world.refresh(&answer.member("refresh_token"), &[MAIL]).await;
    world.assert_is_for(&answer, &json!(MAIL), "mail.read").await;
    let refresh_token = answer.member("refresh_token");
    world.refresh(&refresh_token, &[MCP]).await.assert_error(400, "invalid_target");
    assert_eq!(world.refresh(&refresh_token, &[CALENDAR]).await.status, 200);
}

/// RFC 9700 §2.3: each API that takes a token could use it at the other.
#[tokio::test]
async fn a_token_for_several_is_refused_and_uses_nothing_up() {
    let world = World::new().await;
    let code = world.code(&[CALENDAR, MAIL]).await;
    world.redeem(&code, &[]).await.assert_error(400, "invalid_target");
    world.redeem(&code, &[CALENDAR, MAIL]).await.assert_error(400, "invalid_target");
    let answer = world.redeem(&code, &[CALENDAR]).await;
    world.assert_is_for(&answer, &json!(CALENDAR), "calendar.read").await;
    let refresh_token = answer.member("refresh_token");
    world.refresh(&refresh_token, &[]).await.assert_error(400, "invalid_target");
    assert_eq!(world.refresh(&refresh_token, &[MAIL]).await.status, 200);
}

/// What a person did not agree to, a token request does not add.
#[tokio::test]
async fn without_one_granted_the_token_has_the_default_audience_and_no_other() {
    let world = World::new().await;
    let code = world.code(&[]).await;
    world.redeem(&code, &[CALENDAR]).await.assert_error(400, "invalid_target");
    let answer = world.redeem(&code, &[]).await;
    world.assert_is_for(&answer, &json!(MCP), crate::world::SCOPE).await;
    let refresh_token = answer.member("refresh_token");
    world.refresh(&refresh_token, &[CALENDAR]).await.assert_error(400, "invalid_target");
    assert_eq!(world.refresh(&refresh_token, &[]).await.status, 200);
}

#[tokio::test]
async fn what_an_operator_takes_from_a_client_is_gone_and_never_the_default_audience() {
    let world = World::new().await;
    let both = world.redeem(&world.code(&[CALENDAR, MAIL]).await, &[CALENDAR]).await.member("refresh_token");
    let calendar = world.redeem(&world.code(&[CALENDAR]).await, &[]).await.member("refresh_token");
    let code = world.code(&[CALENDAR]).await;
    world.leave_web(MAIL).await;
    world.refresh(&both, &[CALENDAR]).await.assert_error(400, "invalid_target");
    world.refresh(&calendar, &[]).await.assert_error(400, "invalid_target");
    world.redeem(&code, &[]).await.assert_error(400, "invalid_target");
    let answer = world.refresh(&both, &[]).await;
    world.assert_is_for(&answer, &json!(MAIL), "mail.read").await;
}

#[tokio::test]
async fn a_client_for_itself_names_one() {
    let world = World::new().await;
    let answer = world.machine(&[MAIL]).await;
    world.assert_is_for(&answer, &json!(MAIL), "mail.read").await;
    let answer = world.machine(&[]).await;
    world.assert_is_for(&answer, &json!(MCP), "calendar.read mail.read").await;
    world.machine(&[MAIL, CALENDAR]).await.assert_error(400, "invalid_target");
    world.machine(&["https://api.example.com/mail#"]).await.assert_error(400, "invalid_target");
}

/// RFC 6749 §5.1: without `scope`, a token would seem to have all that was asked for.
#[tokio::test]
async fn section_2_2_a_resource_that_knows_none_of_the_scopes_gives_no_token_and_uses_nothing_up() {
    let world = World::new().await;
    let tokens = world.redeem(&world.code(&[CALENDAR, MAIL]).await, &[MAIL]).await;
    let refresh_token = tokens.member("refresh_token");
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", &refresh_token),
        ("scope", "mail.read"),
        ("resource", CALENDAR),
    ];
    world.app.post("/token", &oauth_tests::basic("web"), &form).await.assert_error(400, "invalid_scope");
    assert_eq!(world.refresh(&refresh_token, &[MAIL]).await.status, 200);
    let form = [("grant_type", "client_credentials"), ("scope", "profile"), ("resource", MAIL)];
    world.app.post("/token", &oauth_tests::basic("web"), &form).await.assert_error(400, "invalid_scope");
    let path = format!(
        "/authorize?response_type=code&client_id=web&redirect_uri=https%3A%2F%2Fweb.example%2Fcb&scope=profile\
         &code_challenge_method=S256&code_challenge={}&resource={MAIL}",
        oauth_tests::CHALLENGE
    );
    world.app.get(&path).await.assert_redirected_error("https://web.example/cb", "invalid_scope");
}

#[tokio::test]
async fn nothing_else_may_be_repeated() {
    let world = World::new().await;
    let body =
        "grant_type=client_credentials&scope=profile&scope=profile&resource=https%3A%2F%2Fmcp.example.com";
    world.app.post_raw("/token", &oauth_tests::basic("web"), body).await.assert_error(400, "invalid_request");
}
