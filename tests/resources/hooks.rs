//! What hooks decide, and what they may not.

use oauth_core::prelude::*;
use serde_json::json;

use crate::world::{CALENDAR, Hooks, MAIL, MCP, World};

#[tokio::test]
async fn a_hook_may_let_a_token_be_for_several() {
    let world = World::with(Hooks { picks: Some(&[CALENDAR, MAIL]), ..Hooks::default() }).await;
    let answer = world.redeem(&world.code(&[MAIL, CALENDAR]).await, &[]).await;
    world.assert_is_for(&answer, &json!([CALENDAR, MAIL]), "calendar.read mail.read").await;
    let answer = world.machine(&[MAIL, CALENDAR]).await;
    world.assert_is_for(&answer, &json!([CALENDAR, MAIL]), "calendar.read mail.read").await;
}

#[tokio::test]
async fn a_hook_may_pick_one_and_the_refresh_token_keeps_all() {
    let world = World::with(Hooks { picks: Some(&[MAIL]), ..Hooks::default() }).await;
    let answer = world.redeem(&world.code(&[CALENDAR, MAIL]).await, &[]).await;
    world.assert_is_for(&answer, &json!(MAIL), "mail.read").await;
    let answer = world.refresh(&answer.member("refresh_token"), &[CALENDAR]).await;
    world.assert_is_for(&answer, &json!(CALENDAR), "calendar.read").await;
}

#[tokio::test]
async fn a_hook_picks_of_what_it_is_given() {
    for picks in [&[][..], &[MCP][..], &[MAIL, "https://unknown.example"][..]] {
        let store = MemoryStore::new();
        let world = World::over(store.clone(), Hooks { picks: Some(picks), ..Hooks::default() }).await;
        let code = world.code(&[CALENDAR, MAIL]).await;
        world.redeem(&code, &[]).await.assert_error(500, "server_error");
        let mended = World::over(store, Hooks::default()).await;
        assert_eq!(mended.redeem(&code, &[MAIL]).await.status, 200, "nothing was used up");
    }
}

/// The two would contradict each other.
#[tokio::test]
async fn section_2_an_audience_of_a_hook_is_an_error_beside_resources() {
    let store = MemoryStore::new();
    let world =
        World::over(store.clone(), Hooks { audience: Some("https://else.example"), ..Hooks::default() })
            .await;
    let code = world.code(&[CALENDAR]).await;
    world.redeem(&code, &[]).await.assert_error(500, "server_error");
    world.machine(&[]).await.assert_error(500, "server_error");
    let mended = World::over(store, Hooks::default()).await;
    assert_eq!(mended.redeem(&code, &[]).await.status, 200, "nothing was used up");
}
