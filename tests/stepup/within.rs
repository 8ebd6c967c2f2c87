//! A handler that decides within itself whether another login is needed.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use oauth_core::prelude::*;
use oauth_core::resource::{Challenge, ProtectedResource, TokenValidator, ValidatedToken};
use oauth_core::time::UnixTime;
use oauth_tests::App;
use serde_json::json;

use crate::world::{Hardware, Read, assert_asks, parameter, text};

/// A validator of one's own, for which the token is what it says.
#[derive(Debug)]
struct Said;

impl TokenValidator for Said {
    async fn validate(&self, token: &str) -> Result<ValidatedToken> {
        let (acr, age) = token.split_once('-').unwrap();
        let auth_time = UnixTime::now().as_secs() - age.parse::<u64>().unwrap();
        let claims = json!({ "scope": "accounts.read", "sub": "alice", "acr": acr, "auth_time": auth_time });
        ValidatedToken::from_claims(claims.as_object().unwrap().clone())
    }
}

type Api = ProtectedResource<Said>;

async fn pay(
    State(api): State<Api>,
    Path(cents): Path<u64>,
    token: Bearer<Read>,
) -> Result<String, Challenge> {
    if cents > 10_000 {
        api.require_authentication::<Hardware>(&token)?;
    }
    Ok(format!("{} pays, {:?}", token.subject().unwrap(), token.acr()))
}

#[tokio::test]
async fn a_large_sum_needs_another_login() {
    let config = ResourceConfig::new().audience("https://bank.example.com");
    let api = Api::new(Said, "https://auth.example.com", &config).unwrap();
    let app = App::over_router(Router::new().route("/pay/{cents}", get(pay)).with_state(api));
    let ask = async |cents: u64, token: &str| {
        let request = http::Request::get(format!("/pay/{cents}"));
        app.send(request.header("authorization", format!("Bearer {token}")), "").await
    };
    assert_eq!(ask(10_000, "pwd-1000").await.status, 200);
    assert_eq!(ask(10_001, "phrh-0").await.text(), "alice pays, Some(\"phrh\")");
    for token in ["pwd-0", "phrh-302"] {
        let answer = ask(10_001, token).await;
        let challenge = assert_asks(&answer, "Bearer");
        assert_eq!(parameter(challenge, "max_age").as_deref(), Some("300"));
    }
}

#[test]
fn a_challenge_by_hand_is_the_same() {
    let error = Error::new(ErrorCode::InsufficientUserAuthentication);
    let requirements = <Hardware as oauth_core::scope::RequiredAuthentication>::REQUIREMENTS;
    let challenge = Challenge::new("bank").refused(&error).authentication(requirements);
    assert_eq!(
        text(&challenge),
        r#"Bearer realm="bank", error="insufficient_user_authentication", acr_values="phrh", max_age="300""#
    );
}
