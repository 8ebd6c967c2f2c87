//! The person who carries a code from a device to a browser, RFC 8628 §3.3.

use bytes::Bytes;

use super::Context;
use crate::error::Result;
use crate::http::Response;

/// Asks a person for the code that their device shows, and whether the device may have what it asks for.
/// [`LoginPages`](super::LoginPages) (feature `pages`) do it on pages of their own; an application with a login of its own
/// implements this instead.
///
/// Whoever answers must know who the person is, limit how often codes can be tried (RFC 8628 §5.1), and show the code, the
/// client and the scopes before it takes a yes for an answer (§5.4): a link may have brought the person here.
///
/// ```
/// use bytes::Bytes;
/// use oauth_core::grant::UserCode;
/// use oauth_core::http::Response;
/// use oauth_core::interaction::DeviceInteraction;
/// use oauth_core::prelude::*;
/// use oauth_core::store::{DeviceDecision, DeviceStore};
/// use oauth_core::time::UnixTime;
///
/// /// A proxy in front of us authenticates everyone, and its page asks whether the device may go on.
/// struct BehindTheProxy;
///
/// impl<V: RequestValidator<Devices: DeviceStore>> DeviceInteraction<V> for BehindTheProxy {
///     const VERIFICATION_PATH: &'static str = "/device";
///     const PAGES: &'static [&'static str] = &["/device"];
///
///     async fn device_page(
///         &self,
///         context: &Context<'_, V>,
///         _: &str,
///         request: &http::Request<Bytes>,
///     ) -> Result<Response> {
///         let (header, now) = (|name| request.headers().get(name)?.to_str().ok(), UnixTime::now());
///         let (Some(user), Some(code)) = (header("x-authenticated-user"), header("x-approved-user-code")) else {
///             return Err(Error::access_denied("log in first"));
///         };
///         let devices = context.validator.devices();
///         let code = UserCode::parse(code).ok_or_else(|| Error::invalid_request("the code is malformed"))?.hash();
///         let Some(device) = devices.device_authorization(&code, now).await? else {
///             return Err(Error::invalid_request("the code is unknown or has expired"));
///         };
///         let approval = DeviceDecision::approve(user, now, device.scopes);
///         devices.decide_device_code(&code, approval, now).await?;
///         Ok(Response::default())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot ask people about devices, which the grant `device_code` needs",
    label = "no pages for devices",
    note = "use `#[interaction] pages: LoginPages` with a validator that keeps users, sessions and devices, or implement `DeviceInteraction` for pages of your own"
)]
pub trait DeviceInteraction<V>: Send + Sync + 'static {
    /// The path of `verification_uri` (RFC 8628 §3.2), relative to the issuer. Short: people type it.
    const VERIFICATION_PATH: &'static str;

    /// The paths that it answers, relative to the issuer. Without [`VERIFICATION_PATH`](Self::VERIFICATION_PATH) among them,
    /// your application answers that one itself.
    const PAGES: &'static [&'static str];

    /// Checks what only a run can tell, as [`Interaction::check`](super::Interaction::check).
    ///
    /// # Errors
    ///
    /// One line that says what is wrong and what to write instead.
    fn check(&self) -> std::result::Result<(), String> {
        Ok(())
    }

    /// The look and the languages of the pages that tell of an error, as [`Interaction::theme`](super::Interaction::theme).
    #[cfg(feature = "pages")]
    fn theme(&self) -> Option<&super::Theme> {
        None
    }

    /// Answers a request for one of [`PAGES`](Self::PAGES); `page` is the one. The query may have `user_code`: it came with
    /// `verification_uri_complete` (RFC 8628 §3.3.1).
    fn device_page(
        &self,
        context: &Context<'_, V>,
        page: &str,
        request: &::http::Request<Bytes>,
    ) -> impl Future<Output = Result<Response>> + Send;
}
