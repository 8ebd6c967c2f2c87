//! A store that fails on demand, role by role, with a cause that must not reach the wire.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::Duration;

use oauth_core::limits::{Counted, LimitKey, Policy};
use oauth_core::prelude::{Client, ClientStore, MemoryStore, ScopeSet, User, UserStore};
use oauth_core::secret::TokenHash;
use oauth_core::store::{
    AccessToken, AnyLogoutStore, Attempt, AuthorizationGrant, CodeRedemption, CodeStore, ConsentStore,
    DeviceAuthorization, DeviceDecision, DevicePoll, DeviceStore, KeyStore, LimitStore, LoadedRequest,
    LogoutNotice, LogoutStore, Marks, PeekedCode, PushedRequest, PushedRequestStore, RefreshToken,
    ReplayStore, Result, Revocation, RevocationStore, Rotation, Saving, Session, SessionStore, StoreError,
    StoredKey, Successor, TokenStore,
};
use oauth_core::time::UnixTime;

/// The text of the cause: it belongs in the log and nowhere else.
pub const CAUSE: &str = "disk-7-is-on-fire";

/// A role that can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Role {
    /// None fails.
    None,
    /// Clients fail.
    Clients,
    /// Codes fail.
    Codes,
    /// Tokens fail.
    Tokens,
    /// Devices fail.
    Devices,
    /// Pushed authorization requests fail.
    PushedRequests,
    /// Identifiers of assertions fail.
    ReplayIds,
    /// The outbox of logouts fails.
    Logouts,
    /// Limits fail.
    Limits,
    /// Keys that instances share fail.
    Keys,
}

/// A [`MemoryStore`] one of whose roles fails.
#[derive(Debug, Clone, Default)]
pub struct Failing {
    inner: MemoryStore,
    role: Arc<AtomicU8>,
    limit_statements: Arc<AtomicUsize>,
}

impl From<MemoryStore> for Failing {
    fn from(inner: MemoryStore) -> Self {
        Self { inner, ..Self::default() }
    }
}

impl Failing {
    /// Chooses the role that fails from now on.
    pub fn fail(&self, role: Role) {
        self.role.store(role as u8, Ordering::SeqCst);
    }

    /// The number of times that it was asked about limits.
    pub fn limit_statements(&self) -> usize {
        self.limit_statements.load(Ordering::SeqCst)
    }

    fn check(&self, role: Role) -> Result<()> {
        if role != Role::None && self.role.load(Ordering::SeqCst) == role as u8 {
            return Err(StoreError::new("do what was asked", CAUSE));
        }
        Ok(())
    }
}

impl LimitStore for Failing {
    async fn begin(
        &self,
        key: &LimitKey,
        policy: &Policy,
        now: Duration,
    ) -> Result<std::result::Result<Counted, Duration>> {
        self.limit_statements.fetch_add(1, Ordering::SeqCst);
        self.check(Role::Limits)?;
        self.inner.begin(key, policy, now).await
    }

    async fn undo(&self, key: &LimitKey, attempt: Counted) -> Result<()> {
        self.limit_statements.fetch_add(1, Ordering::SeqCst);
        self.check(Role::Limits)?;
        self.inner.undo(key, attempt).await
    }
}

macro_rules! delegate {
    ($($trait:ident as $role:ident { $($name:ident($($arg:ident: $type:ty),*) -> $result:ty;)* })*) => {
        $(impl $trait for Failing {
            $(async fn $name(&self, $($arg: $type),*) -> Result<$result> {
                self.check(Role::$role)?;
                self.inner.$name($($arg),*).await
            })*
        })*
    };
}

delegate! {
    ClientStore as Clients {
        client(client_id: &str) -> Option<Arc<Client>>;
        save_client(client: Client) -> ();
        is_origin_registered(origin: &str) -> bool;
    }
    CodeStore as Codes {
        save_code(code: TokenHash, grant: AuthorizationGrant) -> ();
        peek_code(code: &TokenHash, now: UnixTime) -> Option<PeekedCode>;
        take_code(code: &TokenHash, attempt: Attempt, now: UnixTime) -> CodeRedemption;
    }
    TokenStore as Tokens {
        save_tokens(access: Option<AccessToken>, refresh: Option<RefreshToken>, now: UnixTime) -> Saving;
        access_token(token: &TokenHash, now: UnixTime) -> Option<AccessToken>;
        refresh_token(token: &TokenHash, now: UnixTime) -> Option<RefreshToken>;
        rotate_refresh_token(
            presented: &TokenHash, successor: Successor, access: Option<AccessToken>, now: UnixTime, grace: Duration
        ) -> Rotation;
        revoke(revocation: &Revocation, until: UnixTime) -> ();
    }
    RevocationStore as Tokens {
        is_revoked(marks: &Marks, granted_at: UnixTime) -> bool;
    }
    DeviceStore as Devices {
        save_device_code(device_code: TokenHash, user_code: TokenHash, authorization: DeviceAuthorization) -> bool;
        device_authorization(user_code: &TokenHash, now: UnixTime) -> Option<DeviceAuthorization>;
        decide_device_code(user_code: &TokenHash, decision: DeviceDecision, now: UnixTime) -> bool;
        poll_device_code(device_code: &TokenHash, client_id: &str, now: UnixTime) -> DevicePoll;
        take_device_code(device_code: &TokenHash, attempt: Attempt, now: UnixTime) -> CodeRedemption;
    }
    PushedRequestStore as PushedRequests {
        save_pushed_request(reference: TokenHash, request: PushedRequest) -> ();
        load_pushed_request(reference: &TokenHash, client_id: &str, now: UnixTime) -> Option<LoadedRequest>;
        take_pushed_request(reference: &TokenHash, attempt: Attempt, now: UnixTime) -> CodeRedemption;
    }
    ReplayStore as ReplayIds {
        claim_replay_id(id: &TokenHash, attempt: Attempt, until: UnixTime, now: UnixTime) -> bool;
    }
    UserStore as None {
        user_by_username(username: &str) -> Option<User>;
        user(subject: &str) -> Option<User>;
        save_user(user: User) -> ();
        rehash_password(subject: &str, from: &str, to: &str) -> bool;
        delete_user(subject: &str) -> bool;
    }
    LogoutStore as Logouts {
        end_session_with_notices(id: &TokenHash, now: UnixTime, leased_until: UnixTime) -> Option<Session>;
        end_sessions_with_notices(subject: &str, now: UnixTime, leased_until: UnixTime) -> Vec<Session>;
        keep_notices(session: &Session, now: UnixTime, leased_until: UnixTime) -> ();
        due_logouts(now: UnixTime, leased_until: UnixTime, limit: u32) -> Vec<LogoutNotice>;
        told(notice: &LogoutNotice) -> ();
        retry(notice: &LogoutNotice, at: UnixTime) -> ();
    }
    KeyStore as Keys {
        keys() -> Vec<StoredKey>;
        add_key(key: StoredKey) -> bool;
        revoke_key(kid: &str, at: UnixTime) -> bool;
        rewrap_key(kid: &str, from: &str, kek: &str, sealed: &str) -> bool;
        remove_key(kid: &str) -> bool;
    }
    ConsentStore as None {
        consent(subject: &str, client_id: &str) -> Option<ScopeSet>;
        save_consent(subject: &str, client_id: &str, scopes: ScopeSet) -> ();
        delete_consent(subject: &str, client_id: &str) -> bool;
    }
}

impl SessionStore for Failing {
    fn logouts(&self) -> Option<&dyn AnyLogoutStore> {
        Some(self)
    }

    async fn save_session(&self, id: TokenHash, session: Session) -> Result<()> {
        self.inner.save_session(id, session).await
    }

    async fn session(&self, id: &TokenHash, now: UnixTime) -> Result<Option<Session>> {
        self.inner.session(id, now).await
    }

    async fn add_session_client(&self, id: &TokenHash, client_id: &str, now: UnixTime) -> Result<()> {
        self.inner.add_session_client(id, client_id, now).await
    }

    async fn end_session(&self, id: &TokenHash, now: UnixTime) -> Result<Option<Session>> {
        self.inner.end_session(id, now).await
    }

    async fn end_sessions_of(&self, subject: &str, now: UnixTime) -> Result<Vec<Session>> {
        self.inner.end_sessions_of(subject, now).await
    }
}
