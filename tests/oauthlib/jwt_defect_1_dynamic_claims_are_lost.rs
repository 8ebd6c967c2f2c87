//! `signed_token_generator` assigns `request.claims = kwargs`: what the validator put there never arrives (#926).

use oauth_core::prelude::*;

use crate::support::{Accounts, Signed, claims, request};

#[tokio::test]
async fn dynamic_declared_and_static_claims_all_arrive() {
    let accounts = Accounts::new().await;
    let mut request = request(&accounts, "web").await;
    let bearer = BearerToken::new(&accounts).token_generator(Signed);
    let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    let claims = claims(&token.access_token);
    assert_eq!(claims["aud"], "web");
    assert_eq!(claims["org"], "org-of-web");
    assert_eq!(claims["declared"], 3600);
    assert_eq!(claims["tier"], 3);
}
