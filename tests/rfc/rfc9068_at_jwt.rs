//! RFC 9068: the JWT profile for access tokens.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::jose::SigningKeys as _;
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use oauth_core::token::{JwtProfile, StaticClaim};
use oauth_tests::{ISSUER, ReadJwt as _, clients, ready};
use serde_json::{Value, json};

fn keys() -> KeyRing {
    SigningKey::generate(Algorithm::ES256).unwrap().into()
}

fn request() -> Request {
    Request::local(clients().into_iter().find(|client| client.client_id == "web").unwrap())
}

fn claims(keys: &KeyRing, profile: JwtProfile, request: &Request) -> Value {
    let token = ready(profile.generate(keys, ISSUER, request)).unwrap();
    Value::Object(keys.verify(&token).unwrap().claims)
}

#[test]
fn section_2_1_header() {
    let keys = keys();
    let token = ready(JwtProfile::new().generate(&keys, ISSUER, &request())).unwrap();
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    let kid = keys.jwks()[0].kid().unwrap().to_owned();
    assert_eq!(header, json!({"typ": "at+jwt", "alg": "ES256", "kid": kid}));
}

#[test]
fn section_2_2_claims() {
    let keys = keys();
    let mut request = request();
    request = request.with_subject("alice");
    request = request.with_scopes(ScopeSet::parse("profile calendar").unwrap());
    request = request.with_auth_time(UnixTime::from_secs(1_000));
    request = request.with_expires_in(Duration::from_mins(15));
    let before = UnixTime::now().as_secs();
    let mut claims = claims(&keys, JwtProfile::new(), &request);
    let (iat, exp) = (claims["iat"].as_u64().unwrap(), claims["exp"].as_u64().unwrap());
    assert!((before..=UnixTime::now().as_secs()).contains(&iat));
    assert_eq!(exp - iat, 900);
    // 128 bits in base64url.
    assert_eq!(URL_SAFE_NO_PAD.decode(claims["jti"].as_str().unwrap()).unwrap().len(), 16);
    for member in ["iat", "exp", "jti"] {
        claims.as_object_mut().unwrap().remove(member);
    }
    assert_eq!(
        claims,
        json!({
            "iss": ISSUER, "aud": ISSUER, "sub": "alice", "client_id": "web",
            "scope": "profile calendar", "auth_time": 1000,
        })
    );
}

#[test]
fn section_2_2_without_a_person_the_client_is_the_subject() {
    let claims = claims(&keys(), JwtProfile::new(), &request());
    assert_eq!(claims["sub"], "web");
    assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 3600);
    for absent in ["scope", "auth_time", "nbf"] {
        assert!(claims.get(absent).is_none(), "{absent}");
    }
    let mut nobody = Request::default();
    nobody = nobody.with_subject("alice");
    let error = ready(JwtProfile::new().generate(&keys(), ISSUER, &nobody)).unwrap_err();
    assert_eq!(error.code(), ErrorCode::ServerError);
}

#[test]
fn section_2_2_3_a_scope_is_left_out_rather_than_empty() {
    let mut request = request();
    request = request.with_scopes(ScopeSet::new());
    assert!(claims(&keys(), JwtProfile::new(), &request).get("scope").is_none());
}

#[test]
fn section_3_audience() {
    let keys = keys();
    let mut request = request();
    let profile = JwtProfile::new().audience("https://api.example.com");
    assert_eq!(claims(&keys, profile, &request)["aud"], "https://api.example.com");
    request.claims.insert("aud", "https://other.example.com").unwrap();
    assert_eq!(claims(&keys, profile, &request)["aud"], "https://other.example.com");
    request.claims.insert("aud", ["a", "b"]).unwrap();
    assert_eq!(claims(&keys, profile, &request)["aud"], json!(["a", "b"]));
    for bad in [json!(7), json!([]), json!(["a", 7]), json!(""), json!({})] {
        request.claims.insert("aud", &bad).unwrap();
        let error = ready(profile.generate(&keys, ISSUER, &request)).unwrap_err();
        assert_eq!(error.code(), ErrorCode::ServerError, "{bad}");
    }
}

#[test]
fn section_2_2_identifiers_are_unique() {
    let keys = keys();
    let identifiers: std::collections::HashSet<String> = (0..1000)
        .map(|_| claims(&keys, JwtProfile::new(), &request())["jti"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(identifiers.len(), 1000);
}

#[test]
fn static_claims_of_every_kind() {
    const PROFILE: JwtProfile = JwtProfile::new().claims(&[
        ("tier", StaticClaim::Int(3)),
        ("region", StaticClaim::Str("eu \"west\"")),
        ("ratio", StaticClaim::Float(0.5)),
        ("beta", StaticClaim::Bool(true)),
        ("roles", StaticClaim::List(&[StaticClaim::Str("a"), StaticClaim::Int(-1)])),
    ]);
    let claims = claims(&keys(), PROFILE, &request());
    assert_eq!(claims["tier"], 3);
    assert_eq!(claims["region"], "eu \"west\"");
    assert_eq!(claims["ratio"], 0.5);
    assert_eq!(claims["beta"], true);
    assert_eq!(claims["roles"], json!(["a", -1]));
}

#[test]
fn a_claim_of_the_request_replaces_a_static_one_and_is_written_once() {
    const PROFILE: JwtProfile = JwtProfile::new().claims(&[("tier", StaticClaim::Int(3))]);
    let keys = keys();
    let mut request = request();
    request.claims.insert("tier", 9).unwrap();
    let token = ready(PROFILE.generate(&keys, ISSUER, &request)).unwrap();
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    assert_eq!(String::from_utf8(payload).unwrap().matches("\"tier\":").count(), 1);
    assert_eq!(keys.verify(&token).unwrap().claims["tier"], 9);
}

#[test]
fn a_static_claim_cannot_overwrite_a_registered_one() {
    macro_rules! named {
        ($($name:literal)*) => { [$((
            $name,
            const { JwtProfile::new().claims(&[($name, StaticClaim::Str("mallory"))]) },
        )),*] };
    }
    for (name, profile) in
        named!("iss" "sub" "aud" "exp" "nbf" "iat" "jti" "client_id" "scope" "auth_time" "cnf" "")
    {
        let message = profile.check(&keys()).unwrap_err();
        let is_named = message.contains(&format!("`{name}`"));
        assert!(is_named || matches!(name, "aud" | ""), "{message}");
        let error = ready(profile.generate(&keys(), ISSUER, &request())).unwrap_err();
        assert_eq!(error.code(), ErrorCode::ServerError);
        assert_eq!(error.source().unwrap().to_string(), message);
        // Nor can a claim of the request.
        if name != "aud" {
            assert!(request().claims.insert(name, "mallory").is_err());
        }
    }
}

#[test]
fn rfc_8725_section_3_1_the_key_must_have_the_algorithm_of_the_profile() {
    let rsa = SigningKey::from_jwk(crate::rfc7515_jws::RSA).unwrap();
    let profile = JwtProfile::new().algorithm(Algorithm::PS256);
    let message = profile.check(&rsa).unwrap_err();
    assert!(message.contains("algorithm = \"PS256\""), "{message}");
    assert!(message.contains(".with_algorithm(Algorithm::PS256)"), "{message}");
    let error = ready(profile.generate(&rsa, ISSUER, &request())).unwrap_err();
    assert_eq!((error.code(), error.description()), (ErrorCode::ServerError, None));
    let pss = rsa.with_algorithm(Algorithm::PS256).unwrap();
    assert_eq!(profile.check(&pss), Ok(()));
    assert!(ready(profile.generate(&pss, ISSUER, &request())).is_ok());
}
