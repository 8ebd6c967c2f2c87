//! The refresh generator defaults to the access generator, and with a signed one both make the same text: whoever sees the
//! access token holds the refresh token.

use oauth_core::prelude::*;

use crate::support::{Accounts, Fixed, Signed, request};

#[tokio::test]
async fn the_default_refresh_token_is_opaque_and_its_own() {
    let accounts = Accounts::new().await;
    let bearer = BearerToken::new(&accounts).token_generator(Signed);
    let mut request = request(&accounts, "web").await;
    let token = bearer.create_token(&mut request, IncludeRefreshToken::Yes).await.unwrap();
    let refresh_token = token.refresh_token.unwrap();
    assert_ne!(refresh_token.expose(), token.access_token.expose());
    assert!(Opaque::DEFAULT.looks_valid(refresh_token.expose()));
}

#[tokio::test]
async fn generators_that_agree_are_a_server_error() {
    let accounts = Accounts::new().await;
    let same = || Fixed("the-same-text-of-two-generators");
    let bearer = BearerToken::new(&accounts).token_generator(same()).refresh_token_generator(same());
    let mut request = request(&accounts, "web").await;
    let error = bearer.create_token(&mut request, IncludeRefreshToken::Yes).await.unwrap_err();
    assert_eq!(error.code(), ErrorCode::ServerError);
    assert!(error.source().unwrap().to_string().contains("generator of their own"));
    assert!(bearer.create_token(&mut request, IncludeRefreshToken::No).await.is_ok());
}
