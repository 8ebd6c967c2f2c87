//! What an assertion has to say, and until when.

use oauth_tests::ISSUER;
use serde_json::{Value, json};

use super::world::{GRANT, TYPE, World, claims, now, sign, with};

#[tokio::test]
async fn section_2_2_a_client_that_signs_gets_a_token() {
    let world = World::new().await;
    let answer = world.token(&sign(&world.key, &claims("signer"))).await;
    assert_eq!(answer.member("token_type"), "Bearer");
    // RFC 7521 §4.2: a `client_id` may come along.
    let assertion = sign(&world.key, &claims("signer"));
    let form =
        [GRANT, ("client_id", "signer"), ("client_assertion_type", TYPE), ("client_assertion", &assertion)];
    assert_eq!(world.app.post("/token", "", &form).await.status, 200);
}

#[tokio::test]
async fn section_3_the_audience_is_the_issuer_the_token_endpoint_or_the_endpoint_itself() {
    let world = World::new().await;
    let token = world.token(&sign(&world.key, &claims("signer"))).await.member("access_token");
    let at = |path: &'static str, aud: Value| {
        let assertion = sign(&world.key, &with("signer", "aud", aud));
        let (app, token) = (world.app.clone(), token.clone());
        async move {
            let form = [
                GRANT,
                ("token", token.as_str()),
                ("client_assertion_type", TYPE),
                ("client_assertion", &assertion),
            ];
            app.post(path, "", &form).await.status.as_u16()
        }
    };
    let url = |path: &str| json!(format!("{ISSUER}{path}"));
    for path in ["/token", "/introspect", "/revoke"] {
        for aud in [json!(ISSUER), url("/token"), url(path), json!([ISSUER]), json!([ISSUER, url("/token")])]
        {
            assert_eq!(at(path, aud.clone()).await, 200, "{path} {aud}");
        }
    }
    for aud in [
        url("/introspect"),
        json!("https://other.example"),
        json!("signer"),
        json!(format!("{ISSUER}/")),
        json!([ISSUER, "https://other.example"]),
        json!([]),
        json!(""),
        json!(7),
        json!([[ISSUER]]),
        Value::Null,
    ] {
        assert_eq!(at("/token", aud.clone()).await, 401, "{aud}");
    }
}

#[tokio::test]
async fn section_3_times() {
    let world = World::new().await;
    for (name, value, why) in [
        ("exp", json!(now() - 61), "expired"),
        ("exp", json!(now() + 3_700), "an hour and more ahead"),
        ("exp", Value::Null, "for ever"),
        ("exp", json!("tomorrow"), "no number"),
        ("nbf", json!(now() + 90), "not yet valid"),
        ("iat", json!(now() + 90), "from the future"),
        ("iat", json!("now"), "no number"),
    ] {
        world.assert_refused(&sign(&world.key, &with("signer", name, value)), why).await;
    }
    // Clocks differ by less than a minute.
    for (name, value) in [
        ("exp", json!(now() - 30)),
        ("exp", json!(now() + 3_600)),
        ("nbf", json!(now() + 30)),
        ("iat", json!(now() + 30)),
    ] {
        let answer = world.token(&sign(&world.key, &with("signer", name, value.clone()))).await;
        assert_eq!(answer.status, 200, "{name} {value}");
    }
}

#[tokio::test]
async fn section_3_claims_that_are_missing_or_malformed() {
    let world = World::new().await;
    for name in ["iss", "sub", "aud", "jti", "exp"] {
        for value in [Value::Null, json!(7), json!(""), json!({})] {
            if name == "exp" && value == 7 {
                continue;
            }
            world.assert_refused(&sign(&world.key, &with("signer", name, value)), name).await;
        }
        let mut claims = claims("signer");
        claims.as_object_mut().unwrap().remove(name);
        world.assert_refused(&sign(&world.key, &claims), name).await;
    }
}
