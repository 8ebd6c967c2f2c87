//! The attacks of RFC 9700 §4 that concern an authorization server, each in its own test.

use http::Request;
use oauth_core::client::ClientSource;
use oauth_core::prelude::*;
use oauth_tests::{Accounts, App, CHALLENGE, ISSUER, VERIFIER, basic, secret};

use crate::oidc_core_flows::half_hash;
use crate::relying_party::{RelyingParty, fragment};

const CALLBACK: &str = "https://web.example/cb";

#[tokio::test]
async fn section_4_1_insufficient_redirection_uri_validation() {
    let app = App::new().await;
    for uri in [
        "https://web.example.evil.example/cb",
        "https://evil.example/https://web.example/cb",
        "https://web.example/cb/../../evil",
        "https://web.example@evil.example/cb",
        "https://web.example/cb?next=https://evil.example",
        "https://web.example/cb%2f..",
        "//web.example/cb",
        "https://WEB.example/cb",
    ] {
        let params = [("response_type", "code"), ("client_id", "web"), ("redirect_uri", uri)];
        app.authorize(&params).await.assert_page(400);
    }
}

/// §4.1.3: a free port is for native apps; a confidential client has one redirect URI, and its port is part of it.
#[tokio::test]
async fn section_4_1_a_confidential_client_has_no_free_port() {
    let app = App::new().await;
    for (port, status) in [("3000", 302), ("6666", 400), ("", 400)] {
        let uri = format!("http://127.0.0.1:{port}/cb").replace(":/cb", "/cb");
        let params = [
            ("response_type", "code"),
            ("client_id", "dev"),
            ("redirect_uri", &uri),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        assert_eq!(app.authorize(&params).await.status, status, "{uri}");
    }
}

#[tokio::test]
async fn section_4_2_credential_leakage_via_referer_headers() {
    // A code in a Referer is worthless: it is dead after one use, and bound to client and verifier.
    let app = App::new().await;
    let code = app.code("web", CALLBACK).await;
    assert_eq!(app.redeem(&code).await.status, 200);
    app.redeem(&code).await.assert_error(400, "invalid_grant");
    let page = app.authorize(&[("client_id", "nobody")]).await;
    assert_eq!(page.header("referrer-policy"), "no-referrer");
}

#[tokio::test]
async fn section_4_3_2_access_token_in_browser_history() {
    // No response type puts a token into a URL.
    let app = App::new().await;
    for response_type in ["token", "code token", "id_token token"] {
        let params = [("response_type", response_type), ("client_id", "web"), ("redirect_uri", CALLBACK)];
        app.authorize(&params).await.assert_redirected_error(CALLBACK, "unsupported_response_type");
    }
}

#[tokio::test]
async fn section_4_4_mix_up() {
    let app = App::new().await;
    let good = [
        ("response_type", "code"),
        ("client_id", "web"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    assert_eq!(app.authorize(&good).await.params()["iss"], ISSUER);
    assert_eq!(app.authorize(&good[..2]).await.params()["iss"], ISSUER, "in errors, too");
}

#[tokio::test]
async fn section_4_5_authorization_code_injection() {
    let app = App::new().await;
    // A stolen code of this client, injected into a session with another verifier.
    let code = app.code("web", CALLBACK).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", "another-verifier-of-the-attackers-own-session"),
    ];
    app.post("/token", &basic("web"), &form).await.assert_error(400, "invalid_grant");
    // A stolen code of this client, redeemed at another.
    let code = app.code("web", CALLBACK).await;
    let form = [("grant_type", "authorization_code"), ("code", &code), ("code_verifier", VERIFIER)];
    app.post("/token", &basic("other"), &form).await.assert_error(400, "invalid_grant");
}

/// A code that leaked is worth nothing to another client, used or not: it neither burns it nor kills what was issued from it.
#[tokio::test]
async fn section_4_5_a_code_in_the_hands_of_another_client() {
    let app = App::new().await;
    let code = app.code("web", CALLBACK).await;
    let replay = async || {
        let code = [("grant_type", "authorization_code"), ("code", &*code), ("redirect_uri", CALLBACK)];
        app.post("/token", &basic("other"), &[&code[..], &[("code_verifier", VERIFIER)]].concat()).await
    };
    replay().await.assert_error(400, "invalid_grant");
    let public = [("grant_type", "authorization_code"), ("code", &*code), ("client_id", "spa")];
    app.post("/token", "", &public).await.assert_error(400, "invalid_grant");
    let tokens = app.redeem(&code).await;
    assert_eq!(tokens.status, 200, "nobody burnt it: {}", tokens.text());
    replay().await.assert_error(400, "invalid_grant");
    app.post("/token", "", &public).await.assert_error(400, "invalid_grant");
    assert!(app.is_active(&tokens.member("access_token")).await, "nobody killed it");
    assert_eq!(app.refresh(&tokens.member("refresh_token")).await.status, 200);
}

#[tokio::test]
async fn section_4_5_a_replayed_code_kills_the_tokens_issued_from_it() {
    let app = App::new().await;
    let code = app.code("web", CALLBACK).await;
    let tokens = app.redeem(&code).await;
    let (access, refresh) = (tokens.member("access_token"), tokens.member("refresh_token"));
    let refreshed = app.refresh(&refresh).await;
    app.redeem(&code).await.assert_error(400, "invalid_grant");
    for token in [&access, &refreshed.member("access_token"), &refreshed.member("refresh_token")] {
        assert!(!app.is_active(token).await);
    }
    app.refresh(&refreshed.member("refresh_token")).await.assert_error(400, "invalid_grant");
}

/// §4.6.1: a token that an attacker puts into the response of another does not fit the ID token that comes with it. By default
/// there is no such response: [`section_4_3_2_access_token_in_browser_history`].
#[tokio::test]
async fn section_4_6_access_token_injection() {
    let rp = RelyingParty::new().await;
    for response_type in ["id_token token", "code id_token token"] {
        let own = fragment(&rp.authorize(response_type, &[]).await);
        let of_mallory = [("x-test-subject", "mallory")];
        let injected = fragment(&rp.authorize_as(&of_mallory, response_type, &[]).await);
        let claims = rp.verify(&own["id_token"]).await;
        assert_eq!(claims["at_hash"], half_hash(&own["access_token"]));
        assert_ne!(claims["at_hash"], half_hash(&injected["access_token"]));
    }
}

#[tokio::test]
async fn section_4_7_cross_site_request_forgery() {
    // What defends the client: its state comes back untouched, and PKCE is not optional.
    let app = App::new().await;
    let params = [("response_type", "code"), ("client_id", "web"), ("state", "of-this-browser")];
    let answer = app.authorize(&params).await;
    answer.assert_redirected_error(CALLBACK, "invalid_request");
    assert_eq!(answer.params()["state"], "of-this-browser");
}

#[tokio::test]
async fn section_4_8_pkce_downgrade() {
    let app = App::new().await;
    // The attacker strips the challenge, or asks for `plain`.
    let stripped = [("response_type", "code"), ("client_id", "web")];
    app.authorize(&stripped).await.assert_redirected_error(CALLBACK, "invalid_request");
    let plain = [&stripped[..], &[("code_challenge", VERIFIER), ("code_challenge_method", "plain")]].concat();
    app.authorize(&plain).await.assert_redirected_error(CALLBACK, "invalid_request");
    let implied = [&stripped[..], &[("code_challenge", VERIFIER)]].concat();
    app.authorize(&implied).await.assert_redirected_error(CALLBACK, "invalid_request");
}

#[tokio::test]
async fn section_4_11_open_redirection() {
    let app = App::new().await;
    // Neither an error nor a refusal goes anywhere that is not registered.
    for query in [
        "client_id=web&redirect_uri=https://evil.example&response_type=x",
        "client_id=nobody&redirect_uri=https://evil.example&response_type=code",
        "redirect_uri=https://evil.example",
        "client_id=web&redirect_uri=https://web.example/cb&redirect_uri=https://evil.example",
        "client_id=two&response_type=x",
    ] {
        let request = Request::get(format!("/authorize?{query}")).header("x-test-decision", "deny");
        let answer = app.send(request, "").await;
        answer.assert_page(400);
        assert!(!answer.text().contains("href=\"https://evil.example"), "{}", answer.text());
    }
    let posted = app.post("//evil.example/authorize", "", &[("client_id", "web")]).await;
    assert_eq!(posted.status, 404);
}

/// §4.11.2, whoever wrote the interaction. That errors go to clients of the operator at once is a deviation, which the report
/// states; with pages and sessions it is tested in `tests/pages/open_redirection.rs`.
#[tokio::test]
async fn section_4_11_2_an_error_sends_nobody_to_a_client_that_registered_itself() {
    let store = MemoryStore::default();
    let stranger = Client::public("stranger")
        .source(ClientSource::Itself)
        .redirect_uri("https://stranger.example/cb")
        .scope("profile");
    store.save_client(stranger.build().unwrap()).await.unwrap();
    let app = App::over(store).await;
    let mistake = [("response_type", "code"), ("client_id", "stranger"), ("scope", "nonsense")];
    let page = app.authorize(&mistake).await;
    page.assert_page(400);
    assert!(page.text().contains("href=\"https://stranger.example/cb?error="), "{}", page.text());
    let valid = [&mistake[..2], &[("code_challenge", CHALLENGE), ("code_challenge_method", "S256")]].concat();
    assert!(app.authorize(&valid).await.params().contains_key("code"));
}

#[tokio::test]
async fn section_4_12_307_redirect() {
    let app = App::new().await;
    let answer = app.post("/authorize?response_type=x&client_id=web", "", &[("password", "secret")]).await;
    assert_eq!(answer.status, 303);
}

/// The headers that a proxy adds, and anybody can send where there is none, or one that lets it pass.
const FORGED: [(&str, &str); 14] = [
    ("host", "evil.example"),
    ("forwarded", "for=127.0.0.1;host=evil.example;proto=http"),
    ("x-forwarded-for", "127.0.0.1"),
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-port", "8080"),
    ("x-forwarded-prefix", "/evil.example"),
    ("x-forwarded-proto", "http"),
    ("x-real-ip", "127.0.0.1"),
    ("x-original-url", "https://evil.example/token"),
    ("x-rewrite-url", "https://evil.example/token"),
    ("x-http-method-override", "POST"),
    ("x-remote-user", "alice"),
    ("x-forwarded-client-cert", "Subject=\"CN=machine\""),
    ("x-ssl-client-cert", "machine"),
];

/// §4.13: headers of a reverse proxy are worth nothing: what this server is called, and who asks, they do not say.
#[tokio::test]
async fn section_4_13_tls_terminating_reverse_proxies() {
    let rp = RelyingParty::new().await;
    let errors = rp.request("code", &[("scope", "unknown")]);
    for (method, path) in [
        ("GET", "/.well-known/oauth-authorization-server".to_owned()),
        ("GET", "/.well-known/openid-configuration".to_owned()),
        ("GET", format!("/authorize?{errors}")),
        ("GET", "/authorize?client_id=nobody".to_owned()),
        ("GET", "/check_session".to_owned()),
        ("GET", "/userinfo".to_owned()),
        ("POST", "/token".to_owned()),
        ("GET", "/nowhere".to_owned()),
    ] {
        let request = || Request::builder().method(method).uri(&path);
        let plain = rp.app.send(request(), "").await;
        let forged = FORGED.iter().fold(request(), |request, (name, value)| request.header(*name, *value));
        let forged = rp.app.send(forged, "").await;
        assert_eq!((forged.status, &forged.headers), (plain.status, &plain.headers), "{path}");
        assert_eq!(forged.body, plain.body, "{path}");
    }
    let code = rp.authorize_as(&FORGED, "code", &[]).await;
    assert_eq!((&*code.params()["iss"], code.header("location").contains("evil")), (ISSUER, false));
    // A certificate that nobody has checked is no client authentication.
    let token =
        FORGED.iter().fold(Request::post("/token"), |request, (name, value)| request.header(*name, *value));
    let token = token.header("content-type", "application/x-www-form-urlencoded");
    let token = rp.app.send(token, "grant_type=client_credentials&client_id=rp").await;
    token.assert_error(401, "invalid_client");
}

#[tokio::test]
async fn section_4_14_refresh_token_replay_by_a_thief() {
    let app = App::with_grace::<0>(MemoryStore::default()).await;
    let first = app.tokens().await;
    let stolen = first.member("refresh_token");
    let second = app.refresh(&stolen).await;
    // The thief is late: the token was rotated, so whoever uses it again, the family dies.
    app.refresh(&stolen).await.assert_error(400, "invalid_grant");
    app.refresh(&second.member("refresh_token")).await.assert_error(400, "invalid_grant");
    assert!(!app.is_active(&second.member("access_token")).await);
    assert!(!app.is_active(&first.member("access_token")).await);
}

#[tokio::test]
async fn section_4_14_a_lost_response_gets_its_one_successor_again() {
    let app = App::new().await;
    let first = app.tokens().await.member("refresh_token");
    let lost = app.refresh(&first).await;
    let again = app.refresh(&first).await;
    assert_eq!(lost.member("refresh_token"), again.member("refresh_token"));
    assert_ne!(lost.member("access_token"), again.member("access_token"));
    let next = app.refresh(&again.member("refresh_token")).await;
    assert_eq!(next.status, 200);
    // Now the response can no longer have been lost.
    app.refresh(&first).await.assert_error(400, "invalid_grant");
    assert!(!app.is_active(&next.member("access_token")).await);
}

/// §4.14.2: refresh tokens are revoked at "password change" and "logout at the authorization server", of whoever got them.
#[tokio::test]
async fn section_4_14_a_new_password_ends_the_thiefs_refresh_token() {
    let store = MemoryStore::default();
    store.save_user(User::new("alice", "alice").with_password("stolen").unwrap()).await.unwrap();
    let app = App::over(store.clone()).await;
    let tokens = app.tokens().await;
    store.save_user(User::new("alice", "alice").with_password("new").unwrap()).await.unwrap();
    app.refresh(&tokens.member("refresh_token")).await.assert_error(400, "invalid_grant");
    assert!(!app.is_active(&tokens.member("access_token")).await);
}

/// §4.15.1: a client whose identifier is somebody's subject is not taken for them. Its own token says who it is, opens nobody's
/// userinfo, and is no beginning of a session.
#[tokio::test]
async fn section_4_15_client_impersonating_resource_owner() {
    let store = MemoryStore::default();
    let secret = ClientSecret::new(secret()).unwrap();
    let mut alice = User::new("alice", "alice@login");
    alice.claims.insert("name".to_owned(), "Alice Liddell".into());
    store.save_user(alice).await.unwrap();
    let mallory = Client::confidential("alice", &secret).scope("openid profile");
    store.save_client(mallory.introspects(ISSUER).build().unwrap()).await.unwrap();
    let rp = RelyingParty::over(store.clone(), Accounts(store)).await;
    let token = |scope| [("grant_type", "client_credentials"), ("scope", scope)];
    let answer = rp.app.post("/token", &basic("alice"), &token("profile")).await;
    assert!(answer.json().get("refresh_token").is_none() && answer.json().get("id_token").is_none());
    let seen = [("token", &*answer.member("access_token"))];
    let seen = rp.app.post("/introspect", &basic("alice"), &seen).await.json();
    assert_eq!(
        (&seen["sub"], &seen["client_id"]),
        (&seen["client_id"], &"alice".into()),
        "by which it is told"
    );
    for scope in ["profile", "openid profile"] {
        let answer = rp.app.post("/token", &basic("alice"), &token(scope)).await;
        let Some(token) = answer.json().get("access_token").cloned() else { continue };
        let bearer = format!("Bearer {}", token.as_str().unwrap());
        let userinfo = rp.app.send(Request::get("/userinfo").header("authorization", bearer), "").await;
        assert!(matches!(userinfo.status.as_u16(), 401 | 403), "{scope}: {}", userinfo.text());
        assert!(!userinfo.text().contains("Liddell"));
    }
}

/// §4.17: no response leaves by `postMessage`, and so to no window that another site opened. The one page that answers messages
/// has a test of this name in `tests/pages`.
#[tokio::test]
async fn section_4_17_in_browser_communication_flows() {
    let rp = RelyingParty::new().await;
    for mode in ["web_message", "message", "post_message"] {
        let answer = rp.authorize("code", &[("response_mode", mode)]).await;
        assert!(!answer.text().contains("postMessage") && !answer.text().contains("window.opener"), "{mode}");
        assert!(!answer.header("location").contains("code="), "{mode}: {}", answer.header("location"));
    }
    let posted = rp.authorize("code", &[("response_mode", "form_post")]).await;
    assert!(posted.text().contains("name=\"code\"") && !posted.text().contains("postMessage"));
}

/// Two hundred clients race for one code or one refresh token.
mod concurrency {
    use super::*;
    use oauth_tests::{Answer, Store};

    async fn race<F: Future<Output = Answer> + Send + 'static>(attempt: impl Fn() -> F) -> Vec<Answer> {
        let attempts: Vec<_> = (0..200).map(|_| tokio::spawn(attempt())).collect();
        let mut answers = Vec::new();
        for attempt in attempts {
            answers.push(attempt.await.unwrap());
        }
        answers
    }

    fn assert_one_token(answers: &[Answer]) -> &Answer {
        let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
        assert_eq!(won.len(), 1);
        // Those beyond the pace of a family are told to wait, and have used nothing up.
        for answer in lost.into_iter().filter(|answer| answer.status != 429) {
            answer.assert_error(400, "invalid_grant");
        }
        won[0]
    }

    async fn one_code(store: impl Store) {
        let app = App::over(store).await;
        let code = app.code("web", CALLBACK).await;
        let answers = race(|| {
            let (app, code) = (app.clone(), code.clone());
            async move { app.redeem(&code).await }
        })
        .await;
        // A second redemption may come before the first has kept its tokens: then nobody gets any.
        if answers.iter().any(|answer| answer.status == 200) {
            let token = assert_one_token(&answers).member("access_token");
            assert!(!app.is_active(&token).await, "the code was used two hundred times: its token is dead");
        }
    }

    async fn one_refresh_token(store: impl Store) {
        let app = App::with_grace::<0>(store).await;
        let refresh = app.tokens().await.member("refresh_token");
        let answers = race(|| {
            let (app, refresh) = (app.clone(), refresh.clone());
            async move { app.refresh(&refresh).await }
        })
        .await;
        assert_one_token(&answers);
    }

    async fn one_refresh_token_within_the_grace(store: impl Store) {
        let app = App::over(store).await;
        let refresh = app.tokens().await.member("refresh_token");
        let answers = race(|| {
            let (app, refresh) = (app.clone(), refresh.clone());
            async move { app.refresh(&refresh).await }
        })
        .await;
        let answered = answers.iter().filter(|answer| answer.status != 429);
        let mut successors: Vec<_> = answered.map(|answer| answer.member("refresh_token")).collect();
        successors.dedup();
        assert_eq!(successors.len(), 1, "one successor, however often the response is lost");
    }

    macro_rules! over_both_stores {
        ($($case:ident)*) => {
            mod memory { $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $case() { super::$case(super::MemoryStore::default()).await }
            )* }
            mod sqlite { $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $case() {
                    let folder = tempfile::tempdir().unwrap();
                    super::$case(super::SqliteStore::open(folder.path().join("oauth.db")).await.unwrap()).await
                }
            )* }
        };
    }
    over_both_stores!(one_code one_refresh_token one_refresh_token_within_the_grace);
}
