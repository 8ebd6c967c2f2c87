//! Pages in the language that the person reads: `ui_locales` (OIDC Core §3.1.2.1), `Accept-Language` (RFC 9110 §12.5.4).

#![expect(clippy::unnecessary_literal_bound, reason = "the trait lends what others hold")]

use oauth_core::interaction::language::{ARABIC, ENGLISH, FRENCH, GERMAN, JAPANESE, SPANISH};
use oauth_core::interaction::{Language, LoginPages, Theme};
use oauth_core::prelude::*;
use oauth_tests::{Accounts, Answer, ISSUER, Site};

use crate::headers::assert_locked_down;
use crate::visitor::{ALICE, Form, PASSWORD, Visitor, store};

async fn visitor(theme: Theme, languages: &str) -> Visitor {
    let validator = Accounts(store().await);
    let pages = LoginPages::with_templates(theme);
    Visitor::at(Site { issuer: ISSUER.to_owned(), validator, pages }).speaking(languages)
}

#[track_caller]
fn assert_language(page: &Answer, tag: &str, heading: &str) {
    let text = page.text();
    assert!(text.contains(&format!("<html lang=\"{tag}\"")), "{tag}: {text}");
    assert!(text.contains(&format!("<h1>{heading}</h1>")), "{tag}: {text}");
}

#[tokio::test]
async fn a_browser_says_what_its_owner_reads() {
    for (languages, tag) in [
        ("de", "de"),
        ("DE-ch, en", "de"),
        ("pt, fr;q=0.8, es;q=0.9", "es"),
        ("fr;q=0.5, ja;q=0.5", "fr"),
        ("pt-BR;q=1.0, ja-Jpan-JP-x-whatever;q=0.001", "ja"),
        ("ar-EG , en ; q=0.1", "ar"),
        // What is not acceptable, not a weight, or not there.
        ("de;q=0, fr;q=0.1", "fr"),
        ("de;q=2, fr;q=0.0001, es;q=x, ja;q=-1", "en"),
        ("pt, nl", "en"),
        ("*", "en"),
        ("", "en"),
        ("germanic, d", "en"),
        (";;;=,,,-,--,de-,-de", "de"),
    ] {
        let page = visitor(Theme::new(), languages).await.get("/login").await;
        assert!(page.text().contains(&format!("<html lang=\"{tag}\"")), "{languages}: {}", page.text());
        assert_locked_down(&page);
    }
}

#[tokio::test]
async fn what_the_client_knows_counts_more_than_what_the_browser_says() {
    let mut visitor = visitor(Theme::new(), "es").await;
    let away = visitor.authorize("web", "&ui_locales=nl+fr-CA+de").await;
    let page = visitor.get(away.header("location")).await;
    assert_language(&page, "fr", "Se connecter");
    let wrong = visitor.submit(&page, &[("username", ALICE), ("password", "wrong")]).await;
    assert_language(&wrong, "fr", "Se connecter");
    assert!(wrong.text().contains("Le nom d’utilisateur ou le mot de passe est incorrect."));
    let back = visitor.submit(&page, &[("username", ALICE), ("password", PASSWORD)]).await;
    let consent = visitor.get(back.header("location")).await;
    let asked = "Autoriser <bdi>&#60;script&#62;alert(1)&#60;/script&#62; &#38; &#34;Co&#34;</bdi> à utiliser votre compte ?";
    assert_language(&consent, "fr", asked);
    assert_language(&visitor.get("/logout").await, "es", "¿Cerrar sesión?");
}

/// Every page of a visit is in one language, and nothing is left to fill in.
#[tokio::test]
async fn each_page_is_in_each_language() {
    let all: [&dyn Language; 6] = [&ENGLISH, &GERMAN, &FRENCH, &SPANISH, &JAPANESE, &ARABIC];
    for language in all {
        let (tag, direction) =
            (language.tag(), if language.is_right_to_left() { " dir=\"rtl\"" } else { "" });
        let mut visitor = visitor(Theme::new(), tag).await;
        let mut pages = vec![
            visitor.get("/login").await,
            visitor.log_in("bob", "wrong").await,
            visitor.post("/login", &[]).await,
            visitor.get("/logout").await,
            visitor.get("/authorize?client_id=nobody").await,
        ];
        visitor.log_in_as_alice().await;
        pages.push(visitor.get("/login").await);
        pages.push(visitor.authorize("web", "").await);
        pages.push(visitor.authorize("native", "").await);
        pages.push(visitor.get("/logout").await);
        pages.push(visitor.post("/logout", &[]).await);
        for page in &pages {
            let (_, body) = page
                .text()
                .split_once("</style>")
                .map(|(head, body)| (head.to_owned(), body.to_owned()))
                .unwrap();
            assert!(page.text().contains(&format!("<html lang=\"{tag}\"{direction}>")), "{}", page.text());
            assert!(!body.contains(['{', '}']), "{tag}: {body}");
            let english = ["Sign", "sign", "account", "You ", "Password", "Allow", "went wrong"];
            let said = english.iter().find(|word| {
                body.split('<').any(|part| {
                    part.split_once('>')
                        .is_some_and(|(tag, text)| !tag.starts_with("code") && text.contains(*word))
                })
            });
            assert!(tag == "en" || said.is_none(), "{tag} says {said:?}: {body}");
        }
    }
}

#[tokio::test]
async fn an_error_is_told_in_the_language_and_its_code_as_it_is() {
    let mut visitor = visitor(Theme::new(), "ja").await;
    let page = visitor.get("/authorize?client_id=nobody").await;
    page.assert_page(400);
    assert_locked_down(&page);
    assert_language(&page, "ja", "このリクエストは続けられません");
    assert!(page.text().contains("<p class=\"detail\" dir=\"ltr\" lang=\"en\"><code>invalid_request</code>"));
    let page = visitor.get("/authorize?client_id=nobody&ui_locales=xx+de").await;
    assert_language(&page, "de", "Hier geht es nicht weiter");
}

/// What a form of the login leads back to says which languages the client knows of, also where there is no form to show.
#[tokio::test]
async fn an_error_at_the_login_is_told_in_the_language_of_what_is_asked() {
    let mut visitor = visitor(Theme::new(), "es").await;
    let away = visitor.authorize("web", "&ui_locales=nl+fr-CA").await;
    let login = visitor.get(away.header("location")).await;
    assert_language(&login, "fr", "Se connecter");
    let repeated = visitor.get(&format!("{}&a=1&a=2", away.header("location"))).await;
    let mut sent: Vec<_> = Form::of(&login).hidden.into_iter().collect();
    sent.extend([("a", "1"), ("a", "2")].map(|(name, value)| (name.to_owned(), value.to_owned())));
    let sent: Vec<_> = sent.iter().map(|(name, value)| (&**name, &**value)).collect();
    for page in [repeated, visitor.post("/login", &sent).await] {
        page.assert_page(400);
        assert_language(&page, "fr", "Cette demande ne peut pas aboutir");
    }
    assert_language(&visitor.get("/login?a=1&a=2").await, "es", "Esta petición no puede continuar");
}

/// RFC 9110 §15.5.5.
#[tokio::test]
async fn a_person_who_finds_nothing_is_told_so_in_their_language() {
    let page = nothing_there(Theme::new(), "fr", "text/html,application/xhtml+xml;q=0.9").await;
    assert!(page.contains("<html lang=\"fr\">") && page.contains("<h1>Il n’y a rien ici</h1>"), "{page}");
    assert!(page.contains("there is nothing at `/sign-in`: this server has `/authorize`"), "{page}");
    let json = nothing_there(Theme::new(), "fr", "application/json").await;
    assert!(json.starts_with("{\"error\":\"not_found\""), "{json}");
}

/// The answer at a path where nothing is, to who reads these languages and takes this type.
async fn nothing_there(theme: Theme, languages: &str, accept: &str) -> String {
    let (validator, pages) = (Accounts(store().await), LoginPages::with_templates(theme));
    let service = Site { issuer: ISSUER.to_owned(), validator, pages }.into_service().unwrap();
    let request =
        http::Request::get("/sign-in").header("accept", accept).header("accept-language", languages);
    let response = service.respond(request.body(http_body_util::Empty::<bytes::Bytes>::new()).unwrap()).await;
    assert_eq!(response.status(), 404);
    let body = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
    String::from_utf8(body.to_vec()).unwrap()
}

struct Dutch;

impl Language for Dutch {
    fn tag(&self) -> &str {
        "nl"
    }
    fn sign_in(&self) -> &str {
        "Inloggen"
    }
    fn consent_heading(&self) -> &str {
        "Mag {client} uw account gebruiken?"
    }
    fn expired(&self) -> &str {
        "Deze pagina is te oud."
    }
    fn cannot_go_on(&self) -> &str {
        "Dit verzoek kan niet verder"
    }
    fn nothing_there(&self) -> &str {
        "Hier is niets"
    }
}

struct Hebrew;

impl Language for Hebrew {
    fn tag(&self) -> &str {
        "he"
    }
    fn is_right_to_left(&self) -> bool {
        true
    }
    fn cannot_go_on(&self) -> &str {
        "לא ניתן להמשיך בבקשה"
    }
    fn nothing_there(&self) -> &str {
        "אין כאן כלום"
    }
}

/// Whoever reads Dutch reads it to the end, also where nobody foresaw a page.
#[tokio::test]
async fn errors_are_told_in_a_language_of_ones_own() {
    let theme = Theme::new().languages([&Dutch, &Hebrew, &GERMAN]).unwrap().service_name("Acme");
    let theme = theme.accent_color("#0b5cad").unwrap().logo("/logo.svg").unwrap();
    let wrong = [
        "/authorize?client_id=nobody",
        "/authorize?client_id=web&redirect_uri=https%3A%2F%2Fevil.example%2Fcb",
        "/authorize?client_id=web&client_id=web",
    ];
    for (languages, tag, direction, heading, nothing) in [
        ("nl-BE, de;q=0.5", "nl", "", "Dit verzoek kan niet verder", "Hier is niets"),
        ("fr", "nl", "", "Dit verzoek kan niet verder", "Hier is niets"),
        ("he", "he", " dir=\"rtl\"", "לא ניתן להמשיך בבקשה", "אין כאן כלום"),
        ("de", "de", "", "Hier geht es nicht weiter", "Hier ist nichts"),
    ] {
        let mut visitor = visitor(theme.clone(), languages).await;
        for path in wrong {
            let page = visitor.get(path).await;
            page.assert_page(400);
            assert_locked_down(&page);
            assert_language(&page, tag, heading);
            assert!(page.text().contains(&format!("<html lang=\"{tag}\"{direction}>")), "{}", page.text());
            // What is for developers stays as it is, and the look is that of the other pages.
            assert!(
                page.text().contains("<p class=\"detail\" dir=\"ltr\" lang=\"en\"><code>invalid_request")
            );
            assert!(page.text().contains("<img class=\"logo\" src=\"/logo.svg\" alt=\"\">"));
            assert!(page.text().contains("--accent:#0b5cad"));
        }
        let page = nothing_there(theme.clone(), languages, "text/html").await;
        assert!(page.contains(&format!("<html lang=\"{tag}\"{direction}>")), "{page}");
        assert!(page.contains(&format!("<h1>{nothing}</h1>")), "{page}");
    }
    let mut visitor = visitor(theme, "nl").await;
    let page = visitor.get("/authorize?client_id=nobody&ui_locales=xx+he").await;
    assert_language(&page, "he", "לא ניתן להמשיך בבקשה");
    let expired = visitor.post("/login", &[("username", ALICE), ("password", PASSWORD)]).await;
    assert_eq!(expired.status, 403);
    assert_language(&expired, "nl", "Inloggen");
    assert!(expired.text().contains("Deze pagina is te oud."), "{}", expired.text());
}

#[tokio::test]
async fn a_language_of_ones_own_and_the_words_of_scopes() {
    let theme = Theme::new().languages([&Dutch, &GERMAN]).unwrap();
    let theme = theme.scope("nl", "profile", "uw <naam> zien").scope("de", "profile", "Ihren Namen sehen");
    // The first is for whoever reads neither; what it does not say is English.
    let mut visitor = visitor(theme, "fr, en;q=0.5").await;
    let page = visitor.get("/login").await;
    assert_language(&page, "nl", "Inloggen");
    assert!(page.text().contains("User name"), "{}", page.text());
    visitor.log_in_as_alice().await;
    let consent = visitor.authorize("native", "").await;
    assert_language(&consent, "nl", "Mag <bdi>native</bdi> uw account gebruiken?");
    assert!(consent.text().contains("<li>uw &#60;naam&#62; zien</li>"), "{}", consent.text());
    let consent = visitor.authorize("native", "&ui_locales=de").await;
    assert!(consent.text().contains("<li>Ihren Namen sehen</li>"), "{}", consent.text());
}

struct Waits(&'static str);
impl Language for Waits {
    fn tag(&self) -> &str {
        "nl"
    }
    fn too_many_attempts(&self, seconds: u64) -> String {
        format!("{}{seconds}", self.0)
    }
}

static BOLD: Waits = Waits("<b>wacht</b> ");
static BRACES: Waits = Waits("wacht {client} ");

struct Quotes;
impl Language for Quotes {
    fn tag(&self) -> &str {
        "nl"
    }
    fn signing_out(&self) -> &str {
        "\" onload=\"alert(1)"
    }
}

struct Broken(&'static str, &'static str);
impl Language for Broken {
    fn tag(&self) -> &str {
        self.0
    }
    fn sent_to_host(&self) -> &str {
        self.1
    }
}

static NO_HOST: Broken = Broken("nl", "U gaat <strong>weg</strong>.");
static TYPO: Broken = Broken("nl", "U gaat naar <strong>{hots}</strong>.");
static OPEN: Broken = Broken("nl", "U gaat naar <strong>{host}.");
static SCRIPT: Broken = Broken("nl", "<strong>{host}</strong><script>");
static NO_TAG: Broken = Broken("nederlands!", "<strong>{host}</strong>");
static FINE: Broken = Broken("nl", "<strong>{host}</strong>");

#[test]
fn a_language_that_would_break_the_pages_is_refused() {
    for broken in [&NO_HOST, &TYPO, &OPEN, &SCRIPT] {
        let mistake = Theme::new().languages([broken]).unwrap_err().to_string();
        assert!(
            mistake.contains("`sent_to_host` of the language `nl`") && mistake.contains(broken.1),
            "{mistake}"
        );
    }
    let mistake = Theme::new().languages([&NO_TAG]).unwrap_err().to_string();
    assert!(mistake.contains("`nederlands!` is not a language tag"), "{mistake}");
    let mistake = Theme::new().languages([&ENGLISH, &FINE, &FINE]).unwrap_err().to_string();
    assert_eq!(mistake, "there are two languages with the tag `nl`");
    assert!(Theme::new().languages([]).is_err());
    for broken in [&BOLD, &BRACES] {
        let mistake = Theme::new().languages([broken]).unwrap_err().to_string();
        assert!(mistake.contains("`too_many_attempts` of the language `nl`"), "{mistake}");
    }
    assert!(Theme::new().languages([&Quotes]).unwrap_err().to_string().contains("`signing_out`"));
    // Those that are built in, too.
    Theme::new().languages([&ENGLISH, &GERMAN, &FRENCH, &SPANISH, &JAPANESE, &ARABIC]).unwrap();
    Theme::new().languages([&FINE]).unwrap();
}

/// Plural rules of Unicode CLDR.
#[test]
fn seconds_are_counted_as_each_language_counts() {
    assert!(ENGLISH.too_many_attempts(1).ends_with("in a second."));
    assert!(GERMAN.too_many_attempts(2).contains("in 2 Sekunden"));
    assert!(FRENCH.too_many_attempts(1).ends_with("1 seconde."));
    assert!(SPANISH.too_many_attempts(5).ends_with("5 segundos."));
    assert!(JAPANESE.too_many_attempts(1).contains("1 秒後"));
    for (seconds, words) in [
        (1, "ثانية واحدة"),
        (2, "ثانيتين"),
        (3, "3 ثوانٍ"),
        (11, "11 ثانيةً"),
        (100, "100 ثانية"),
        (103, "103 ثوانٍ"),
    ] {
        assert!(ARABIC.too_many_attempts(seconds).contains(words), "{seconds}");
    }
}

#[tokio::test]
async fn a_login_has_places_for_who_forgot_the_password_and_who_has_no_account() {
    let page = visitor(Theme::new(), "en").await.get("/login").await;
    assert!(!page.text().contains("Forgot") && !page.text().contains("Create"));
    let theme = Theme::new()
        .forgot_password("https://help.example/password?from=login&lang=en")
        .and_then(|theme| theme.create_account("/account/new"))
        .unwrap();
    let page = visitor(theme, "en").await.get("/login").await;
    assert!(
        page.text().contains(
            "<a href=\"https://help.example/password?from=login&#38;lang=en\">Forgot your password?</a>"
        ),
        "{}",
        page.text()
    );
    assert!(page.text().contains("<a href=\"/account/new\">Create an account</a>"), "{}", page.text());
    for url in ["javascript:alert(1)", "//evil.example", "http://help.example", "account", "/a b", ""] {
        let mistake = Theme::new().forgot_password(url).unwrap_err().to_string();
        assert!(mistake.contains("https URL or a path"), "{mistake}");
        assert!(Theme::new().create_account(url).is_err(), "{url}");
    }
}
