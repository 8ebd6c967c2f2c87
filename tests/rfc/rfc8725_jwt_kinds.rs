//! RFC 8725 §3.11 and §3.12: kinds of JWTs, none of which passes for another, and the claims that each must have.

use std::time::Duration;

use oauth_core::jose::{Algorithm, Expect, InvalidJws, JwtKind, KeyRing, KeySet, SigningKey};
use oauth_core::time::UnixTime;
use oauth_tests::forge;
use serde_json::{Value, json};
use std::sync::LazyLock;

const NOW: UnixTime = UnixTime::from_secs(1_800_000_000);
const THEY: &str = "https://they.example.com";
const WE: &str = "https://we.example.com";

static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate(Algorithm::EdDSA).unwrap());
static KEYS: LazyLock<KeySet> = LazyLock::new(|| KeyRing::new(KEY.clone()).verifying_keys());

/// Each kind with its own type, and whether a token that does not say its kind is of it, too.
const KINDS: [(JwtKind, &str, bool); 9] = [
    (JwtKind::AccessToken, "at+jwt", false),
    (JwtKind::IdToken, "JWT", false),
    (JwtKind::ClientAssertion, "client-authentication+jwt", true),
    (JwtKind::AuthorizationGrant, "authorization-grant+jwt", true),
    (JwtKind::RequestObject, "oauth-authz-req+jwt", true),
    (JwtKind::DpopProof, "dpop+jwt", false),
    (JwtKind::IntrospectionResponse, "token-introspection+jwt", false),
    (JwtKind::IdJag, "oauth-id-jag+jwt", false),
    (JwtKind::BackchannelRequest, "JWT", true),
];

/// Types that are no kind of ours.
const FOREIGN: [&str; 6] =
    ["logout+jwt", "secevent+jwt", "at+jwt ", "application/", "", "application/application/jwt"];

/// Claims that are right for every kind at once.
fn claims() -> Value {
    let now = NOW.as_secs();
    json!({
        "iss": THEY, "aud": WE, "sub": "alice", "client_id": THEY, "jti": "1", "htm": "POST", "htu": WE,
        "iat": now, "nbf": now, "exp": now + 60,
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    claims
}

fn token(typ: Option<&str>, claims: &Value) -> String {
    let mut header = json!({ "alg": "EdDSA" });
    if let Some(typ) = typ {
        header["typ"] = typ.into();
    }
    forge(&KEY, &header, &claims.to_string())
}

fn expect(kind: JwtKind) -> Expect<'static> {
    Expect::new(kind, NOW).issuer(THEY).audience(WE)
}

/// The result for a token of this kind with these claims.
fn verify(kind: JwtKind, claims: &Value) -> Result<(), InvalidJws> {
    verify_by(&expect(kind), kind, claims)
}

fn verify_by(expect: &Expect<'_>, kind: JwtKind, claims: &Value) -> Result<(), InvalidJws> {
    let (_, typ, _) = KINDS.into_iter().find(|(known, ..)| *known == kind).unwrap();
    expect.verify(&KEYS, &token(Some(typ), claims)).map(|_| ())
}

#[test]
fn section_3_12_every_kind_refuses_the_type_of_every_other() {
    assert_eq!(KINDS.map(|(kind, ..)| kind), JwtKind::ALL);
    for (kind, own, may_be_plain) in KINDS {
        for typ in KINDS.map(|(_, typ, _)| typ).into_iter().chain(FOREIGN) {
            let is_own = typ == own || typ == "JWT" && may_be_plain;
            let expected = if is_own { Ok(()) } else { Err(InvalidJws::WrongType) };
            for typ in
                [typ.to_owned(), format!("application/{typ}"), format!("APPLICATION/{}", typ.to_uppercase())]
            {
                let verified = expect(kind).verify(&KEYS, &token(Some(&typ), &claims())).map(|_| ());
                assert_eq!(verified, expected, "{kind:?} {typ:?}");
            }
        }
        let expected = if may_be_plain { Ok(()) } else { Err(InvalidJws::WrongType) };
        let verified = expect(kind).verify(&KEYS, &token(None, &claims())).map(|_| ());
        assert_eq!(verified, expected, "{kind:?} without a type");
    }
}

#[test]
fn a_request_object_is_no_client_assertion_nor_the_reverse() {
    let about_itself = with("sub", THEY.into());
    assert_eq!(verify(JwtKind::ClientAssertion, &about_itself), Ok(()));
    let plain = token(None, &about_itself);
    let verified = expect(JwtKind::RequestObject).verify(&KEYS, &plain);
    assert_eq!(verified.unwrap_err(), InvalidJws::WrongSubject);
    let of_nobody = token(None, &with("sub", Value::Null));
    assert!(expect(JwtKind::RequestObject).verify(&KEYS, &of_nobody).is_ok());
    let verified = expect(JwtKind::ClientAssertion).verify(&KEYS, &of_nobody);
    assert_eq!(verified.unwrap_err(), InvalidJws::MissingClaim("sub"));
}

#[test]
fn what_nobody_expected_is_refused() {
    for (kind, ..) in KINDS {
        let names_parties = kind != JwtKind::DpopProof;
        let refused = |reason| if names_parties { Err(reason) } else { Ok(()) };
        let nothing = Expect::new(kind, NOW);
        assert_eq!(verify_by(&nothing, kind, &claims()), refused(InvalidJws::WrongIssuer), "{kind:?}");
        let issuer = Expect::new(kind, NOW).issuer(THEY);
        assert_eq!(verify_by(&issuer, kind, &claims()), refused(InvalidJws::WrongAudience), "{kind:?}");
    }
}

#[test]
fn sections_3_8_and_3_9_issuer_audience_and_subject_are_the_expected_ones() {
    let kind = JwtKind::AccessToken;
    for other in [
        json!(WE),
        json!(format!("{THEY}/")),
        json!([THEY]),
        json!(THEY.to_uppercase()),
        json!(1),
        Value::Null,
    ] {
        assert_eq!(verify(kind, &with("iss", other)), Err(InvalidJws::WrongIssuer));
    }
    for other in
        [json!(THEY), json!([]), json!([THEY]), json!([[WE]]), json!({ "aud": WE }), json!(""), Value::Null]
    {
        assert_eq!(verify(kind, &with("aud", other.clone())), Err(InvalidJws::WrongAudience));
        let only = [WE.to_owned()];
        let expect = Expect::new(kind, NOW).issuer(THEY).audience_only(&only);
        assert_eq!(verify_by(&expect, kind, &with("aud", other)), Err(InvalidJws::WrongAudience));
    }
    let several = with("aud", json!([THEY, WE]));
    assert_eq!(verify(kind, &several), Ok(()));
    let only = [WE.to_owned()];
    let expect_only = Expect::new(kind, NOW).issuer(THEY).audience_only(&only);
    assert_eq!(verify_by(&expect_only, kind, &several), Err(InvalidJws::WrongAudience));
    assert_eq!(verify_by(&expect_only, kind, &with("aud", json!([WE]))), Ok(()));
    assert_eq!(verify_by(&expect(kind).subject("alice"), kind, &claims()), Ok(()));
    assert_eq!(verify_by(&expect(kind).subject("bob"), kind, &claims()), Err(InvalidJws::WrongSubject));
}

#[test]
fn section_3_1_the_algorithm_is_one_of_the_expected_ones() {
    let kind = JwtKind::AccessToken;
    assert_eq!(verify_by(&expect(kind).algorithms(&[Algorithm::EdDSA]), kind, &claims()), Ok(()));
    let other = expect(kind).algorithms(&[Algorithm::ES256]);
    assert_eq!(verify_by(&other, kind, &claims()), Err(InvalidJws::UnsupportedAlgorithm));
}

#[test]
fn each_kind_has_the_claims_that_it_needs() {
    let needed: [(JwtKind, &[&str], &[&str]); 9] = [
        (JwtKind::AccessToken, &[], &["exp"]),
        (JwtKind::IdToken, &["sub"], &["exp", "iat"]),
        (JwtKind::ClientAssertion, &["iss", "sub", "jti"], &["exp"]),
        (JwtKind::AuthorizationGrant, &["iss", "sub", "jti"], &["exp"]),
        (JwtKind::RequestObject, &["client_id"], &[]),
        (JwtKind::DpopProof, &["jti", "htm", "htu"], &["iat"]),
        (JwtKind::IntrospectionResponse, &[], &["iat"]),
        (JwtKind::IdJag, &["iss", "sub", "client_id", "jti"], &["exp", "iat"]),
        (JwtKind::BackchannelRequest, &["iss", "jti"], &["exp", "iat", "nbf"]),
    ];
    for (kind, texts, times) in needed {
        for name in ["iss", "sub", "client_id", "jti", "htm", "htu"] {
            for value in [Value::Null, json!(""), json!(1), json!(["x"])] {
                let verified = verify(kind, &with(name, value));
                let is_missing = matches!(verified, Err(InvalidJws::MissingClaim(_)));
                assert_eq!(is_missing, texts.contains(&name), "{kind:?} {name}");
            }
        }
        for name in ["exp", "iat", "nbf"] {
            let verified = verify(kind, &with(name, Value::Null));
            let expected = if times.contains(&name) { Err(InvalidJws::MalformedTime) } else { Ok(()) };
            assert_eq!(verified, expected, "{kind:?} {name}");
        }
    }
}

#[test]
fn bounds_come_before_parsing() {
    // Not even a JWT: its length alone is looked at.
    let long = |len: usize| "x".repeat(len);
    for (kind, ..) in KINDS {
        let limit = match kind {
            JwtKind::AccessToken => 64 * 1024,
            JwtKind::DpopProof => 8 * 1024,
            _ => 16 * 1024,
        };
        let verified = |len| expect(kind).verify(&KEYS, &long(len)).unwrap_err();
        assert_eq!(
            (verified(limit), verified(limit + 1)),
            (InvalidJws::Malformed, InvalidJws::TooLong),
            "{kind:?}"
        );
    }
    let kind = JwtKind::ClientAssertion;
    assert_eq!(verify(kind, &with("jti", "x".repeat(256).into())), Ok(()));
    assert_eq!(verify(kind, &with("jti", "x".repeat(257).into())), Err(InvalidJws::TooLong));
}

#[test]
fn an_assertion_lives_an_hour_at_most_and_was_not_made_tomorrow() {
    let now = NOW.as_secs();
    for kind in [JwtKind::ClientAssertion, JwtKind::AuthorizationGrant, JwtKind::IdJag] {
        assert_eq!(verify(kind, &with("exp", json!(now + 3600))), Ok(()));
        assert_eq!(verify(kind, &with("exp", json!(now + 3601))), Err(InvalidJws::TooLongLived));
        assert_eq!(verify(kind, &with("iat", json!(now + 1))), Err(InvalidJws::NotYetValid));
    }
    assert_eq!(verify(JwtKind::AccessToken, &with("exp", json!(now + 86_400))), Ok(()));
}

#[test]
fn rfc_7519_sections_4_1_4_and_4_1_5_times() {
    let check = |times: Value, now: u64, leeway: u64| {
        let mut claims = json!({ "iss": THEY, "aud": WE });
        claims.as_object_mut().unwrap().extend(times.as_object().unwrap().clone());
        let expect = Expect::new(JwtKind::AccessToken, UnixTime::from_secs(now)).issuer(THEY).audience(WE);
        verify_by(&expect.leeway(Duration::from_secs(leeway)), JwtKind::AccessToken, &claims)
    };
    assert_eq!(check(json!({"exp": 100}), 99, 0), Ok(()));
    // "the current date/time MUST be before the expiration date/time"
    assert_eq!(check(json!({"exp": 100}), 100, 0), Err(InvalidJws::Expired));
    assert_eq!(check(json!({"exp": 100}), 109, 10), Ok(()));
    assert_eq!(check(json!({"exp": 100}), 110, 10), Err(InvalidJws::Expired));
    assert_eq!(check(json!({"exp": 200, "nbf": 100}), 99, 0), Err(InvalidJws::NotYetValid));
    assert_eq!(check(json!({"exp": 200, "nbf": 100}), 100, 0), Ok(()));
    assert_eq!(check(json!({"exp": 200, "nbf": 100}), 90, 10), Ok(()));
    assert_eq!(check(json!({"exp": 200, "nbf": 100}), 89, 10), Err(InvalidJws::NotYetValid));
    assert_eq!(check(json!({"exp": 100.5}), 99, 0), Ok(()));
    assert_eq!(check(json!({"exp": -1}), 0, 0), Err(InvalidJws::Expired));
    assert_eq!(check(json!({"exp": u64::MAX}), 1, u64::MAX), Ok(()));
    for malformed in [json!({}), json!({"exp": "100"}), json!({"exp": null}), json!({"exp": 200, "nbf": "1"})]
    {
        assert_eq!(check(malformed, 99, 0), Err(InvalidJws::MalformedTime));
    }
}
