//! [`Interaction`]: who asks the person, and decides.

use bytes::Bytes;

#[cfg(feature = "pages")]
use super::Theme;
use super::{Context, Decision};
use crate::error::{Error, Result};
use crate::http::Response;
use crate::request::{AuthorizationRequest, LogoutRequest, Request};

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

    /// The classes of logins that it can ask for: the values that [`Approval::acr`](super::Approval::acr) may have; `None`: it does not say. A server whose
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
