//! What clients of the Model Context Protocol send: the URI as the metadata of the resource has it, or as their parser of URLs
//! writes it, in every request.

use serde_json::json;

use crate::world::{MCP, SCOPE, World};

#[tokio::test]
async fn the_forms_of_the_sdks_are_the_declared_resource() {
    let world = World::new().await;
    for form in ["https://mcp.example.com", "https://mcp.example.com/", "HTTPS://MCP.Example.com/"] {
        let answer = world.redeem(&world.code(&[form]).await, &[form]).await;
        world.assert_is_for(&answer, &json!(MCP), SCOPE).await;
        let answer = world.refresh(&answer.member("refresh_token"), &[form]).await;
        world.assert_is_for(&answer, &json!(MCP), SCOPE).await;
    }
    let answer =
        world.redeem(&world.code(&["https://mcp.example.com/"]).await, &["https://mcp.example.com"]).await;
    world.assert_is_for(&answer, &json!(MCP), SCOPE).await;
    let both = world.code(&["https://mcp.example.com/", "https://mcp.example.com"]).await;
    assert_eq!(world.redeem(&both, &[]).await.status, 200, "it is one");
}
