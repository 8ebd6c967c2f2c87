//! Hooks that make tokens which nobody should believe are caught, and those that make them otherwise than we would are not.

use oauth_core::jose::JwtType;
use serde_json::json;

use crate::mutants::Hooked;
use crate::outcomes::{assert_failed, assert_says, failures};

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_whose_tokens_are_of_1970_and_end_in_2100_is_caught() {
    let failures = failures(async |_| {
        Ok(Hooked::new(JwtType::AccessToken, |claims| {
            claims["iat"] = json!(0);
            claims["exp"] = json!(4_102_444_800_u64);
        }))
    })
    .await;
    let (issued, ends) = (
        "rfc7519_section_4_1_6_a_jwt_of_a_hook_was_issued_when_it_was",
        "rfc7519_section_4_1_4_a_jwt_of_a_hook_ends_when_the_response_says",
    );
    assert_failed(&failures, &[issued, ends]);
    assert_says(&failures[issued], &["RFC 7519 §4.1.6", "\"iat\":0", "the hook that makes access tokens"]);
    assert_says(&failures[ends], &["RFC 7519 §4.1.4", "4102444800", "`expires_in` of the response"]);
}

/// A token that does not say what it is has what a JWT must have, and that is little.
#[tokio::test(flavor = "multi_thread")]
async fn a_hook_that_makes_jwts_with_claims_of_its_own_is_none_the_worse() {
    let failures = failures(async |_| {
        Ok(Hooked::new(JwtType::Jwt, |claims| {
            *claims = json!({ "exp": claims["exp"], "user": claims["sub"], "random": claims["jti"] });
        }))
    })
    .await;
    assert_failed(&failures, &[]);
}

/// Its clock is half a minute off.
#[tokio::test(flavor = "multi_thread")]
async fn a_hook_whose_clock_is_a_little_off_is_none_the_worse() {
    let failures = failures(async |_| {
        Ok(Hooked::new(JwtType::AccessToken, |claims| {
            claims["iat"] = json!(claims["iat"].as_u64().unwrap() - 30);
        }))
    })
    .await;
    assert_failed(&failures, &[]);
}
