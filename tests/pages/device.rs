//! `/device`: RFC 8628 §3.3.

use http::StatusCode;
use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_tests::{Answer, App, ISSUER};

use crate::headers::assert_locked_down;
use crate::visitor::{Form, PASSWORD, Visitor, store};

const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code, device_code),
    scopes("profile" = "See your name", "calendar"),
    issuer = "https://auth.example.com"
)]
struct Server {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// A device, and someone in front of it.
struct Room {
    app: App,
    alice: Visitor,
}

impl Room {
    async fn new() -> Self {
        let store = store().await;
        let tv = Client::public("tv").grant_type(GrantType::DEVICE_CODE).scope("profile calendar");
        let tv = tv.client_name("<b>TV</b>").client_uri("https://tv.example/");
        store.save_client(tv.build().unwrap()).await.unwrap();
        let app = App::of(Server { accounts: Accounts { store }, pages: LoginPages::new() });
        let mut alice = Visitor::of_app(app.clone(), ISSUER.to_owned());
        alice.log_in_as_alice().await;
        Self { app, alice }
    }

    async fn begin(&self) -> Answer {
        let begun = self.app.post("/device_authorization", "", &[("client_id", "tv")]).await;
        assert_eq!(begun.status, 200, "{}", begun.text());
        begun
    }

    async fn poll(&self, begun: &Answer) -> Answer {
        let code = begun.member("device_code");
        let form = [("grant_type", DEVICE_CODE), ("client_id", "tv"), ("device_code", code.as_str())];
        self.app.post("/token", "", &form).await
    }
}

/// Checks the heading that is shown.
#[track_caller]
fn assert_heading(page: &Answer, status: u16, heading: &str) {
    assert_eq!(page.status.as_u16(), status, "{}", page.text());
    assert!(page.text().contains(&format!("<h1>{heading}")), "{}", page.text());
    assert_locked_down(page);
}

const QUESTION: &str = "Allow <bdi>&#60;b&#62;TV&#60;/b&#62;</bdi> to use your account?";

#[tokio::test]
async fn the_person_enters_the_code_and_approves() {
    let mut room = Room::new().await;
    let begun = room.begin().await;
    let code = begun.member("user_code");
    let form = room.alice.get("/device").await;
    assert_heading(&form, 200, "Connect a device");
    let question = room.alice.submit(&form, &[("user_code", &code.to_lowercase().replace('-', " "))]).await;
    assert_heading(&question, 200, QUESTION);
    for shown in
        [code.as_str(), "tv.example", "See your name", "<code>calendar</code>", "Did someone send you here"]
    {
        assert!(question.text().contains(shown), "{shown}: {}", question.text());
    }
    room.poll(&begun).await.assert_error(400, "authorization_pending");
    let done = room.alice.submit(&question, &[("decision", "allow")]).await;
    assert_heading(&done, 200, "Your device is connected");
    let tokens = room.poll(&begun).await;
    assert_eq!(tokens.member("scope"), "profile calendar");

    // The same answer again does nothing, and the code is gone.
    let again = room.alice.submit(&question, &[("decision", "allow")]).await;
    assert_heading(&again, 200, "Connect a device");
    assert!(again.text().contains("No device shows this code"), "{}", again.text());
}

#[tokio::test]
async fn the_person_refuses() {
    let mut room = Room::new().await;
    let begun = room.begin().await;
    let form = room.alice.get("/device").await;
    let question = room.alice.submit(&form, &[("user_code", &begun.member("user_code"))]).await;
    let done = room.alice.submit(&question, &[("decision", "deny")]).await;
    assert_heading(&done, 200, "The device got no access");
    room.poll(&begun).await.assert_error(400, "access_denied");
}

#[tokio::test]
async fn section_3_3_1_a_link_fills_in_the_code_and_still_asks_twice() {
    let room = Room::new().await;
    let begun = room.begin().await;
    let link = begun.member("verification_uri_complete");
    let path = link.strip_prefix(ISSUER).unwrap();
    let mut stranger = room.alice.someone_else();
    let login = stranger.get(path).await;
    assert_eq!(login.status, StatusCode::SEE_OTHER);
    let login = stranger.get(&login.location().to_string()).await;
    let back = stranger.submit(&login, &[("username", "bob"), ("password", PASSWORD)]).await;
    assert_eq!(back.location().to_string(), path, "the login leads back to the code");
    let form = stranger.get(path).await;
    assert_heading(&form, 200, "Connect a device");
    let code = begun.member("user_code");
    assert!(form.text().contains(&format!("value=\"{code}\"")), "{}", form.text());
    assert!(form.text().contains("exactly this code"), "{}", form.text());
    room.poll(&begun).await.assert_error(400, "authorization_pending");
    let question = stranger.submit(&form, &[("user_code", &code)]).await;
    assert_heading(&question, 200, QUESTION);
    stranger.submit(&question, &[("decision", "allow")]).await;
    let tokens = room.poll(&begun).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
}

#[tokio::test]
async fn whatever_a_link_says_is_escaped_or_left_out() {
    let mut room = Room::new().await;
    let page = room.alice.get("/device?user_code=%22%3E%3Cscript%3E").await;
    assert_heading(&page, 200, "Connect a device");
    assert!(page.text().contains("name=\"user_code\" type=\"text\" value=\"\""), "{}", page.text());
    let form = room.alice.get("/device").await;
    let page = room.alice.submit(&form, &[("user_code", "\"><script>")]).await;
    assert!(!page.text().contains("<script>"), "{}", page.text());
    let repeated = room.alice.get("/device?user_code=a&user_code=b").await;
    repeated.assert_page(400);
}

#[tokio::test]
async fn answers_that_did_not_come_from_the_page_do_not_count() {
    let mut room = Room::new().await;
    let begun = room.begin().await;
    let code = begun.member("user_code");
    let form = room.alice.get("/device").await;
    let question = room.alice.submit(&form, &[("user_code", &code)]).await;
    let (entry, answer) =
        (Form::of(&form).hidden["csrf"].clone(), Form::of(&question).hidden["csrf"].clone());
    let other = room.begin().await.member("user_code");
    let same_site = [("origin", ISSUER), ("sec-fetch-site", "same-origin")];
    let elsewhere = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
    for (fields, headers) in [
        (vec![("user_code", code.as_str())], same_site),
        (vec![("user_code", &code), ("csrf", &answer)], same_site),
        (vec![("user_code", &code), ("csrf", &entry)], elsewhere),
        (vec![("user_code", &code), ("decision", "allow")], same_site),
        (vec![("user_code", &code), ("decision", "allow"), ("csrf", &entry)], same_site),
        (vec![("user_code", &other), ("decision", "allow"), ("csrf", &answer)], same_site),
        (vec![("user_code", &code), ("decision", "allow"), ("csrf", &answer)], elsewhere),
    ] {
        let page = room.alice.post_from("/device", &fields, &headers).await;
        assert_heading(&page, 403, "Connect a device");
    }
    // The token of someone else's page.
    let mut bob = room.alice.someone_else();
    bob.log_in("bob", PASSWORD).await;
    let fields = [("user_code", code.as_str()), ("decision", "allow"), ("csrf", &answer)];
    assert_heading(&bob.post_from("/device", &fields, &same_site).await, 403, "Connect a device");
    room.poll(&begun).await.assert_error(400, "authorization_pending");
    let done = room.alice.post_from("/device", &fields, &same_site).await;
    assert_heading(&done, 200, "Your device is connected");
}

#[tokio::test]
async fn section_5_1_guessing_is_slowed_down_for_each_person() {
    let mut room = Room::new().await;
    let begun = room.begin().await;
    let code = begun.member("user_code");
    let form = room.alice.get("/device").await;
    for malformed in ["", "ABC", "AAAA-AAAA", "1234-5678"] {
        let page = room.alice.submit(&form, &[("user_code", malformed)]).await;
        assert_heading(&page, 200, "Connect a device");
    }
    for guess in ["BBBB-BBBB", "CCCC-CCCC", "DDDD-DDDD", "FFFF-FFFF", "GGGG-GGGG"] {
        let page = room.alice.submit(&form, &[("user_code", guess)]).await;
        assert_heading(&page, 200, "Connect a device");
        assert!(page.text().contains("No device shows this code"), "{}", page.text());
    }
    let refused = room.alice.submit(&form, &[("user_code", &code)]).await;
    assert_heading(&refused, 429, "Connect a device");
    assert_eq!(refused.header("retry-after"), "1");
    assert!(refused.text().contains("Too many attempts"), "{}", refused.text());

    // Not another person at the same server, and not in another browser of the same person either.
    let mut again = room.alice.someone_else();
    again.log_in_as_alice().await;
    let form = again.get("/device").await;
    assert_eq!(again.submit(&form, &[("user_code", &code)]).await.status, StatusCode::TOO_MANY_REQUESTS);
    let mut bob = room.alice.someone_else();
    bob.log_in("bob", PASSWORD).await;
    let form = bob.get("/device").await;
    assert_heading(&bob.submit(&form, &[("user_code", &code)]).await, 200, QUESTION);
}

#[tokio::test]
async fn the_right_code_never_counts() {
    let mut room = Room::new().await;
    let begun = room.begin().await;
    let form = room.alice.get("/device").await;
    for _ in 0..10 {
        let question = room.alice.submit(&form, &[("user_code", &begun.member("user_code"))]).await;
        assert_heading(&question, 200, QUESTION);
    }
}

#[tokio::test]
async fn nobody_is_asked_before_they_log_in() {
    let room = Room::new().await;
    let mut stranger = room.alice.someone_else();
    for answer in [stranger.get("/device").await, stranger.post("/device", &[("user_code", "x")]).await] {
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.location().to_string(), "/login?return_to=%2Fdevice%3F");
    }
    let put = room.app.send(http::Request::put("/device"), "").await;
    assert_eq!(put.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn someone_else_can_take_over_with_the_same_code() {
    let mut room = Room::new().await;
    let begun = room.begin().await;
    let code = begun.member("user_code");
    let form = room.alice.get("/device").await;
    let question = room.alice.submit(&form, &[("user_code", &code)]).await;
    let logout = format!("/logout?return_to=%2Fdevice%3Fuser_code%3D{code}");
    assert!(question.text().contains(&logout), "{}", question.text());
    let sign_out = room.alice.get(&logout).await;
    let out = room.alice.submit(&sign_out, &[]).await;
    assert_eq!(out.location().to_string(), format!("/device?user_code={code}"));
}

/// Every page of the flow is in the language of the browser, and nothing is left to fill in.
#[tokio::test]
async fn the_pages_speak_the_language_of_the_person() {
    for (tag, heading) in [
        ("de", "Gerät verbinden"),
        ("fr", "Connecter un appareil"),
        ("es", "Conectar un dispositivo"),
        ("ja", "デバイスを接続"),
        ("ar", "ربط جهاز"),
    ] {
        let room = Room::new().await;
        let mut alice = room.alice.clone().speaking(tag);
        let begun = room.begin().await;
        let form = alice.get("/device").await;
        assert_heading(&form, 200, heading);
        let wrong = alice.submit(&form, &[("user_code", "BCDF-GHJK")]).await;
        assert_heading(&wrong, 200, heading);
        let question = alice.submit(&form, &[("user_code", begun.member("user_code").as_str())]).await;
        let done = alice.submit(&question, &[("decision", "deny")]).await;
        for page in [&form, &wrong, &question, &done] {
            let (_, body) = page.text().split_once("</style>").unwrap();
            assert!(page.text().contains(&format!("<html lang=\"{tag}\"")), "{}", page.text());
            assert!(!body.contains(['{', '}']) && !body.contains("evice "), "{body}");
        }
    }
}
