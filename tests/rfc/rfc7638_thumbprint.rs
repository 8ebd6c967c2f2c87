//! RFC 7638: JWK thumbprints, which are our `kid`s.

use oauth_core::jose::{Algorithm, Jwk, SigningKey, SigningKeys as _, thumbprint};

use crate::rfc7515_jws::{EC, ED25519, RSA};

/// Section 3.1.
#[test]
fn section_3_1() {
    let jwk: Jwk = serde_json::from_str(
        r#"{"kty":"RSA","alg":"RS256","kid":"2011-04-29","e":"AQAB",
        "n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}"#,
    )
    .unwrap();
    assert_eq!(thumbprint(&jwk).as_deref(), Some("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
}

/// RFC 8037 Appendix A.3.
#[test]
fn rfc_8037_appendix_a_3() {
    let key = SigningKey::from_jwk(ED25519).unwrap();
    assert_eq!(key.kid(), Some("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"));
}

#[test]
fn the_kid_is_the_thumbprint_unless_another_is_given() {
    for jwk in [RSA, EC, ED25519] {
        let key = SigningKey::from_jwk(jwk).unwrap();
        let public = key.public_jwk().unwrap();
        assert_eq!(key.kid(), thumbprint(&public).as_deref());
        assert_eq!(public.kid(), key.kid());
        let named = key.with_kid("2026-1").unwrap();
        assert_eq!(named.kid(), Some("2026-1"));
        assert_eq!(named.jwks()[0].kid(), Some("2026-1"));
    }
    let rsa = SigningKey::from_jwk(RSA).unwrap();
    assert_eq!(rsa.clone().with_algorithm(Algorithm::PS512).unwrap().kid(), rsa.kid());
    assert_eq!(rsa.with_kid("x").unwrap().with_algorithm(Algorithm::PS256).unwrap().kid(), Some("x"));
}

/// Section 7: a thumbprint of a secret would let anyone test guesses at it.
#[test]
fn section_7_a_secret_has_no_thumbprint() {
    let key = SigningKey::hmac([7; 32], Algorithm::HS256).unwrap();
    assert_eq!(key.kid(), None);
    assert!(key.public_jwk().is_none());
    assert!(key.jwks().is_empty());
    // It is no public key either.
    let secret = r#"{"kty":"oct","k":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"}"#;
    assert!(serde_json::from_str::<Jwk>(secret).is_err());
    assert_eq!(key.with_kid("mine").unwrap().kid(), Some("mine"));
}
