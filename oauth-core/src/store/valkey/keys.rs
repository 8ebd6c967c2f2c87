//! The names of keys, and how values are written. A key is a kind and a name, so that no name of anyone's is another's key.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::ValkeyStore;
use crate::secret::TokenHash;
use crate::store::Attempt;
use crate::time::UnixTime;

/// The kinds of keys, and what is under them.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// A hash: `r` the grant, `x` its end, `t` the attempt that took it.
    Code,
    /// A text: the record.
    AccessToken,
    /// A hash: `r` the record, `x` its end; `prev` the token before; once it is rotated `rot`, `next` and until
    /// its end `seal`, `until`.
    RefreshToken,
    /// A text: the last moment that is meant.
    Marker,
    /// A hash: `r` the record, `s` the subject, `x` its end, `c:<client>` its place.
    Session,
    /// The sessions of a person, by their end.
    SessionsOf,
    /// The refresh tokens of a person, by their end: a family, and a hash.
    GrantsOf,
    /// A hash: `s` the subject, `sid`, `at` the end of the session, `of` its key until it is known to have ended, and of each client `d:`
    /// when it is due and `a:` attempts.
    Notices,
    /// The notices by the time when they are due.
    Outbox,
    /// A hash: `r` the record, `u` the user code, `c` the client, `d` the decision, `i` the interval.
    Device,
    /// A text: the device code.
    UserCode,
    /// A hash: `r` the record, `c` the client, `l` until when it is loaded, `la` when it was.
    PushedRequest,
    /// A hash: `t` the attempt, `x` the end.
    ReplayId,
    /// A hash: `l` the last attempt, `e` when all are forgotten; `n` the name of the last call, `b` and `a` its
    /// answer; `u` the last call that took one back.
    Limit,
    /// A hash of clients and scopes.
    Consents,
    /// The people who agreed to something of a client.
    ConsentsTo,
    /// A hash: `n` the login name, `p` the hash of the password, `c` claims, `out` if the person is to be signed out.
    User,
    /// A hash: `s` the subject.
    UserName,
    /// The subjects of all users.
    Users,
    /// A hash: `m` the metadata; of those that came by themselves `t` the token, `r` the registration, `x` its end.
    Client,
    /// The identifiers of all clients.
    Clients,
    /// The clients that registered an origin.
    Origin,
    /// The clients that came by themselves, by their end.
    Registrations,
    /// A hash of the keys that instances share, by purpose and generation.
    StoredKeys,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Code => "code:",
            Self::AccessToken => "at:",
            Self::RefreshToken => "rt:",
            Self::Marker => "rv:",
            Self::Session => "se:",
            Self::SessionsOf => "us:",
            Self::GrantsOf => "ug:",
            Self::Notices => "lo:",
            Self::Outbox => "bo:",
            Self::Device => "dc:",
            Self::UserCode => "uc:",
            Self::PushedRequest => "pr:",
            Self::ReplayId => "ri:",
            Self::Limit => "li:",
            Self::Consents => "co:",
            Self::ConsentsTo => "cc:",
            Self::User => "u:",
            Self::UserName => "un:",
            Self::Users => "iu:",
            Self::Client => "cl:",
            Self::Clients => "ic:",
            Self::Origin => "or:",
            Self::Registrations => "rx:",
            Self::StoredKeys => "ks:",
        }
    }
}

impl ValkeyStore {
    /// The key of this kind and name.
    pub(super) fn key(&self, kind: Kind, name: &str) -> String {
        let (prefix, kind) = (&self.prefix, kind.name());
        // A cluster would place it by what is in its braces, and what goes along with it elsewhere.
        if name.contains(['{', '}']) || name.starts_with('~') {
            return format!("{prefix}{kind}~{}", text(name.as_bytes()));
        }
        format!("{prefix}{kind}{name}")
    }

    pub(super) fn hash_key(&self, kind: Kind, hash: &TokenHash) -> String {
        self.key(kind, &text(hash.as_bytes()))
    }
}

/// Base64url: it has no braces, by which a cluster would place a key.
pub(super) fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// An attempt as a value.
pub(super) fn named(attempt: Attempt) -> String {
    text(attempt.as_bytes())
}

/// The name of a call, by which a script knows the same call again: the client of the server repeats what it has no answer to.
pub(super) fn call() -> String {
    named(Attempt::random())
}

/// The length of [`call`].
pub(super) const CALL: usize = 22;

/// The end of the year 9999: what ends later ends then.
const LAST: u64 = 253_402_300_799;

/// A time as a value.
pub(super) fn seconds(time: UnixTime) -> u64 {
    time.as_secs().min(LAST)
}

/// The time when the server removes what ends then. Its clock only cleans up: an instance's may be behind it.
pub(super) fn removal(end: UnixTime) -> u64 {
    seconds(end) + 60
}
