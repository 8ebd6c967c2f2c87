//! OpenID Connect Core §2, §3 and §12: ID tokens in every flow.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use oauth_core::openid::IdTokenClaims;
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use oauth_tests::{ISSUER, RESPONSE_TYPES};
use serde_json::{Map, Value, json};

use crate::relying_party::{Params, RelyingParty, fragment};

/// Computed here once more: the left half of the SHA-256.
pub(crate) fn half_hash(value: &str) -> String {
    let hash = digest::digest(&digest::SHA256, value.as_bytes());
    URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16])
}

/// The claims without those that differ from one token to the next.
fn lasting(claims: &Map<String, Value>) -> Map<String, Value> {
    let passing = ["exp", "iat", "at_hash", "c_hash", "s_hash", "nonce"];
    claims.clone().into_iter().filter(|(name, _)| !passing.contains(&name.as_str())).collect()
}

#[tokio::test]
async fn section_2_claims_of_the_code_flow() {
    let rp = RelyingParty::new().await;
    let before = UnixTime::now().as_secs();
    let headers = [("x-test-login-age", "100"), ("x-test-acr", "urn:example:silver")];
    let answer = rp.authorize_as(&headers, "code", &[]).await;
    let code = answer.params()["code"].clone();
    assert!(!answer.params().contains_key("id_token"));
    let tokens = rp.redeem(&code).await;
    let mut claims = rp.verify(&tokens.member("id_token")).await;
    let (iat, exp) = (claims["iat"].as_u64().unwrap(), claims["exp"].as_u64().unwrap());
    assert!((before..=UnixTime::now().as_secs()).contains(&iat));
    assert_eq!(exp - iat, 600);
    let auth_time = claims["auth_time"].as_u64().unwrap();
    assert!((before - 100..=iat - 99).contains(&auth_time), "{auth_time}");
    assert_eq!(claims["at_hash"], half_hash(&tokens.member("access_token")));
    for member in ["iat", "exp", "auth_time", "at_hash"] {
        claims.remove(member);
    }
    let sid = claims.remove("sid").unwrap();
    assert_eq!(
        sid.as_str().unwrap().len(),
        43,
        "made for this client of what the interaction calls the session"
    );
    assert_eq!(
        Value::Object(claims),
        json!({
            "iss": ISSUER, "sub": "alice", "aud": "rp", "nonce": "n-0S6_WzA2Mj",
            "acr": "urn:example:silver", "amr": ["pwd"],
        })
    );
}

#[tokio::test]
async fn section_2_without_the_scope_openid_there_is_no_id_token() {
    let rp = RelyingParty::new().await;
    let tokens = rp.tokens(&[("scope", "profile")]).await;
    assert!(tokens.json().get("id_token").is_none());
    let form = [("grant_type", "client_credentials"), ("scope", "openid")];
    let machine = rp.and("code-only");
    let tokens = machine.app.post("/token", &oauth_tests::basic("code-only"), &form).await;
    assert_eq!(tokens.status, StatusCode::OK, "{}", tokens.text());
    assert!(tokens.json().get("id_token").is_none(), "nobody has logged in");
}

#[tokio::test]
async fn section_2_each_client_gets_the_algorithm_that_it_registered() {
    let rp = RelyingParty::new().await.and("es256");
    rp.verify(&rp.tokens(&[]).await.member("id_token")).await;
    let front = fragment(&rp.authorize("code id_token token", &[]).await);
    let claims = rp.verify(&front["id_token"]).await;
    assert_eq!(claims["at_hash"], half_hash(&front["access_token"]));
    // A key that the server lacks is the operator's mistake: nothing is signed with another instead.
    let rp = rp.and("es384");
    let code = rp.authorize("code", &[]).await.params()["code"].clone();
    rp.redeem(&code).await.assert_error(500, "server_error");
}

#[tokio::test]
async fn section_3_each_response_type_carries_what_it_names() {
    let rp = RelyingParty::new().await;
    for response_type in RESPONSE_TYPES {
        let text = response_type.as_str();
        let answer = rp.authorize(text, &[]).await;
        let params: Params =
            if response_type.is_front_channel() { fragment(&answer) } else { answer.params() };
        let mut expected = vec!["iss", "state"];
        if text.contains("code") {
            expected.push("code");
        }
        if text.split(' ').any(|word| word == "token") {
            expected.extend(["access_token", "token_type", "expires_in", "scope"]);
        }
        if text.contains("id_token") {
            expected.push("id_token");
        }
        if !response_type.is_front_channel() {
            expected.push("tenant");
        }
        expected.sort_unstable();
        assert_eq!(params.keys().collect::<Vec<_>>(), expected, "{text}");
        assert_eq!((&*params["state"], &*params["iss"]), ("s t&a=te", ISSUER));
        let Some(id_token) = params.get("id_token") else { continue };
        let claims = rp.verify(id_token).await;
        assert_eq!(claims["nonce"], "n-0S6_WzA2Mj");
        // §3.2.2.10 and §3.3.2.11: REQUIRED where there is what they hash, and absent where there is not.
        let hash = |name| params.get(name).map(|value| Value::from(half_hash(value)));
        assert_eq!(claims.get("at_hash").cloned(), hash("access_token"), "{text}");
        assert_eq!(claims.get("c_hash").cloned(), hash("code"), "{text}");
        assert_eq!(claims["s_hash"], half_hash("s t&a=te"));
    }
}

#[tokio::test]
async fn section_3_3_3_6_both_id_tokens_of_the_hybrid_flow_say_the_same() {
    let rp = RelyingParty::new().await;
    let front = fragment(&rp.authorize("code id_token", &[]).await);
    let tokens = rp.redeem(&front["code"]).await;
    let (front, back) = (rp.verify(&front["id_token"]).await, rp.verify(&tokens.member("id_token")).await);
    assert_eq!(lasting(&front), lasting(&back));
    assert_eq!(back["nonce"], front["nonce"]);
}

#[tokio::test]
async fn section_3_2_2_1_and_3_3_2_11_front_channel_id_tokens_need_a_nonce() {
    let rp = RelyingParty::new().await;
    for response_type in ["id_token", "id_token token", "code id_token", "code id_token token"] {
        let params = fragment(&rp.authorize(response_type, &[("nonce", "")]).await);
        assert_eq!(params["error"], "invalid_request", "{response_type}");
        assert!(!params.contains_key("id_token") && !params.contains_key("code"));
    }
    // There it is optional.
    let params = fragment(&rp.authorize("code token", &[("nonce", "")]).await);
    assert!(params.contains_key("code"), "{params:?}");
    let claims = rp.verify(&rp.tokens(&[("nonce", "")]).await.member("id_token")).await;
    assert!(!claims.contains_key("nonce"));
}

#[tokio::test]
async fn section_3_1_2_1_front_channel_id_tokens_need_the_scope_openid() {
    let rp = RelyingParty::new().await;
    let params = fragment(&rp.authorize("code id_token", &[("scope", "profile")]).await);
    assert_eq!(params["error"], "invalid_scope");
    // Nor is there one if the person refuses that scope.
    let answer = rp.authorize_as(&[("x-test-scopes", "profile")], "code id_token", &[]).await;
    assert_eq!(fragment(&answer)["error"], "access_denied");
    assert!(!fragment(&answer).contains_key("code"));
}

/// §11: the server "MUST ignore the `offline_access` request unless the Client is using a `response_type` value that would
/// result in an Authorization Code being returned".
#[tokio::test]
async fn section_11_offline_access_needs_a_code() {
    let rp = RelyingParty::new().await;
    let asked = "openid offline_access";
    for (response_type, granted) in [
        ("id_token token", "openid"),
        ("token", "openid"),
        ("code token", asked),
        ("code id_token token", asked),
    ] {
        let params = fragment(&rp.authorize(response_type, &[("scope", asked)]).await);
        assert_eq!(params["scope"], granted, "{response_type}");
    }
}

#[tokio::test]
async fn section_12_2_a_refreshed_id_token_is_about_the_same_login() {
    let rp = RelyingParty::new().await;
    let answer = rp.authorize_as(&[("x-test-login-age", "1000")], "code", &[]).await;
    let tokens = rp.redeem(&answer.params()["code"]).await;
    let first = rp.verify(&tokens.member("id_token")).await;
    let again = rp.refresh(&tokens.member("refresh_token"), "").await;
    let second = rp.verify(&again.member("id_token")).await;
    assert_eq!(lasting(&first), lasting(&second));
    assert!(!second.contains_key("nonce"), "it SHOULD NOT have one");
    assert_eq!(second["at_hash"], half_hash(&again.member("access_token")));
    let third = rp.refresh(&again.member("refresh_token"), "").await;
    assert_eq!(lasting(&first), lasting(&rp.verify(&third.member("id_token")).await));
    // A narrowed scope takes the ID token with it, and the next refresh brings it back.
    let narrowed = rp.refresh(&third.member("refresh_token"), "profile").await;
    assert!(narrowed.json().get("id_token").is_none());
    let back = rp.refresh(&narrowed.member("refresh_token"), "").await;
    rp.verify(&back.member("id_token")).await;
}

/// Adds a claim, and would not refresh ID tokens.
#[validator(custom)]
struct Custom {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Custom {
    async fn finalize_id_token(&self, claims: &mut IdTokenClaims, request: &Request) -> Result<()> {
        for reserved in ["sub", "aud", "nonce", "at_hash", "events"] {
            assert!(claims.insert(reserved, "mine").is_err(), "{reserved}");
        }
        claims.insert("tenant", request.subject.as_deref().map(|subject| format!("tenant of {subject}")))
    }

    fn refresh_id_token(&self, _request: &mut Request) -> Result<bool> {
        Ok(false)
    }
}

#[tokio::test]
async fn hooks_add_claims_and_decide_about_refreshing() {
    let store = MemoryStore::default();
    let rp = RelyingParty::over(store.clone(), Custom { store }).await;
    let front = fragment(&rp.authorize("code id_token", &[]).await);
    assert_eq!(rp.verify(&front["id_token"]).await["tenant"], "tenant of alice");
    let tokens = rp.redeem(&front["code"]).await;
    assert_eq!(rp.verify(&tokens.member("id_token")).await["tenant"], "tenant of alice");
    let again = rp.refresh(&tokens.member("refresh_token"), "").await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.json().get("id_token").is_none());
}

#[tokio::test]
async fn multiple_response_types_section_4_none_grants_nothing_but_says_yes_or_no() {
    let rp = RelyingParty::new().await;
    let answer = rp.authorize("none", &[("code_challenge", ""), ("code_challenge_method", "")]).await;
    let params = answer.params();
    assert_eq!(params.keys().collect::<Vec<_>>(), ["iss", "state", "tenant"]);
    let denied = rp.authorize_as(&[("x-test-decision", "deny")], "none", &[]).await;
    assert_eq!(denied.params()["error"], "access_denied");
    // §4: "MUST NOT be combined with other values"; and a client must have registered it.
    let combined = rp.authorize("none code", &[]).await;
    assert_eq!(combined.params()["error"], "unsupported_response_type");
    let unregistered = rp.and("code-only").authorize("none", &[]).await;
    assert_eq!(unregistered.params()["error"], "unauthorized_client");
}
