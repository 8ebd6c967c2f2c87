//! A store failure is a failure, and its cause is for the log.

use oauth_tests::{Answer, App, CAUSE, Failing, Role, basic};

const CALLBACK: &str = "https://web.example/cb";

#[track_caller]
fn assert_server_error(answer: &Answer) {
    answer.assert_error(500, "server_error");
    assert!(!answer.text().contains(CAUSE), "{}", answer.text());
}

#[tokio::test]
async fn a_failing_store_is_500_and_never_not_found() {
    let store = Failing::default();
    let app = App::over(store.clone()).await;
    let code = app.code("web", CALLBACK).await;
    let tokens = app.tokens().await;
    let (access, refresh) = (tokens.member("access_token"), tokens.member("refresh_token"));
    let grant = [("grant_type", "client_credentials")];

    store.fail(Role::Clients);
    assert_server_error(&app.post("/token", &basic("machine"), &grant).await);
    assert_server_error(&app.post("/token", &basic("nobody"), &grant).await);
    let page = app.authorize(&[("client_id", "web")]).await;
    page.assert_page(500);
    assert!(!page.text().contains(CAUSE), "{}", page.text());

    store.fail(Role::Codes);
    assert_server_error(&app.redeem(&code).await);

    store.fail(Role::Tokens);
    assert_server_error(&app.post("/token", &basic("machine"), &grant).await);
    assert_server_error(&app.refresh(&refresh).await);
    for path in ["/introspect", "/revoke"] {
        assert_server_error(&app.post(path, &basic("web"), &[("token", &access)]).await);
    }
}

#[tokio::test]
async fn rfc6749_section_4_1_2_1_a_failure_behind_a_valid_redirect_uri_goes_there() {
    let store = Failing::default();
    let app = App::over(store.clone()).await;
    store.fail(Role::Codes);
    let params = [
        ("response_type", "code"),
        ("client_id", "web"),
        ("code_challenge", oauth_tests::CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let answer = app.authorize(&params).await;
    answer.assert_redirected_error(CALLBACK, "server_error");
    assert!(!answer.location().to_string().contains(CAUSE));
}
