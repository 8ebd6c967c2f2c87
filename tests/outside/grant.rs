//! A grant that no attribute wrote.

use oauth_core::grant::Grant;
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_core::token::TokenResponse;

use crate::error_code::QUOTA_EXCEEDED;
use crate::world::{BARTER, basic, world};

/// Goods become a token of Alice's: as many as three, one parameter each.
pub(crate) struct Barter;

impl<S: AuthorizationServer> Grant<S> for Barter {
    const GRANT_TYPE: Option<&'static str> = Some(BARTER);
    const REPEATABLE: &'static [&'static str] = &["good"];

    async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
        let goods: Vec<_> = request.body().get_all("good").map(str::to_owned).collect();
        match goods.len() {
            0 => return Err(Error::invalid_request("good is missing")),
            1..=3 => {}
            _ => return Err(Error::new(QUOTA_EXCEEDED).describe("three are enough")),
        }
        server.validated_mut(request).subject = Some("alice".to_owned());
        server.validated_mut(request).auth_time = Some(server.now());
        request.claims.insert("goods", goods)?;
        let scopes = server.requested_scopes(request).await?;
        server.validated_mut(request).scopes = Some(scopes);
        server.issue(request, IncludeRefreshToken::No).await
    }
}

#[tokio::test]
async fn a_grant_from_outside_issues_tokens() {
    let world = world().await;
    let tokens = world.barter(&[], &[("good", "wool"), ("scope", "jobs")]).await;
    assert_eq!((tokens.status.as_u16(), tokens.text("scope")), (200, "jobs"), "{}", tokens.json);
    assert_eq!(tokens.text("token_type"), "Bearer");
    assert!(world.metadata().await["grant_types_supported"].as_array().unwrap().contains(&BARTER.into()));
    world.barter(&[], &[]).await.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn its_own_parameter_may_repeat_and_no_other() {
    let world = world().await;
    let tokens = world.barter(&[], &[("good", "wool"), ("good", "salt")]).await;
    let (name, value) = basic();
    let token = tokens.text("access_token").to_owned();
    let seen = world.post("/introspect", &[(name, &value)], &[("token", &token)]).await;
    assert_eq!(seen.json["goods"], serde_json::json!(["wool", "salt"]), "{}", seen.json);

    let twice = world.barter(&[], &[("good", "wool"), ("scope", "jobs"), ("scope", "openid")]).await;
    twice.assert_error(400, "invalid_request");
    // The name is the grant's own: to another grant it is as unknown as any.
    let form = [("grant_type", "client_credentials"), ("good", "wool"), ("good", "salt")];
    world.post("/token", &[(name, &value)], &form).await.assert_error(400, "invalid_request");
    world
        .post("/introspect", &[(name, &value)], &[("token", "x"), ("good", "a"), ("good", "b")])
        .await
        .assert_error(400, "invalid_request");
}
