//! Pages elsewhere than at `/login`, `/logout` and `/device`.

use axum::routing::get;
use http::StatusCode;
use oauth_core::interaction::{LoginPages, PagePaths, Theme};
use oauth_core::prelude::*;
use oauth_tests::{App, ISSUER};

use crate::visitor::{ALICE, PASSWORD, Visitor, store};

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code, device_code),
    scopes("profile"),
    issuer = "https://auth.example.com"
)]
struct Server<P: PagePaths = Elsewhere> {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages<Theme, P>,
}

struct Elsewhere;

impl PagePaths for Elsewhere {
    const LOGIN: &'static str = "/account/login";
    const LOGOUT: &'static str = "/account/logout";
    const DEVICE: &'static str = "/tv";
}

async fn server<P: PagePaths>() -> Server<P> {
    let store = store().await;
    let tv = Client::public("tv").grant_type(GrantType::DEVICE_CODE).scope("profile");
    store.save_client(tv.build().unwrap()).await.unwrap();
    Server { accounts: Accounts { store }, pages: LoginPages::new().at() }
}

/// The application has pages of its own at the paths that ours have by default.
#[tokio::test]
async fn people_walk_from_page_to_page_and_the_application_has_its_own() {
    let own =
        axum::Router::new().route("/login", get(async || "ours")).route("/logout", get(async || "ours"));
    let app = App::over_router(server::<Elsewhere>().await.into_router().unwrap().merge(own));
    let mut alice = Visitor::of_app(app.clone(), ISSUER.to_owned());
    assert_eq!(alice.get("/login").await.text(), "ours");
    assert_eq!(alice.get("/device").await.status, StatusCode::NOT_FOUND);

    let request = alice.authorization_path("web", "&scope=profile");
    let away = alice.get(&request).await;
    assert_eq!(away.location().path(), "/account/login");
    let login = alice.get(&away.location().to_string()).await;
    let back = alice.submit(&login, &[("username", ALICE), ("password", PASSWORD)]).await;
    assert_eq!(back.location().to_string(), request);
    let consent = alice.get(&request).await;
    assert!(consent.text().contains("href=\"/account/logout?return_to="), "{}", consent.text());
    let done = alice.submit(&consent, &[("decision", "allow")]).await;
    assert!(done.header("location").starts_with("https://web.example/cb?code="), "{done:?}");

    let begun = app.post("/device_authorization", "", &[("client_id", "tv")]).await;
    assert_eq!(begun.member("verification_uri"), format!("{ISSUER}/tv"));
    let mut bob = alice.someone_else();
    let login = bob.get("/tv?user_code=x").await;
    assert_eq!(login.location().path(), "/account/login");
    let login = bob.get(&login.location().to_string()).await;
    let back = bob.submit(&login, &[("username", "bob"), ("password", PASSWORD)]).await;
    assert_eq!(back.header("location"), "/tv?user_code=x");
    let form = bob.get("/tv").await;
    let question = bob.submit(&form, &[("user_code", &begun.member("user_code"))]).await;
    let done = bob.submit(&question, &[("decision", "allow")]).await;
    assert!(done.text().contains("Your device is connected"), "{}", done.text());

    let logout = alice.get("/account/logout").await;
    let done = alice.submit(&logout, &[]).await;
    assert_eq!((done.status, done.header("location")), (StatusCode::SEE_OTHER, "/account/logout"));
    assert_eq!(alice.get(&request).await.location().path(), "/account/login");
}

macro_rules! paths {
    ($name:ident { $($which:ident = $path:literal)* }) => {
        struct $name;

        impl PagePaths for $name {
            $(const $which: &'static str = $path;)*
        }
    };
}

paths! { Relative { LOGIN = "account/login" } }
paths! { Twice { LOGIN = "/account" LOGOUT = "/account" } }
paths! { OfAnother { LOGOUT = "/device" } }
paths! { OfAnEndpoint { LOGIN = "/token" } }
paths! { Pattern { DEVICE = "/tv/{code}" } }

#[tokio::test]
async fn what_is_no_path_or_not_its_own_is_refused_at_start() {
    let mistakes = [
        (mistake::<Relative>().await, "the path `account/login` is relative: write `/account/login`"),
        (mistake::<Twice>().await, "the path `/account` is another"),
        (mistake::<OfAnother>().await, "the path `/device` is another"),
        (mistake::<OfAnEndpoint>().await, "the path `/token` is another"),
        (mistake::<Pattern>().await, "the path `/tv/{code}` has the character"),
    ];
    for (said, words) in mistakes {
        assert!(said.contains(words), "{words}: {said}");
        assert_eq!(said.matches("the path `").count(), 1, "{said}");
    }
}

async fn mistake<P: PagePaths>() -> String {
    server::<P>().await.into_router().unwrap_err().to_string()
}
