//! RFC 7636.

use oauth_tests::{App, CHALLENGE, VERIFIER, basic};

const CALLBACK: &str = "https://web.example/cb";

async fn redeem(app: &App, code: &str, verifier: Option<&str>) -> oauth_tests::Answer {
    let mut form = vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)];
    form.extend(verifier.map(|verifier| ("code_verifier", verifier)));
    app.post("/token", &basic("web"), &form).await
}

#[tokio::test]
async fn appendix_b() {
    let app = App::new().await;
    let code = app.code("web", CALLBACK).await;
    assert_eq!(redeem(&app, &code, Some(VERIFIER)).await.status, 200);
}

#[tokio::test]
async fn section_4_6_a_wrong_verifier_is_invalid_grant_and_uses_nothing_up() {
    let app = App::new().await;
    for wrong in [&VERIFIER[1..], &format!("{VERIFIER}x"), "", CHALLENGE, &"a".repeat(43), &"a".repeat(129)] {
        let code = app.code("web", CALLBACK).await;
        redeem(&app, &code, Some(wrong)).await.assert_error(400, "invalid_grant");
        assert_eq!(redeem(&app, &code, Some(VERIFIER)).await.status, 200, "{wrong}");
    }
}

#[tokio::test]
async fn section_4_6_a_missing_verifier_is_invalid_grant() {
    let app = App::new().await;
    let code = app.code("web", CALLBACK).await;
    redeem(&app, &code, None).await.assert_error(400, "invalid_grant");
}
