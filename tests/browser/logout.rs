//! Signing out of an OpenID provider and of its clients, and the frame that watches the session.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Html;
use axum::routing::get;
use fantoccini::{Client as Browser, Locator};
use oauth_core::interaction::LoginPages;
use oauth_core::openid::BackChannel;
use oauth_core::prelude::*;
use oauth_tests::{App, CHALLENGE, VERIFIER, basic, secret};
use tokio::sync::mpsc::{self, UnboundedReceiver};

use crate::driver::{Wish, browse, click, log_in, text};
use crate::world::{PASSWORD, listen, serve};

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = self.issuer)]
struct Tokens {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(grants(authorization_code), scopes("openid"))]
struct Op {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Tokens,
    #[back_channel]
    back_channel: BackChannel,
    #[interaction]
    pages: LoginPages,
}

/// The visit that a client got: where, and with which parameters.
type Visit = (String, BTreeMap<String, String>);

/// A provider and the pages of its clients, at two origins: the same site as the provider, and another.
struct World {
    issuer: String,
    /// `http://127.0.0.1:…`, the provider's own site.
    near: String,
    /// `http://localhost:…`, another site.
    far: String,
    app: App,
    visits: UnboundedReceiver<Visit>,
}

impl World {
    async fn new() -> Self {
        let (send, visits) = mpsc::unbounded_channel::<Visit>();
        let (near, listener) = listen().await;
        let far = near.replace("127.0.0.1", "localhost");
        let visit =
            get(async move |Path(page): Path<String>, Query(params): Query<BTreeMap<String, String>>| {
                let html = match page.as_str() {
                    "watch" => WATCH.to_owned(),
                    "post" => post_form(&params),
                    _ => format!("<!doctype html><h1>{page}</h1>"),
                };
                send.send((page, params)).unwrap();
                Html(html)
            });
        serve(listener, Router::new().route("/{page}", visit));
        let (issuer, listener) = listen().await;
        let store = MemoryStore::new();
        store.save_user(User::new("1", "alice").with_password(PASSWORD).unwrap()).await.unwrap();
        for (client_id, origin) in [("near", &near), ("far", &far)] {
            let client = Client::confidential(client_id, &ClientSecret::new(secret()).unwrap())
                .client_name(format!("The {client_id} one"))
                .first_party()
                .redirect_uri(format!("{origin}/cb"))
                .post_logout_redirect_uri(format!("{origin}/bye"))
                .frontchannel_logout_uri(format!("{origin}/out-{client_id}"))
                .frontchannel_logout_session_required()
                .scope("openid");
            store.save_client(client.build().unwrap()).await.unwrap();
        }
        let keys = KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap());
        let op = || Op {
            accounts: Accounts { store: store.clone() },
            tokens: Tokens { issuer: issuer.clone(), keys: keys.clone() },
            back_channel: BackChannel::https().unwrap(),
            pages: LoginPages::new(),
        };
        serve(listener, op().into_router().unwrap());
        let app = App::of(op());
        Self { issuer, near, far, app, visits }
    }

    fn origin(&self, client_id: &str) -> &str {
        if client_id == "near" { &self.near } else { &self.far }
    }

    fn authorize(&self, client_id: &str) -> String {
        let redirect_uri = format!("{}/cb", self.origin(client_id));
        self.url(
            "authorize",
            &[
                ("response_type", "code"),
                ("client_id", client_id),
                ("redirect_uri", &redirect_uri),
                ("scope", "openid"),
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S256"),
            ],
        )
    }

    fn url(&self, page: &str, params: &[(&str, &str)]) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
        format!("{}/{page}?{query}", self.issuer)
    }

    /// The parameters with which this page of a client is visited next.
    async fn visit(&mut self, page: &str) -> BTreeMap<String, String> {
        loop {
            let visit = tokio::time::timeout(Duration::from_secs(30), self.visits.recv()).await;
            let (visited, params) = visit.unwrap_or_else(|_| panic!("nobody came to {page}")).unwrap();
            if visited == page {
                return params;
            }
        }
    }

    /// The answer of the provider to a client: the person is logged in.
    async fn log_in_to(&mut self, browser: &Browser, client_id: &str) -> BTreeMap<String, String> {
        browser.goto(&self.authorize(client_id)).await.unwrap();
        if browser.current_url().await.unwrap().path() == "/login" {
            log_in(browser, "alice", PASSWORD).await;
        }
        // On loopback the operator's own clients ask, too.
        click(browser, "button[value=allow]").await;
        self.visit("cb").await
    }

    async fn id_token(&self, client_id: &str, code: &str) -> String {
        let redirect_uri = format!("{}/cb", self.origin(client_id));
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        self.app.post("/token", &basic(client_id), &form).await.member("id_token")
    }
}

/// A client's page that frames the provider's and tells what it says.
const WATCH: &str = r#"<!doctype html>
<h1>Watching</h1>
<p id="answer">?</p>
<script>
const params = new URLSearchParams(location.search);
const frame = document.createElement("iframe");
frame.hidden = true;
frame.src = params.get("frame");
frame.onload = () => frame.contentWindow.postMessage(params.get("message"), new URL(frame.src).origin);
addEventListener("message", (event) => {
  if (event.source === frame.contentWindow) document.getElementById("answer").textContent = event.data;
});
document.body.append(frame);
</script>
"#;

/// A client's page with a form to sign out.
fn post_form(params: &BTreeMap<String, String>) -> String {
    let fields = params.iter().filter(|(name, _)| *name != "action");
    let fields: Vec<_> =
        fields.map(|(name, value)| format!("<input type=hidden name={name} value=\"{value}\">")).collect();
    let fields = fields.concat();
    format!(
        "<!doctype html><form method=post action=\"{}\">{fields}<button type=submit>Sign out</button></form>",
        params["action"]
    )
}

#[tokio::test]
async fn the_last_page_signs_the_person_out_of_the_clients_and_goes_on() {
    let mut world = World::new().await;
    browse(Wish::default(), async move |browser: Browser| {
        world.log_in_to(&browser, "near").await;
        world.log_in_to(&browser, "far").await;
        let bye = format!("{}/bye", world.far);
        let params = [("client_id", "far"), ("post_logout_redirect_uri", &bye), ("state", "a&b=c d")];
        browser.goto(&world.url("end_session", &params)).await.unwrap();
        assert_eq!(text(&browser, "h1").await, "Sign out?");
        assert!(text(&browser, "main").await.contains("The far one asks whether to sign you out"));
        click(&browser, "button[type=submit]").await;
        assert_eq!(text(&browser, "h1").await, "You are signed out");
        assert_eq!(text(&browser, "a").await, "Continue to The far one");
        let near = world.visit("out-near").await;
        assert_eq!(near["iss"], world.issuer);
        assert_ne!(world.visit("out-far").await["sid"], near["sid"], "each client has its own");
        // It goes on by itself.
        assert_eq!(world.visit("bye").await["state"], "a&b=c d");
        assert_eq!(text(&browser, "h1").await, "bye");
        browser.goto(&world.authorize("near")).await.unwrap();
        browser.wait().for_element(Locator::Id("username")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn no_scripts_are_needed_to_sign_out() {
    let mut world = World::new().await;
    browse(Wish { without_javascript: true, ..Wish::default() }, async move |browser: Browser| {
        world.log_in_to(&browser, "near").await;
        browser.goto(&world.url("end_session", &[])).await.unwrap();
        click(&browser, "button[type=submit]").await;
        assert_eq!(text(&browser, "h1").await, "You are signed out");
        world.visit("out-near").await;
    })
    .await;
}

/// The cookie of the session does not come with a form on another site; what the provider answers brings it.
#[tokio::test]
async fn a_form_on_another_site_signs_out_with_an_id_token() {
    let mut world = World::new().await;
    browse(Wish::default(), async move |browser: Browser| {
        let code = world.log_in_to(&browser, "far").await["code"].clone();
        let hint = world.id_token("far", &code).await;
        let action = format!("{}/end_session", world.issuer);
        let form = |hint: &str| {
            let params = [("action", action.as_str()), ("id_token_hint", hint)];
            let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
            format!("{}/post?{query}", world.far)
        };
        browser.goto(&form("x")).await.unwrap();
        click(&browser, "button[type=submit]").await;
        assert_eq!(text(&browser, "h1").await, "Sign out?");
        browser.goto(&form(&hint)).await.unwrap();
        click(&browser, "button[type=submit]").await;
        assert_eq!(text(&browser, "h1").await, "You are signed out");
        browser.goto(&format!("{}/logout", world.issuer)).await.unwrap();
        assert_eq!(text(&browser, "h1").await, "You are signed out");
    })
    .await;
}

#[tokio::test]
async fn the_frame_tells_whether_the_session_holds() {
    let mut world = World::new().await;
    browse(Wish::default(), async move |browser: Browser| {
        let state = world.log_in_to(&browser, "near").await["session_state"].clone();
        let frame = format!("{}/check_session", world.issuer);
        let ask = async |world: &World, message: &str| {
            let params = [("frame", frame.as_str()), ("message", message)];
            let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
            browser.goto(&format!("{}/watch?{query}", world.near)).await.unwrap();
            for _ in 0..500 {
                let answer = text(&browser, "#answer").await;
                if answer != "?" {
                    return answer;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            panic!("the frame does not answer");
        };
        let good = format!("near {state}");
        assert_eq!(ask(&world, &good).await, "unchanged");
        assert_eq!(ask(&world, &format!("far {state}")).await, "changed");
        for malformed in ["near", "near ", &format!("near{state}"), "near nodot"] {
            assert_eq!(ask(&world, malformed).await, "error", "{malformed}");
        }
        browser.goto(&world.url("end_session", &[])).await.unwrap();
        click(&browser, "button[type=submit]").await;
        assert_eq!(text(&browser, "h1").await, "You are signed out");
        assert_eq!(ask(&world, &good).await, "changed");
        let state = world.log_in_to(&browser, "near").await["session_state"].clone();
        assert_eq!(ask(&world, &good).await, "changed", "another login");
        assert_eq!(ask(&world, &format!("near {state}")).await, "unchanged");
    })
    .await;
}
