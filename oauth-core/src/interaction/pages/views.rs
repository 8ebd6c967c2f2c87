//! The content that each page shows.

use std::time::Duration;

use super::site::host_of;
use crate::client::{Client, ClientSource, is_document_url, is_on_loopback};
use crate::scope::{Scope, ScopeSet};
use crate::secret::SecretString;
use crate::store::User;

/// The form of a page, whatever it asks for: where it goes, what it sends back unseen, and who reads it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct PageForm<'a> {
    /// The issuer identifier.
    pub issuer: &'a str,
    /// The URL that the form goes to.
    pub action: &'a str,
    /// The field `csrf`. It is a secret of this browser: `Debug` does not show it.
    pub csrf: &'a SecretString,
    /// The field `return_to`; `None`: there is none.
    pub return_to: Option<&'a str>,
    /// `display` of the authorization request (OIDC Core §3.1.2.1), as the client wrote it; `None`: it wrote none, or there is no such
    /// request.
    pub display: Option<&'a str>,
    /// The languages that the person prefers, the best first, as they were written: `ui_locales` of the authorization request, then
    /// those of the browser (`Accept-Language`).
    pub languages: &'a [String],
}

/// The login form.
///
/// It must POST `username`, `password`, `csrf` and, where there is one, `return_to` to [`action`](PageForm::action).
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct LoginPage<'a> {
    /// The form itself.
    pub form: PageForm<'a>,
    /// The text to fill in for the user name; empty at first.
    pub username: &'a str,
    /// The reason why the form is shown again.
    pub problem: Option<&'a LoginProblem>,
}

/// The reason why someone is not logged in yet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoginProblem {
    /// No such user, or another password: never say which.
    WrongCredentials,
    /// Too many failures for this user name.
    TooManyAttempts {
        /// The time to wait.
        retry_after: Duration,
    },
    /// Too many wrong one-time codes after one right password.
    TooManyCodes,
    /// The form for a one-time code came once more, after a right one, from a browser that does not have the session.
    CodeUsedUp,
    /// The form was not ours, or the browser lost its cookie.
    Expired,
    /// [`validate_user`](crate::validator::RequestValidator::validate_user) answered `access_denied`.
    Refused {
        /// The description of that error, if it has one.
        reason: Option<String>,
    },
}

/// The form for a one-time code, after a right password: see
/// [`is_otp_required`](crate::validator::RequestValidator::is_otp_required).
///
/// It must POST `otp`, `csrf` and, where there is one, `return_to` to [`action`](PageForm::action), and no `password`.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct OtpPage<'a> {
    /// The form itself.
    pub form: PageForm<'a>,
    /// A link to the login form, for whoever has no code.
    pub start_over: &'a str,
    /// The reason why the form is shown again.
    pub problem: Option<&'a OtpProblem>,
}

/// The reason why a one-time code did not do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum OtpProblem {
    /// The code is wrong, too old, or was used.
    WrongCode,
    /// Too many wrong codes.
    TooManyAttempts {
        /// The time to wait.
        retry_after: Duration,
    },
    /// [`validate_otp`](crate::validator::RequestValidator::validate_otp) answered `access_denied`.
    Refused {
        /// The description of that error, if it has one.
        reason: Option<String>,
    },
}

/// The question whether a client may have what it asks for.
///
/// It must POST `csrf` and `decision` (`allow` or `deny`) to [`action`](PageForm::action).
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ConsentPage<'a> {
    /// The form itself.
    pub form: PageForm<'a>,
    /// The client that asks.
    pub client: &'a Client,
    /// The scopes that it asks for; may be empty.
    pub scopes: &'a [RequestedScope<'a>],
    /// The resources that it wants access to (RFC 8707); may be empty.
    pub resources: &'a [String],
    /// The URI that the person will be sent to.
    pub redirect_uri: &'a str,
    /// The person who is asked.
    pub user: &'a User,
    /// A link for someone else at the same browser.
    pub switch_account: &'a str,
    /// True if the last answer did not count, because it may not have come from this page.
    pub is_unverified: bool,
}

impl<'a> ConsentPage<'a> {
    /// The host of the client: that of its home page, or of one that came by itself, that of the document that describes it, for
    /// there is nobody who knows whether its home page is its own.
    pub fn client_host(&self) -> Option<&'a str> {
        if self.came_by_itself() {
            return host_of(&self.client.client_id).filter(|_| is_document_url(&self.client.client_id));
        }
        host_of(self.client.client_uri.as_deref()?)
    }

    /// Tells whether the client came by itself, so that nobody has verified that it is what it says.
    pub fn came_by_itself(&self) -> bool {
        self.client.source == ClientSource::Itself
    }

    /// The host that the person will be sent to; `None`: an application on their own device.
    pub fn redirect_host(&self) -> Option<&'a str> {
        let leads_elsewhere = self.redirect_uri.starts_with("https://") && !is_on_loopback(self.redirect_uri);
        host_of(self.redirect_uri).filter(|_| leads_elsewhere)
    }
}

/// A scope that a client asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestedScope<'a> {
    /// The name of the scope.
    pub name: &'a str,
    /// The description of what granting it allows, in the server's words.
    pub description: Option<&'static str>,
}

impl<'a> RequestedScope<'a> {
    /// All of these, with the words that the server declares for them.
    pub(super) fn all(declared: &'static [Scope], asked: &'a ScopeSet) -> Vec<Self> {
        let description =
            |name| declared.iter().find(|scope| scope.name == name).and_then(|scope| scope.description);
        asked.iter().map(|name| RequestedScope { name, description: description(name) }).collect()
    }
}

/// The form for the code that a device shows (RFC 8628 §3.3).
///
/// It must POST `user_code` and `csrf` to [`action`](PageForm::action).
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct DevicePage<'a> {
    /// The form itself.
    pub form: PageForm<'a>,
    /// The text to fill in for the code: what was typed, or what came with a link and must be compared with
    /// the device.
    pub user_code: &'a str,
    /// The reason why the form is shown again.
    pub problem: Option<&'a DeviceProblem>,
    /// The person who is logged in.
    pub user: &'a User,
    /// A link for someone else at the same browser.
    pub switch_account: &'a str,
}

/// The reason why no device was found, or none was decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeviceProblem {
    /// No device shows this code: it was mistyped, has expired, or has been answered.
    WrongCode,
    /// Too many wrong codes.
    TooManyAttempts {
        /// The time to wait.
        retry_after: Duration,
    },
    /// The form may not have come from this page: it did not count.
    Unverified,
}

/// The question whether a device may have what it asks for.
///
/// It must show the code and the warning of RFC 8628 §5.4, and POST `user_code`, `csrf` and `decision` (`allow` or `deny`)
/// to [`action`](PageForm::action).
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct DeviceConfirmationPage<'a> {
    /// The form itself.
    pub form: PageForm<'a>,
    /// The code, as the device shows it.
    pub user_code: &'a str,
    /// The client that asks.
    pub client: &'a Client,
    /// The scopes that it asks for; may be empty.
    pub scopes: &'a [RequestedScope<'a>],
    /// The resources that it wants access to (RFC 8707); may be empty.
    pub resources: &'a [String],
    /// The person who is asked.
    pub user: &'a User,
    /// A link for someone else at the same browser.
    pub switch_account: &'a str,
}

impl<'a> DeviceConfirmationPage<'a> {
    /// The host of the client's home page.
    pub fn client_host(&self) -> Option<&'a str> {
        host_of(self.client.client_uri.as_deref()?)
    }
}

/// The page that tells what became of the device: the person goes back to it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct DeviceDonePage<'a> {
    /// The issuer identifier.
    pub issuer: &'a str,
    /// The client that asked.
    pub client: &'a Client,
    /// True if the client may have what it asked for.
    pub is_approved: bool,
    /// The languages that the person prefers, the best first: see [`PageForm::languages`].
    pub languages: &'a [String],
}

/// The question whether to sign out.
///
/// It must POST `csrf` and, where there is one, `return_to` to [`action`](PageForm::action).
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct LogoutPage<'a> {
    /// The form itself.
    pub form: PageForm<'a>,
    /// The person who is logged in.
    pub user: &'a User,
    /// The client that asks for it; `None`: the person came by themselves, or nobody knows from where.
    pub client: Option<&'a Client>,
    /// True if the last answer did not count, because it may not have come from this page.
    pub is_unverified: bool,
}

/// `/login` for someone who is logged in and goes nowhere.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct SignedInPage<'a> {
    /// The issuer identifier.
    pub issuer: &'a str,
    /// The person who is logged in.
    pub user: &'a User,
    /// The page to sign out.
    pub logout: &'a str,
    /// The languages that the person prefers, the best first: see [`PageForm::languages`].
    pub languages: &'a [String],
}

/// `/logout` for someone who is not logged in (any more), the end of a logout that a client asked for, and that of a login
/// which signed someone else out.
///
/// It must load [`frames`](Self::frames) in frames, which need not be seen.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct SignedOutPage<'a> {
    /// The issuer identifier.
    pub issuer: &'a str,
    /// The page to sign in.
    pub login: &'a str,
    /// The URIs by which clients end their own sessions (OIDC Front-Channel Logout §2).
    pub frames: &'a [String],
    /// The person who logged in in place of whom was signed out, if that is how it came.
    pub user: Option<&'a User>,
    /// The client whose page comes next.
    pub client: Option<&'a Client>,
    /// The URL that it goes on to, by itself once the frames have had time: a link for those who do not want
    /// to wait.
    pub continue_to: Option<&'a str>,
    /// The languages that the person prefers, the best first: see [`PageForm::languages`].
    pub languages: &'a [String],
}
