//! `scope` is the raw request parameter: null where the default scopes apply, and whatever was asked where less was
//! granted.

use oauth_core::prelude::*;

use crate::support::{Accounts, Signed, claims, request};

#[tokio::test]
async fn the_scope_is_what_was_granted() {
    let accounts = Accounts::new().await;
    let bearer = BearerToken::new(&accounts).token_generator(Signed);
    let mut request = request(&accounts, "web").await;
    // The request has no `scope` parameter: the defaults apply.
    assert_eq!(request.param("scope"), None);
    request = request.with_scopes(ScopeSet::parse("profile calendar").unwrap());
    let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    assert_eq!(claims(&token.access_token)["scope"], "profile calendar");
    assert_eq!(serde_json::to_value(&token).unwrap()["scope"], "profile calendar");
}

#[tokio::test]
async fn no_scope_is_no_claim_and_never_null() {
    let accounts = Accounts::new().await;
    let bearer = BearerToken::new(&accounts).token_generator(Signed);
    let mut request = request(&accounts, "web").await;
    let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    assert!(!claims(&token.access_token).contains_key("scope"));
    assert!(serde_json::to_value(&token).unwrap().get("scope").is_none());
}
