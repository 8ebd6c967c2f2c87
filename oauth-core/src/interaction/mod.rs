//! The person at the browser: who they are, and whether they agree.
//!
//! [`LoginPages`] (feature `pages`) asks them on pages of its own. An application with a login of its own implements
//! [`Interaction`] instead.

mod answer;
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

use bytes::Bytes;

pub use self::answer::redirect;
#[cfg(feature = "axum")]
pub use self::answer::respond;
pub use self::device::DeviceInteraction;
pub(crate) use self::error_page::{Look, Reader, error_page, error_page_with_way_back, nothing_there};
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
use crate::error::{Error, Result};
use crate::event::{Event, Observer};
#[cfg(feature = "pages")]
use crate::guesses::Counting;
use crate::http::Response;
use crate::request::{AuthorizationRequest, LogoutRequest, Request};
use crate::scope::{Scope, ScopeSet};
#[cfg(feature = "http-client")]
use crate::standing::Standing;
use crate::time::UnixTime;
#[cfg(feature = "pages")]
pub use crate::validator::{login_key, password};

/// Decides on an authorization request that is valid in itself: RFC 6749 §3.1, "The authorization server MUST first
/// verify the identity of the resource owner."
///
/// ```
/// use oauth_core::prelude::*;
///
/// /// The reverse proxy in front of us has authenticated everyone, and clients are our own. Nothing but the proxy can
/// /// reach us, and it removes this header from what comes in: anyone could send it otherwise.
/// struct BehindTheProxy;
///
/// impl<V: RequestValidator> Interaction<V> for BehindTheProxy {
///     async fn decide(&self, _: &Context<'_, V>, _: &AuthorizationRequest, request: &Request) -> Result<Decision> {
///         match request.headers().get("x-authenticated-user").and_then(|name| name.to_str().ok()) {
///             Some(name) => Ok(Decision::approve(name)),
///             None => Ok(Decision::redirect("/sso")),
///         }
///     }
/// }
/// ```
///
/// [`Decision::page`] shows a page. Whatever it answers with, it leaves with the headers that keep a page from being framed, kept or
/// named to others, unless it has its own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot ask people to log in and to agree, which the grant `authorization_code` needs",
    label = "no interaction",
    note = "add `#[interaction] pages: LoginPages` to the `#[authorization_server]` struct, or implement `Interaction` for a login of your own"
)]
pub trait Interaction<V>: Send + Sync + 'static {
    /// Paths of pages of its own, relative to the issuer, such as `/login`.
    const PAGES: &'static [&'static str] = &[];

    /// True if people stay logged in, in sessions of its own: [`end_session`](Self::end_session) ends them.
    /// An OpenID provider has an end-session endpoint then.
    const HAS_SESSIONS: bool = false;

    /// The classes of logins that it can ask for: the values that [`Approval::acr`] may have; `None`: it does not say. A server whose
    /// `acr_values(…)` has none of them does not start. Default: it does not say.
    fn acr_values(&self) -> Option<Vec<&str>> {
        None
    }

    /// Checks what only a run can tell, such as a lifetime from the environment. `into_router` reports it.
    ///
    /// # Errors
    ///
    /// One line that says what is wrong and what to write instead.
    fn check(&self) -> std::result::Result<(), String> {
        Ok(())
    }

    /// The look and the languages of the server's own pages for people: those that tell of an error and send nobody back to a client, and that
    /// of a path where nothing is. Default: the built-in ones.
    #[cfg(feature = "pages")]
    fn theme(&self) -> Option<&Theme> {
        None
    }

    /// Decides, or answers with a page that will bring the person back to the same URL.
    ///
    /// [`AuthorizationRequest::asked_scopes`] says what consent is about, and [`AuthorizationRequest::openid`] how the client wants the person to be asked (OIDC Core §3.1.2.1). Whatever the
    /// decision, the server sees to it that
    /// - `prompt=none` shows no page: a response becomes `interaction_required`, unless the decision is the error
    ///   `login_required`, `consent_required` or `account_selection_required` that says more;
    /// - an approval by someone else than `id_token_hint` or `claims` name, or of a login older than `max_age`, is
    ///   `login_required`.
    ///
    /// A request may be a POST to the authorization endpoint: its query is the authorization request then, and its body
    /// is what a form of the interaction sent, or what another site's form claims to be: check a token against cross-site
    /// request forgery before you believe it.
    fn decide(
        &self,
        context: &Context<'_, V>,
        authorization: &AuthorizationRequest,
        request: &Request,
    ) -> impl Future<Output = Result<Decision>> + Send;

    /// Tells whether somebody is logged in at the browser that sent a request. Before that, an error sends
    /// nobody to a client that [came by itself](crate::client::ClientSource::Itself): a page asks them first
    /// (RFC 9700 §4.11.2). Default: nobody is.
    fn is_logged_in(
        &self,
        _context: &Context<'_, V>,
        _request: &Request,
    ) -> impl Future<Output = Result<bool>> + Send {
        async { Ok(false) }
    }

    /// Signs the person out, because a client asks for it (OIDC RP-Initiated Logout §2), or shows a page that asks them.
    ///
    /// Whoever sent the request may be anybody: without asking, end a session only if [`Context::is_of_session`] says so. Then
    /// call [`Context::session_ended`], and lead on to [`LogoutRequest::location`], or nowhere. As at the authorization
    /// endpoint, a POST has the request in its query, and in its body what a form sent.
    fn end_session(
        &self,
        _context: &Context<'_, V>,
        _logout: &LogoutRequest,
        _request: &Request,
    ) -> impl Future<Output = Result<Response>> + Send {
        async { Err(Error::invalid_request("there are no sessions here")) }
    }

    /// Answers a request for one of [`PAGES`](Self::PAGES); `page` is the one.
    fn page(
        &self,
        _context: &Context<'_, V>,
        _page: &str,
        _request: &::http::Request<Bytes>,
    ) -> impl Future<Output = Result<Response>> + Send {
        async { Err(Error::invalid_request("there is no such page")) }
    }
}

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
    /// The scopes that they granted of [what was asked](AuthorizationRequest::asked_scopes); `None`: the
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
