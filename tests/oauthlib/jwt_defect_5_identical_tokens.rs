//! Two identical tokens: without `iss`, `sub`, `aud`, `jti` and `iat`, two users get the identical token in
//! the same second.

use oauth_core::prelude::*;

use crate::support::{Accounts, Signed, claims, request};

#[tokio::test]
async fn two_users_in_the_same_second_get_different_tokens() {
    let accounts = Accounts::new().await;
    let bearer = BearerToken::new(&accounts).token_generator(Signed);
    let mut tokens = Vec::new();
    for subject in ["alice", "bob"] {
        let mut request = request(&accounts, "web").await;
        request = request.with_subject(subject);
        let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
        let claims = claims(&token.access_token);
        assert_eq!(claims["sub"], subject);
        for required in ["iss", "aud", "jti", "iat", "exp"] {
            assert!(claims.contains_key(required), "{required}");
        }
        tokens.push(token.access_token);
    }
    assert_ne!(tokens[0].expose(), tokens[1].expose());
}

#[tokio::test]
async fn one_user_never_gets_the_same_token_twice() {
    let accounts = Accounts::new().await;
    let bearer = BearerToken::new(&accounts).token_generator(Signed);
    let mut request = request(&accounts, "web").await;
    let one = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    let two = bearer.create_token(&mut request, IncludeRefreshToken::No).await.unwrap();
    assert_ne!(claims(&one.access_token)["jti"], claims(&two.access_token)["jti"]);
}
