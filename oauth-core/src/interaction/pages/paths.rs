//! The places of the pages.

use oauth_rules::path;

/// The paths of [`LoginPages`](super::LoginPages), below the issuer: for an application that has a page of its own at one of them.
///
/// ```
/// use oauth_core::interaction::{LoginPages, PagePaths, Theme};
/// use oauth_core::prelude::*;
///
/// /// `/login` is a page of the application.
/// struct Accounts;
///
/// impl PagePaths for Accounts {
///     const LOGIN: &'static str = "/account/login";
///     const LOGOUT: &'static str = "/account/logout";
/// }
///
/// #[validator]
/// struct Records {
///     #[store]
///     store: MemoryStore,
/// }
///
/// #[authorization_server(grants(authorization_code), scopes("profile"), issuer = "https://auth.example.com")]
/// struct Server {
///     #[validator]
///     records: Records,
///     #[interaction]
///     pages: LoginPages<Theme, Accounts>,
/// }
///
/// let records = Records { store: MemoryStore::new() };
/// let server = Server { records, pages: LoginPages::new().at() }.start()?;
/// assert!(server.paths().any(|path| path == "/account/login"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A path that is none, or that two pages have, is an error of `into_router`; one that an endpoint has is one as well.
pub trait PagePaths: 'static {
    /// The login.
    const LOGIN: &'static str = "/login";
    /// The logout.
    const LOGOUT: &'static str = "/logout";
    /// The verification URI of the grant `device_code` (RFC 8628 §3.2), which people type: a short one is kind.
    const DEVICE: &'static str = "/device";
}

/// `/login`, `/logout` and `/device`.
#[derive(Debug)]
pub enum DefaultPaths {}

impl PagePaths for DefaultPaths {}

/// Checks that each page has its own path; whether it is one, the server asks of all that it routes.
pub(super) fn check_differ(pages: &[&str]) -> Result<(), String> {
    let mut earlier = pages;
    while let [rest @ .., page] = earlier {
        if rest.contains(page) {
            return Err(path::each_endpoint_has_its_own_path.says(&[page]));
        }
        earlier = rest;
    }
    Ok(())
}
