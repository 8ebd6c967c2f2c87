//! Tokens that must not pass, each but for one thing as good as the one that does. RFC 9068 §4 and §5, RFC 8725, RFC 9700.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::http::{HttpError, HttpsClient};
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use serde_json::{Value, json};

use crate::world::{AUDIENCE, Api, Issuer, access_token, claims, header, jws, key};

struct Calendar {
    issuer: String,
}

impl ResourceServer for Calendar {
    type HttpClient = HttpsClient;
    const ISSUER: oauth_core::token::Issuer = oauth_core::token::Issuer::Field;
    const CONFIG: ResourceConfig = ResourceConfig::new()
        .audience(AUDIENCE)
        .leeway(std::time::Duration::from_secs(30))
        .algorithms(&[Algorithm::ES256]);

    fn http_client(&self) -> Result<HttpsClient, HttpError> {
        HttpsClient::new()
    }
    fn issuer(&self) -> Option<&str> {
        Some(&self.issuer)
    }
}

/// The issuer, its key, and the API.
async fn world() -> (Issuer, SigningKey, Api) {
    let signing = key(Algorithm::ES256);
    let issuer = Issuer::signing(signing.clone()).await;
    let calendar = Calendar { issuer: issuer.url.clone() };
    let api = Api::start(calendar.into_resource().unwrap()).await;
    // The one that passes.
    let answer = api.get("/read", &access_token(&signing, &claims(&issuer.url))).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, "alice by robot"));
    (issuer, signing, api)
}

/// The good claims, with one replaced; null: removed.
fn with(issuer: &Issuer, name: &str, value: Value) -> Value {
    let mut claims = claims(&issuer.url);
    let members = claims.as_object_mut().unwrap();
    match value {
        Value::Null => members.remove(name),
        value => members.insert(name.to_owned(), value),
    };
    claims
}

/// RFC 9700 §4.9.1, §4.10.2: a resource that got a token, or another API's client, cannot use it here.
#[tokio::test]
async fn rfc9700_sections_4_9_and_4_10_a_token_for_another_resource() {
    let (issuer, signing, api) = world().await;
    let reason = "another audience";
    api.refuses(&issuer.token_for("photos", "calendar.read").await, reason).await;
    for audience in [
        json!("https://photos.example.com"),
        json!(["https://photos.example.com", "robot"]),
        json!(format!("{AUDIENCE}/")),
        json!(AUDIENCE.to_uppercase()),
        json!([]),
        json!([[AUDIENCE]]),
        json!({ "aud": AUDIENCE }),
        json!(""),
        Value::Null,
    ] {
        api.refuses(&access_token(&signing, &with(&issuer, "aud", audience)), reason).await;
    }
    let several = with(&issuer, "aud", json!(["https://photos.example.com", AUDIENCE]));
    assert_eq!(api.status(&access_token(&signing, &several)).await, 200);
}

/// RFC 9068 §4: `iss` "MUST exactly match".
#[tokio::test]
async fn another_issuer() {
    let (issuer, signing, api) = world().await;
    for other in [
        json!("https://evil.example"),
        json!(format!("{}/", issuer.url)),
        json!(issuer.url.replace("http", "HTTP")),
        json!([issuer.url]),
        json!(1),
        Value::Null,
    ] {
        api.refuses(&access_token(&signing, &with(&issuer, "iss", other)), "another issuer").await;
    }
}

/// RFC 9068 §5, RFC 8725 §3.11: a JWT of another kind, signed by the same key, is no access token.
#[tokio::test]
async fn an_id_token_as_an_access_token() {
    let (issuer, signing, api) = world().await;
    // Its header is known from then on, and none of the others is taken for it.
    assert_eq!(api.status(&jws(&signing, &header(&signing), &claims(&issuer.url))).await, 200);
    for typ in [
        json!("JWT"),
        json!("logout+jwt"),
        json!("dpop+jwt"),
        json!("at+jwt "),
        json!("application/jwt"),
        json!(""),
        Value::Null,
    ] {
        let mut header = header(&signing);
        header["typ"] = typ;
        api.refuses(&jws(&signing, &header, &claims(&issuer.url)), "typ is not at+jwt").await;
    }
    let mut untyped = header(&signing);
    untyped.as_object_mut().unwrap().remove("typ");
    api.refuses(&jws(&signing, &untyped, &claims(&issuer.url)), "typ is not at+jwt").await;
    for typ in ["application/at+jwt", "AT+JWT", "Application/AT+jwt"] {
        let mut header = header(&signing);
        header["typ"] = json!(typ);
        assert_eq!(api.status(&jws(&signing, &header, &claims(&issuer.url))).await, 200, "{typ}");
    }
}

/// RFC 8725 §2.1, §3.2.
#[tokio::test]
async fn alg_none() {
    let (issuer, _, api) = world().await;
    let part = |json: Value| URL_SAFE_NO_PAD.encode(json.to_string());
    for (alg, reason) in [
        ("none", "its alg is none (RFC 8725 section 3.2)"),
        ("None", "algorithm that is not supported"),
        ("NONE", "algorithm that is not supported"),
        ("", "algorithm that is not supported"),
    ] {
        let header = part(json!({ "typ": "at+jwt", "alg": alg }));
        for signature in ["", "AA"] {
            let token = format!("{header}.{}.{signature}", part(claims(&issuer.url)));
            api.refuses(&token, reason).await;
        }
    }
}

/// RFC 8725 §2.1: the public key is no secret, in whichever form an attacker takes it for one.
#[tokio::test]
async fn hs256_with_the_public_key() {
    let (issuer, signing, api) = world().await;
    let jwk = signing.public_jwk().unwrap();
    let point = |name: &str| URL_SAFE_NO_PAD.decode(json!(jwk)[name].as_str().unwrap()).unwrap();
    let secrets = [
        json!(jwk).to_string().into_bytes(),
        [vec![4], point("x"), point("y")].concat(),
        [point("x"), point("y")].concat(),
    ];
    for secret in secrets {
        let forger = SigningKey::hmac(&secret, Algorithm::HS256).unwrap();
        for kid in [json!(signing.kid()), Value::Null] {
            let header = json!({ "typ": "at+jwt", "alg": "HS256", "kid": kid });
            api.refuses(&jws(&forger, &header, &claims(&issuer.url)), "").await;
        }
    }
}

/// RFC 8725 §3.1: an algorithm that the resource did not choose, though the issuer has such a key.
#[tokio::test]
async fn an_algorithm_that_is_not_allowed() {
    let (issuer, signing, api) = world().await;
    let other = key(Algorithm::EdDSA);
    issuer.rotate(KeyRing::new(other).and_publish(signing).unwrap());
    api.refuses(&issuer.token("calendar.read").await, "algorithm that is not supported").await;
}

/// RFC 7515 §10.4: a token with a key of the attacker's, however it is brought along.
#[tokio::test]
async fn a_key_of_the_attackers_in_the_header() {
    let (issuer, signing, api) = world().await;
    let mallory = key(Algorithm::ES256);
    let mut header = header(&mallory);
    header["jwk"] = json!(mallory.public_jwk());
    header["jku"] = json!("https://evil.example/jwks.json");
    for kid in [json!(signing.kid()), json!(mallory.kid()), Value::Null] {
        header["kid"] = kid;
        api.refuses(&jws(&mallory, &header, &claims(&issuer.url)), "").await;
    }
    let good = access_token(&signing, &claims(&issuer.url));
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let (head, _) = signed.split_once('.').unwrap();
    let payload = URL_SAFE_NO_PAD.encode(with(&issuer, "sub", json!("bob")).to_string());
    api.refuses(&format!("{head}.{payload}.{signature}"), "signature of the token is wrong").await;
}

/// RFC 9068 §4, with the leeway of half a minute that this API declares.
#[tokio::test]
async fn expired_and_not_yet_valid() {
    let (issuer, signing, api) = world().await;
    let now = UnixTime::now().as_secs();
    for (name, value, reason) in [
        ("exp", json!(now - 40), "expired"),
        ("exp", json!(0), "expired"),
        ("exp", json!("tomorrow"), "time"),
        ("exp", Value::Null, "time"),
        ("nbf", json!(now + 100), "not valid yet"),
        ("nbf", json!("now"), "time"),
    ] {
        api.refuses(&access_token(&signing, &with(&issuer, name, value)), reason).await;
    }
    for (name, value) in [("exp", now - 10), ("nbf", now + 10)] {
        let token = access_token(&signing, &with(&issuer, name, json!(value)));
        assert_eq!(api.status(&token).await, 200, "{name} is off by less than the leeway");
    }
}

#[tokio::test]
async fn scopes_that_are_not_what_they_seem() {
    let (issuer, signing, api) = world().await;
    for scope in ["calendar", "calendar.reader", "CALENDAR.READ", "calendar.read.all", "admin"] {
        let token = access_token(&signing, &with(&issuer, "scope", json!(scope)));
        assert_eq!(api.status(&token).await, 403, "{scope}");
    }
    for scope in [json!(["calendar.read"]), json!("a  b"), json!(1)] {
        api.refuses(&access_token(&signing, &with(&issuer, "scope", scope)), "scope").await;
    }
}

/// Anything at all in the header is answered with a challenge, and nothing of it comes back.
#[tokio::test]
async fn malformed_tokens() {
    let (_, _, api) = world().await;
    for token in ["x", "a.b", "a.b.c", "...", "..", "e30.e30.e30", "\u{e9}.b.c", "eyJhbGciOiJFUzI1NiJ9.e30."]
    {
        let answer = api.get("/any", token).await;
        assert!(matches!(answer.status.as_u16(), 400 | 401), "{token}: {}", answer.status);
    }
    let endless = "a".repeat(7000);
    api.refuses(&endless, "compact JWS").await;
}
