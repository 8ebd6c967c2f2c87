//! The templates that draw the pages.

use super::Theme;
use super::views::{
    ConsentPage, DeviceConfirmationPage, DeviceDonePage, DevicePage, LoginPage, LogoutPage, OtpPage,
    SignedInPage, SignedOutPage,
};
use crate::error::Result;

/// Draws the pages, as whole HTML documents. [`Theme`](super::Theme) is the built-in one; implement this to draw them
/// yourself, with any template engine. Whatever you draw, escape it: names come from clients and users.
///
/// What the pages do stays the same: cookies, checks and redirects are not the templates' business. The fields of the
/// forms are listed with each page.
///
/// ```
/// use oauth_core::interaction::{ConsentPage, LoginPage, LogoutPage, PageTemplates, SignedInPage, SignedOutPage, Theme};
/// use oauth_core::Result;
///
/// /// Our own farewell, the built-in pages otherwise.
/// struct Ours(Theme);
///
/// impl PageTemplates for Ours {
///     fn login(&self, page: &LoginPage<'_>) -> Result<String> { self.0.login(page) }
///     fn consent(&self, page: &ConsentPage<'_>) -> Result<String> { self.0.consent(page) }
///     fn logout(&self, page: &LogoutPage<'_>) -> Result<String> { self.0.logout(page) }
///     fn signed_in(&self, page: &SignedInPage<'_>) -> Result<String> { self.0.signed_in(page) }
///     fn signed_out(&self, _: &SignedOutPage<'_>) -> Result<String> {
///         Ok("<!doctype html><html lang=en><title>Bye</title><p>See you soon!".to_owned())
///     }
///     fn content_security_policy(&self) -> &str { self.0.content_security_policy() }
///     fn theme(&self) -> Option<&Theme> { Some(&self.0) }
/// }
/// ```
pub trait PageTemplates: Send + Sync + 'static {
    /// The login form.
    fn login(&self, page: &LoginPage<'_>) -> Result<String>;

    /// The form for a one-time code, where the application asks for one after the password. Default: that of the built-in look, whose
    /// style the policy of other pages does not let in.
    fn otp(&self, page: &OtpPage<'_>) -> Result<String> {
        Theme::new().otp(page)
    }

    /// The question whether a client may have what it asks for.
    fn consent(&self, page: &ConsentPage<'_>) -> Result<String>;

    /// The question whether to sign out.
    fn logout(&self, page: &LogoutPage<'_>) -> Result<String>;

    /// `/login` for someone who is logged in and goes nowhere.
    fn signed_in(&self, page: &SignedInPage<'_>) -> Result<String>;

    /// `/logout` for someone who is not logged in.
    fn signed_out(&self, page: &SignedOutPage<'_>) -> Result<String>;

    /// The theme of the pages that tell of an error and of a path where nothing is, which the server draws. Default: the built-in one.
    fn theme(&self) -> Option<&Theme> {
        None
    }

    /// `Content-Security-Policy` of the pages. Default: style sheets and images of the same origin, and nothing else.
    ///
    /// Leave out `form-action`: browsers apply it to the redirect that follows a form, and so to the way back to the client.
    #[allow(clippy::unnecessary_literal_bound, reason = "others return what they hold")]
    fn content_security_policy(&self) -> &str {
        "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'"
    }
}

/// Draws the pages for devices, which the grant `device_code` needs.
#[diagnostic::on_unimplemented(
    message = "the templates `{Self}` cannot draw the pages for devices, which the grant `device_code` needs",
    label = "no pages for devices",
    note = "implement `DevicePageTemplates` for `{Self}`"
)]
pub trait DevicePageTemplates: PageTemplates {
    /// The form for the code that a device shows.
    fn device(&self, page: &DevicePage<'_>) -> Result<String>;

    /// The question whether a device may have what it asks for.
    fn device_confirmation(&self, page: &DeviceConfirmationPage<'_>) -> Result<String>;

    /// The page that tells what became of the device.
    fn device_done(&self, page: &DeviceDonePage<'_>) -> Result<String>;
}
