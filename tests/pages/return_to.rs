//! RFC 9700 §4.11.2: an authorization server is no open redirector, before the login as little as after it.

use crate::visitor::{ALICE, PASSWORD, Visitor};

#[tokio::test]
async fn only_the_authorization_endpoint_is_returned_to() {
    let query = "?response_type=code&client_id=web";
    for evil in [
        "//evil.example",
        "//evil.example/authorize?x",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/authorize?x",
        "https:evil.example",
        "javascript:alert(1)",
        "https://auth.example.com/authorize?x",
        "/authorize",
        "/authorize@evil.example?x",
        "/authorize.evil.example?x",
        "/authorize/../token?x",
        "/authorize/?x",
        "/token?x",
        "/logout?x",
        // There are no devices at this server.
        "/device?user_code=x",
        "/login?return_to=//evil.example",
        "authorize?x",
        " /authorize?x",
        "/authorize?x\r\nLocation: https://evil.example",
        "/authorize?x\nSet-Cookie: a=b",
        "/authorize?x#fragment",
        "/authorize?x\\y",
        "/authorize?x y",
        "/authorize?\u{202e}",
        "",
    ] {
        let mut visitor = Visitor::new().await;
        let encoded: String = form_urlencoded::byte_serialize(evil.as_bytes()).collect();
        let page = visitor.get(&format!("/login?return_to={encoded}")).await;
        assert_eq!(page.status, 200, "{evil:?}");
        assert!(!page.text().contains("name=\"return_to\""), "{evil:?}");
        // A form that was tampered with fares no better.
        let fields = [("username", "bob"), ("password", PASSWORD), ("return_to", evil)];
        let done = visitor.submit(&page, &fields).await;
        assert_eq!((done.status.as_u16(), done.header("location")), (303, "/login"), "{evil:?}");
        assert_eq!(done.headers.get_all("set-cookie").iter().count(), 3, "{evil:?}");
        let logout = visitor.get(&format!("/logout?return_to={encoded}")).await;
        let done = visitor.submit(&logout, &[("return_to", evil)]).await;
        assert_eq!((done.status.as_u16(), done.header("location")), (303, "/logout"), "{evil:?}");
    }
    let mut visitor = Visitor::new().await;
    let page = visitor.get(&format!("/login?return_to=%2Fauthorize{}", query.replace('&', "%26"))).await;
    let done = visitor.submit(&page, &[("username", "bob"), ("password", PASSWORD)]).await;
    assert_eq!(done.header("location"), format!("/authorize{query}"));
}

#[tokio::test]
async fn a_tenant_returns_to_itself_only() {
    let mut visitor = Visitor::of("https://example.com/tenants/a").await;
    let request = visitor.authorization_path("web", "");
    let away = visitor.get(&request).await;
    assert_eq!(away.location().path(), "/tenants/a/login");
    let page = visitor.get(away.header("location")).await;
    assert!(page.text().contains("action=\"/tenants/a/login\""));
    let back = visitor.submit(&page, &[("username", ALICE), ("password", PASSWORD)]).await;
    assert_eq!(back.header("location"), request);
    let consent = visitor.get(&request).await;
    assert_eq!(consent.status, 200);
    assert!(consent.text().contains("href=\"/tenants/a/logout?return_to=%2Ftenants%2Fa%2Fauthorize%3F"));
    assert_eq!(
        visitor.submit(&consent, &[("decision", "allow")]).await.location().host(),
        Some("web.example")
    );
    for other in ["%2Fauthorize%3Fx", "%2Ftenants%2Fb%2Fauthorize%3Fx"] {
        let page = visitor.get(&format!("/tenants/a/login?return_to={other}")).await;
        assert!(!page.text().contains("return_to"));
    }
}

#[tokio::test]
async fn unusual_queries_survive_the_detour() {
    let mut visitor = Visitor::new().await;
    let request = visitor.authorization_path("web", "&a=%2B+[]|'%C3%A9%0D%0A%22&b=//x&scope=profile");
    let away = visitor.get(&request).await;
    let page = visitor.get(away.header("location")).await;
    let back = visitor.submit(&page, &[("username", ALICE), ("password", PASSWORD)]).await;
    assert_eq!(back.header("location"), request);
}
