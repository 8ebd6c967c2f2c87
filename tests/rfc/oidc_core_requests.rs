//! OpenID Connect Core §3.1.2 and §5.5: the parameters of an authentication request, and their errors. Whoever the
//! interaction is, the server itself sees to what is tested here.

use http::StatusCode;
use oauth_core::jose::JwtType;
use oauth_core::openid::ClaimsRequest;
use oauth_core::prelude::*;
use oauth_tests::{Answer, ISSUER, Provider, SignNow as _};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::relying_party::{RelyingParty, fragment};

#[track_caller]
fn assert_refused(answer: &Answer, code: &str) {
    let location = answer.location().to_string();
    assert!(location.starts_with("https://rp.example/cb?tenant=1&"), "{location}");
    let params = answer.params();
    assert_eq!(params["error"], code, "{params:?}");
    assert_eq!((&*params["state"], &*params["iss"]), ("s t&a=te", ISSUER));
    assert!(!params.contains_key("code"));
}

#[track_caller]
fn assert_granted(answer: &Answer) {
    assert!(answer.params().contains_key("code"), "{:?}", answer.params());
}

#[tokio::test]
async fn section_3_1_2_1_prompt_none_never_shows_a_page() {
    let rp = RelyingParty::new().await;
    let silent = [("prompt", "none")];
    assert_granted(&rp.authorize("code", &silent).await);
    let page = [("x-test-decision", "page")];
    assert_refused(&rp.authorize_as(&page, "code", &silent).await, "interaction_required");
    // The error goes the way of its response type.
    let answer = rp.authorize_as(&page, "code id_token", &silent).await;
    assert_eq!(fragment(&answer)["error"], "interaction_required");
    // Without `none`, there it is.
    assert_eq!(rp.authorize_as(&page, "code", &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn section_3_1_2_1_prompt_is_a_list_of_known_words_and_none_stands_alone() {
    let rp = RelyingParty::new().await;
    for prompt in ["login consent", "select_account", "consent  login"] {
        assert_granted(&rp.authorize("code", &[("prompt", prompt)]).await);
    }
    for prompt in ["none login", "login none", "create", "NONE", "login,consent"] {
        assert_refused(&rp.authorize("code", &[("prompt", prompt)]).await, "invalid_request");
    }
}

#[tokio::test]
async fn section_3_1_2_1_a_login_older_than_max_age_is_not_enough() {
    let rp = RelyingParty::new().await;
    let age = [("x-test-login-age", "200")];
    for (max_age, is_enough) in [("99", false), ("0", false), ("230", true), ("18446744073709551615", true)] {
        let answer = rp.authorize_as(&age, "code", &[("max_age", max_age)]).await;
        if is_enough {
            assert_granted(&answer);
        } else {
            assert_refused(&answer, "login_required");
        }
    }
    for malformed in ["-1", "1.5", "soon", "18446744073709551616", "0x10"] {
        assert_refused(&rp.authorize("code", &[("max_age", malformed)]).await, "invalid_request");
    }
    // auth_time is there whenever a login is.
    let claims = rp.verify(&rp.tokens(&[("max_age", "10")]).await.member("id_token")).await;
    assert!(claims["auth_time"].is_u64());
}

#[tokio::test]
async fn section_3_1_2_2_an_id_token_hint_admits_its_subject_only() {
    let rp = RelyingParty::new().await;
    let hint = rp.tokens(&[]).await.member("id_token");
    let hinted = [("id_token_hint", hint.as_str())];
    assert_granted(&rp.authorize("code", &hinted).await);
    let bob = [("x-test-subject", "bob")];
    assert_refused(&rp.authorize_as(&bob, "code", &hinted).await, "login_required");
    let silent = [("id_token_hint", hint.as_str()), ("prompt", "none")];
    assert_refused(&rp.authorize_as(&bob, "code", &silent).await, "login_required");
}

#[tokio::test]
async fn section_3_1_2_1_an_id_token_hint_must_be_ours_but_may_have_expired() {
    let rp = RelyingParty::new().await;
    let own = oauth_core::openid::IdTokenSigner::signing_key(&Provider::new(()).keys).unwrap();
    let claims = |iss: &str, aud: Value| json!({"iss": iss, "aud": aud, "sub": "alice", "exp": 1, "iat": 0});
    let sign = |key: &SigningKey, claims: &Value| key.jwt(JwtType::Jwt, claims);
    let expired = sign(&own, &claims(ISSUER, "rp".into()));
    assert_granted(&rp.authorize("code", &[("id_token_hint", &expired)]).await);
    let several = sign(&own, &claims(ISSUER, json!(["rp", "other"])));
    assert_granted(&rp.authorize("code", &[("id_token_hint", &several)]).await);

    let stranger = SigningKey::generate(Algorithm::ES256).unwrap();
    let impostor = stranger.clone().with_kid(own.kid().unwrap()).unwrap();
    let (unsigned, _) = expired.rsplit_once('.').unwrap();
    let userinfo = json!({"iss": ISSUER, "aud": "rp", "sub": "alice"});
    let malformed = [
        sign(&stranger, &claims(ISSUER, "rp".into())),
        sign(&impostor, &claims(ISSUER, "rp".into())),
        sign(&own, &claims("https://evil.example", "rp".into())),
        sign(&own, &claims(ISSUER, "other".into())),
        sign(&own, &claims(ISSUER, json!(1))),
        sign(&own, &userinfo),
        own.jwt(JwtType::AccessToken, &claims(ISSUER, "rp".into())),
        format!("{unsigned}."),
        format!("{expired}x"),
        "alice".to_owned(),
    ];
    for hint in malformed {
        assert_refused(&rp.authorize("code", &[("id_token_hint", &hint)]).await, "invalid_request");
    }
}

#[tokio::test]
async fn section_5_5_1_a_requested_sub_admits_that_subject_only() {
    let rp = RelyingParty::new().await;
    for claims in [
        r#"{"id_token": {"sub": {"value": "alice"}}}"#,
        r#"{"userinfo": {"sub": {"values": ["bob", "alice"]}}}"#,
        r#"{"id_token": {"sub": null}, "userinfo": {"name": {"essential": true}}}"#,
    ] {
        assert_granted(&rp.authorize("code", &[("claims", claims)]).await);
    }
    for claims in [
        r#"{"id_token": {"sub": {"value": "bob"}}}"#,
        r#"{"userinfo": {"sub": {"value": "bob"}}}"#,
        r#"{"id_token": {"sub": {"value": 1}}}"#,
        r#"{"id_token": {"sub": {"value": "alice"}}, "userinfo": {"sub": {"value": "bob"}}}"#,
    ] {
        assert_refused(&rp.authorize("code", &[("claims", claims)]).await, "login_required");
    }
}

#[tokio::test]
async fn section_5_5_1_1_an_essential_acr_must_be_met() {
    let rp = RelyingParty::new().await;
    let essential =
        [("claims", r#"{"id_token": {"acr": {"essential": true, "values": ["gold", "silver"]}}}"#)];
    let silver = rp.authorize_as(&[("x-test-acr", "silver")], "code", &essential).await;
    assert_granted(&silver);
    let tokens = rp.redeem(&silver.params()["code"]).await;
    assert_eq!(rp.verify(&tokens.member("id_token")).await["acr"], "silver");
    for headers in [&[("x-test-acr", "bronze")][..], &[]] {
        let answer = rp.authorize_as(headers, "code", &essential).await;
        assert_refused(&answer, "unmet_authentication_requirements");
    }
    // Voluntary, it is a wish.
    let voluntary = [("claims", r#"{"id_token": {"acr": {"values": ["gold"]}}}"#), ("acr_values", "gold")];
    assert_granted(&rp.authorize("code", &voluntary).await);
}

#[tokio::test]
async fn section_5_5_malformed_claims_are_refused() {
    let rp = RelyingParty::new().await;
    let deep = format!(r#"{{"id_token": {{"a": {{"value": {}1{}}}}}}}"#, "[".repeat(6), "]".repeat(6));
    let many: Vec<_> = (0..65).map(|number| format!("\"c{number}\":null")).collect();
    let many = format!(r#"{{"id_token": {{{}}}}}"#, many.join(","));
    let long = format!(r#"{{"other": "{}"}}"#, "x".repeat(4096));
    for malformed in [
        "x",
        "[]",
        "null",
        r#"{"id_token": []}"#,
        r#"{"id_token": {"acr": true}}"#,
        r#"{"id_token": {"acr": {"essential": "yes"}}}"#,
        r#"{"id_token": {"acr": {"values": "gold"}}}"#,
        r#"{"id_token": {"acr": {"values": []}}}"#,
        r#"{"id_token": {"acr": {"value": "gold", "values": ["gold"]}}}"#,
        &deep,
        &many,
        &long,
    ] {
        assert_refused(&rp.authorize("code", &[("claims", malformed)]).await, "invalid_request");
    }
    // §5.5: "Any members used that are not understood MUST be ignored."
    let unknown = r#"{"id_token": {"acr": {"priority": 1}}, "verified": [1], "userinfo": null}"#;
    assert_granted(&rp.authorize("code", &[("claims", unknown)]).await);
}

proptest! {
    /// Whatever comes, it is parsed or refused; and what is parsed survives the store.
    #[test]
    fn section_5_5_claims_never_panic(text in r#"[{}\[\]":,a-z0-9 ]{0,40}|\{"(id_token|userinfo)": ?\{"[a-z#]{1,8}": ?(null|\{"(essential|value|values)": ?(true|"x"|\["y"\])\})\}\}"#) {
        if let Ok(request) = ClaimsRequest::parse(&text) {
            let kept = serde_json::to_string(&request).unwrap();
            prop_assert_eq!(serde_json::from_str::<ClaimsRequest>(&kept).unwrap(), request);
        }
    }
}

#[tokio::test]
async fn section_3_1_2_6_what_is_not_read_is_refused_by_its_own_error() {
    let rp = RelyingParty::new().await;
    for (name, code) in [
        ("request", "request_not_supported"),
        ("request_uri", "request_uri_not_supported"),
        ("registration", "registration_not_supported"),
    ] {
        assert_refused(&rp.authorize("code", &[(name, "x")]).await, code);
    }
    let unknown =
        [("unknown", "x"), ("display", "popup"), ("ui_locales", "fr-CA fr en"), ("login_hint", "bob")];
    assert_granted(&rp.authorize("code", &unknown).await);
}

#[tokio::test]
async fn section_3_1_2_1_requests_may_come_as_a_form() {
    let rp = RelyingParty::new().await;
    let form = rp.request("code", &[("prompt", "none")]);
    let answer = rp.app.post_raw("/authorize", "", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let answer = rp.app.get(answer.header("location")).await;
    assert_granted(&answer);
}

/// Answers the hooks that oauthlib asks about silence and subjects.
#[validator(custom)]
struct Strict {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Strict {
    fn validate_silent_login(&self, request: &mut Request) -> Result<bool> {
        Ok(request.subject.as_deref() != Some("guest"))
    }

    fn validate_silent_authorization(&self, request: &mut Request) -> Result<bool> {
        Ok(!request.scopes.as_ref().is_some_and(|scopes| scopes.contains("email")))
    }

    async fn validate_user_match(&self, sub: &str, request: &mut Request) -> Result<bool> {
        Ok(request.subject.as_deref().is_some_and(|subject| subject.eq_ignore_ascii_case(sub)))
    }
}

#[tokio::test]
async fn hooks_of_silent_requests_have_the_names_of_oauthlib() {
    let store = MemoryStore::default();
    let rp = RelyingParty::over(store.clone(), Strict { store }).await;
    let silent = ("prompt", "none");
    let guest = [("x-test-subject", "guest")];
    assert_refused(&rp.authorize_as(&guest, "code", &[silent]).await, "login_required");
    assert_granted(&rp.authorize_as(&guest, "code", &[]).await);
    let scope = ("scope", "openid email");
    assert_refused(&rp.authorize("code", &[silent, scope]).await, "consent_required");
    assert_granted(&rp.authorize("code", &[scope]).await);
    let claims = ("claims", r#"{"id_token": {"sub": {"value": "ALICE"}}}"#);
    assert_granted(&rp.authorize("code", &[claims]).await);
}
