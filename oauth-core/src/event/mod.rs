//! Events: each act that an operator may be asked about, typed, without secrets.
//!
//! A running server tells its [`Observer`] of each. The default is [`Log`]: one line at the level `info` of
//! [`tracing`], target `oauth_core::audit`. Another is given by
//! [`Environment::observer`](crate::server::Environment::observer), and several by [`All`].
//!
//! What an event is called stays: [`EventKind`] lists all of them. Its [`instance`](Event::instance) says which process of several
//! told it, and its [`trace`](Event::trace) to which request of a caller it belongs (W3C Trace Context). `Metrics`
//! (feature `metrics`) counts events, and `AuditTable` of the stores in SQL keeps them.

mod all;
mod exchange;
mod kind;
mod log;
#[cfg(feature = "metrics")]
mod metrics;
mod record;
mod trace;

use std::net::IpAddr;
use std::sync::Arc;

pub use self::all::All;
pub use self::exchange::Exchange;
pub use self::kind::EventKind;
pub use self::log::Log;
#[cfg(feature = "metrics")]
pub use self::metrics::Metrics;
pub use self::record::AuditRecord;
pub use self::trace::TraceId;
use crate::client::{ClientAuthMethod, ClientSource, GrantType};
use crate::error::{Error, ErrorCode};
use crate::limits::ClientAddress;
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::store::FamilyId;
use crate::time::UnixTime;

/// Sees what a running server does.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// use oauth_core::event::{Event, EventKind, Observer};
///
/// #[derive(Default)]
/// struct FailedLogins(AtomicU64);
///
/// impl Observer for FailedLogins {
///     fn on(&self, event: &Event<'_>) {
///         if event.kind == EventKind::LoginFailed {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// ```
pub trait Observer: Send + Sync + 'static {
    /// Takes note of an event. It is called while a request is answered, so it must not block.
    fn on(&self, event: &Event<'_>);

    /// Tells whether it takes note of events at this moment. While it does not, those of every request are not made;
    /// one that forwards to another forwards this as well. Default: yes.
    fn is_listening(&self) -> bool {
        true
    }

    /// Takes note of a request that has come, before anything is read of it. Default: nothing.
    fn began(&self, _exchange: &Exchange<'_>) {}

    /// Takes note that the same request was answered, or given up. Default: nothing.
    fn ended(&self, _exchange: &Exchange<'_>) {}
}

impl<O: Observer + ?Sized> Observer for Arc<O> {
    fn on(&self, event: &Event<'_>) {
        (**self).on(event);
    }

    fn is_listening(&self) -> bool {
        (**self).is_listening()
    }

    fn began(&self, exchange: &Exchange<'_>) {
        (**self).began(exchange);
    }

    fn ended(&self, exchange: &Exchange<'_>) {
        (**self).ended(exchange);
    }
}

/// An event. None of its fields is a secret, nor has anything that a stranger typed: `client_id` is that of a registered
/// client, or what an operator named.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Event<'a> {
    /// The kind of event.
    pub kind: EventKind,
    /// The time, by the server's clock.
    pub time: UnixTime,
    /// The name of the process that told it: [`Environment::instance`](crate::server::Environment::instance).
    pub instance: Option<&'a str>,
    /// The trace that the request belongs to, where its caller says so.
    pub trace: Option<TraceId>,
    /// The client, where one was identified.
    pub client_id: Option<&'a str>,
    /// The person, where one is known: the internal subject identifier.
    pub subject: Option<&'a str>,
    /// The grant, at the token endpoint.
    pub grant_type: Option<&'a GrantType>,
    /// The scopes that were granted.
    pub scopes: Option<&'a ScopeSet>,
    /// The family of tokens.
    pub family: Option<FamilyId>,
    /// The session, by the family of what dies with it: [`FamilyId::of_session`].
    pub session: Option<FamilyId>,
    /// The tokens that were issued.
    pub tokens: IssuedTokens,
    /// The method by which a client authenticated, or tried to.
    pub client_auth: Option<ClientAuthMethod>,
    /// The address that the request came from, where the server knows it.
    pub address: Option<IpAddr>,
    /// The error of an act that was refused.
    pub error: Option<ErrorCode>,
    /// The `kid` of a key of the server.
    pub key: Option<&'a str>,
    /// The reason of a refusal, in the words of `error_description`.
    pub reason: Option<&'a str>,
    /// The limit that refused a request.
    pub rule: Option<&'static str>,
    /// The operator who asked for an act of administration, by the name that [`admin::cli`](crate::admin) was given or found.
    pub actor: Option<&'a str>,
    /// True where the client of a request came by itself.
    pub(crate) is_of_own_accord: bool,
}

/// The tokens of one answer, by their kinds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct IssuedTokens {
    /// An access token.
    pub access_token: bool,
    /// A refresh token, be it the one that was presented.
    pub refresh_token: bool,
    /// An ID token.
    pub id_token: bool,
}

impl<'a> Event<'a> {
    /// An event of this kind at this time, of which nothing else is known.
    pub const fn new(kind: EventKind, time: UnixTime) -> Self {
        Self {
            kind,
            time,
            instance: None,
            trace: None,
            client_id: None,
            subject: None,
            grant_type: None,
            scopes: None,
            family: None,
            session: None,
            tokens: IssuedTokens { access_token: false, refresh_token: false, id_token: false },
            client_auth: None,
            address: None,
            error: None,
            key: None,
            reason: None,
            rule: None,
            actor: None,
            is_of_own_accord: false,
        }
    }

    /// An event of this kind in a request.
    pub fn of_request(kind: EventKind, request: &'a Request) -> Self {
        Self {
            trace: TraceId::of(request.headers()),
            client_id: request.client_id(),
            subject: request.subject.as_deref(),
            grant_type: request.grant_type.as_ref().filter(|grant_type| grant_type.is_known()),
            scopes: request.scopes.as_ref(),
            family: request.family,
            session: request.restored().and_then(|authorization| authorization.session),
            address: request.extensions.get().map(|ClientAddress(address)| *address),
            is_of_own_accord: request
                .client
                .as_ref()
                .is_some_and(|client| client.source == ClientSource::Itself),
            ..Self::new(kind, request.now())
        }
    }

    /// Tells whether strangers can cause it as often as they like: a request that was refused, or only came, and is no known person's. The
    /// client may be known, for anybody can name a public one. One that has authenticated is a stranger where it came by itself.
    pub(crate) const fn is_of_stranger(&self) -> bool {
        use EventKind as Kind;
        let is_theirs = match self.kind {
            Kind::AuthorizationAccepted
            | Kind::AuthorizationError
            | Kind::LoginFailed
            | Kind::LoginThrottled
            | Kind::LoginRefused
            | Kind::LogoutRequested
            | Kind::TokenError
            | Kind::ClientAuthenticationFailed
            | Kind::DeviceRequested
            | Kind::DeviceTooFast
            | Kind::LimitDenied
            | Kind::StoreError => true,
            Kind::ClientAuthenticationSucceeded | Kind::TokenIntrospected | Kind::TokenRevoked => {
                self.is_of_own_accord
            }
            _ => false,
        };
        is_theirs && self.subject.is_none()
    }

    /// Sets the client.
    #[must_use]
    pub const fn client_id(mut self, client_id: &'a str) -> Self {
        self.client_id = Some(client_id);
        self
    }

    /// Sets the person.
    #[must_use]
    pub const fn subject(mut self, subject: &'a str) -> Self {
        self.subject = Some(subject);
        self
    }

    /// Sets the family of tokens.
    #[must_use]
    pub const fn family(mut self, family: FamilyId) -> Self {
        self.family = Some(family);
        self
    }

    /// Sets the session with this [`sid`](crate::store::Session::sid). One without any is not named.
    #[must_use]
    pub fn session(mut self, sid: &str) -> Self {
        self.session = (!sid.is_empty()).then(|| FamilyId::of_session(sid));
        self
    }

    /// Sets the address.
    #[must_use]
    pub const fn address(mut self, address: Option<IpAddr>) -> Self {
        self.address = address;
        self
    }

    /// Sets the key, by its `kid`.
    #[must_use]
    pub const fn key(mut self, kid: &'a str) -> Self {
        self.key = Some(kid);
        self
    }

    /// Sets the error, with its description and the limit that it comes from.
    #[must_use]
    pub fn error(mut self, error: &'a Error) -> Self {
        self.error = Some(error.code());
        self.reason = error.description();
        self.rule = error.rule();
        self
    }
}
