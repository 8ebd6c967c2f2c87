//! Resources beside the server take tokens that are for them.

use http::Request as HttpRequest;
use oauth_core::prelude::*;
use oauth_core::resource::{ProtectedResource, TokenValidator};

use crate::world::{CALENDAR, MAIL, MCP, World};

async fn takes(resource: &ProtectedResource<impl TokenValidator>, token: &str) -> bool {
    let request = HttpRequest::get("/").header("authorization", format!("Bearer {token}")).body(()).unwrap();
    let mut request = Request::for_application(&request.into_parts().0).unwrap();
    resource.authorize::<()>(&mut request).await.is_ok()
}

#[tokio::test]
async fn rfc9700_section_4_9_a_token_works_at_its_own_resource_alone() {
    let world = World::new().await;
    let at = |audience| world.running.protected_resource(ResourceConfig::new().audience(audience)).unwrap();
    let resources = [CALENDAR, MAIL, MCP].map(|audience| (audience, at(audience)));
    for asked in [CALENDAR, MAIL, MCP] {
        let token = world.redeem(&world.code(&[asked]).await, &[]).await.member("access_token");
        for (audience, resource) in &resources {
            assert_eq!(takes(resource, &token).await, *audience == asked, "{asked} at {audience}");
        }
    }
}

#[tokio::test]
async fn rfc9728_section_4_the_metadata_and_the_report_list_them() {
    let world = World::new().await;
    let metadata = world.app.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(metadata["protected_resources"], serde_json::json!([CALENDAR, MAIL, MCP]));
    let report = world.running.report().to_string();
    for line in [
        "  https://api.example.com/calendar  calendar.read",
        "  https://api.example.com/mail      mail.read",
        "  https://mcp.example.com           every scope",
    ] {
        assert!(report.contains(line), "{report}");
    }
    let plain = oauth_tests::App::new().await;
    let metadata = plain.get("/.well-known/oauth-authorization-server").await.json();
    assert!(metadata.get("protected_resources").is_none());
}
