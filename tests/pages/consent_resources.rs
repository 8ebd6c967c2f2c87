//! Consent to resources (RFC 8707): it is shown, and remembered for each.

use oauth_core::prelude::*;
use oauth_tests::{App, ISSUER};

use crate::visitor::{Visitor, store};

#[validator]
struct People {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code),
    scopes("profile", "calendar"),
    resources("https://a.example", "https://b.example/api"),
    issuer = "https://auth.example.com"
)]
struct Server {
    #[validator]
    people: People,
    #[interaction]
    pages: LoginPages,
}

const A: &str = "&resource=https%3A%2F%2Fa.example";
const B: &str = "&resource=https%3A%2F%2Fb.example%2Fapi";

async fn visitor() -> Visitor {
    let server = Server { people: People { store: store().await }, pages: LoginPages::new() };
    let mut visitor = Visitor::of_app(App::of(server), ISSUER.to_owned());
    visitor.log_in_as_alice().await;
    visitor
}

async fn agree(visitor: &mut Visitor, more: &str) {
    let page = visitor.authorize("web", more).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(visitor.submit(&page, &[("decision", "allow")]).await.params().contains_key("code"));
}

async fn is_asked(visitor: &mut Visitor, more: &str) -> bool {
    visitor.authorize("web", more).await.status == 200
}

#[tokio::test]
async fn it_names_the_resources() {
    let mut visitor = visitor().await;
    let page = visitor.authorize("web", &format!("{A}{B}")).await;
    for resource in ["<bdi>https://a.example</bdi>", "<bdi>https://b.example/api</bdi>"] {
        assert!(page.text().contains(resource), "{}", page.text());
    }
    let page = visitor.authorize("web", A).await;
    assert!(!page.text().contains("https://b.example"), "only what is asked for");
}

#[tokio::test]
async fn it_is_remembered_for_each_resource_with_its_scopes() {
    let mut visitor = visitor().await;
    agree(&mut visitor, &format!("{A}&scope=profile")).await;
    assert!(!is_asked(&mut visitor, &format!("{A}&scope=profile")).await);
    for more in [format!("{B}&scope=profile"), format!("{A}{B}&scope=profile"), "&scope=profile".to_owned()] {
        assert!(is_asked(&mut visitor, &more).await, "{more}");
    }
    // A scope that was agreed to at one is not agreed to at another.
    agree(&mut visitor, &format!("{B}&scope=calendar")).await;
    assert!(is_asked(&mut visitor, &format!("{A}&scope=calendar")).await);
    assert!(is_asked(&mut visitor, &format!("{B}&scope=profile")).await);
    agree(&mut visitor, &format!("{A}{B}&scope=profile+calendar")).await;
    for more in [A, B] {
        assert!(!is_asked(&mut visitor, &format!("{more}&scope=profile+calendar")).await, "{more}");
    }
}
