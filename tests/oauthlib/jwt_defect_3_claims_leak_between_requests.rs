//! The keyword arguments of `signed_token_generator` are one dictionary that all requests share: what a hook adds for one
//! user is in everyone's next token.

use oauth_core::prelude::*;

use crate::support::{Accounts, Signed, claims, request};

#[tokio::test]
async fn a_claim_of_one_request_is_in_no_other() {
    let accounts = Accounts::new().await;
    let bearer = BearerToken::new(&accounts).token_generator(Signed);
    let mut first = request(&accounts, "web").await;
    first.claims.insert("secret", "of the first").unwrap();
    first.claims.insert("tier", 99).unwrap();
    let token = bearer.create_token(&mut first, IncludeRefreshToken::No).await.unwrap();
    assert_eq!(claims(&token.access_token)["secret"], "of the first");
    assert_eq!(claims(&token.access_token)["tier"], 99);

    let mut second = request(&accounts, "machine").await;
    let token = bearer.create_token(&mut second, IncludeRefreshToken::No).await.unwrap();
    let claims = claims(&token.access_token);
    assert!(!claims.contains_key("secret"));
    assert_eq!(claims["tier"], 3);
    assert_eq!(claims["org"], "org-of-machine");
}
