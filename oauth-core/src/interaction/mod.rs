//! The person at the browser: who they are, and whether they agree.
//!
//! [`LoginPages`] (feature `pages`) asks them on pages of its own. An application with a login of its own implements
//! [`Interaction`] instead.

mod answer;
mod deciding;
mod device;
mod english;
mod error_page;
pub(crate) mod html;
#[cfg(feature = "pages")]
pub mod language;
mod logout;
#[cfg(feature = "http-client")]
mod outbox;
#[cfg(feature = "pages")]
mod pages;
#[cfg(feature = "http-client")]
mod turns;

use std::fmt;

pub use self::answer::redirect;
#[cfg(feature = "axum")]
pub use self::answer::respond;
pub use self::deciding::Interaction;
pub use self::device::DeviceInteraction;
pub(crate) use self::error_page::{
    Look, Reader, WayBackForm, error_page, error_page_with_way_back, nothing_there,
};
pub use self::html::page;
#[cfg(feature = "pages")]
pub use self::language::Language;
pub(crate) use self::logout::Provider;
#[cfg(feature = "pages")]
pub use self::pages::{
    ConsentPage, DefaultPaths, DeviceConfirmationPage, DeviceDonePage, DevicePage, DevicePageTemplates,
    DeviceProblem, InvalidTheme, LoginPage, LoginPages, LoginProblem, LogoutPage, OtpPage, OtpProblem,
    PageForm, PagePaths, PageTemplates, RequestedScope, SignedInPage, SignedOutPage, Theme,
};
use crate::clock::Clock;
use crate::event::{Event, Observer};
#[cfg(feature = "pages")]
use crate::guesses::Counting;
use crate::http::Response;
use crate::scope::{Scope, ScopeSet};
#[cfg(feature = "http-client")]
use crate::standing::Standing;
use crate::time::UnixTime;
#[cfg(feature = "pages")]
pub use crate::validator::{login_key, password};

/// The interaction of a server without interactive grants.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoInteraction;

/// The facts that an interaction knows of its server.
#[non_exhaustive]
pub struct Context<'a, V> {
    /// The validator, and through it the stores.
    pub validator: &'a V,
    /// The issuer identifier; pages live below it.
    pub issuer: &'a str,
    pub(crate) clock: &'a Clock,
    pub(crate) observer: &'a dyn Observer,
    #[cfg(feature = "http-client")]
    pub(crate) standing: &'a Standing,
    pub(crate) instance: &'a str,
    #[cfg(feature = "pages")]
    pub(crate) guesses: Counting<'a>,
    /// Tells whether a grant of the server brings the page of this path.
    #[cfg(feature = "pages")]
    pub(crate) has_page: fn(&str) -> bool,
    /// The path of the authorization endpoint, relative to the issuer.
    pub authorization_endpoint: &'static str,
    /// The scopes of the server, with descriptions.
    pub scopes: &'static [Scope],
    /// The part that an OpenID provider has beyond that.
    pub(crate) provider: Option<Provider<'a>>,
}

impl<V: fmt::Debug> fmt::Debug for Context<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("validator", &self.validator)
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

impl<V> Context<'_, V> {
    /// The time, by the server's clock.
    pub fn now(&self) -> UnixTime {
        self.clock.now()
    }

    /// Tells the server's observer of an event.
    pub fn observe(&self, event: &Event<'_>) {
        self.observer.on(&Event { instance: Some(self.instance), ..*event });
    }

    /// The time for measuring, by the server's clock.
    pub fn instant(&self) -> std::time::Instant {
        self.clock.instant()
    }
}

/// The outcome of asking the person.
#[derive(Debug)]
#[non_exhaustive]
pub enum Decision {
    /// The approval of a person who is known and agrees.
    Approve(Approval),
    /// The refusal of a person who does not agree: `access_denied` goes to the client.
    Deny,
    /// The page that they must see first.
    Respond(Response),
}

impl Decision {
    /// The approval of this person, just authenticated, who agrees to the scopes of the request: see
    /// [`Approval::scopes`].
    pub fn approve(subject: impl Into<String>) -> Self {
        Self::Approve(Approval { auth_time: None, ..Approval::new(subject, UnixTime::default()) })
    }
}

/// The record of who agreed to what.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Approval {
    /// The subject identifier.
    pub subject: String,
    /// The time of the login; `None`: now, by the server's clock.
    pub auth_time: Option<UnixTime>,
    /// The scopes that they granted of [what was asked](crate::request::AuthorizationRequest::asked_scopes); `None`: the
    /// scopes of the request. Tokens have those of them that are scopes of the request. A claim of a scope
    /// that the client asks for by name (OIDC Core §5.5) is told only if its scope is among them.
    pub scopes: Option<ScopeSet>,
    /// `acr` of ID tokens: how the login is classified (OIDC Core §2).
    pub acr: Option<String>,
    /// `amr` of ID tokens: how the person authenticated (RFC 8176).
    pub amr: Vec<String>,
    /// The session, for logout: the same as [`Session::sid`](crate::store::Session::sid), random, and kept from clients. The `sid`
    /// of their ID tokens is made from it, another for each.
    pub sid: Option<String>,
    /// The time when that session ends by itself, if it does: refresh tokens without `offline_access` last no
    /// longer (OIDC Core §11).
    pub session_expires_at: Option<UnixTime>,
    /// The value by which [the cookie](crate::openid::browser_state_cookie) tells who is logged in at the
    /// browser, for `session_state` (OIDC Session Management §2).
    pub browser_state: Option<String>,
}

impl Approval {
    /// The approval of this person, who logged in at `auth_time` and agrees to the scopes of the request: see
    /// [`scopes`](Self::scopes).
    pub fn new(subject: impl Into<String>, auth_time: UnixTime) -> Self {
        Self {
            subject: subject.into(),
            auth_time: Some(auth_time),
            scopes: None,
            acr: None,
            amr: Vec::new(),
            sid: None,
            session_expires_at: None,
            browser_state: None,
        }
    }
}
