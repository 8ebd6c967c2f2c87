//! OIDC Session Management 1.0.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use oauth_core::openid::browser_state_cookie;

use crate::op::{ISSUER, World};
use crate::visitor::PASSWORD;

/// The comparison that the page of the provider computes in the browser (§3.2).
fn holds(session_state: &str, client_id: &str, browser_state: &str) -> bool {
    let (hash, salt) = session_state.split_once('.').unwrap();
    let text = format!("{client_id} https://{client_id}.example {browser_state} {salt}");
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes())) == hash
}

#[tokio::test]
async fn section_2_the_state_follows_the_login() {
    let mut world = World::with_alice().await;
    let cookie = browser_state_cookie(ISSUER);
    let line = world.visitor.set_cookies.iter().find(|line| line.starts_with(&cookie)).unwrap();
    assert!(line.ends_with("; Path=/; SameSite=None; Secure") && !line.contains("HttpOnly"), "{line}");
    let alice = world.visitor.cookies[&cookie].clone();
    assert_ne!(alice, world.visitor.session().unwrap().1);
    let states = [
        world.authorize("web", "openid").await["session_state"].clone(),
        world.authorize("web", "openid").await["session_state"].clone(),
    ];
    assert_ne!(states[0], states[1], "salted");
    assert!(states.iter().all(|state| holds(state, "web", &alice)));
    assert!(!holds(&states[0], "other", &alice));
    assert!(holds(&world.authorize("other", "openid").await["session_state"], "other", &alice));
    assert!(!world.authorize("web", "profile").await.contains_key("session_state"));

    let page = world.visitor.get("/logout").await;
    world.visitor.submit(&page, &[]).await;
    assert!(!world.visitor.cookies.contains_key(&cookie), "gone with the session");
    world.visitor.log_in("bob", PASSWORD).await;
    assert!(!holds(&states[0], "web", &world.visitor.cookies[&cookie]));
}

#[tokio::test]
async fn section_3_2_the_page_runs_its_own_script_only() {
    let world = World::new().await;
    let page = world.app.get("/check_session").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
    let script = page.text().split("<script>").nth(1).unwrap().split("</script>").next().unwrap();
    let hash = STANDARD.encode(digest::digest(&digest::SHA256, script.as_bytes()));
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with(&format!("default-src 'none'; script-src 'sha256-{hash}'")), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("frame-ancestors"), "clients frame it: {policy}");
    assert_eq!(page.header("x-frame-options"), "");
    assert!(script.contains(&browser_state_cookie(ISSUER)));
}

/// RFC 9700 §4.17: who opens or frames the page is answered at the origin that asked, and a window without one is not; no other
/// page has a script that could send anything.
#[tokio::test]
async fn rfc9700_section_4_17_in_browser_communication_flows() {
    let world = World::new().await;
    let page = world.app.get("/check_session").await.text().to_owned();
    let sends: Vec<_> = page.split("postMessage(").skip(1).collect();
    assert_eq!(sends.len(), 1, "{page}");
    assert!(sends[0].starts_with("await judge(event.data, event.origin), event.origin);"), "{}", sends[0]);
    assert!(
        page.contains("event.origin === \"null\") return")
            && !page.contains("'*'")
            && !page.contains("\"*\"")
    );
    for path in ["/login", "/logout", "/authorize?client_id=nobody"] {
        assert!(!world.app.get(path).await.text().contains("<script"), "{path}");
    }
}
