//! OIDC Front-Channel Logout 1.0.

use oauth_tests::ReadJwt as _;

use crate::op::{BYE, ISSUER, World};
use crate::visitor::{PASSWORD, attribute, tags};

#[tokio::test]
async fn section_2_the_last_page_frames_the_clients_of_the_session() {
    let mut world = World::with_alice().await;
    let front = world.id_token("front").await;
    let sid = world.keys.verify(&front).unwrap().claims["sid"].as_str().unwrap().to_owned();
    world.tokens("plain", "openid").await;
    let token = world.id_token("web").await;
    let params = [("id_token_hint", &*token), ("post_logout_redirect_uri", BYE), ("state", "s")];
    let page = world.end_session(&params).await;
    page.assert_page(200);
    let frames: Vec<_> = tags(page.text(), "iframe").map(|tag| attribute(tag, "src").unwrap()).collect();
    let iss = form_urlencoded::byte_serialize(ISSUER.as_bytes()).collect::<String>();
    let with_session = format!("https://front.example/out?a=1&iss={iss}&sid={sid}");
    assert_eq!(
        frames,
        [with_session.as_str(), "https://plain.example/out"],
        "§3: iss and sid for who asked for them"
    );
    let policy = page.header("content-security-policy");
    let allowed =
        policy.split(';').find_map(|directive| directive.trim().strip_prefix("frame-src ")).unwrap();
    assert_eq!(allowed, "https://front.example https://plain.example", "these and no others");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(page.header("refresh"), format!("3; url={BYE}&state=s"));
    let link = tags(page.text(), "a").find_map(|tag| attribute(tag, "href")).unwrap();
    assert_eq!(link, format!("{BYE}&state=s"));
    assert!(page.text().contains("Continue to <bdi>&#60;b&#62;Web"), "{}", page.text());
    assert!(world.visitor.session().is_none());
    // The page is gone with the session: it is for this one browser, once.
    assert!(!world.end_session(&[]).await.text().contains("iframe"));
}

#[tokio::test]
async fn the_logout_page_frames_them_too() {
    let mut world = World::with_alice().await;
    world.tokens("plain", "openid").await;
    let page = world.visitor.get("/logout").await;
    let done = world.visitor.submit(&page, &[]).await;
    done.assert_page(200);
    assert_eq!(tags(done.text(), "iframe").count(), 1);
    assert_eq!(done.header("refresh"), "", "there is nowhere to go");
    assert!(done.text().contains("Sign in again"));
}

#[tokio::test]
async fn without_such_clients_nothing_is_framed() {
    let mut world = World::with_alice().await;
    world.tokens("other", "openid").await;
    world.tokens("plain", "profile").await;
    let page = world.end_session(&[]).await;
    let done = world.visitor.submit(&page, &[]).await;
    assert!(done.text().contains("You are signed out") && !done.text().contains("<iframe"));
    assert!(!done.header("content-security-policy").contains("frame-src"));
}

#[tokio::test]
async fn the_page_after_a_login_as_someone_else_frames_them_too() {
    let mut world = World::with_alice().await;
    world.tokens("plain", "openid").await;
    let alice = world.visitor.session().unwrap().1.to_owned();
    let login = world.visitor.get("/login?return_to=%2Fauthorize%3Fclient_id%3Dweb").await;
    let done = world.visitor.submit(&login, &[("username", "bob"), ("password", PASSWORD)]).await;
    done.assert_page(200);
    let frames: Vec<_> = tags(done.text(), "iframe").map(|tag| attribute(tag, "src").unwrap()).collect();
    assert_eq!(frames, ["https://plain.example/out"]);
    assert!(done.header("content-security-policy").contains("; frame-src https://plain.example"));
    assert_eq!(done.header("refresh"), "3; url=/authorize?client_id=web");
    let link = tags(done.text(), "a").find_map(|tag| attribute(tag, "href")).unwrap();
    assert_eq!(link, "/authorize?client_id=web");
    assert!(
        done.text().contains("You are signed in") && done.text().contains("<bdi>bob</bdi>"),
        "{}",
        done.text()
    );
    assert_ne!(world.visitor.session().expect("a session of his own").1, alice);
    assert!(world.visitor.get("/login").await.text().contains("bob"));
    // Once: to clients it is the same session from here on.
    let login = world.visitor.get("/login?return_to=%2Fauthorize%3Fclient_id%3Dweb").await;
    let again = world.visitor.submit(&login, &[("username", "bob"), ("password", PASSWORD)]).await;
    assert_eq!((again.status.as_u16(), again.header("location")), (303, "/authorize?client_id=web"));
}
