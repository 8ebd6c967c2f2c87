//! Records to keep, and every store to keep them in.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use oauth_core::openid::{ClaimsRequest, IdTokenContext};
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{
    AccessToken, Authorization, AuthorizationGrant, CodeStore, ConsentStore, DeviceAuthorization,
    DeviceStore, Examine, FamilyId, LimitStore, ListClients, ListConsents, ListGrants, ListSessions,
    ListUsers, PushedRequest, PushedRequestStore, Ready, RefreshToken as RefreshRecord, RegistrationStore,
    ReplayStore, Revocation, RevocationStore, Saving, Session, SessionStore, Successor, Sweep, TokenStore,
};
use oauth_core::time::UnixTime;
#[cfg(feature = "interop")]
use oauth_tests::valkey;
use serde_json::{Map, Value, json};
use tempfile::TempDir;

/// A store that plays every role, as `#[store]` needs it.
pub(crate) trait EveryRole:
    ClientStore
    + UserStore
    + CodeStore
    + TokenStore
    + RevocationStore
    + SessionStore
    + ConsentStore
    + DeviceStore
    + PushedRequestStore
    + ReplayStore
    + RegistrationStore
    + Sweep
    + Ready
    + Examine
    + LimitStore
    + ListClients
    + ListUsers
    + ListSessions
    + ListGrants
    + ListConsents
    + Clone
    + Debug
    + 'static
{
}

impl<S> EveryRole for S where
    S: ClientStore
        + UserStore
        + CodeStore
        + TokenStore
        + RevocationStore
        + SessionStore
        + ConsentStore
        + DeviceStore
        + PushedRequestStore
        + ReplayStore
        + RegistrationStore
        + Sweep
        + Ready
        + Examine
        + LimitStore
        + ListClients
        + ListUsers
        + ListSessions
        + ListGrants
        + ListConsents
        + Clone
        + Debug
        + 'static
{
}

/// Runs each case, an `async fn` over a store, over every store there is: as `memory::…`, `sqlite::…`, `postgres::…`, `valkey::…` and
/// `valkey_cluster::…`.
macro_rules! over_every_store {
    ($($case:ident),* $(,)?) => {
        crate::support::over_stores_that_sweep!($($case),*);
        #[cfg(feature = "interop")]
        mod valkey {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    super::$case(crate::support::valkey().await).await;
                }
            )*
        }
        #[cfg(feature = "interop")]
        mod valkey_cluster {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    super::$case(crate::support::valkey_cluster().await).await;
                }
            )*
        }
    };
}
pub(crate) use over_every_store;

/// Runs each case over every store that removes itself what has expired: from others, their server does.
macro_rules! over_stores_that_sweep {
    ($($case:ident),* $(,)?) => {
        mod memory {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    super::$case(oauth_core::store::MemoryStore::new()).await;
                }
            )*
        }
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    let (_folder, store) = crate::support::sqlite().await;
                    super::$case(store).await;
                }
            )*
        }
        #[cfg(feature = "interop")]
        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    super::$case(crate::support::postgres().await).await;
                }
            )*
        }
    };
}
pub(crate) use over_stores_that_sweep;

/// A store on a file of its own, which goes away with the folder.
pub(crate) async fn sqlite() -> (TempDir, SqliteStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
    (folder, store)
}

/// A store in a database of its own.
#[cfg(feature = "interop")]
pub(crate) async fn postgres() -> PostgresStore {
    PostgresStore::connect(&oauth_tests::postgres::database()).await.unwrap()
}

/// A store in a server, with keys of its own.
#[cfg(feature = "interop")]
pub(crate) async fn valkey() -> ValkeyStore {
    ValkeyStore::connect(&valkey::url()).await.unwrap().prefix(&valkey::prefix())
}

/// A store in a cluster of three, with keys of its own.
#[cfg(feature = "interop")]
pub(crate) async fn valkey_cluster() -> ValkeyStore {
    ValkeyStore::connect_cluster(valkey::seeds()).await.unwrap().prefix(&valkey::prefix())
}

/// The moment at which a test takes place. Stores forget by their own clock, so it lies ahead: nothing expires because a
/// test is slow.
pub(crate) fn now() -> UnixTime {
    after(UnixTime::now(), 3600)
}

/// A moment that has passed by every clock.
pub(crate) fn past() -> UnixTime {
    UnixTime::from_secs(UnixTime::now().as_secs() - 60)
}

pub(crate) fn after(time: UnixTime, seconds: u64) -> UnixTime {
    time + Duration::from_secs(seconds)
}

pub(crate) fn hash(secret: &str) -> TokenHash {
    TokenHash::of(secret)
}

pub(crate) fn scopes(text: &str) -> ScopeSet {
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
pub(crate) const GRANTED_AT: UnixTime = UnixTime::from_secs(1_700_000_001);

pub(crate) fn authorization(family: Option<FamilyId>) -> Authorization {
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

pub(crate) fn grant(family: FamilyId, expires_at: UnixTime) -> AuthorizationGrant {
    let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    AuthorizationGrant {
        authorization: Arc::new(authorization(Some(family))),
        redirect_uri: Some("https://calendar.example/cb?a=1".into()),
        code_challenge: oauth_core::grant::pkce::CodeChallenge::parse(Some(challenge), Some("S256")).unwrap(),
        dpop_jkt: Some("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I".into()),
        expires_at,
    }
}

pub(crate) fn access_token(secret: &str, family: Option<FamilyId>, expires_at: UnixTime) -> AccessToken {
    access_token_of(secret, authorization(family), expires_at)
}

pub(crate) fn access_token_of(
    secret: &str,
    authorization: Authorization,
    expires_at: UnixTime,
) -> AccessToken {
    AccessToken {
        hash: hash(secret),
        authorization: Arc::new(authorization),
        scopes: scopes("profile"),
        claims: claims(),
        issued_at: UnixTime::from_secs(1_700_000_002),
        expires_at,
    }
}

pub(crate) fn refresh_token(secret: &str, family: FamilyId, expires_at: UnixTime) -> RefreshRecord {
    refresh_token_of(secret, authorization(Some(family)), expires_at)
}

pub(crate) fn refresh_token_of(
    secret: &str,
    authorization: Authorization,
    expires_at: UnixTime,
) -> RefreshRecord {
    RefreshRecord {
        hash: hash(secret),
        authorization: Arc::new(authorization),
        issued_at: UnixTime::from_secs(1_700_000_002),
        expires_at,
        is_rotated: false,
    }
}

pub(crate) async fn save_access<S: TokenStore>(store: &S, token: AccessToken) {
    assert_eq!(store.save_tokens(Some(token), None, now()).await.unwrap(), Saving::Saved);
}

pub(crate) async fn save_refresh<S: TokenStore>(store: &S, token: RefreshRecord) {
    assert_eq!(store.save_tokens(None, Some(token), now()).await.unwrap(), Saving::Saved);
}

pub(crate) async fn revoke_family<S: TokenStore>(store: &S, family: FamilyId, until: UnixTime) {
    store.revoke(&Revocation::Family(family), until).await.unwrap();
}

pub(crate) fn successor(secret: &str, family: FamilyId, expires_at: UnixTime) -> Successor {
    Successor {
        token: refresh_token(secret, family, expires_at),
        sealed: format!("sealed {secret}").into_bytes(),
    }
}

pub(crate) fn session(subject: &str, expires_at: UnixTime) -> Session {
    Session {
        subject: subject.into(),
        auth_time: UnixTime::from_secs(1_700_000_000),
        expires_at,
        sid: format!("sid of {subject}"),
        clients: vec!["calendar".to_owned()],
    }
}

/// A device that may wait five seconds between two polls, and is told of its end for a minute.
pub(crate) fn device(expires_at: UnixTime) -> DeviceAuthorization {
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
pub(crate) fn pushed(now: UnixTime) -> PushedRequest {
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
    let mut openid = IdTokenContext::default();
    openid.nonce = Some("n-0S6_WzA2Mj".to_owned());
    let claims = r#"{"userinfo":{"email":{"essential":true},"nickname":null},"id_token":{"acr":{"values":["1","2"]}}}"#;
    openid.claims = ClaimsRequest::parse(claims).unwrap();
    openid
}
