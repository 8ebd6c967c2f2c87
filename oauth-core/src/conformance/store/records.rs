//! Records to keep.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::together::EveryStore;
use crate::openid::{ClaimsRequest, IdTokenContext};
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::store::{
    AccessToken, Attempt, Authorization, AuthorizationGrant, DeviceAuthorization, FamilyId, PushedRequest,
    RefreshToken, Revocation, Saving, SecondStep, Session, Successor, TokenStore,
};
use crate::time::UnixTime;

/// The moment at which all tests take place, the same whenever they ask. Stores forget by their own clock, so it lies ahead: nothing
/// expires because a test is slow.
pub fn now() -> UnixTime {
    static NOW: LazyLock<UnixTime> = LazyLock::new(|| after(UnixTime::now(), 3600));
    *NOW
}

/// A moment that has passed by every clock.
pub fn past() -> UnixTime {
    UnixTime::from_secs(UnixTime::now().as_secs() - 60)
}

pub fn after(time: UnixTime, seconds: u64) -> UnixTime {
    time + Duration::from_secs(seconds)
}

pub fn hash(secret: &str) -> TokenHash {
    TokenHash::of(secret)
}

pub fn scopes(text: &str) -> ScopeSet {
    ScopeSet::parse(text).unwrap()
}

fn claims() -> Map<String, Value> {
    let Value::Object(claims) =
        json!({"tenant": "bücher", "tier": 3, "roles": ["a", "b"], "nested": {"x": null}})
    else {
        unreachable!("an object is an object")
    };
    claims
}

/// The moment when everything was granted.
pub const GRANTED_AT: UnixTime = UnixTime::from_secs(1_700_000_001);

pub fn authorization(family: Option<FamilyId>) -> Authorization {
    let mut authorization = Authorization::new("calendar", GRANTED_AT);
    authorization.subject = family.map(|_| "user-1".to_owned());
    authorization.auth_time = Some(UnixTime::from_secs(1_700_000_000));
    authorization.acr = Some("1".to_owned());
    authorization.amr = vec!["pwd".to_owned()];
    authorization.scopes = scopes("profile calendar");
    authorization.resources = vec!["https://api.example".to_owned()];
    authorization.details = Some(json!([{"type": "payment", "amount": 3}]));
    authorization.confirmation = Some(json!({"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}));
    authorization.claims = claims();
    authorization.openid = Some(openid());
    authorization.family = family;
    authorization
}

pub fn grant(family: FamilyId, expires_at: UnixTime) -> AuthorizationGrant {
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    AuthorizationGrant {
        authorization: Arc::new(authorization(Some(family))),
        redirect_uri: Some("https://calendar.example/cb?a=1".into()),
        code_challenge: crate::grant::pkce::CodeChallenge::parse(Some(challenge), Some("S256")).unwrap(),
        dpop_jkt: Some("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I".into()),
        expires_at,
    }
}

pub fn access_token(secret: &str, family: Option<FamilyId>, expires_at: UnixTime) -> AccessToken {
    access_token_of(secret, authorization(family), expires_at)
}

pub fn access_token_of(secret: &str, authorization: Authorization, expires_at: UnixTime) -> AccessToken {
    AccessToken {
        hash: hash(secret),
        authorization: Arc::new(authorization),
        scopes: scopes("profile"),
        claims: claims().into(),
        issued_at: UnixTime::from_secs(1_700_000_002),
        expires_at,
    }
}

pub fn refresh_token(secret: &str, family: FamilyId, expires_at: UnixTime) -> RefreshToken {
    refresh_token_of(secret, authorization(Some(family)), expires_at)
}

pub fn refresh_token_of(secret: &str, authorization: Authorization, expires_at: UnixTime) -> RefreshToken {
    RefreshToken {
        hash: hash(secret),
        authorization: Arc::new(authorization),
        issued_at: UnixTime::from_secs(1_700_000_002),
        expires_at,
        is_rotated: false,
    }
}

pub async fn save_access<S: TokenStore>(store: &S, token: AccessToken) {
    assert_eq!(store.save_tokens(Some(token), None, now()).await.unwrap(), Saving::Saved);
}

pub async fn save_refresh<S: TokenStore>(store: &S, token: RefreshToken) {
    assert_eq!(store.save_tokens(None, Some(token), now()).await.unwrap(), Saving::Saved);
}

pub async fn revoke_family<S: TokenStore>(store: &S, family: FamilyId, until: UnixTime) {
    store.revoke(&Revocation::Family(family), until).await.unwrap();
}

pub fn successor(secret: &str, family: FamilyId, expires_at: UnixTime) -> Successor {
    Successor {
        token: refresh_token(secret, family, expires_at),
        sealed: format!("sealed {secret}").into_bytes(),
    }
}

pub fn session(subject: &str, expires_at: UnixTime) -> Session {
    Session {
        subject: subject.into(),
        auth_time: UnixTime::from_secs(1_700_000_000),
        expires_at,
        sid: format!("sid of {subject}"),
        clients: vec!["calendar".to_owned()],
        second_step: SecondStep::None,
    }
}

/// A device that may wait five seconds between two polls, and is told of its end for a minute.
pub fn device(expires_at: UnixTime) -> DeviceAuthorization {
    DeviceAuthorization {
        client_id: "calendar".into(),
        scopes: scopes("profile calendar"),
        resources: vec!["https://api.example.com/calendar".to_owned()],
        claims: claims(),
        interval: Duration::from_secs(5),
        expires_at,
        kept_until: after(expires_at, 60),
    }
}

/// A request that is loaded within a minute, and kept for another.
pub fn pushed(now: UnixTime) -> PushedRequest {
    PushedRequest {
        client_id: "calendar".into(),
        parameters: [("client_id", "calendar"), ("scope", "a b"), ("state", "bücher & \"x\"")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        pushed_at: now,
        load_until: after(now, 60),
        kept_until: after(now, 120),
    }
}

fn openid() -> IdTokenContext {
    let claims = r#"{"userinfo":{"email":{"essential":true},"nickname":null},"id_token":{"acr":{"values":["1","2"]}}}"#;
    IdTokenContext {
        nonce: Some("n-0S6_WzA2Mj".to_owned()),
        claims: ClaimsRequest::parse(claims).unwrap(),
        ..IdTokenContext::default()
    }
}

/// One of everything that expires.
pub async fn save_all<S: EveryStore>(store: &S, name: &str, expires_at: UnixTime) {
    let family = FamilyId::random();
    store.save_code(hash(name), grant(family, expires_at)).await.unwrap();
    save_access(store, access_token(name, Some(family), expires_at)).await;
    store.save_session(hash(name), session("user-1", expires_at)).await.unwrap();
    revoke_family(store, FamilyId::random(), expires_at).await;
    let device = DeviceAuthorization { kept_until: expires_at, ..device(expires_at) };
    store.save_device_code(hash(name), hash(&format!("{name} user")), device).await.unwrap();
    assert!(store.claim_replay_id(&hash(name), Attempt::random(), expires_at, past()).await.unwrap());
    let request = PushedRequest { kept_until: expires_at, ..pushed(past()) };
    store.save_pushed_request(hash(name), request).await.unwrap();
    // Rotated a second before it expires, so that what was sealed is kept until then.
    let rotated_at = UnixTime::from_secs(expires_at.as_secs() - 1);
    save_refresh(store, refresh_token(name, family, expires_at)).await;
    let next = successor(&format!("{name} next"), family, expires_at);
    store.rotate_refresh_token(&hash(name), next, None, rotated_at, Duration::from_secs(1)).await.unwrap();
}
