//! `signed_token_generator(key, issuer="…")` emits a claim named `issuer`, and no `iss`.

use oauth_core::prelude::*;
use oauth_tests::ISSUER;

use crate::support::{Accounts, Signed, claims, request};

#[tokio::test]
async fn the_issuer_is_iss() {
    let accounts = Accounts::new().await;
    let mut request = request(&accounts, "web").await;
    let bearer = BearerToken::new(&accounts).token_generator(Signed);
    let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    let claims = claims(&token.access_token);
    assert_eq!(claims["iss"], ISSUER);
    assert!(!claims.contains_key("issuer"));
}
