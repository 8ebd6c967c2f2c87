//! Pages in another look, and pages of one's own.

use oauth_core::interaction::{
    ConsentPage, LoginPage, LoginPages, LogoutPage, PageTemplates, SignedInPage, SignedOutPage, Theme,
};
use oauth_core::prelude::*;
use oauth_tests::{Accounts, ISSUER, Site};

use crate::headers::assert_locked_down;
use crate::visitor::{Form, Visitor, store};

async fn with(templates: impl PageTemplates) -> Visitor {
    let validator = Accounts(store().await);
    let pages = LoginPages::with_templates(templates);
    Visitor::at(Site { issuer: ISSUER.to_owned(), validator, pages })
}

#[tokio::test]
async fn a_theme_changes_name_colour_logo_and_style() {
    let theme = Theme::new()
        .service_name("Ac<me")
        .accent_color("#FFD700")
        .and_then(|theme| theme.logo("https://cdn.example/logo.svg"))
        .and_then(|theme| theme.stylesheet("main { border: 0 }\r\n"))
        .unwrap();
    let page = with(theme).await.get("/login").await;
    assert!(page.text().contains("Sign in to Ac&#60;me"));
    assert!(page.text().contains("--accent:#ffd700;--on-accent:#000000"), "black on gold");
    assert!(page.text().contains("<img class=\"logo\" src=\"https://cdn.example/logo.svg\" alt=\"\">"));
    assert!(page.text().contains("main { border: 0 }\n</style>"));
    assert!(page.header("content-security-policy").contains("; img-src https://cdn.example/logo.svg; "));
    assert_locked_down(&page);
    let dark = Theme::new().accent_color("#0b5cad").unwrap().logo("/logo.png").unwrap();
    let page = with(dark).await.get("/login").await;
    assert!(page.text().contains("--accent:#0b5cad;--on-accent:#ffffff"), "white on blue");
    assert!(page.header("content-security-policy").contains("; img-src 'self'; "));
}

#[test]
fn a_theme_that_would_break_the_pages_is_refused() {
    for color in ["blue", "#fff", "#12345g", "#1234567", "#+12345", "}", ""] {
        let mistake = Theme::new().accent_color(color).unwrap_err().to_string();
        assert!(mistake.contains("#rrggbb") && mistake.contains(color), "{mistake}");
    }
    for logo in [
        "logo.png",
        "//cdn.example/l",
        "http://x/l",
        "https://",
        "https://x/l;script-src *",
        "/a,b",
        "/a b",
        "data:x",
    ] {
        assert!(Theme::new().logo(logo).is_err(), "{logo}");
    }
    assert!(Theme::new().stylesheet("</style><script>").unwrap_err().to_string().contains("</"));
}

/// Templates of an application's own.
struct Plain;

impl PageTemplates for Plain {
    fn login(&self, page: &LoginPage<'_>) -> Result<String> {
        Ok(format!(
            "<form action=\"{}\"><input type=\"hidden\" name=\"csrf\" value=\"{}\"></form>{:?} {:?}",
            page.form.action,
            page.form.csrf.expose(),
            page.problem,
            (page.form.display, page.form.languages),
        ))
    }
    fn consent(&self, page: &ConsentPage<'_>) -> Result<String> {
        let wishes = (page.form.display, page.form.languages);
        Ok(format!("consent for {} via {:?} {wishes:?}", page.client.client_id, page.redirect_host()))
    }
    fn logout(&self, _: &LogoutPage<'_>) -> Result<String> {
        Ok("logout".to_owned())
    }
    fn signed_in(&self, page: &SignedInPage<'_>) -> Result<String> {
        Ok(format!("subject {}", page.user.subject))
    }
    fn signed_out(&self, _: &SignedOutPage<'_>) -> Result<String> {
        Err(Error::server("no such template"))
    }
}

#[tokio::test]
async fn own_templates_get_the_same_protection() {
    let mut visitor = with(Plain).await;
    let refused = visitor.log_in("bob", "wrong").await;
    assert!(refused.text().contains("WrongCredentials"));
    assert_eq!(refused.header("x-frame-options"), "DENY");
    assert!(refused.header("content-security-policy").contains("style-src 'self'"));
    assert!(refused.header("content-security-policy").contains("frame-ancestors 'none'"));
    visitor.get("/logout").await.assert_page(500);
    visitor.log_in_as_alice().await;
    assert_eq!(visitor.get("/login").await.text(), "subject 1");
    assert_eq!(
        visitor.authorize("web", "").await.text(),
        "consent for web via Some(\"web.example\") (None, [])"
    );
}

#[tokio::test]
async fn templates_know_how_the_client_wants_to_be_shown() {
    let mut visitor = with(Plain).await;
    let away = visitor.authorize("web", "&display=popup&ui_locales=fr-CA++fr").await;
    let page = visitor.get(away.header("location")).await;
    assert!(page.text().ends_with("(Some(\"popup\"), [\"fr-CA\", \"fr\"])"), "{}", page.text());
    visitor.log_in_as_alice().await;
    let consent = visitor.authorize("web", "&display=popup&ui_locales=fr-CA++fr").await;
    assert!(consent.text().ends_with("(Some(\"popup\"), [\"fr-CA\", \"fr\"])"), "{}", consent.text());
}

/// Templates that log what they draw.
struct Logging(Theme);

impl PageTemplates for Logging {
    fn login(&self, page: &LoginPage<'_>) -> Result<String> {
        Ok(format!("{}<!-- {page:?} -->", self.0.login(page)?))
    }
    fn consent(&self, page: &ConsentPage<'_>) -> Result<String> {
        Ok(format!("{}<!-- {page:?} -->", self.0.consent(page)?))
    }
    fn logout(&self, page: &LogoutPage<'_>) -> Result<String> {
        Ok(format!("{}<!-- {page:?} -->", self.0.logout(page)?))
    }
    fn signed_in(&self, page: &SignedInPage<'_>) -> Result<String> {
        self.0.signed_in(page)
    }
    fn signed_out(&self, page: &SignedOutPage<'_>) -> Result<String> {
        self.0.signed_out(page)
    }
}

#[tokio::test]
async fn tokens_of_forms_do_not_print() {
    let mut visitor = with(Logging(Theme::new())).await;
    let login = visitor.get("/login").await;
    visitor.log_in_as_alice().await;
    for page in [login, visitor.authorize("web", "").await, visitor.get("/logout").await] {
        let csrf = &Form::of(&page).hidden["csrf"];
        assert!(page.text().contains("csrf: "));
        assert_eq!(page.text().matches(csrf.as_str()).count(), 1, "in the form only: {}", page.text());
    }
}
