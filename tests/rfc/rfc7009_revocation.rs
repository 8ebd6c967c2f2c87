//! RFC 7009.

use oauth_tests::{App, basic};

#[tokio::test]
async fn section_2_2_revocation_is_exactly_200() {
    let app = App::new().await;
    let token = app.tokens().await.member("access_token");
    assert!(app.is_active(&token).await);
    let answer = app.post("/revoke", &basic("web"), &[("token", &token)]).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, "{}"));
    assert!(!app.is_active(&token).await);
}

#[tokio::test]
async fn section_2_2_an_unknown_token_is_no_error() {
    let app = App::new().await;
    assert_eq!(app.post("/revoke", &basic("web"), &[("token", "unknown")]).await.status, 200);
}

#[tokio::test]
async fn section_2_1_a_refresh_token_takes_its_access_tokens_along_whatever_the_hint() {
    let app = App::new().await;
    for hint in ["refresh_token", "access_token", "nonsense"] {
        let tokens = app.tokens().await;
        let (access, refresh) = (tokens.member("access_token"), tokens.member("refresh_token"));
        let form = [("token", refresh.as_str()), ("token_type_hint", hint)];
        assert_eq!(app.post("/revoke", &basic("web"), &form).await.status, 200);
        assert!(!app.is_active(&access).await);
        app.refresh(&refresh).await.assert_error(400, "invalid_grant");
    }
}

#[tokio::test]
async fn section_2_1_an_access_token_leaves_its_refresh_token_alone() {
    let app = App::new().await;
    let tokens = app.tokens().await;
    app.post("/revoke", &basic("web"), &[("token", &tokens.member("access_token"))]).await;
    assert_eq!(app.refresh(&tokens.member("refresh_token")).await.status, 200);
}

#[tokio::test]
async fn section_2_1_another_clients_token_is_refused() {
    let app = App::new().await;
    let tokens = app.tokens().await;
    for token in [tokens.member("access_token"), tokens.member("refresh_token")] {
        let answer = app.post("/revoke", &basic("other"), &[("token", &token)]).await;
        answer.assert_error(400, "unauthorized_client");
        assert!(app.is_active(&tokens.member("access_token")).await);
    }
}

#[tokio::test]
async fn section_2_1_the_client_authenticates() {
    let app = App::new().await;
    app.post("/revoke", "", &[("token", "x")]).await.assert_error(401, "invalid_client");
    app.post("/revoke", &basic("nobody"), &[("token", "x")]).await.assert_error(401, "invalid_client");
    app.post("/revoke", &basic("web"), &[]).await.assert_error(400, "invalid_request");
    assert_eq!(app.post("/revoke", "", &[("token", "x"), ("client_id", "spa")]).await.status, 200);
}
