//! RFC 9700 §4.11.2: a link on the server's host that leads to a client of an attacker.

use oauth_core::client::ClientSource;
use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_tests::{Accounts, ISSUER, Site};

use crate::headers::assert_locked_down;
use crate::visitor::{Form, Visitor, store, tags};

/// A visitor of a server where `stranger` registered itself, and so did `device`.
async fn visitor() -> Visitor {
    let store = store().await;
    let registered = |client_id: &str, redirect_uri: &str| {
        Client::public(client_id)
            .source(ClientSource::Itself)
            .redirect_uri(redirect_uri)
            .scope("profile")
            .build()
    };
    store.save_client(registered("stranger", "https://stranger.example/cb?a=1").unwrap()).await.unwrap();
    store.save_client(registered("device", "com.example.app:/cb").unwrap()).await.unwrap();
    Visitor::at(Site { issuer: ISSUER.to_owned(), validator: Accounts(store), pages: LoginPages::new() })
}

#[tokio::test]
async fn section_4_11_2_an_error_sends_nobody_to_a_client_that_registered_itself() {
    let mut visitor = visitor().await;
    for mistake in ["&scope=nonsense", "&prompt=nonsense", "&max_age=x", "&response_mode=x"] {
        let page = visitor.authorize("stranger", mistake).await;
        page.assert_page(400);
        assert_locked_down(&page);
        let link = tags(page.text(), "a").next().unwrap().to_owned();
        assert!(link.contains("href=\"https://stranger.example/cb?a=1&#38;error=invalid_"), "{link}");
        assert!(page.text().contains("Back to <bdi>stranger.example</bdi>"), "{}", page.text());
    }
    let page = visitor.authorize("device", "&scope=nonsense").await;
    assert!(page.text().contains("Back to the application</a>"), "{}", page.text());
}

#[tokio::test]
async fn section_4_11_2_nor_does_a_form() {
    let mut visitor = visitor().await;
    let page = visitor.authorize("stranger", "&scope=nonsense&response_mode=form_post").await;
    page.assert_page(400);
    assert!(
        !page.text().contains("<script") && !page.header("content-security-policy").contains("script-src")
    );
    assert!(page.text().contains("Back to <bdi>stranger.example</bdi></button>"), "{}", page.text());
    assert!(page.header("content-security-policy").ends_with("; form-action https:"));
    let form = Form::of(&page);
    assert_eq!(form.action, "https://stranger.example/cb?a=1");
    assert_eq!((&*form.hidden["error"], &*form.hidden["state"]), ("invalid_scope", "s&t"));
}

#[tokio::test]
async fn the_form_is_in_the_language_and_the_look_of_the_other_pages() {
    let mut visitor = visitor().await.speaking("de");
    let mistake = "&scope=nonsense&response_mode=form_post";
    for (client, more, tag, back) in [
        ("stranger", "", "de", "Zurück zu <bdi>stranger.example</bdi></button>"),
        ("stranger", "&ui_locales=fr", "fr", "Retour à <bdi>stranger.example</bdi></button>"),
        ("device", "", "de", "Zurück zur Anwendung</button>"),
    ] {
        let page = visitor.authorize(client, &format!("{mistake}{more}")).await;
        page.assert_page(400);
        assert!(page.text().contains(&format!("<html lang=\"{tag}\"")), "{}", page.text());
        assert!(page.text().contains(back) && page.text().contains("<style>"), "{}", page.text());
    }
}

#[tokio::test]
async fn who_is_logged_in_goes_there_at_once() {
    let mut visitor = visitor().await;
    visitor.log_in_as_alice().await;
    let answer = visitor.authorize("stranger", "&scope=nonsense").await;
    answer.assert_redirected_error("https://stranger.example/cb", "invalid_scope");
    let consent = visitor.authorize("stranger", "").await;
    let refused = visitor.submit(&consent, &[("decision", "deny")]).await;
    refused.assert_redirected_error("https://stranger.example/cb", "access_denied");
}

/// OIDC Core §3.1.2.1: it is for frames, which see no page.
#[tokio::test]
async fn prompt_none_goes_there_at_once() {
    let mut visitor = visitor().await;
    for (more, error) in [("", "login_required"), ("&scope=nonsense", "invalid_scope")] {
        let answer = visitor.authorize("stranger", &format!("&prompt=none{more}")).await;
        answer.assert_redirected_error("https://stranger.example/cb", error);
    }
}

/// A deviation, which the manual and the report state.
#[tokio::test]
async fn a_client_of_the_operator_is_told_at_once() {
    let mut visitor = visitor().await;
    let answer = visitor.authorize("web", "&scope=nonsense").await;
    answer.assert_redirected_error("https://web.example/cb", "invalid_scope");
    let site =
        Site { issuer: ISSUER.to_owned(), validator: Accounts(store().await), pages: LoginPages::new() };
    let report = site.report();
    assert!(report.deviations.iter().any(|it| it.section == "RFC 9700 §4.11.2"), "{report}");
    assert!(
        report.to_string().contains("\nDeviations\n  RFC 9700 §4.11.2  errors are redirected"),
        "{report}"
    );
}
