//! What somebody who has no better login tries.

use oauth_core::claims::{Claims, RESERVED};
use oauth_core::prelude::*;
use oauth_core::resource::ValidatedToken;
use serde_json::{Value, json};

use crate::world::{EVERYWHERE, Where, World, assert_asks};

#[tokio::test]
async fn a_clients_own_token_passes_for_no_login() {
    for place in EVERYWHERE {
        let world = World::new(place).await;
        let form = [("grant_type", "client_credentials"), ("acr_values", "phrh"), ("max_age", "60")];
        let own = world.ask(false, &form).await.member("access_token");
        for path in ["/transfer", "/recent", "/close", "/maybe"] {
            assert_asks(&world.get(path, &own).await, "Bearer");
        }
    }
}

#[test]
fn a_private_claim_cannot_pose_as_the_login() {
    for name in ["acr", "auth_time"] {
        assert!(RESERVED.contains(&name));
        assert_eq!(Claims::new().insert(name, "phrh").unwrap_err().code(), ErrorCode::ServerError);
    }
}

#[test]
fn a_login_of_another_type_is_none() {
    let token = |acr: Value, auth_time: Value| {
        let claims = json!({ "acr": acr, "auth_time": auth_time });
        ValidatedToken::from_claims(claims.as_object().unwrap().clone()).unwrap()
    };
    for (acr, auth_time) in
        [(json!(["phrh"]), json!("1700000000")), (json!(1), json!(-1)), (Value::Null, Value::Null)]
    {
        let token = token(acr, auth_time);
        assert_eq!((token.acr(), token.auth_time()), (None, None), "{token:?}");
    }
}

/// A request for a weak login beside a strong one yields a weak token, which stays outside.
#[tokio::test]
async fn acr_values_of_the_client_do_not_classify_its_login() {
    let world = World::new(Where::ByKeys).await;
    let token = world.tokens(("pwd", 0), &[("acr_values", "phrh pwd")]).await.member("access_token");
    assert_asks(&world.get("/transfer", &token).await, "Bearer");
}

/// A proof is not used up by a request that is refused, and no refusal makes a used one good.
#[tokio::test]
async fn a_replayed_proof_is_refused_after_a_step_up_as_before() {
    let world = World::new(Where::Beside).await;
    let weak = world.bound_token("pwd", 0).await;
    let proof = world.proof("/transfer", &weak);
    for _ in 0..2 {
        assert_asks(&world.present("/transfer", &weak, &proof).await, "DPoP");
    }
    let strong = world.bound_token("phr", 0).await;
    let proof = world.proof("/transfer", &strong);
    assert_eq!(world.present("/transfer", &strong, &proof).await.status, 200);
    let again = world.present("/transfer", &strong, &proof).await;
    assert_eq!(again.status, 401);
    assert!(again.header("www-authenticate").contains("error=\"invalid_dpop_proof\""));
}

/// RFC 9449 §7.2: a bound token without its proof learns nothing of logins.
#[tokio::test]
async fn a_stolen_bound_token_is_refused_as_such() {
    let world = World::new(Where::Beside).await;
    let strong = world.bound_token("phr", 0).await;
    let answer = world.get("/transfer", &strong).await;
    assert_eq!(answer.status, 401);
    assert!(answer.header("www-authenticate").contains("error=\"invalid_token\""));
}
