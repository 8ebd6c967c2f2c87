//! The way through: both steps, and what is told of them.

use std::sync::atomic::Ordering;

use oauth_core::interaction::Language;
use oauth_core::interaction::language::{ARABIC, ENGLISH, FRENCH, GERMAN, JAPANESE, SPANISH};
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Answer, App, basic, secret};
use serde_json::json;

use super::world::{CODE, World, assert_asks_for_code, assert_asks_for_password, claims};
use crate::headers::assert_locked_down;
use crate::visitor::{ALICE, PASSWORD, attribute, tags};

#[tokio::test]
async fn a_password_and_a_code_log_in_and_lead_back() {
    let mut world = World::new().await;
    let request = world.visitor.authorization_path("web", "");
    let away = world.visitor.get(&request).await;
    let form = world.visitor.get(away.header("location")).await;
    let page = world.visitor.submit(&form, &[("username", ALICE), ("password", PASSWORD)]).await;
    assert_asks_for_code(&page);
    assert_locked_down(&page);
    assert!(world.visitor.session().is_none() && world.cookie("known-browser").is_none());
    assert_eq!(world.seen.take(), ["authorization.accepted", "otp.required 1"]);

    let back = world.visitor.submit(&page, &[("otp", " 111111\t")]).await;
    assert_eq!((back.status.as_u16(), back.header("location")), (303, request.as_str()));
    assert_eq!(world.seen.take(), ["login.succeeded 1", "session.started 1"]);
    assert!(world.cookie("otp").is_none() && world.cookie("login").is_none(), "{:?}", world.visitor.cookies);
    assert!(world.cookie("known-browser").is_some() && world.is_logged_in().await);
    assert_eq!(world.id_token().await["amr"], json!(["pwd", "otp", "mfa"]), "RFC 8176 §2");
}

#[tokio::test]
async fn who_needs_no_code_is_asked_for_none() {
    let mut world = World::new().await;
    assert_eq!(world.visitor.log_in("carol", PASSWORD).await.status, 303);
    assert_eq!(world.seen.take(), ["login.succeeded 4", "session.started 4"]);
    let id_token = world.id_token().await;
    assert_eq!(id_token["amr"], json!(["pwd"]));
    assert_eq!(id_token["acr"], "at-the-pages", "the class of a login is the same with a code and without");
    assert!(world.cookie("otp").is_none());
    assert_eq!(world.sent.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn the_form_is_one_that_browsers_and_readers_understand() {
    let (mut world, page) = World::with_first_step().await;
    let field = |page: &Answer| {
        tags(page.text(), "input").find(|tag| tag.contains("name=\"otp\"")).unwrap().to_owned()
    };
    let shown = field(&page);
    for attribute in
        ["autocomplete=\"one-time-code\"", "inputmode=\"numeric\"", " required", " autofocus", "id=\"otp\""]
    {
        assert!(shown.contains(attribute), "{attribute}: {shown}");
    }
    assert!(page.text().contains("<label for=\"otp\">One-time code</label>"));
    assert!(!page.text().contains("Ally"), "who somebody is is nobody's business yet");
    assert!(!shown.contains("aria-invalid") && !page.text().contains("role=\"alert\""));
    let wrong = world.visitor.submit(&page, &[("otp", "000000")]).await;
    assert_asks_for_code(&wrong);
    assert!(
        field(&wrong).contains("aria-invalid=\"true\" aria-describedby=\"problem\""),
        "{}",
        field(&wrong)
    );
    assert!(
        wrong
            .text()
            .contains("role=\"alert\" id=\"problem\">The code is wrong, too old, or was used already.")
    );
    assert!(wrong.text().contains("<title>Not signed in: "), "{}", wrong.text());
    assert!(!wrong.text().contains("000000"));
    assert_eq!(world.seen.take().last().unwrap(), "otp.failed 1");
}

#[tokio::test]
async fn a_person_can_start_over() {
    let mut world = World::new().await;
    let away = world.visitor.authorize("web", "").await;
    let form = world.visitor.get(away.header("location")).await;
    let page = world.visitor.submit(&form, &[("username", ALICE), ("password", PASSWORD)]).await;
    let link = tags(page.text(), "a").next().map(|tag| attribute(tag, "href").unwrap()).unwrap();
    assert_eq!(link, away.header("location"));
    let form = world.visitor.get(&link).await;
    assert_asks_for_password(&form);
    let back = world.visitor.submit(&form, &[("username", "carol"), ("password", PASSWORD)]).await;
    assert_eq!(back.status, 303, "someone else, at the same browser");
    assert!(world.cookie("otp").is_none());
}

/// By a double click, or from the history of the browser.
#[tokio::test]
async fn a_form_that_is_sent_once_more_after_the_login_leads_on() {
    let (mut world, page) = World::with_first_step().await;
    let otp = world.cookie("otp").unwrap();
    assert_eq!(world.visitor.submit(&page, &[("otp", CODE)]).await.status, 303);
    let session = world.visitor.session().unwrap().1.to_owned();
    for cookie in [None, Some(otp)] {
        world.visitor.cookies.extend(cookie);
        let again = world.visitor.submit(&page, &[("otp", CODE)]).await;
        assert_eq!((again.status.as_u16(), again.header("location")), (303, "/login"));
        assert_eq!(world.visitor.session().unwrap().1, session);
        assert!(world.cookie("otp").is_none());
    }
    world.clock.advance(std::time::Duration::from_mins(5));
    assert_eq!(world.visitor.submit(&page, &[("otp", CODE)]).await.status, 403, "that was long ago");
    // A login without a code is none that the form was for.
    let mut carol = world.visitor.someone_else();
    carol.log_in("carol", PASSWORD).await;
    assert_eq!(carol.submit(&page, &[("otp", CODE)]).await.status, 403);
}

#[tokio::test]
async fn a_form_with_a_password_is_a_login_from_the_start() {
    let mut world = World::new().await;
    let form = world.visitor.get("/login").await;
    let fields = [("username", ALICE), ("password", PASSWORD), ("otp", CODE)];
    let page = world.visitor.submit(&form, &fields).await;
    assert_asks_for_code(&page);
    assert!(world.visitor.session().is_none(), "the code was not asked for yet");
    let fields = [("username", ALICE), ("password", "wrong"), ("otp", CODE)];
    let wrong = world.visitor.submit(&form, &fields).await;
    assert_asks_for_password(&wrong);
    let fields = [("username", ALICE), ("password", ""), ("otp", CODE)];
    assert_asks_for_password(&world.visitor.submit(&page, &fields).await);
    assert!(world.visitor.session().is_none());
}

/// OIDC Core §3.1.2.1.
#[tokio::test]
async fn prompt_login_and_max_age_ask_for_both_steps_again() {
    let (mut world, page) = World::with_first_step().await;
    world.visitor.submit(&page, &[("otp", CODE)]).await;
    for again in ["&prompt=login", "&max_age=60"] {
        world.clock.advance(std::time::Duration::from_secs(100));
        let away = world.visitor.authorize("web", again).await;
        assert_eq!(away.location().path(), "/login", "{again}");
        let form = world.visitor.get(away.header("location")).await;
        let page = world.visitor.submit(&form, &[("username", ALICE), ("password", PASSWORD)]).await;
        assert_asks_for_code(&page);
        let unchanged = world.visitor.authorize("web", again).await;
        assert_eq!(unchanged.location().path(), "/login", "{again}: the first step is not enough");
        let back = world.visitor.submit(&page, &[("otp", CODE)]).await;
        assert_eq!(world.visitor.get(back.header("location")).await.status, 200, "{again}");
    }
    let sessions =
        world.seen.take().into_iter().filter(|event| event.starts_with("session.continued")).count();
    assert_eq!(sessions, 2, "to clients it is the same session");
}

#[tokio::test]
async fn a_device_learns_of_both_steps() {
    let (mut world, page) = World::with_first_step().await;
    world.visitor.submit(&page, &[("otp", CODE)]).await;
    let form = [("client_id", "tv"), ("scope", "openid profile")];
    let begun = world.app.post("/device_authorization", "", &form).await;
    let form = world.visitor.get("/device").await;
    let question = world.visitor.submit(&form, &[("user_code", &begun.member("user_code"))]).await;
    world.visitor.submit(&question, &[("decision", "allow")]).await;
    let code = begun.member("device_code");
    let grant = "urn:ietf:params:oauth:grant-type:device_code";
    let form = [("grant_type", grant), ("client_id", "tv"), ("device_code", code.as_str())];
    assert_eq!(claims(&world.app.post("/token", "", &form).await)["amr"], json!(["pwd", "otp", "mfa"]));
}

#[tokio::test]
async fn each_page_of_the_second_step_is_in_each_language() {
    let all: [&dyn Language; 6] = [&ENGLISH, &GERMAN, &FRENCH, &SPANISH, &JAPANESE, &ARABIC];
    for language in all {
        let mut world = World::new().await;
        world.visitor = world.visitor.speaking(language.tag());
        let page = world.visitor.log_in(ALICE, PASSWORD).await;
        let wrong = world.visitor.submit(&page, &[("otp", "000000")]).await;
        for text in [language.otp_heading(), language.otp(), language.start_over()] {
            assert!(page.text().contains(&format!(">{text}</")), "{text}: {}", page.text());
        }
        assert!(wrong.text().contains(language.wrong_otp()), "{}", wrong.text());
        for _ in 0..3 {
            world.visitor.submit(&page, &[("otp", "000000")]).await;
        }
        let over = world.visitor.submit(&page, &[("otp", "000000")]).await;
        assert!(over.text().contains(language.too_many_codes()), "{}", over.text());
    }
}

#[tokio::test]
async fn a_hook_can_refuse_before_the_code_and_after() {
    let mut world = World::new().await;
    let mut alice = world.store.user("1").await.unwrap().unwrap();
    alice.claims.insert("asked".to_owned(), "barred".into());
    world.store.save_user(alice.clone()).await.unwrap();
    let refused = world.visitor.log_in(ALICE, PASSWORD).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("Enrol a key first."), "{}", refused.text());
    alice.claims.insert("asked".to_owned(), "broken".into());
    world.store.save_user(alice.clone()).await.unwrap();
    world.visitor.log_in(ALICE, PASSWORD).await.assert_page(500);
    assert_eq!(world.seen.take(), ["login.refused 1", "login.failed 1"]);
    alice.claims.remove("asked");
    world.store.save_user(alice).await.unwrap();
    let page = world.visitor.log_in(ALICE, PASSWORD).await;
    let refused = world.visitor.submit(&page, &[("otp", "stolen")]).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("This key was reported stolen."), "{}", refused.text());
    assert!(world.visitor.session().is_none());
}

/// The grant `password` is asked the same, for it would be a way around the second step.
#[tokio::test]
async fn the_grant_password_is_for_people_without_a_second_step() {
    let mut world = World::new().await;
    assert_eq!(world.by_password("carol", PASSWORD).await.status, 200);
    let refused = world.by_password(ALICE, PASSWORD).await;
    refused.assert_error(400, "invalid_grant");
    assert!(refused.member("error_description").starts_with("a one-time code is required as well"));
    let (wrong, unknown) =
        (world.by_password(ALICE, "wrong").await, world.by_password("nobody", "wrong").await);
    assert_eq!(wrong.text(), unknown.text());
    assert_eq!(world.sent.load(Ordering::SeqCst), 0, "nobody could use a code that is sent");
    assert_asks_for_code(&world.visitor.log_in(ALICE, PASSWORD).await);
    assert_eq!(world.sent.load(Ordering::SeqCst), 1);
}

/// A hash of another strength is the same password, and has to be given once more.
#[tokio::test]
async fn who_is_rehashed_while_the_hook_runs_tries_again() {
    for enrolled in [false, true] {
        let mut world = World::new().await;
        if enrolled {
            world.set_claim("enrolled", "yes").await;
        }
        world.set_claim("asked", "rehashed").await;
        let again = world.visitor.log_in("carol", PASSWORD).await;
        assert_eq!(again.status, 403);
        assert_asks_for_password(&again);
        assert!(!again.text().contains("wrong"), "{}", again.text());
        assert_eq!(world.visitor.log_in("carol", PASSWORD).await.status, 303);
        world.set_claim("asked", "rehashed").await;
        world.by_password("carol", PASSWORD).await.assert_error(503, "temporarily_unavailable");
        assert_eq!(world.by_password("carol", PASSWORD).await.status, 200);
    }
}

/// Whose hash cannot be compared is a mistake of the program, and no wrong password.
#[tokio::test]
async fn a_password_hash_that_the_store_does_not_have_is_a_mistake_of_the_program() {
    let mut world = World::new().await;
    world.visitor.log_in("elsewhere", PASSWORD).await.assert_page(500);
    world.by_password("elsewhere", PASSWORD).await.assert_error(500, "server_error");
}

#[validator(custom)]
struct Table {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Table {
    fn validate_user(&self, name: &str, password: &str, _request: &mut Request) -> Result<Option<User>> {
        User::new(name, name).with_password(password).map(Some)
    }
}

#[authorization_server(profile = "oauth2.0", issuer = "https://auth.example.com", grants(password))]
struct ByTable {
    #[validator]
    accounts: Table,
}

/// Where no hook asks for codes, the grant `password` compares nothing.
#[tokio::test]
async fn the_grant_password_over_a_table_of_the_applications_own() {
    let store = MemoryStore::new();
    let secret = ClientSecret::new(secret()).unwrap();
    let legacy = Client::confidential("legacy", &secret).grant_type(GrantType::PASSWORD);
    store.save_client(legacy.build().unwrap()).await.unwrap();
    let app = App::in_environment(ByTable { accounts: Table { store } }, Environment::new());
    let form = [("grant_type", "password"), ("username", "alice"), ("password", PASSWORD)];
    assert_eq!(app.post("/token", &basic("legacy"), &form).await.status, 200);
}
