//! Pages of an interaction of one's own: one call each, and as hard to frame or keep as the built-in ones.

use axum::response::{Html, Redirect};
use http::Request as HttpRequest;
use oauth_core::http::Response;
use oauth_core::interaction;
use oauth_core::prelude::*;
use oauth_tests::{Answer, App, ISSUER};

use crate::visitor::{Visitor, store};

/// Answers as the header `x-answer` says.
struct Own;

impl<V: RequestValidator> Interaction<V> for Own {
    const PAGES: &'static [&'static str] = &["/welcome"];

    async fn decide(
        &self,
        _: &Context<'_, V>,
        _: &AuthorizationRequest,
        request: &Request,
    ) -> Result<Decision> {
        let answer = request.headers().get("x-answer").and_then(|value| value.to_str().ok());
        Ok(match answer {
            Some("page") => Decision::page("<p>log in"),
            Some("redirect") => Decision::redirect("https://sso.example/login"),
            Some("no header value") => Decision::redirect("/\n"),
            Some("html") => Decision::respond(Html("<p>log in")),
            Some("axum redirect") => Decision::respond(Redirect::to("/welcome")),
            Some("stream") => Decision::respond(axum::body::Body::new(Endless)),
            Some("framed") => {
                let policy = [("content-security-policy", "default-src 'self'; frame-ancestors 'self'")];
                Decision::respond((policy, Html("<p>log in")))
            }
            // As it was written before anybody thought of headers.
            _ => Decision::Respond(Response::new("<p>log in".into())),
        })
    }

    async fn page(&self, _: &Context<'_, V>, _: &str, _: &HttpRequest<bytes::Bytes>) -> Result<Response> {
        Ok(interaction::respond(([("cache-control", "private, max-age=60")], Html("<p>welcome"))))
    }
}

/// A body that does not end.
struct Endless;

impl http_body::Body for Endless {
    type Data = bytes::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<std::result::Result<http_body::Frame<bytes::Bytes>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(authorization_code), scopes("profile"), issuer = "https://auth.example.com")]
struct Server {
    #[validator]
    accounts: Accounts,
    #[interaction]
    people: Own,
}

async fn app() -> App {
    App::of(Server { accounts: Accounts { store: store().await }, people: Own })
}

async fn ask(answer: &str) -> Answer {
    let app = app().await;
    let path = Visitor::of_app(app.clone(), ISSUER.to_owned()).authorization_path("spa", "");
    app.send(HttpRequest::get(path).header("x-answer", answer), "").await
}

#[tokio::test]
async fn every_page_leaves_with_the_headers_that_it_lacks() {
    for answer in ["plain", "page", "html"] {
        let page = ask(answer).await;
        assert_eq!((page.status.as_u16(), page.text()), (200, "<p>log in"), "{answer}");
        assert_eq!(page.header("content-security-policy"), "frame-ancestors 'none'", "{answer}");
        assert_eq!(page.header("x-frame-options"), "DENY", "{answer}");
        assert_eq!(page.header("cache-control"), "no-store", "{answer}");
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{answer}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{answer}");
    }
    assert!(ask("page").await.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn what_a_page_says_itself_stays() {
    let page = ask("framed").await;
    assert_eq!(page.header("content-security-policy"), "default-src 'self'; frame-ancestors 'self'");
    let page = app().await.get("/welcome").await;
    assert_eq!((page.text(), page.header("cache-control")), ("<p>welcome", "private, max-age=60"));
    assert_eq!(page.header("content-security-policy"), "frame-ancestors 'none'");
}

#[tokio::test]
async fn a_redirect_is_one_call() {
    for (answer, location) in [("redirect", "https://sso.example/login"), ("axum redirect", "/welcome")] {
        let away = ask(answer).await;
        assert_eq!((away.status.as_u16(), away.header("location")), (303, location));
        assert_eq!(
            (away.header("cache-control"), away.header("referrer-policy")),
            ("no-store", "no-referrer")
        );
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_a_failure() {
    for answer in ["no header value", "stream"] {
        let page = ask(answer).await;
        assert_eq!(page.status, 500, "{answer}");
        assert!(page.text().contains("Something went wrong here"));
    }
}
