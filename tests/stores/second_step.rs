//! The second step of a login over stores that outlive their server, which is started anew between the password and the code.

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{Request as HttpRequest, header};
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::Session;
use oauth_core::time::UnixTime;
use oauth_tests::{Answer, App, CHALLENGE};
use tokio::sync::Barrier;

use crate::support::{EveryRole, now};

const PASSWORD: &str = "correct horse battery staple";
const CODE: &str = "111111";
const WRONG: &str = "000000";

#[validator(custom)]
struct Accounts<S: EveryRole> {
    #[store]
    store: S,
    /// The place where codes wait for others, before any of them is answered.
    meeting: Arc<Barrier>,
}

#[validator]
impl<S: EveryRole> Accounts<S> {
    fn is_otp_required(&self, _user: &User, _request: &mut Request) -> Result<bool> {
        Ok(true)
    }

    async fn validate_otp(&self, _user: &User, otp: &str, _request: &mut Request) -> Result<bool> {
        self.meeting.wait().await;
        Ok(otp == CODE)
    }
}

#[authorization_server(grants(authorization_code), scopes("profile"), issuer = "https://auth.example.com")]
struct Server<S: EveryRole> {
    #[validator]
    accounts: Accounts<S>,
    #[interaction]
    pages: LoginPages,
}

/// An instance whose codes are checked so many at a time.
fn instance<S: EveryRole>(store: S, meeting: &Arc<Barrier>) -> App {
    let accounts = Accounts { store, meeting: meeting.clone() };
    App::of(Server { accounts, pages: LoginPages::new() })
}

/// An instance that has just been started, over what the ones before it have left.
async fn restarted<S: EveryRole>(open: &impl AsyncFn() -> S) -> App {
    instance(open().await, &Arc::new(Barrier::new(1)))
}

/// Saves a person, and a client.
async fn fill<S: EveryRole>(open: &impl AsyncFn() -> S) {
    let store = open().await;
    let web = Client::public("web").redirect_uri("https://web.example/cb").scope("profile");
    store.save_client(web.build().unwrap()).await.unwrap();
    store.save_user(User::new("1", "alice").with_password(PASSWORD).unwrap()).await.unwrap();
}

/// Somebody at a browser, with the field `csrf` of the page that they see.
#[derive(Clone, Default)]
struct Browser {
    cookies: BTreeMap<String, String>,
    csrf: String,
}

impl Browser {
    async fn send(&mut self, app: &App, request: http::request::Builder, body: String) -> Answer {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = app.send(request.header(header::COOKIE, cookies.join("; ")), body).await;
        for line in answer.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.remove(name);
            if !line.contains("Max-Age=0") {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some((_, rest)) = answer.text().split_once("name=\"csrf\" value=\"") {
            rest.split('"').next().unwrap().clone_into(&mut self.csrf);
        }
        answer
    }

    async fn get(&mut self, app: &App, path: &str) -> Answer {
        self.send(app, HttpRequest::get(path), String::new()).await
    }

    async fn post(&mut self, app: &App, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields).append_pair("csrf", &self.csrf);
        let request =
            HttpRequest::post("/login").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(app, request, form.finish()).await
    }

    /// Somebody who has given the password, and is asked for the code.
    async fn with_first_step(app: &App) -> Self {
        let mut browser = Self::default();
        browser.get(app, "/login").await;
        let page = browser.post(app, &[("username", "alice"), ("password", PASSWORD)]).await;
        assert!(page.text().contains("name=\"otp\""), "{}", page.text());
        browser
    }

    async fn give(&mut self, app: &App, otp: &str) -> Answer {
        self.post(app, &[("otp", otp)]).await
    }

    /// Tells whether they are asked for their consent, and not for a login.
    async fn is_logged_in(&mut self, app: &App) -> bool {
        let path = format!(
            "/authorize?response_type=code&client_id=web&code_challenge={CHALLENGE}&code_challenge_method=S256"
        );
        self.get(app, &path).await.status == 200
    }

    fn session(&self) -> Option<&String> {
        self.cookies.iter().find(|(name, _)| name.contains("session")).map(|(_, value)| value)
    }
}

async fn the_code_is_taken_after_a_restart<S: EveryRole>(open: impl AsyncFn() -> S) {
    fill(&open).await;
    let mut browser = Browser::with_first_step(&restarted(&open).await).await;
    let app = restarted(&open).await;
    assert!(!browser.is_logged_in(&app).await, "the first step logs nobody in, there as little as here");
    let done = browser.give(&app, CODE).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/login"), "{}", done.text());
    assert!(browser.is_logged_in(&restarted(&open).await).await);
    let sessions = open().await.sessions_of("1", now(), None, 10).await.unwrap().items;
    assert_eq!(sessions.len(), 1, "what is kept beside it is no session: {sessions:?}");
}

async fn wrong_codes_are_counted_across_a_restart<S: EveryRole>(open: impl AsyncFn() -> S) {
    fill(&open).await;
    for (last, status) in [(CODE, 303), (WRONG, 200)] {
        let mut browser = Browser::with_first_step(&restarted(&open).await).await;
        for _ in 0..2 {
            let app = restarted(&open).await;
            for _ in 0..2 {
                assert!(browser.give(&app, WRONG).await.text().contains("name=\"otp\""));
            }
        }
        let app = restarted(&open).await;
        let mut thief = browser.clone();
        let answer = browser.give(&app, last).await;
        assert_eq!(answer.status, status, "{last}: {}", answer.text());
        assert!(!answer.text().contains("name=\"otp\""), "{last}: {}", answer.text());
        // Neither the one that was taken nor the one that was used up is there any more.
        assert_eq!(thief.give(&restarted(&open).await, CODE).await.status, 403, "{last}");
    }
}

async fn a_password_that_is_changed_meanwhile_ends_it<S: EveryRole>(open: impl AsyncFn() -> S) {
    fill(&open).await;
    let mut browser = Browser::with_first_step(&restarted(&open).await).await;
    let store = open().await;
    let alice = store.user("1").await.unwrap().unwrap();
    store.save_user(alice.with_password("another password").unwrap()).await.unwrap();
    assert_eq!(browser.give(&restarted(&open).await, CODE).await.status, 403);
    assert!(browser.session().is_none());
}

/// By one browser, whose requests come to two instances.
async fn two_clicks_at_two_instances_are_one_login<S: EveryRole>(open: impl AsyncFn() -> S) {
    fill(&open).await;
    let meeting = Arc::new(Barrier::new(2));
    let (one, other) = (instance(open().await, &meeting), instance(open().await, &meeting));
    let mut first = Browser::with_first_step(&one).await;
    let mut second = first.clone();
    let (first_answer, second_answer) = tokio::join!(first.give(&one, CODE), second.give(&other, CODE));
    assert_eq!((first_answer.status.as_u16(), second_answer.status.as_u16()), (303, 303));
    assert!(first.session().is_some());
    assert_eq!(first.session(), second.session());
    assert!(second.is_logged_in(&one).await && first.is_logged_in(&other).await);
    assert_eq!(open().await.sessions_of("1", now(), None, 10).await.unwrap().items.len(), 1);
}

/// The instance of the first click was gone when its code was right already, and used up.
async fn the_next_click_is_as_good_as_one_whose_instance_is_gone<S: EveryRole>(open: impl AsyncFn() -> S) {
    fill(&open).await;
    let mut browser = Browser::with_first_step(&restarted(&open).await).await;
    let id = browser.cookies.iter().find(|(name, _)| name.contains("otp")).unwrap().1.clone();
    let store = open().await;
    let hash = TokenHash::of(&format!("otp\n{id}"));
    let first_step = store.session(&hash, UnixTime::now()).await.unwrap().unwrap();
    let key = hmac::Key::new(hmac::HMAC_SHA256, id.as_bytes());
    let sid = URL_SAFE_NO_PAD.encode(hmac::sign(&key, format!("code\n{WRONG}").as_bytes()));
    let accepted = Session { sid, ..first_step };
    store.save_session(TokenHash::of(&format!("accepted otp\n{id}")), accepted).await.unwrap();
    let app = restarted(&open).await;
    assert_eq!(browser.give(&app, WRONG).await.status, 303);
    assert!(browser.is_logged_in(&app).await);
    assert_eq!(store.sessions_of("1", now(), None, 10).await.unwrap().items.len(), 1);
}

/// Runs each case over every store that outlives its server.
macro_rules! over_stores_that_last {
    ($($case:ident),* $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    use oauth_core::store::SqliteStore;

                    let folder = tempfile::tempdir().unwrap();
                    let file = folder.path().join("oauth.db");
                    super::$case(async || SqliteStore::open(&file).await.unwrap()).await;
                }
            )*
        }
        #[cfg(feature = "interop")]
        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    use oauth_core::store::PostgresStore;

                    let database = oauth_tests::postgres::database();
                    super::$case(async || PostgresStore::connect(&database).await.unwrap()).await;
                }
            )*
        }
        #[cfg(feature = "interop")]
        mod valkey {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    use oauth_core::store::ValkeyStore;
                    use oauth_tests::valkey::{prefix, url};

                    let prefix = prefix();
                    let open = async || ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
                    super::$case(open).await;
                }
            )*
        }
    };
}

over_stores_that_last!(
    the_code_is_taken_after_a_restart,
    wrong_codes_are_counted_across_a_restart,
    a_password_that_is_changed_meanwhile_ends_it,
    two_clicks_at_two_instances_are_one_login,
    the_next_click_is_as_good_as_one_whose_instance_is_gone,
);
