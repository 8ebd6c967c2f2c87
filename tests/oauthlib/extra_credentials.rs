//! oauthlib ends `create_token` with `token.update(request.extra_credentials)`, which overwrites `access_token`.

use oauth_core::prelude::*;
use serde_json::json;

use crate::support::{Accounts, request};

#[tokio::test]
async fn they_add_and_never_overwrite() {
    let accounts = Accounts::new().await;
    let bearer = BearerToken::new(&accounts);
    let mut request = request(&accounts, "web").await;
    request = request.with_scopes(ScopeSet::parse("profile").unwrap());
    for member in ["access_token", "token_type", "expires_in", "refresh_token", "scope", "id_token"] {
        request.extra_credentials.insert(member.into(), json!("extra"));
    }
    let token = bearer.create_token(&mut request, IncludeRefreshToken::Yes).await.unwrap();
    let json = serde_json::to_value(&token).unwrap();
    assert_eq!(json["access_token"], token.access_token.expose());
    assert_eq!(json["refresh_token"], token.refresh_token.as_ref().unwrap().expose());
    assert_eq!(json["token_type"], "Bearer");
    assert_eq!(json["expires_in"], 3600);
    assert_eq!(json["scope"], "profile");
    assert!(json.get("id_token").is_none(), "the token endpoint's own, too");
}

#[tokio::test]
async fn they_cannot_pose_as_a_member_that_is_not_sent() {
    let accounts = Accounts::new().await;
    let mut request = request(&accounts, "web").await;
    request.extra_credentials.insert("refresh_token".into(), json!("extra"));
    request.extra_credentials.insert("scope".into(), json!("admin"));
    let token =
        BearerToken::new(&accounts).create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    let json = serde_json::to_value(&token).unwrap();
    assert!(json.get("refresh_token").is_none());
    assert!(json.get("scope").is_none());
}

#[tokio::test]
async fn debug_shows_no_value() {
    let accounts = Accounts::new().await;
    let mut request = request(&accounts, "web").await;
    request.extra_credentials.insert("id_token".into(), json!("very-secret"));
    let token =
        BearerToken::new(&accounts).create_token(&mut request, IncludeRefreshToken::Yes).await.unwrap();
    let shown = format!("{token:?}");
    assert!(shown.contains("id_token"));
    for secret in ["very-secret", token.access_token.expose(), token.refresh_token.as_ref().unwrap().expose()]
    {
        assert!(!shown.contains(secret), "{shown}");
    }
}
